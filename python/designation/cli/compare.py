"""Compare the assessments of two documents, or of one document on two dates.

The exit status is 0 if the assessments are equal, and 1 if they differ.
"""

from __future__ import annotations

import argparse

from designation import _core
from designation._answers.compare import compare
from designation._text.compare import lines
from designation.cli._errors import UsageError
from designation.cli._input import read_partner
from designation.cli._output import Output
from designation.cli._parser import add_input, add_output, add_paths, add_rules, parse_date
from designation.cli._rules import as_of_or_today, load_rules

USAGE = "designation compare [OPTIONS] OLD [NEW]"
EXAMPLE = """\
  designation compare last-month.json contoso.json --as-of 2026-09-15
  designation compare contoso.json --as-of 2026-09-15 --new-as-of 2026-12-15
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("old", metavar="OLD", help="a partner's document; - is standard input")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the other document (default: OLD, on another date)")
    add_rules(parser)
    parser.add_argument(
        "--new-as-of", metavar="DATE", type=parse_date, help="the date of the second assessment (default: --as-of)"
    )
    add_paths(parser)
    add_output(parser)
    add_input(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.new is None and options.new_as_of is None:
        raise UsageError("designation compare: NEW or --new-as-of is required")
    if options.old == options.new == "-":
        raise UsageError("designation: standard input (-) can be read only once")
    rules, as_of = load_rules(options), as_of_or_today(options)
    old = read_partner(options.old, options)
    new = old if options.new is None else read_partner(options.new, options)
    comparison = compare(_core.assess(old, as_of, rules), _core.assess(new, options.new_as_of or as_of, rules))
    with Output(options.output) as output:
        output.write_result(comparison, options.format, lines(comparison, paths=options.paths))
    return int(not comparison.same)
