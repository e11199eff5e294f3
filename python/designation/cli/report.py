"""Write a report on a partner or a portfolio: a single HTML file.

FILE is a partner's document, or the table of a portfolio, as `designation
portfolio` reads it (.parquet, .csv, .ndjson, .jsonl, or .xlsx). The report
opens from disk, can be printed, and loads nothing from the network.
"""

from __future__ import annotations

import argparse
import json
import os
from itertools import islice

from designation._errors import InputError
from designation._report import Report, report
from designation._report._portfolio import MAX_PARTNERS
from designation._tables.assess_table import unread_columns_message
from designation.cli._errors import UsageError, label, print_error
from designation.cli._input import NDJSON_ENDINGS, read_partner
from designation.cli._output import Output
from designation.cli._parser import add_file_output, add_max_bytes, add_rules
from designation.cli._rules import as_of_or_today, load_policy
from designation.cli._table_in import NdjsonTable, RowProblems, open_table

USAGE = "designation report [OPTIONS] FILE -o OUT"
EXAMPLE = """\
  designation report contoso.json -o contoso.html
  designation report portfolio.parquet -o portfolio.html
  designation report contoso.json --format svg -o timeline.svg
"""
TABLES = (".parquet", ".csv", ".xlsx", *NDJSON_ENDINGS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a partner's document or the table of a portfolio; - is a document from standard input",
    )
    add_rules(parser)
    parser.add_argument(
        "--format",
        choices=("html", "svg", "json"),
        default="html",
        help="the report, the timeline of a partner as an image, or the data of the report (default: html)",
    )
    add_file_output(parser)
    parser.add_argument("--ndjson", action="store_true", help="read FILE as NDJSON, a portfolio, whatever its name")
    add_max_bytes(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    result = _report(options)
    if options.format == "svg":
        text = result.timeline_svg
        if text is None:
            raise UsageError("designation report: --format svg needs one partner; a portfolio has no timeline")
    elif options.format == "json":
        text = json.dumps(result.model, ensure_ascii=False, indent=2) + "\n"
    else:
        text = result.html
    with Output(options.output) as output:
        output.write(text)
    return 0


def _report(options: argparse.Namespace) -> Report:
    policy, rulebook = load_policy(options)
    ending = os.path.splitext(options.file)[1].lower()
    if ending not in TABLES and not options.ndjson:
        return report(read_partner(options.file, options.max_bytes), as_of_or_today(options), policy, rulebook)
    table, problems = NdjsonTable(options.file) if options.ndjson else open_table(options.file), RowProblems()
    partners = list(islice(table.partners(problems), MAX_PARTNERS + 1))
    problems.raise_if_any()
    if table.unread:
        print_error(f"designation: note: {unread_columns_message(table.unread)}")
    try:
        return report(partners, as_of_or_today(options), policy, rulebook)
    except InputError:
        raise
    except ValueError as error:
        raise UsageError(f"{label(options.file)}: {error} [size]") from None
