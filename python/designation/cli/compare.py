"""Show what differs between two documents, or between two days of one.

Exit status 0 where nothing differs, 1 where something does.
"""

from __future__ import annotations

import argparse
import json

from designation import _core
from designation._answers.compare import Comparison
from designation._answers.difference import differences
from designation._text.compare import lines
from designation.cli._errors import UsageError
from designation.cli._input import partner_of
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules, day
from designation.cli._rules import day_of, rules_of

USAGE = "designation compare [OPTIONS] OLD [NEW]"
EXAMPLE = """\
  designation compare last-month.json contoso.json --as-of 2026-09-15
  designation compare contoso.json --as-of 2026-09-15 --new-as-of 2026-12-15
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("old", metavar="OLD", help="a partner's document; - is standard input")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the other document (default: OLD, on another day)")
    add_rules(parser)
    parser.add_argument("--new-as-of", metavar="DAY", type=day, help="the day for NEW (default: that of --as-of)")
    add_output(parser)
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    if options.new is None and options.new_as_of is None:
        raise UsageError("designation compare: give NEW, or a day with --new-as-of")
    if options.old == options.new == "-":
        raise UsageError("designation: standard input (-) can be read only once")
    rules, as_of = rules_of(options), day_of(options)
    old = partner_of(options.old, options.max_bytes)
    new = old if options.new is None else partner_of(options.new, options.max_bytes)
    found = Comparison(
        differences(_core.assess(old, as_of, rules), _core.assess(new, options.new_as_of or as_of, rules))
    )
    with Output(options.output) as output:
        if options.format == "json":
            output.write(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n")
        else:
            output.lines(lines(found))
    return int(not found.same)
