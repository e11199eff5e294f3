"""The list of commands and their parsers; a command's module is imported only when needed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from designation import _core
from designation._lazy import need
from designation.cli._command import Command
from designation.cli._parser import Parser
from designation.cli._settings import add_common_options

GROUPS = {
    "First steps": ("demo", "init"),
    "One partner": ("assess", "explain", "timeline", "what-if", "compare", "readings", "plan"),
    "Portfolios": ("portfolio", "report", "impact", "budget", "calendar", "check", "convert"),
    "Metrics": ("case-rate", "csat", "reconcile", "capability"),
    "Rules": ("rulebook", "schema", "replay"),
    "The program": ("config", "selftest", "completion"),
}
COMMANDS = tuple(name for names in GROUPS.values() for name in names)

START = """\
Start here, in any folder:
  designation demo                   see 21 example partners
  designation demo --write examples  try every command on them
  designation init --interactive     describe your own partner
"""
SHORT_HELP = f"""\
Usage: designation COMMAND [OPTIONS]

Apply the rules of Microsoft's Support Services designation to partners.

{START}
{"".join(f"  {title:<14}{', '.join(names)}{chr(10)}" for title, names in GROUPS.items())}
All commands with their descriptions: designation --help
One command with an example: designation COMMAND --help
"""
EXAMPLE_FILES = ("contoso.json", "portfolio.ndjson", "answers.csv", "evidence.csv")  # of the examples of help pages
FILES = """
To get the files of the example partners: designation demo --write DIR
"""
EPILOG = """\
Exit status: 0 success; 1 a condition of --fail-on is true, compare, replay, or
rulebook diff finds a difference, rulebook check a change without a citation, or
selftest a failing case; 2 an error in the input or the arguments, or a source
weaker than --require-grade allows; 130 interrupted.
"""


def build_parser(argv: Sequence[str] = ()) -> Parser:
    """Build the parser; if the first argument is a command, only for that one, to keep start-up quick."""
    parser = Parser(
        prog="designation",
        usage="designation COMMAND [OPTIONS]",
        description=f"Apply the rules of Microsoft's Support Services designation to partners.\n\n{START}",
        epilog=EPILOG,
    )
    parser.add_argument(
        "--version", action="version", version=f"designation {_core.__version__}", help="print the version"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="designation", title="commands")
    selected = [name for name in COMMANDS if argv and argv[0] == name]
    for name in selected or (() if list(argv) == ["--version"] else COMMANDS):
        add_command(commands, name)
    if not selected:
        _show_groups(parser, commands)
    return parser


def _show_groups(parser: Parser, commands: argparse._SubParsersAction[Parser]) -> None:
    """List the commands on the help page in groups; argparse knows only one group of commands."""
    parser._action_groups = [group for group in parser._action_groups if commands not in group._group_actions]
    listed = {action.dest: action for action in commands._choices_actions}
    for title, names in GROUPS.items():
        parser.add_argument_group(title)._group_actions += [listed[name] for name in names if name in listed]


def add_command(commands: argparse._SubParsersAction[Parser], name: str) -> None:
    """Add the parser of a command."""
    command: Command = need(f"designation.cli.{name.replace('-', '_')}")
    summary, _, rest = (command.__doc__ or "").partition("\n")
    has_files = any(file in command.EXAMPLE for file in EXAMPLE_FILES)
    parser = commands.add_parser(
        name,
        help=summary,
        usage=command.USAGE,
        description=f"{summary}\n{rest}".rstrip(),
        epilog=f"Example:\n{command.EXAMPLE}{FILES if has_files else ''}",
    )
    command.add_arguments(parser)
    add_common_options(parser)
    parser.set_defaults(command=command)
