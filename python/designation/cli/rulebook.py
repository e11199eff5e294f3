"""List, show, write, check, and compare editions of the program."""

from __future__ import annotations

import argparse

from designation import _core
from designation._messages import quote, suggestion
from designation._rulebooks.diff import compare_rulebooks
from designation._rulebooks.new import layout, new_rulebook
from designation._text.rulebook import describe_rule, rule_lines
from designation._text.rulebook import lines as page
from designation._text.rulebook_diff import lines
from designation.cli._check_rulebook import check_file
from designation.cli._errors import UsageError
from designation.cli._output import Output
from designation.cli._parser import add_file_output, add_max_bytes, add_output
from designation.cli._rules import load_rulebook

USAGE = "designation rulebook ACTION [OPTIONS]"
EXAMPLE = """\
  designation rulebook list
  designation rulebook show 2026-04
  designation rulebook show 2025-11 SSD-P1
  designation rulebook new --from 2026-09 --edition 2027-01 -o mine.json
  designation rulebook check mine.json
  designation rulebook diff 2025-11 2026-04
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, prog=parser.prog, title="actions")
    listing = _action(actions, "list", "list", "List the built-in editions.", "list")
    listing.set_defaults(act=_list)
    add_output(listing)
    showing = _action(
        actions,
        "show",
        "show [OPTIONS] EDITION [RULE]",
        "Show an edition or one of its rules.",
        "show 2025-11 SSD-P1",
    )
    showing.set_defaults(act=_show)
    showing.add_argument(
        "edition", metavar="EDITION", help="a built-in edition or a rulebook file; - is standard input"
    )
    showing.add_argument("rule", metavar="RULE", nargs="?", help="the id of a rule; show this rule alone, but whole")
    add_output(showing)
    add_max_bytes(showing)
    writing = _action(
        actions,
        "new",
        "new [OPTIONS] --edition NAME",
        "Write an edition that extends a built-in one, ready to edit.",
        "new --from 2026-09 --edition 2027-01 -o mine.json",
    )
    writing.description = (
        "Write an edition that extends a built-in one, ready to edit.\n\n"
        'The document contains the current parameters and, under "notes", what each\n'
        "location holds. Change what differs, cite its source, and delete what stays the\n"
        "same. Then run designation rulebook check."
    )
    writing.set_defaults(act=_new, format="document")
    writing.add_argument("--edition", metavar="NAME", required=True, help="the name of the new edition")
    writing.add_argument(
        "--from",
        dest="base",
        metavar="EDITION",
        choices=_core.editions(),
        default=_core.editions()[-1],
        help="the built-in edition that it extends (default: the last one)",
    )
    add_file_output(writing)
    checking = _action(actions, "check", "check [OPTIONS] FILE", "Check a custom rulebook.", "check mine.json")
    checking.description = (
        "Check a custom rulebook.\n\n"
        "The exit status is 2 if it has an error, and 1 if it can be used but changes\n"
        "something without a citation, or has an offer without a date or with dates that\n"
        "contradict each other."
    )
    checking.set_defaults(act=_check)
    checking.add_argument("edition", metavar="FILE", help="a rulebook file; - is standard input")
    add_output(checking)
    add_max_bytes(checking)
    comparing = _action(actions, "diff", "diff [OPTIONS] OLD NEW", "Compare two editions.", "diff 2025-11 2026-04")
    comparing.description = (
        "Compare two editions.\n\nThe exit status is 0 if the editions are equal, and 1 if they differ."
    )
    comparing.set_defaults(act=_diff)
    comparing.add_argument("old", metavar="OLD", help="a built-in edition or a rulebook file; - is standard input")
    comparing.add_argument("new", metavar="NEW", help="the other edition")
    add_output(comparing)
    add_max_bytes(comparing)


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, usage: str, summary: str, example: str
) -> argparse.ArgumentParser:
    return actions.add_parser(
        name,
        help=summary,
        usage=f"designation rulebook {usage}",
        description=summary,
        epilog=f"Example:\n  designation rulebook {example}\n",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    with Output(options.output) as output:
        status: int = options.act(options, output) or 0
    return status


def _list(options: argparse.Namespace, output: Output) -> None:
    for index, edition in enumerate(_core.editions()):
        rulebook = load_rulebook(edition)
        if options.format == "json":
            document = {"edition": edition, "title": rulebook.title, "digest": rulebook.digest, "default": index == 0}
            output.write_json(document, None)
        else:
            output.write(f"{edition}  {rulebook.title}{' (default)' if index == 0 else ''}\n")


def _show(options: argparse.Namespace, output: Output) -> None:
    rulebook = load_rulebook(options.edition, options.max_bytes)
    if options.rule is None:
        output.write_result(rulebook, options.format, page(rulebook))
        return
    content, rule = rulebook.to_dict(), options.rule.upper()
    if rule not in content["rules"]:
        hint = suggestion(rule, content["rules"], f"; the rules are {', '.join(content['rules'])}")
        raise UsageError(f"designation rulebook show: unknown rule {quote(options.rule)}{hint}")
    if options.format == "json":
        output.write_json({"edition": rulebook.edition, "rule": rule, **describe_rule(content, rule)})
    else:
        output.lines(rule_lines(rulebook, rule))


def _new(options: argparse.Namespace, output: Output) -> None:
    try:
        output.write(layout(new_rulebook(options.edition, options.base)) + "\n")
    except ValueError as error:
        raise UsageError(f"designation rulebook new: {error}") from None


def _check(options: argparse.Namespace, output: Output) -> int:
    return check_file(options.edition, options, output)


def _diff(options: argparse.Namespace, output: Output) -> int:
    if options.old == options.new == "-":
        raise UsageError("designation: standard input (-) can be read only once")
    diff = compare_rulebooks(*(load_rulebook(name, options.max_bytes) for name in (options.old, options.new)))
    output.write_result(diff, options.format, lines(diff))
    return int(not diff.same)
