"""The commands, and the parser of each; a command's file is loaded when it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from designation import _core
from designation._lazy import need
from designation.cli._command import Command
from designation.cli._parser import Parser

COMMANDS = (
    "demo",
    "init",
    "assess",
    "explain",
    "portfolio",
    "timeline",
    "what-if",
    "compare",
    "readings",
    "case-rate",
    "csat",
    "capability",
    "plan",
    "budget",
    "calendar",
    "report",
    "rulebook",
    "schema",
    "config",
    "selftest",
    "completion",
)

EPILOG = """\
Exit status: 0 fine; 1 something asked for by --fail-on holds, or compare or
rulebook diff finds a difference; 2 unusable input or arguments, or a source
weaker than --require-grade asks for; 130 interrupted.

Start here:
  designation demo
  designation assess contoso.json --as-of 2026-09-15
"""


def parser(words: Sequence[str] = ()) -> Parser:
    """Make the parser; where the first word is a command, of that one only, so that start-up stays quick."""
    top = Parser(
        prog="designation",
        usage="designation COMMAND [OPTIONS]",
        description="The rules of Microsoft's Support Services designation, executable.",
        epilog=EPILOG,
    )
    top.add_argument("--version", action="version", version=f"designation {_core.__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True, prog="designation", title="commands")
    wanted = [name for name in COMMANDS if words and words[0] == name]
    for name in wanted or (() if list(words) == ["--version"] else COMMANDS):
        add(commands, name)
    return top


def add(commands: argparse._SubParsersAction[Parser], name: str) -> None:
    """Add a command by the name of its file."""
    command: Command = need(f"designation.cli.{name.replace('-', '_')}")
    summary, _, rest = (command.__doc__ or "").partition("\n")
    made = commands.add_parser(
        name,
        help=summary,
        usage=command.USAGE,
        description=f"{summary}\n{rest}".rstrip(),
        epilog=f"Example:\n{command.EXAMPLE}",
    )
    command.arguments(made)
    made.set_defaults(command=command)
