"""The argument parser, and the options that several commands share."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from decimal import Decimal
from typing import Any, NoReturn

from designation import _core
from designation._answers.plan import parse_worth
from designation._days import parse_day, today
from designation._errors import InputError
from designation._input.source import KINDS
from designation._lazy import lazy
from designation._messages import quote, suggestion
from designation._records import FACT_KINDS
from designation.cli._errors import print_error

help_page = lazy("designation.cli._help")  # rich is slow to load


RELATIVE = re.compile(r"([+-]\d{1,5})d")
PARTNERS = (
    "partners: JSON, NDJSON, a list or a page of an API, CSV, Parquet, a workbook, or a folder of such files; - is "
    "standard input"
)
ONE_PARTNER = "a partner's document, or a file of partners of which --id picks one; - is standard input"


class Parser(argparse.ArgumentParser):
    """An argument parser that reports an error in one line, and names the command that shows help."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)

    def format_help(self) -> str:
        self.formatter_class = help_page.Formatter
        return super().format_help()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse arguments, and report an unknown one here, because this parser knows its command and its options."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            name = unknown[0].partition("=")[0]
            kind = "option" if name.startswith("-") else "argument"
            self.error(f"unknown {kind} {quote(name)}{suggestion(name, self._option_string_actions, '')}")
        return options, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            near = suggestion(value, action.choices, "")
            choices = f"must be one of {', '.join(action.choices)}, not {quote(value)}"
            raise argparse.ArgumentError(action, f"unknown value {quote(value)}{near}" if near else choices)

    def error(self, message: str) -> NoReturn:
        print_error(f"{self.prog}: {message}\nTry: {self.prog} --help")
        sys.exit(2)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add ``--format`` and ``--output``."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="the output format (default: text)")
    add_file_output(parser)


def add_file_output(parser: argparse.ArgumentParser) -> None:
    """Add ``--output``."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, completely or not at all")


def add_exact_values(parser: argparse.ArgumentParser) -> None:
    """Add the option of every command that can write CSV."""
    parser.add_argument(
        "--exact-values",
        action="store_true",
        help="in CSV, write every text as it is, also one that a spreadsheet would evaluate",
    )


def add_rules(parser: argparse.ArgumentParser, as_of: str = "today") -> None:
    """Add the options of an assessment: its date, policy, and rulebook."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=parse_date,
        help=f"the date of the assessment: YYYY-MM-DD, today, or days from today such as +30d (default: {as_of})",
    )
    add_policy(parser)


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Add ``--policy`` and ``--rulebook``."""
    parser.add_argument(
        "--policy", metavar="FILE", help="a policy file, which chooses readings and overrides availability and fees"
    )
    parser.add_argument(
        "--rulebook",
        metavar="EDITION",
        help="a built-in edition or a rulebook file (default: the edition that the policy names, or "
        f"{_core.editions()[0]})",
    )


def add_span(parser: argparse.ArgumentParser, first: str = "the date of the first fact") -> None:
    """Add the first and last day of a timeline."""
    parser.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        type=parse_date,
        help=f"the first day of the timeline (default: {first})",
    )
    parser.add_argument(
        "--through",
        metavar="DATE",
        type=parse_date,
        help="the last day of the timeline (default: two years after --as-of)",
    )


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add ``--paths``."""
    parser.add_argument(
        "--paths", action="store_true", help="print the path, the rule, and both values of each difference, not words"
    )


def add_keep(parser: argparse.ArgumentParser, verb: str = "write") -> None:
    """Add the columns of the input that the result has, too."""
    text = f"also {verb} this column of FILE; can be repeated"
    parser.add_argument("--keep", metavar="COLUMN", action="append", default=[], help=text)


def add_through(parser: argparse.ArgumentParser, years: str) -> None:
    """Add the last day of a plan."""
    parser.add_argument(
        "--through",
        metavar="DATE",
        type=parse_date,
        help=f"plan the renewals of all anniversaries through DATE (default: {years} years after --as-of)",
    )


def add_prices(parser: argparse.ArgumentParser) -> None:
    """Add the options that compare fees: the worth of a repeat, and another policy."""
    parser.add_argument(
        "--worth",
        metavar="AMOUNT",
        type=_parse_amount,
        default=Decimal(0),
        help="repeat an evaluation only if each repeat saves at least AMOUNT (default: 0)",
    )
    parser.add_argument(
        "--against",
        metavar="POLICY",
        help="also show the effect of another policy file: of its prices on the same schedule, and of its schedule",
    )


def _parse_amount(text: str) -> Decimal:
    try:
        return parse_worth(text)
    except ValueError:
        message = f'must be an amount of 0 or more with at most four decimal places, not "{text}"'
        raise argparse.ArgumentTypeError(message) from None


def add_document(parser: argparse.ArgumentParser) -> None:
    """Add one partner."""
    parser.add_argument("file", metavar="FILE", help=ONE_PARTNER)
    add_input(parser)


def add_documents(parser: argparse.ArgumentParser) -> None:
    """Add several partners."""
    parser.add_argument("files", metavar="FILE", nargs="+", help=PARTNERS)
    add_input(parser)


def add_input(parser: argparse.ArgumentParser) -> None:
    """Add the options of every input of partners."""
    parser.add_argument(
        "--id", metavar="ID", action="append", help="read only the partner with this id; can be repeated"
    )
    parser.add_argument(
        "--input-format",
        choices=KINDS,
        help="the kind of every FILE (default: known by its name, or else by its content)",
    )
    parser.add_argument(
        "--unknown",
        metavar="KIND",
        action="append",
        choices=FACT_KINDS,
        help="in CSV with one fact per row, these facts are not covered, so they are unknown, not none: "
        f"{', '.join(FACT_KINDS)}; can be repeated",
    )
    parser.add_argument("--ndjson", action="store_true", help="the same as --input-format ndjson")
    parser.add_argument(
        "--on-duplicate",
        choices=("error", "last"),
        default="error",
        help="refuse an id that occurs twice, or read its last entry, as for a warehouse that appends (default: error)",
    )
    add_max_bytes(parser)


def add_max_bytes(parser: argparse.ArgumentParser) -> None:
    """Add the limit on the size of a document."""
    parser.add_argument(
        "--max-bytes",
        metavar="N",
        type=parse_size,
        default=_core.MAX_BYTES,
        help=f"reject a document of more than N bytes (default: {_core.MAX_BYTES})",
    )


def parse_date(text: str) -> datetime.date:
    """Parse the date of an option: ``YYYY-MM-DD``, ``today``, or a number of days from today, such as ``+30d``."""
    if (relative := relative_day(text)) is not None:
        return relative
    try:
        return parse_day(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.diagnostics[0].message) from None


def relative_day(text: str) -> datetime.date | None:
    """Return the day that ``today`` or ``+30d`` names; None for another text."""
    if text == "today":
        return today()
    match = RELATIVE.fullmatch(text)
    return today() + datetime.timedelta(int(match[1])) if match else None


def parse_size(text: str) -> int:
    """Parse a number of bytes."""
    if not (text.isascii() and text.isdecimal() and int(text[:19]) > 0 and len(text) < 19):
        raise argparse.ArgumentTypeError(f'must be a number of bytes, not "{text}"')
    return int(text)
