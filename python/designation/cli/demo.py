"""Assess the example portfolio.

The command prints a table of the example partners, all of them fictional, and
then the page that `designation assess` prints for one of them.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from pathlib import Path

import designation
from designation import _core
from designation._text import assessment as page
from designation._text.blocks import EMPTY
from designation.cli._output import Output
from designation.cli._overview import overview_lines
from designation.cli._parser import add_output, add_rules
from designation.cli._rules import load_rules

USAGE = "designation demo [OPTIONS]"
EXAMPLE = """\
  designation demo
  designation demo --as-of 2027-01-20
"""
DATE = datetime.date(2026, 9, 15)
FEATURED = "contoso"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser, as_of=DATE.isoformat())
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of = load_rules(options), options.as_of or DATE
    assessments = [_core.assess(partner, as_of, rules) for partner in examples()]
    with Output(options.output) as output:
        if options.format == "json":
            output.write("".join(f"{assessment.to_json()}\n" for assessment in assessments))
        else:
            output.lines([*overview_lines(assessments), EMPTY])
            for assessment in assessments:
                if assessment.partner.id == FEATURED:
                    output.lines(page.lines(assessment))
    return 0


def examples() -> Iterator[_core.Partner]:
    """Read the example partners."""
    folder = Path(designation.__file__).parent / "examples"
    for path in sorted(folder.glob("*.json")):
        if path.name != "policy.json":
            yield designation.load(path)
