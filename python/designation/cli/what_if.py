"""Show how other facts would change the assessment.

The command applies the changes, in order, to a copy of the document. Write a
fact as one or more KEY=VALUE pairs, with the keys of the document. To remove,
move, or extend a fact, give enough pairs to identify it.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from designation import _core
from designation._answers.compare import timeline_differences
from designation._answers.difference import find_differences
from designation._answers.timeline import Timeline
from designation._answers.what_if import what_if
from designation._errors import InputError
from designation._messages import nearest
from designation._records import names_of_kinds
from designation._text.blocks import EMPTY, Span, fill
from designation._text.compare import now_and_over_time_lines, standing_title
from designation.cli._errors import UsageError, label
from designation.cli._input import read_json, read_partner
from designation.cli._output import Output
from designation.cli._parser import add_document, add_output, add_paths, add_rules, add_span
from designation.cli._rules import as_of_or_today, load_rules, timeline_span

USAGE = "designation what-if FILE [OPTIONS]"
EXAMPLE = """\
  designation what-if contoso.json --as-of 2026-09-15 \\
      --add on=2026-12-01 type=csat_evaluated outcome=pass \\
      --extend type=psfp through=2027-11-30
"""
NUMBERS = names_of_kinds("number", "integer")
TARGETS = {"move": "to", "extend": "through"}
OTHER_TARGETS = ("to", "through", "date", "new_date")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    for name, text in (
        ("add", "add an event (with on=DATE) or a record (with from=DATE)"),
        ("remove", "remove a fact"),
        ("move", "move an event to the date given as to=DATE"),
        ("extend", "extend a record to the last day given as through=DATE; an empty through= removes its last day"),
    ):
        option: Any = parser.add_argument(
            f"--{name}", metavar="KEY=VALUE", nargs="+", action=_Change, default=[], dest="changes", help=text
        )
        option.form = name
    parser.add_argument(
        "--changes", metavar="FILE", dest="file_of_changes", help="a JSON file with a list of changes to apply first"
    )
    add_rules(parser)
    add_span(parser, "--as-of")
    add_paths(parser)
    add_output(parser)
    add_document(parser)


class _Change(argparse.Action):
    """Appends the change of any option to one list, to keep their order."""

    form = ""

    def __call__(
        self, parser: argparse.ArgumentParser, options: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        fact = {}
        for value in values:
            name, equals, text = value.partition("=")
            if not (name and equals):
                parser.error(f'argument {option}: must be KEY=VALUE, not "{value}"')
            fact[name] = _parse_number(text) if name in NUMBERS else text
        change: dict[str, Any] = fact if self.form == "add" else {self.form: fact}
        if target := TARGETS.get(self.form):
            if target not in fact:
                near = next((name for name in fact if nearest(name, [target]) or name in OTHER_TARGETS), None)
                hint = f'; did you mean "{target}" for "{near}"?' if near else ""
                parser.error(f"argument {option}: {target}=DATE is missing{hint}")
            change[target] = fact.pop(target) or None
        options.changes = [*options.changes, (change, f"{option} {' '.join(values)}")]


def _parse_number(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of, listed = load_rules(options), as_of_or_today(options), _read_changes(options)
    before = read_partner(options.file, options)
    try:
        after = what_if(before, [*listed, *(change for change, _ in options.changes)])
    except InputError as error:
        raise InputError([_locate(one, options, len(listed)) for one in error.diagnostics]) from None
    span = timeline_span(options, before, as_of)
    assessment = _core.assess(before, as_of, rules)
    now = find_differences(assessment, _core.assess(after, as_of, rules))
    lines = [Timeline(tuple(_core.timeline(partner, *span, rules))) for partner in (before, after)]
    later = tuple(timeline_differences(*lines))
    with Output(options.output) as output:
        if options.format == "json":
            days = {"as_of": str(as_of), "from": str(span[0]), "through": str(span[1])}
            found = {"now": [d.to_dict() for d in now], "over_time": [d.to_dict() for d in later]}
            document = {**days, **found, "partner": after.to_dict()}
            output.write_json(document)
            return 0
        output.lines([standing_title(assessment, span), EMPTY])
        if now or later:
            output.lines(now_and_over_time_lines(assessment, now, later, paths=options.paths))
        else:
            output.lines(fill(Span(f"Nothing changes as of {as_of}, or on any day from {span[0]} through {span[1]}.")))
    return 0


def _read_changes(options: argparse.Namespace) -> list[Any]:
    """Return the changes in the file of ``--changes``."""
    listed: Any = []
    if options.file_of_changes is not None:
        if options.file_of_changes == options.file == "-":
            raise UsageError("designation: standard input (-) can be read only once")
        listed = read_json(options.file_of_changes, options.max_bytes)
        if not isinstance(listed, list) or not all(isinstance(change, dict) for change in listed):
            raise UsageError(f"{label(options.file_of_changes)}: must be a list of objects [type]")
    if not (listed or options.changes):
        raise UsageError("designation what-if: a change is required: --add, --remove, --move, --extend, or --changes")
    return list(listed)


def _locate(problem: _core.Diagnostic, options: argparse.Namespace, listed: int) -> _core.Diagnostic:
    """Name the option or the file of the change that has a problem; a problem of the changed partner has neither."""
    number = problem.pointer[1:].partition("/")[0]
    if not number.isdecimal():
        return problem
    if int(number) < listed:
        return problem.replace(file=label(options.file_of_changes))
    return problem.replace(pointer=options.changes[int(number) - listed][1])
