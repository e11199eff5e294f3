"""Find the cheapest ways to keep the designation, proved.

Shows every plan that no other betters in both fees and lapsed days, and the
dated steps of the recommended one, each with the latest day on which it still
does. Exact: no day is sampled, and no search is cut off.
"""

from __future__ import annotations

import argparse
import json

from designation._answers.plan import of
from designation._text.plan import lines
from designation.cli._input import Intake
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules, add_through
from designation.cli._rules import day_of, rules_of, through_of

USAGE = "designation plan [OPTIONS] FILE..."
EXAMPLE = """\
  designation plan contoso.json --as-of 2026-09-15 --through 2031-12-31
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
    answered = 0
    with Output(options.output) as output:
        for partner in intake.partners(bar=not output.is_terminal):
            plans = of(partner, day, through, rules)
            if options.format == "json":
                indent = 2 if intake.is_one_document else None
                output.write(json.dumps(plans.to_dict(), ensure_ascii=False, indent=indent) + "\n")
            else:
                output.write("\n" if answered else "")
                output.lines(lines(plans))
            answered += 1
        if not answered:
            output.discard()
    return 2 if intake.unusable else 0
