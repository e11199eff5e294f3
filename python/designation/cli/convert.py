"""Convert partners from one form into another.

FILE and OUT are each JSON, NDJSON, CSV, Parquet, or a workbook with one sheet
per table. A result in CSV has one partner per row, with lists as JSON text.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from designation._core import Diagnostic, Partner
from designation._errors import InputError
from designation._messages import quote
from designation._text.wording import format_count
from designation.cli._errors import UsageError, print_problems
from designation.cli._excluded import Excluded
from designation.cli._input import PartnerReader
from designation.cli._output import writing
from designation.cli._parser import add_documents, add_exact_values
from designation.portfolio._convert import check_ending, write_partners

USAGE = "designation convert [OPTIONS] FILE... -o OUT"
EXAMPLE = """\
  designation convert partners.xlsx -o partners.parquet
  designation convert partners/*.json -o partners.ndjson
  designation convert portfolio.parquet --id contoso -o contoso.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="write to OUT, completely or not at all")
    parser.add_argument(
        "--on-error",
        choices=("raise", "exclude"),
        default="raise",
        help="write nothing if a partner has problems, or exclude such partners and name them (default: raise)",
    )
    add_exact_values(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    try:
        ending = check_ending(options.output)
    except ValueError as error:
        raise UsageError(f"designation convert: {error}") from None
    problems: list[Diagnostic] = []
    with writing(options.output, lambda: format_count(count, "partner")):
        count = write_partners(_partners(options, problems), options.output, ending, exact_values=options.exact_values)
    print_problems(problems)
    return 2 if problems else 0


def _partners(options: argparse.Namespace, problems: list[Diagnostic]) -> Iterator[Partner]:
    """Yield the partners that can be read, name those that are excluded, and collect the other problems.

    Raises:
        InputError: There are problems, and no partner may be excluded.
    """
    excluded = Excluded("partner")
    reader = PartnerReader(options.files, options)
    reader.accepts_empty = True
    for entry in reader.entries(show_progress=True):
        if entry.partner is not None:
            yield entry.partner
        elif options.on_error == "exclude" and entry.place.text:
            print_problems(entry.problems, entry.excerpt)
            excluded.add(quote(entry.id) if entry.id else entry.place.text)
        else:
            problems.extend(entry.problems)
    excluded.report()
    if problems and options.on_error == "raise":
        raise InputError(problems)
