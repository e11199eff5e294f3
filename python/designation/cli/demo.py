"""Assess the example portfolio that comes with designation.

Shows where every partner of a synthetic portfolio stands, and then the page of
one of them, as `designation assess` gives it.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from pathlib import Path

import designation
from designation import _core
from designation._text import assessment as page
from designation.cli._output import Output
from designation.cli._overview import overview
from designation.cli._parser import add_output, add_rules
from designation.cli._rules import rules_of

USAGE = "designation demo [OPTIONS]"
EXAMPLE = """\
  designation demo
  designation demo --as-of 2027-01-20
"""
DAY = datetime.date(2026, 9, 15)
STORY = "contoso"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser, as_of=DAY.isoformat())
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    rules, day = rules_of(options), options.as_of or DAY
    assessments = [_core.assess(partner, day, rules) for partner in examples()]
    with Output(options.output) as output:
        if options.format == "json":
            output.write("".join(f"{assessment.to_json()}\n" for assessment in assessments))
        else:
            output.show(overview(assessments, output.columns))
            output.write("\n")
            for assessment in assessments:
                if assessment.partner.id == STORY:
                    output.lines(page.lines(assessment))
    return 0


def examples() -> Iterator[_core.Partner]:
    """Read the partners that come with designation."""
    folder = Path(designation.__file__).parent / "examples"
    for path in sorted(folder.glob("*.json")):
        if path.name != "policy.json":
            yield designation.load(path)
