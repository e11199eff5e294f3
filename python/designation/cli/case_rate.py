"""Give the case rate from exports of cases and of the business.

Counts the distinct cases escalated to Microsoft in a period, per unit of
business, with an exact interval and an account of every row. Reads CSV,
Parquet, NDJSON and JSON. A threshold is your own policy, no rule of the
program.
"""

from __future__ import annotations

import argparse

from designation._lazy import lazy
from designation._text.layout import EMPTY
from designation.cli._output import Output
from designation.cli._parser import add_output
from designation.cli._tables import add_columns, add_figures, columns_of, encoded, number_or_path, policy_of, tables

metrics = lazy("designation.metrics")
plot = lazy("designation.plot")

USAGE = "designation case-rate [OPTIONS] CASES --business SIZE --period PERIOD"
EXAMPLE = """\
  designation case-rate cases.csv --columns partner-center-powershell \\
      --business revenue.csv --period 2026-H1 --by month
  designation case-rate incidents.csv --columns servicenow --period 2026-H1 \\
      --escalated 'vendor_ticket=*' --business 12500000 --unit USD
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("cases", metavar="CASES", help="a table of cases; - is standard input")
    parser.add_argument(
        "--business",
        metavar="SIZE",
        required=True,
        help="a number for the whole period, or a table by month; may be -, too",
    )
    parser.add_argument(
        "--period", required=True, help="2026, 2026-H1, 2026-Q1, 2026-01, or two of these or of days as FIRST..LAST"
    )
    parser.add_argument("--unit", help="a currency (three capital letters: summed) or a stock such as seats (averaged)")
    parser.add_argument(
        "--per", metavar="N", type=int, help="the size that the rate is per (default: 1000000 of a currency, else 1000)"
    )
    parser.add_argument(
        "--escalated",
        metavar="WHAT",
        help="what counts: every, a column of yes and no, COLUMN=A,B, COLUMN!=A,B or COLUMN=* (default: the mapping's)",
    )
    parser.add_argument(
        "--on", choices=("created", "escalated"), default="created", help="the day that counts (default: created)"
    )
    parser.add_argument(
        "--exclude",
        metavar="MONTH",
        action="append",
        default=[],
        help="leave out a month, such as 2026-03; may be given several times",
    )
    parser.add_argument("--rolling", metavar="N", type=int, help="the rate over each run of N months, too")
    add_columns(parser, "", "the cases'")
    add_columns(parser, "business-", "the business's")
    add_figures(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    policy = policy_of(options.policy)
    with tables(options.cases, number_or_path(options.business)) as (cases, business):
        rate = metrics.case_rate(
            cases,
            business,
            options.period,
            unit=options.unit,
            per=options.per,
            columns=columns_of(options.columns, options.column),
            business_columns=columns_of(options.business_columns, options.business_column),
            escalated=options.escalated,
            on=options.on,
            by=options.by,
            exclude=options.exclude,
            level=options.level,
        )
        check = None if policy is None else rate.against(policy)
        rolling = None if options.rolling is None else rate.rolling(options.rolling)
        if options.plot is not None:
            by, limit = options.by[0] if options.by else "month", None if check is None else check.limit
            plot.save(plot.case_rate(rate, by=by, ax=plot.blank(), threshold=limit), options.plot)
    with Output(options.output) as output:
        if options.format == "json":
            document = rate.to_dict()
            document |= {} if check is None else {"policy": check.to_dict()}
            document |= {} if rolling is None else {"rolling": [part.to_dict() for part in rolling]}
            output.write(encoded(document))
        else:
            output.lines(rate.lines())
            if rolling is not None:
                output.lines([EMPTY, *rate.lines_of("Months", rolling)])
            if check is not None:
                output.lines([EMPTY, *check.lines()])
    return 0
