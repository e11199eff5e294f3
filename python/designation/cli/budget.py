"""Add up what the recommended plans cost, by fiscal year, month and partner.

The fees are those of the schedule, with what a policy says would be; they are
subject to change.
"""

from __future__ import annotations

import argparse
import json

from designation._answers.budget import added_up
from designation._answers.plan import of
from designation._text.budget import lines
from designation.cli._input import Intake
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules, add_through
from designation.cli._rules import day_of, rules_of, through_of

USAGE = "designation budget [OPTIONS] FILE..."
EXAMPLE = """\
  designation budget *.json --as-of 2026-09-15 --through 2028-12-31
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a partner's document; - is standard input")
    add_through(parser, "five")
    add_rules(parser)
    add_output(parser)
    parser.add_argument("--ndjson", action="store_true", help="take every FILE as NDJSON, whatever its name")
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    rules, day = rules_of(options), day_of(options)
    through = through_of(options, 5)
    intake = Intake(options.files, ndjson=options.ndjson, max_bytes=options.max_bytes)
    with Output(options.output) as output:
        plans = [of(one, day, through, rules) for one in intake.partners(bar=not output.is_terminal)]
        budget = added_up(plans, day, through, rules)
        if not plans:
            output.discard()
        elif options.format == "json":
            output.write(json.dumps(budget.to_dict(), ensure_ascii=False, indent=2) + "\n")
        else:
            output.lines(lines(budget))
    return 2 if intake.unusable else 0
