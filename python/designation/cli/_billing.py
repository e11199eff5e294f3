"""The business of a case rate from invoice reconciliation lines, as the options of the command line state it."""

from __future__ import annotations

import argparse
from typing import Any

from designation._lazy import lazy
from designation.cli._argument_names import name_options
from designation.cli._errors import UsageError
from designation.cli._tables import parse_number_or_path, parse_pair, read_columns

metrics = lazy("designation.metrics")

DEFINITIONS = ("with_perpetual", "without_perpetual")


def add_billing(parser: argparse.ArgumentParser, business: argparse._MutuallyExclusiveGroup) -> None:
    """Add the options for revenue from billing."""
    business.add_argument(
        "--billing",
        metavar="LINES",
        help="the lines of a reconciliation file, whose amounts are added up by month; needs --unit",
    )
    parser.add_argument(
        "--exchange-rate",
        metavar="CURRENCY[:MONTH]=RATE",
        action="append",
        default=[],
        type=parse_pair,
        help="how much of --unit one of another currency is, such as EUR=1.1 or EUR:2026-02=1.1; can be repeated",
    )
    parser.add_argument(
        "--perpetual",
        metavar="WHAT",
        help="which lines are perpetual software, stated as for --escalated; adds the two published definitions",
    )
    parser.add_argument(
        "--definition",
        choices=DEFINITIONS,
        default=DEFINITIONS[0],
        help="the definition of revenue, since 2024-04-10 with perpetual software, before without (default: with)",
    )


def read_billing(options: argparse.Namespace, lines: Any) -> dict[str, Any]:
    """Return the revenue under each definition that can be computed, first the one that the options choose."""
    if options.unit is None:
        raise UsageError("designation: --billing needs --unit, the currency of the revenue")
    columns = read_columns(options.business_columns or "partner-center-reconciliation", options.business_column)
    names = [options.definition]
    if options.perpetual is not None:
        names += [name for name in DEFINITIONS if name != options.definition]
    with name_options(options, lines="billing", columns="business_columns"):
        return {
            name: metrics.billed_revenue(
                lines,
                options.period,
                options.unit,
                columns=columns,
                rates=_read_rates(options.exchange_rate),
                perpetual=options.perpetual,
                definition=name,
            )
            for name in names
        }


def _read_rates(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    rates: dict[str, Any] = {}
    for key, text in pairs:
        currency, _, month = key.partition(":")
        rate = parse_number_or_path(text)
        if not month:
            rates[currency] = rate
        elif isinstance(rates.setdefault(currency, {}), dict):
            rates[currency][month] = rate
    return rates
