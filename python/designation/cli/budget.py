"""Add up the fees of the recommended plans by fiscal year, month, and partner.

Fees follow the schedule of the edition, which a policy can override. They are
subject to change. The command prints a table of partners and fiscal years or,
with --by month, months; with -o FILE.csv or -o FILE.xlsx, it writes that table.
--against shows what another policy changes: first its prices on the same
schedule, and then its schedule.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
from typing import Any

from designation import _core
from designation._answers.budget import PERIODS, Budget, add_up_plans
from designation._answers.budget_change import compare_policies
from designation._input.guard import guard
from designation._lazy import lazy
from designation._text.budget import lines, notes
from designation._text.page_layout import text_lines
from designation.cli._input import PartnerReader
from designation.cli._output import Output, writing
from designation.cli._parser import add_documents, add_exact_values, add_output, add_prices, add_rules, add_through
from designation.cli._rules import as_of_or_today, load_other_rules, load_rules, plan_end

workbook = lazy("designation.portfolio._workbook")

USAGE = "designation budget [OPTIONS] FILE..."
EXAMPLE = """\
  designation budget portfolio.ndjson --as-of 2026-09-15 --through 2028-12-31
  designation budget portfolio.ndjson --by fiscal-year --against prices.json
  designation budget portfolio.ndjson -o budget.xlsx
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    choices = [name.replace("_", "-") for name in PERIODS]
    parser.add_argument("--by", choices=choices, default="fiscal-year", help="the columns (default: fiscal-year)")
    add_prices(parser)
    add_rules(parser)
    add_through(parser, "five")
    add_exact_values(parser)
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of, through = load_rules(options), as_of_or_today(options), plan_end(options, 5)
    other = load_other_rules(options)
    by = options.by.replace("-", "_")
    ending = os.path.splitext(options.output or "")[1].lower() if options.format == "text" else ""
    reader = PartnerReader(options.files, options)
    with Output(None if ending == ".xlsx" else options.output) as output:
        plans = [
            _core.plan_under(partner, as_of, through, rules, options.worth)
            for partner in reader.partners(show_progress=not output.is_terminal)
        ]
        budget = add_up_plans(plans, as_of, through, rules)
        if other is not None:
            budget = budget._replace(against=compare_policies(plans, rules, other, options.worth))
        if not plans:
            output.discard()
        elif ending == ".xlsx":
            _write_workbook(budget, by, options.output)
        elif ending == ".csv":
            output.write(_csv(budget, by, exact_values=options.exact_values))
        else:
            output.write_result(budget, options.format, lines(budget, by))
    return 2 if reader.failed else 0


def _csv(budget: Budget, by: str, *, exact_values: bool) -> str:
    columns, rows = budget.table(by)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(
        [guard(cell) if isinstance(cell, str) and not exact_values else cell for cell in row] for row in rows
    )
    return text.getvalue()


def _write_workbook(budget: Budget, by: str, path: str) -> None:
    columns, rows = budget.table(by)
    sums: list[Any] = [sum(filter(None, (row[index] for row in rows))) for index in range(2, len(columns) - 2)]
    footer = ["Total", None, *sums, budget.later_by, None]
    with writing(path):
        workbook.write_sheet(path, "budget", columns, [*rows, footer], list(text_lines(notes(budget))))
