"""Show which interpretations change the assessment.

Each interpretation of the program's text has two readings, and the policy
chooses one. The command tries the other reading of each interpretation
separately. It prints those that change the assessment or the timeline, with
both results. With --portfolio, it prints those that change the status, the
deadline, or another result of a partner in FILE as of the date.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from designation._answers.readings import readings
from designation._answers.sides import Side
from designation._tables.changes import COLUMNS
from designation._tables.portfolio_readings import ReadingsTally
from designation._text.portfolio_readings import lines as portfolio_lines
from designation._text.readings import lines
from designation.cli._errors import UsageError
from designation.cli._input import PartnerReader, read_partner
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_paths, add_rules, add_span
from designation.cli._rules import as_of_or_today, load_policy, load_rules, timeline_span
from designation.cli._table_in import Chunk, PortfolioOptions, RowProblems, open_table, read_result

USAGE = "designation readings [OPTIONS] FILE..."
EXAMPLE = """\
  designation readings contoso.json --as-of 2026-09-15
  designation readings --portfolio partners.parquet --as-of 2026-09-15
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--portfolio", action="store_true", help="read all partners of all files, and name those that change"
    )
    add_rules(parser)
    add_span(parser)
    add_paths(parser)
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.portfolio:
        return _run_portfolio(options)
    if len(options.files) > 1:
        raise UsageError("designation readings: several files need --portfolio")
    policy, rulebook = load_policy(options)
    partner = read_partner(options.files[0], options, "choose one with --id, or read all with --portfolio")
    found = readings(partner, as_of_or_today(options), policy, rulebook, timeline_span(options, partner))
    with Output(options.output) as output:
        output.write_result(found, options.format, lines(found, paths=options.paths))
    return 0


def _assess(chunk: Chunk, columns: PortfolioOptions, side: Side) -> Any:
    return read_result(chunk.assess(columns._replace(rules=side.rules)))


def _run_portfolio(options: argparse.Namespace) -> int:
    if options.paths or options.from_ or options.through:
        raise UsageError("designation readings: --portfolio is about one date, without --from, --through, and --paths")
    as_of, rules = as_of_or_today(options), load_rules(options)
    tally, problems = ReadingsTally(as_of, rules), RowProblems()
    columns = PortfolioOptions(rules, as_of, list(COLUMNS), "raise", 0)
    for chunk in open_table(PartnerReader(options.files, options), (), columns).chunks(columns, problems):
        tally.add(partial(_assess, chunk, columns))
    problems.raise_if_any()
    found = tally.build()
    with Output(options.output) as output:
        output.write_result(found, options.format, portfolio_lines(found))
    return 0
