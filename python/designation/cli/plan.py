"""Plan the cheapest ways to keep the designation.

The command prints every plan that no other plan beats on both fees and lapsed
days (days between an anniversary and a late renewal), and the steps of the
recommended plan, each with its earliest and latest date; with retry_days in
the policy, also with the last date that leaves room for a second try. The
search is exact: it misses no plan. --against shows what another policy
changes: first its prices on the same schedule, and then its schedule.
"""

from __future__ import annotations

import argparse

from designation import _core
from designation._answers.budget import add_up_plans
from designation._answers.budget_change import compare_policies
from designation._text.plan import lines
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_prices, add_rules, add_through
from designation.cli._rules import as_of_or_today, load_other_rules, load_rules, plan_end

USAGE = "designation plan [OPTIONS] FILE..."
EXAMPLE = """\
  designation plan contoso.json --as-of 2026-09-15 --through 2031-12-31
  designation plan contoso.json --worth 200 --against prices.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_prices(parser)
    add_rules(parser)
    add_through(parser, "five")
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of, through = load_rules(options), as_of_or_today(options), plan_end(options, 5)
    other = load_other_rules(options)
    reader = PartnerReader(options.files, options)
    planned = 0
    with Output(options.output) as output:
        for partner in reader.partners(show_progress=not output.is_terminal):
            plans = _core.plan_under(partner, as_of, through, rules, options.worth)
            budget = add_up_plans([plans], as_of, through, rules)
            if other is not None:
                budget = budget._replace(against=compare_policies([plans], rules, other, options.worth))
            if options.format == "json":
                document, notes = plans.to_dict(), budget.to_dict()
                document |= {name: notes[name] for name in ("later_fees", "assumptions", "against") if name in notes}
                output.write_json(document, reader.indent)
            else:
                output.write("\n" if planned else "")
                output.lines(lines(plans, budget))
            planned += 1
        if not planned:
            output.discard()
    return 2 if reader.failed else 0
