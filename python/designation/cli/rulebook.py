"""List, show, check and compare editions of the program."""

from __future__ import annotations

import argparse
import json

from designation import _core
from designation._rulebooks.diff import diff_of
from designation._text.rulebook import lines as page
from designation._text.rulebook_diff import lines
from designation.cli._errors import UsageError
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output
from designation.cli._rules import rulebook_of

USAGE = "designation rulebook ACTION [OPTIONS]"
EXAMPLE = """\
  designation rulebook list
  designation rulebook show 2026-04
  designation rulebook check my-edition.json
  designation rulebook diff 2025-11 2026-04
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, prog=parser.prog, title="actions")
    listing = _action(actions, "list", "list", "List the built-in editions.", "list")
    listing.set_defaults(act=_list)
    add_output(listing)
    showing = _action(
        actions, "show", "show [OPTIONS] EDITION", "Show an edition, or a rulebook's file.", "show 2026-04"
    )
    showing.set_defaults(act=_show)
    showing.add_argument(
        "edition", metavar="EDITION", help="an edition by its name, or a rulebook's file; - is standard input"
    )
    add_output(showing)
    add_limit(showing)
    checking = _action(
        actions, "check", "check [OPTIONS] FILE", "Check a rulebook of your own.", "check my-edition.json"
    )
    checking.set_defaults(act=_check)
    checking.add_argument("edition", metavar="FILE", help="a rulebook's file; - is standard input")
    add_output(checking)
    add_limit(checking)
    comparing = _action(
        actions, "diff", "diff [OPTIONS] OLD NEW", "Show what differs between two editions.", "diff 2025-11 2026-04"
    )
    comparing.description = (
        "Show what differs between two editions.\n\nExit status 0 where nothing differs, 1 where something does."
    )
    comparing.set_defaults(act=_diff)
    comparing.add_argument(
        "old", metavar="OLD", help="an edition by its name, or a rulebook's file; - is standard input"
    )
    comparing.add_argument("new", metavar="NEW", help="the other one")
    add_output(comparing)
    add_limit(comparing)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, usage: str, what: str, example: str
) -> argparse.ArgumentParser:
    return actions.add_parser(
        name,
        help=what,
        usage=f"designation rulebook {usage}",
        description=what,
        epilog=f"Example:\n  designation rulebook {example}\n",
    )


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    with Output(options.output) as output:
        status: int = options.act(options, output) or 0
    return status


def _list(options: argparse.Namespace, output: Output) -> None:
    for place, edition in enumerate(_core.editions()):
        rulebook = rulebook_of(edition)
        if options.format == "json":
            about = {"edition": edition, "title": rulebook.title, "digest": rulebook.digest, "default": place == 0}
            output.write(json.dumps(about, ensure_ascii=False) + "\n")
        else:
            output.write(f"{edition}  {rulebook.title}{' (default)' if place == 0 else ''}\n")


def _show(options: argparse.Namespace, output: Output) -> None:
    rulebook = rulebook_of(options.edition, options.max_bytes)
    if options.format == "json":
        output.write(json.dumps(rulebook.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        output.lines(page(rulebook))


def _check(options: argparse.Namespace, output: Output) -> None:
    rulebook = rulebook_of(options.edition, options.max_bytes)
    if options.format == "json":
        about = {"edition": rulebook.edition, "title": rulebook.title, "digest": rulebook.digest}
        output.write(json.dumps(about, ensure_ascii=False) + "\n")
    else:
        output.write(f"OK: {rulebook.edition} {rulebook.digest}\n")


def _diff(options: argparse.Namespace, output: Output) -> int:
    if options.old == options.new == "-":
        raise UsageError("designation: standard input (-) can be read only once")
    found = diff_of(*(rulebook_of(name, options.max_bytes) for name in (options.old, options.new)))
    if options.format == "json":
        output.write(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        output.lines(lines(found))
    return int(not found.same)
