"""Write a report on a partner or a portfolio: an HTML file, a PDF, or a folder.

One document of a partner gives the report on that partner; anything else, such
as a table or several files, the report on a portfolio. The report opens from
disk, can be printed, and loads nothing from the network. If OUT is a folder
(its name ends with /), it gets the report of the portfolio and of each partner.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._io import replace_file
from designation._report import Report, build_report, is_folder
from designation._report._pdf import NoPrinterError
from designation._report._portfolio import MAX_PARTNERS
from designation.cli._errors import UsageError, label
from designation.cli._input import PartnerReader
from designation.cli._output import Output, writing
from designation.cli._parser import add_documents, add_file_output, add_keep, add_rules
from designation.cli._rules import as_of_or_today, load_policy
from designation.cli._streams import is_terminal

USAGE = "designation report [OPTIONS] FILE... -o OUT"
EXAMPLE = """\
  designation report contoso.json -o contoso.html
  designation report contoso.json --brief --format pdf -o contoso.pdf
  designation report portfolio.parquet --by region -o all.html
  designation report portfolio.parquet -o site/
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser)
    parser.add_argument(
        "--format",
        choices=("html", "pdf", "svg", "json"),
        default="html",
        help="the report, the report on paper, the timeline of a partner as an image, or the data of the report "
        "(default: html)",
    )
    parser.add_argument(
        "--brief",
        action="store_true",
        help="one sheet about a partner: status, deadline, what to do, timeline, and fees",
    )
    add_keep(parser, "show")
    parser.add_argument(
        "--by", metavar="COLUMN", help="group the partners by the values of this column, such as region"
    )
    add_file_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.output is None and options.format != "json" and is_terminal(sys.stdout):
        raise UsageError(f"designation report: a terminal cannot show the report; add -o report.{options.format}")
    try:
        return _write(_report(options), options)
    except NoPrinterError as error:
        raise UsageError(f"designation report: {error}") from None


def _write(result: Report, options: argparse.Namespace) -> int:
    if options.output is not None and options.output != "-" and is_folder(options.output):
        return _write_folder(result, options)
    if options.format == "pdf":
        return _write_pdf(result, options.output)
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


def _write_folder(result: Report, options: argparse.Namespace) -> int:
    name = label(options.output)
    if "rows" not in result.model:
        raise UsageError(f"designation report: {name} is a folder, and the report of a partner is one file")
    if options.format != "html":
        raise UsageError(f"designation report: --format {options.format} needs a file, but {name} is a folder")
    with writing(options.output):
        result.save(options.output, processes=os.cpu_count() or 1)
    return 0


def _write_pdf(result: Report, path: str | None) -> int:
    pdf = result.pdf()
    if path is None or path == "-":
        sys.stdout.buffer.write(pdf)
        return 0
    with writing(path), replace_file(path) as draft, open(draft, "wb") as file:
        file.write(pdf)
    return 0


def _report(options: argparse.Namespace) -> Report:
    policy, rulebook = load_policy(options)
    columns = list(dict.fromkeys([*options.keep, *filter(None, [options.by])]))
    reader = PartnerReader(options.files, options, columns)
    entries = list(islice(reader.entries(show_progress=True), MAX_PARTNERS + 1))
    if problems := [problem for entry in entries for problem in entry.problems]:
        raise InputError(problems)
    found: list[tuple[_core.Partner, Mapping[str, Any]]] = [
        (entry.partner, entry.kept) for entry in entries if entry.partner is not None
    ]
    is_one = len(found) == 1 and bool(reader.indent or options.id)
    if options.brief and not is_one:
        raise UsageError("designation report: --brief needs one partner; choose one with --id")
    if columns and is_one:
        raise UsageError("designation report: --keep and --by need a portfolio")
    try:
        return build_report(
            found[0][0] if is_one else found,
            as_of_or_today(options),
            policy,
            rulebook,
            brief=options.brief,
            keep=columns,
            by=options.by,
        )
    except InputError:
        raise
    except ValueError as error:
        raise UsageError(f"{label(options.files[0])}: {error} [size]") from None
