"""Plan the cheapest ways to keep the designation.

The command prints every plan that no other plan beats on both fees and lapsed
days (days between an anniversary and a late renewal), and the steps of the
recommended plan, each with its earliest and latest date. The search is exact:
it misses no plan.
"""

from __future__ import annotations

import argparse

from designation import _core
from designation._text.plan import lines
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_rules, add_through
from designation.cli._rules import as_of_or_today, load_rules, plan_end

USAGE = "designation plan [OPTIONS] FILE..."
EXAMPLE = """\
  designation plan contoso.json --as-of 2026-09-15 --through 2031-12-31
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser)
    add_through(parser, "five")
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of, through = load_rules(options), as_of_or_today(options), plan_end(options, 5)
    reader = PartnerReader(options.files, options)
    planned = 0
    with Output(options.output) as output:
        for partner in reader.partners(show_progress=not output.is_terminal):
            plans = _core.plan_under(partner, as_of, through, rules)
            if options.format == "json":
                output.write_json(plans.to_dict(), reader.indent)
            else:
                output.write("\n" if planned else "")
                output.lines(lines(plans))
            planned += 1
        if not planned:
            output.discard()
    return 2 if reader.failed else 0
