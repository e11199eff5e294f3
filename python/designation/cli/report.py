"""Write a report about a partner or a portfolio as one HTML file.

A .json file is a partner's document. A table (.parquet, .csv, .ndjson, .jsonl,
.xlsx) is a portfolio, read as `designation portfolio` reads it. The page opens
from disk, prints, and makes no network requests.
"""

from __future__ import annotations

import argparse
import json
import os
from itertools import islice

from designation._errors import InputError
from designation._report import Report, report
from designation._report._portfolio import MOST
from designation._tables.assess_table import note
from designation.cli._errors import UsageError, complain, label
from designation.cli._input import LINE_ENDINGS, partner_of
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_rules
from designation.cli._rules import day_of, policy_of
from designation.cli._table_in import Lines, Problems, opened

USAGE = "designation report [OPTIONS] FILE -o OUT"
EXAMPLE = """\
  designation report contoso.json -o contoso.html
  designation report portfolio.parquet -o portfolio.html
  designation report contoso.json --format svg -o timeline.svg
"""
TABLES = (".parquet", ".csv", ".xlsx", *LINE_ENDINGS)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="a partner's document, or a portfolio's table; - is a document on standard input"
    )
    add_rules(parser)
    parser.add_argument(
        "--format",
        choices=("html", "svg", "json"),
        default="html",
        help="the page, a partner's timeline as an image, or the content of the page as data (default: html)",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, as a whole or not at all")
    parser.add_argument("--ndjson", action="store_true", help="read FILE as NDJSON, which is a portfolio")
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    result = _report(options)
    if options.format == "svg":
        text = result.timeline_svg
        if text is None:
            raise UsageError("designation report: a portfolio has no timeline; --format svg is for a partner")
    elif options.format == "json":
        text = json.dumps(result.model, ensure_ascii=False, indent=2) + "\n"
    else:
        text = result.html
    with Output(options.output) as output:
        output.write(text)
    return 0


def _report(options: argparse.Namespace) -> Report:
    policy, rulebook = policy_of(options)
    ending = os.path.splitext(options.file)[1].lower()
    if ending not in TABLES and not options.ndjson:
        return report(partner_of(options.file, options.max_bytes), day_of(options), policy, rulebook)
    table, problems = Lines(options.file) if options.ndjson else opened(options.file), Problems()
    partners = list(islice(table.partners(problems), MOST + 1))
    problems.settle()
    if table.unread:
        complain(f"designation: note: {note(table.unread)}")
    try:
        return report(partners, day_of(options), policy, rulebook)
    except InputError:
        raise
    except ValueError as error:
        raise UsageError(f"{label(options.file)}: {error} [size]") from None
