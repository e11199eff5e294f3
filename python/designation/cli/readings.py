"""Show which readings of the program's text change the answer.

Where the text leaves a question open, the policy takes one of two readings.
Each is turned to the other one on its own; shown are those with which the
answer, or a day of the timeline, is another one, with both outcomes.
"""

from __future__ import annotations

import argparse
import json

from designation._answers.readings import readings
from designation._text.readings import lines
from designation.cli._input import partner_of
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules, add_span
from designation.cli._rules import day_of, policy_of, span_of

USAGE = "designation readings [OPTIONS] FILE"
EXAMPLE = """\
  designation readings contoso.json --as-of 2026-09-15
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="a partner's document; - is standard input")
    add_span(parser)
    add_rules(parser)
    add_output(parser)
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    policy, rulebook = policy_of(options)
    partner = partner_of(options.file, options.max_bytes)
    found = readings(partner, day_of(options), policy, rulebook, span_of(options, partner))
    with Output(options.output) as output:
        if options.format == "json":
            output.write(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n")
        else:
            output.lines(lines(found))
    return 0
