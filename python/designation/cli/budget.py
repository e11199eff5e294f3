"""Add up the fees of the recommended plans by fiscal year, month, and partner.

Fees follow the schedule of the edition, which a policy can override. They are
subject to change.
"""

from __future__ import annotations

import argparse

from designation import _core
from designation._answers.budget import add_up_plans
from designation._text.budget import lines
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_rules, add_through
from designation.cli._rules import as_of_or_today, load_rules, plan_end

USAGE = "designation budget [OPTIONS] FILE..."
EXAMPLE = """\
  designation budget *.json --as-of 2026-09-15 --through 2028-12-31
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
    with Output(options.output) as output:
        plans = [
            _core.plan_under(partner, as_of, through, rules)
            for partner in reader.partners(show_progress=not output.is_terminal)
        ]
        budget = add_up_plans(plans, as_of, through, rules)
        if not plans:
            output.discard()
        else:
            output.write_result(budget, options.format, lines(budget))
    return 2 if reader.failed else 0
