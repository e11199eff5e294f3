"""Argument parsers: quick to make, coloured help only when someone asks for help."""

from __future__ import annotations

import argparse
import datetime
import sys
from typing import Any, NoReturn

from designation import _core
from designation._days import parse_day
from designation._errors import InputError
from designation._lazy import lazy
from designation.cli._errors import complain

help_page = lazy("designation.cli._help")  # rich takes long to load


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one line, and how to get help."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)

    def format_help(self) -> str:
        self.formatter_class = help_page.Formatter
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        complain(f"{self.prog}: {message}\nTry: {self.prog} --help")
        sys.exit(2)


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add what every command has."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to write (default: text)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, as a whole or not at all")


def add_rules(parser: argparse.ArgumentParser, as_of: str = "today") -> None:
    """Add what every command that assesses has."""
    parser.add_argument(
        "--as-of", metavar="DAY", type=day, help=f"the day of the answer, YYYY-MM-DD (default: {as_of})"
    )
    add_policy(parser)


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Add whose rules they are."""
    parser.add_argument("--policy", metavar="FILE", help="readings, availability and fees of your own")
    parser.add_argument(
        "--rulebook",
        metavar="EDITION",
        help="an edition by its name, or a rulebook's file (default: the policy's edition)",
    )


def add_span(parser: argparse.ArgumentParser, first: str = "that of the first fact") -> None:
    """Add the days of a timeline."""
    parser.add_argument("--from", dest="from_", metavar="DAY", type=day, help=f"the first day (default: {first})")
    parser.add_argument("--through", metavar="DAY", type=day, help="the last day (default: two years after --as-of)")


def add_through(parser: argparse.ArgumentParser, years: str) -> None:
    """Add the last day of a plan."""
    parser.add_argument(
        "--through",
        metavar="DAY",
        type=day,
        help=f"the last day whose anniversary is renewed (default: {years} years after --as-of)",
    )


def add_limit(parser: argparse.ArgumentParser) -> None:
    """Add the limit on the size of a document."""
    parser.add_argument(
        "--max-bytes",
        metavar="N",
        type=size,
        default=_core.MAX_BYTES,
        help=f"refuse a larger document (default: {_core.MAX_BYTES})",
    )


def day(text: str) -> datetime.date:
    """Read a day of the command line."""
    try:
        return parse_day(text)
    except InputError as error:
        raise argparse.ArgumentTypeError(error.diagnostics[0].message) from None


def size(text: str) -> int:
    """Read a number of bytes."""
    if not (text.isascii() and text.isdecimal() and int(text[:19]) > 0 and len(text) < 19):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of bytes")
    return int(text)
