"""Show how the answer would differ with other facts.

Changes are made one after the other, in the order given, on a copy; the
file stays as it is. A fact is written as MEMBER=VALUE...; of a fact that is
removed, moved or extended, as many members as tell it from the others.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from designation import _core
from designation._answers.compare import over_time
from designation._answers.difference import differences
from designation._answers.timeline import Timeline
from designation._answers.what_if import what_if
from designation._text.compare import now_and_over_time
from designation._text.layout import Span, fill
from designation.cli._errors import UsageError, label
from designation.cli._input import partner_of, read
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules, add_span
from designation.cli._rules import day_of, rules_of, span_of

USAGE = "designation what-if FILE [OPTIONS]"
EXAMPLE = """\
  designation what-if contoso.json --as-of 2026-09-15 \\
      --add on=2026-12-01 type=csat_evaluated outcome=pass \\
      --extend type=psfp through=2027-11-30
"""
NUMBERS = ("cases", "rate", "score")
TARGETS = {"move": "to", "extend": "through"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="a partner's document; - is standard input")
    for name, text in (
        ("add", "an event (with on) or a record (with from)"),
        ("remove", "a fact"),
        ("move", "an event, to the day to=DAY"),
        ("extend", "a record, to its last day through=DAY; through= leaves its end open"),
    ):
        option: Any = parser.add_argument(
            f"--{name}", metavar="MEMBER=VALUE", nargs="+", action=_Change, default=[], dest="changes", help=text
        )
        option.form = name
    parser.add_argument("--changes", metavar="FILE", dest="file_of_changes", help="a JSON list of changes, made first")
    add_span(parser, "--as-of")
    add_rules(parser)
    add_output(parser)
    add_limit(parser)


class _Change(argparse.Action):
    """Appends a change, whatever its option, so that their order is kept."""

    form = ""

    def __call__(
        self, parser: argparse.ArgumentParser, options: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        fact = {}
        for value in values:
            name, equals, text = value.partition("=")
            if not (name and equals):
                parser.error(f"argument {option}: {value!r} is not MEMBER=VALUE")
            fact[name] = _number(text) if name in NUMBERS else text
        change: dict[str, Any] = fact if self.form == "add" else {self.form: fact}
        if target := TARGETS.get(self.form):
            if target not in fact:
                parser.error(f"argument {option}: {target}=DAY is missing")
            change[target] = fact.pop(target) or None
        options.changes = [*options.changes, change]


def _number(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    rules, as_of, changes = rules_of(options), day_of(options), _changes(options)
    before = partner_of(options.file, options.max_bytes)
    after = what_if(before, changes)
    span = span_of(options, before, as_of)
    now = differences(_core.assess(before, as_of, rules), _core.assess(after, as_of, rules))
    lines = [Timeline(tuple(_core.timeline(partner, *span, rules))) for partner in (before, after)]
    later = tuple(over_time(*lines))
    with Output(options.output) as output:
        if options.format == "json":
            days = {"as_of": str(as_of), "from": str(span[0]), "through": str(span[1])}
            found = {"now": [d.to_dict() for d in now], "over_time": [d.to_dict() for d in later]}
            document = {**days, **found, "partner": after.to_dict()}
            output.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        elif now or later:
            output.lines(now_and_over_time(as_of, now, later))
        else:
            output.lines(fill(Span(f"Nothing differs as of {as_of}, or on a day from {span[0]} to {span[1]}.")))
    return 0


def _changes(options: argparse.Namespace) -> Sequence[Any]:
    listed: Any = []
    if options.file_of_changes is not None:
        if options.file_of_changes == options.file == "-":
            raise UsageError("designation: standard input (-) can be read only once")
        try:
            listed = json.loads(read(options.file_of_changes, options.max_bytes))
        except ValueError as error:
            raise UsageError(f"{label(options.file_of_changes)}: {error} [syntax]") from None
        if not isinstance(listed, list) or not all(isinstance(change, dict) for change in listed):
            raise UsageError(f"{label(options.file_of_changes)}: changes are a list of objects [type]")
    if not (listed or options.changes):
        raise UsageError("designation what-if: give a change: --add, --remove, --move, --extend or --changes")
    return [*listed, *options.changes]
