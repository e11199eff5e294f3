"""Show what changes on which date, and under which rule.

The command prints a status band over the period, and then each date on which
something changes. The dates are exact: they are computed from the rules, not
sampled.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from designation import _core
from designation._answers.difference import find_changes
from designation._answers.timeline import Timeline, drawn_span
from designation._core import Segment
from designation._text.timeline import lines
from designation.cli._input import read_partner
from designation.cli._output import Output
from designation.cli._parser import add_document, add_output, add_paths, add_rules, add_span
from designation.cli._rules import as_of_or_today, load_rules, timeline_span

USAGE = "designation timeline [OPTIONS] FILE"
EXAMPLE = """\
  designation timeline contoso.json --from 2026-01-01 --through 2027-12-31
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser)
    add_span(parser, "the date of the first event")
    add_paths(parser)
    add_output(parser)
    add_document(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, partner = load_rules(options), read_partner(options.file, options)
    first, last = timeline_span(options, partner, drawn_span(partner, as_of_or_today(options))[0])
    segments = _core.timeline(partner, first, last, rules)
    with Output(options.output) as output:
        if options.format == "json":
            document = {"from": str(first), "through": str(last), "segments": list(_documents(segments))}
            output.write_json(document)
        else:
            output.lines(lines(Timeline(tuple(segments)), most=None, paths=options.paths))
    return 0


def _documents(segments: list[Segment]) -> Iterator[dict[str, object]]:
    found = find_changes(segment.assessment for segment in segments)
    changes = [[difference.to_dict() for difference in change.differences] for change in found]
    for segment, changed in zip(segments, [[], *changes], strict=True):
        yield {
            "from": str(segment.from_),
            "through": str(segment.through),
            "changes": changed,
            "assessment": json.loads(segment.assessment.to_json()),
        }
