"""Write a template of a partner's document, or a workbook for many partners.

The document can be assessed as it is. Its notes list the other values that you
can use. With --interactive, the command asks for the facts at a terminal, and
writes a document that has your answers.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys

from designation._lazy import lazy
from designation._start import read_starter_document
from designation.cli._errors import UsageError, is_quiet, label
from designation.cli._interview import ask_for_file, ask_for_partner
from designation.cli._output import Output, writing
from designation.cli._questions import say
from designation.cli._streams import is_terminal

portfolio = lazy("designation.portfolio")

USAGE = "designation init [OPTIONS]"
EXAMPLE = """\
  designation init -o contoso.json
  designation init --interactive
  designation init --excel portfolio.xlsx
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write the document to FILE, which must not exist yet")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--excel", metavar="FILE", type=_parse_excel, help="write a workbook (.xlsx) to FILE, which must not exist yet"
    )
    kinds.add_argument("--interactive", action="store_true", help="ask for the facts; without -o, also for the file")


def _parse_excel(text: str) -> str:
    if not text.lower().endswith(".xlsx"):
        raise argparse.ArgumentTypeError(f'must end in .xlsx, not "{text}"')
    return text


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    for path in (options.output, options.excel):
        if path not in (None, "-") and os.path.lexists(path):
            raise UsageError(f"{label(path)}: already exists; choose another name [exists]")
    if options.interactive:
        return _interview(options.output)
    if options.excel is not None:
        with writing(options.excel):
            portfolio.write_workbook(options.excel)
        _say_next(options.excel, "check {}", "portfolio {} --summary")
    if options.excel is None or options.output is not None:
        with Output(options.output) as output:
            output.write(read_starter_document())
        _say_next(options.output, "assess {}")
    return 0


def _interview(path: str | None) -> int:
    if not is_terminal(sys.stdin):
        raise UsageError(
            "designation init: --interactive needs a terminal; edit the document of `designation init -o FILE` instead"
        )
    try:
        document = ask_for_partner()
        path = path or ask_for_file(document["id"])
        say()
    except KeyboardInterrupt:
        say("\nNothing was written.")
        raise
    with Output(path) as output:
        output.write_json(document)
    _say_next(path, "assess {}")
    return 0


def _say_next(path: str | None, *commands: str) -> None:
    """Name the file and the next commands to a person, who can then edit it; a program gets nothing."""
    if path in (None, "-") or not is_terminal(sys.stderr) or is_quiet():
        return
    name = label(path)
    say(f"To change its facts or to add some, edit {name}.\n\nNext:")
    for command in commands:
        say(f"  designation {command.format(shlex.quote(name))}")
