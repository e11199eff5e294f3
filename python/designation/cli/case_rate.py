"""Compute the case rate from a table of cases and the size of the business.

The case rate is the number of distinct cases escalated to Microsoft in a
period, per unit of business. The command prints it with an exact confidence
interval and a row report, which counts every row as used or not used. It reads
CSV, Parquet, NDJSON, and JSON. A threshold belongs to your own policy; it is
not a rule of the program.
"""

from __future__ import annotations

import argparse
from typing import Any

from designation._lazy import lazy
from designation._text.blocks import EMPTY
from designation.cli._argument_names import name_options
from designation.cli._billing import add_billing, read_billing
from designation.cli._errors import UsageError
from designation.cli._figures import add_report, write_report
from designation.cli._output import Output
from designation.cli._parser import add_output
from designation.cli._rules import load_policy
from designation.cli._tables import (
    add_columns,
    add_metric_options,
    add_period,
    open_tables,
    parse_number_or_path,
    read_columns,
    write_plot,
)

metrics = lazy("designation.metrics")
plot = lazy("designation.plot")

USAGE = "designation case-rate [OPTIONS] CASES --business SIZE --period PERIOD"
EXAMPLE = """\
  designation case-rate cases.csv --columns partner-center-powershell \\
      --business revenue.csv --period 2026-H1 --by month
  designation case-rate incidents.csv --columns servicenow --period 2026-H1 \\
      --escalated 'vendor_ticket=*' --business 12500000 --unit USD
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("cases", metavar="CASES", help="a table of cases; - is standard input")
    business = parser.add_mutually_exclusive_group(required=True)
    business.add_argument(
        "--business", metavar="SIZE", help="a number for the whole period, or a table by month; - is standard input"
    )
    add_billing(parser, business)
    add_period(parser, required=True)
    parser.add_argument(
        "--unit",
        help="a currency (three capital letters), whose amounts are added up, or a count such as seats, whose monthly "
        "values are averaged",
    )
    parser.add_argument(
        "--per",
        metavar="N",
        type=int,
        help="the size of business that the rate is for (default: 1000000 of a currency, else 1000)",
    )
    parser.add_argument(
        "--escalated",
        metavar="WHAT",
        help="which cases count as escalated: every, a column of yes and no, COLUMN=A,B, COLUMN!=A,B, or COLUMN=* "
        "(default: set by the mapping)",
    )
    parser.add_argument(
        "--on",
        choices=("created", "escalated"),
        default="created",
        help="the date that must be in the period (default: created)",
    )
    parser.add_argument(
        "--group-of",
        choices=("first", "last"),
        default="first",
        help="the row of a case, by time, that sets its groups (default: first)",
    )
    parser.add_argument(
        "--exclude",
        metavar="MONTH",
        action="append",
        default=[],
        help="exclude a month, such as 2026-03; can be repeated",
    )
    parser.add_argument("--rolling", metavar="N", type=int, help="add the rate over each run of N months")
    _add_analyses(parser)
    add_columns(parser, "", "cases")
    add_columns(parser, "business-", "business")
    add_metric_options(parser)
    add_report(parser)
    add_output(parser)


def _add_analyses(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ways", action="store_true", help="add the ways of counting for which enough is stated")
    parser.add_argument(
        "--way",
        metavar="NAME",
        action="append",
        default=[],
        help="add this way: all, without_duplicates, technical_only, created, closed, per_revenue, or per_seat; can be "
        "repeated",
    )
    parser.add_argument("--technical", metavar="WHAT", help="which cases are technical, stated as for --escalated")
    parser.add_argument("--duplicate", metavar="WHAT", help="which cases are duplicates, stated as for --escalated")
    parser.add_argument("--revenue", metavar="SIZE", help="the business of the way per_revenue")
    parser.add_argument("--seats", metavar="SIZE", help="the business of the way per_seat")
    parser.add_argument("--drivers", action="store_true", help="add which groups of --by have more cases than expected")
    parser.add_argument("--chart", action="store_true", help="add a control chart of the monthly rates")
    parser.add_argument("--forecast-to", metavar="DAY", help="add a forecast of the rate on this last day")
    parser.add_argument("--more", metavar="SIZE", help="the size of the business from the period to that day")


def _analyze(options: argparse.Namespace, rate: Any, policy: Any, limit: float | None) -> dict[str, Any]:
    """Return the analyses that the options ask for, by name."""
    if (options.forecast_to is None) != (options.more is None):
        raise UsageError("designation: --forecast-to and --more need each other")
    found: dict[str, Any] = {}
    if options.ways or options.way:
        stated = {name: getattr(options, name) for name in ("technical", "duplicate")}
        sizes = {name: getattr(options, name) for name in ("revenue", "seats")}
        stated |= {name: None if size is None else parse_number_or_path(size) for name, size in sizes.items()}
        found["ways"] = rate.ways(options.way or None, policy=policy, **stated)
    if options.drivers:
        found["drivers"] = rate.drivers(at_most=limit)
    if options.chart:
        found["chart"] = rate.chart()
    if options.forecast_to is not None:
        more = parse_number_or_path(options.more)
        found["forecast"] = rate.forecast(options.forecast_to, more, at_most=limit)
    return found


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    policy, _ = load_policy(options)
    source = options.billing or parse_number_or_path(options.business)
    are_read_again = bool(options.ways or options.way or options.perpetual)
    option = "business" if options.billing is None else "billing"
    opened = open_tables(options.cases, source, are_read_again=are_read_again)
    with name_options(options, business=option), opened as (cases, table):
        revenues = {} if options.billing is None else read_billing(options, table)
        business = revenues[options.definition].months if revenues else table
        rate = metrics.case_rate(
            cases,
            business,
            options.period,
            unit=options.unit,
            per=options.per,
            columns=read_columns(options.columns, options.column),
            business_columns=None if revenues else read_columns(options.business_columns, options.business_column),
            escalated=options.escalated,
            on=options.on,
            by=options.by,
            exclude=options.exclude,
            level=options.level,
            group_of=options.group_of,
            exact_values=options.exact_values,
        )
        check = None if policy is None else rate.check_threshold(policy)
        rolling = None if options.rolling is None else rate.rolling(options.rolling)
        analyses = _analyze(options, rate, policy, None if check is None else check.limit)
        if len(revenues) > 1:
            ways = {name: {"business": one.size, "unit": one.unit} for name, one in revenues.items()}
            analyses["definitions"] = rate.ways(ways, policy=policy)
        if revenues:
            analyses["billing"] = revenues[options.definition]
        write_report(options.report, [rate, *([check] if check else []), *analyses.values()])
        if options.plot is not None:
            by, limit = options.by[0] if options.by else "month", None if check is None else check.limit
            write_plot(plot.case_rate(rate, by=by, ax=plot.new_axes(), threshold=limit), options.plot)
    with Output(options.output) as output:
        if options.format == "json":
            document = rate.to_dict()
            document |= {} if check is None else {"policy": check.to_dict()}
            document |= {} if rolling is None else {"rolling": [group.to_dict() for group in rolling]}
            document |= {name: found.to_dict() for name, found in analyses.items()}
            output.write_json(document)
        else:
            output.lines(rate.lines())
            if rolling is not None:
                output.lines([EMPTY, *rate.breakdown_lines("Months", rolling)])
            for found in analyses.values():
                output.lines([EMPTY, *found.lines()])
            if check is not None:
                output.lines([EMPTY, *check.lines()])
    return 0
