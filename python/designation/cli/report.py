"""Write a report on a partner or a portfolio: a single HTML file.

One document of a partner gives the report on that partner; anything else, such
as a table or several files, the report on a portfolio. The report opens from
disk, can be printed, and loads nothing from the network.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice

from designation._errors import InputError
from designation._report import Report, report
from designation._report._portfolio import MAX_PARTNERS
from designation.cli._errors import UsageError, label
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_file_output, add_rules
from designation.cli._rules import as_of_or_today, load_policy

USAGE = "designation report [OPTIONS] FILE... -o OUT"
EXAMPLE = """\
  designation report contoso.json -o contoso.html
  designation report portfolio.parquet -o portfolio.html
  designation report contoso.json --format svg -o timeline.svg
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser)
    parser.add_argument(
        "--format",
        choices=("html", "svg", "json"),
        default="html",
        help="the report, the timeline of a partner as an image, or the data of the report (default: html)",
    )
    add_file_output(parser)
    add_documents(parser)


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
    reader = PartnerReader(options.files, options)
    entries = list(islice(reader.entries(show_progress=True), MAX_PARTNERS + 1))
    if problems := [problem for entry in entries for problem in entry.problems]:
        raise InputError(problems)
    partners = [entry.partner for entry in entries if entry.partner is not None]
    if len(partners) == 1 and (reader.indent or options.id):
        return report(partners[0], as_of_or_today(options), policy, rulebook)
    try:
        return report(partners, as_of_or_today(options), policy, rulebook)
    except InputError:
        raise
    except ValueError as error:
        raise UsageError(f"{label(options.files[0])}: {error} [size]") from None
