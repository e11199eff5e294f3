"""Revenue from invoice reconciliation lines: by month of the charge, with an account by charge type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import narwhals as nw

from designation._convert import json_object
from designation._messages import quote
from designation._text.blocks import EMPTY, Block, Span, Title, build_table, row
from designation._text.figures import PageValue, format_number, format_size
from designation.metrics._arguments import parse_mapping, to_decimal
from designation.metrics._business import describe_months, is_currency
from designation.metrics._columns import Columns, parse_columns
from designation.metrics._errors import input_error
from designation.metrics._escalated import parse_escalated
from designation.metrics._period import Period, parse_period
from designation.metrics._source import Table, read_table
from designation.metrics._times import parse_times
from designation.metrics._values import EXACT, SCALE, number_expr, raw_text_expr, text_expr

DEFINITIONS = {
    "with_perpetual": "transactional revenue with perpetual software, the definition from 2024-04-10",
    "without_perpetual": "revenue without perpetual software, the definition before 2024-04-10",
}


class ChargeAccount(NamedTuple):
    """The lines of one charge type in one currency inside the period: their number and sum; credits are negative."""

    charge_type: str | None
    currency: str
    lines: int
    amount: Decimal
    credits: Decimal


@dataclass(frozen=True, repr=False)
class BilledRevenue(PageValue):
    """Billed revenue, as `billed_revenue` returns it; ``months`` is the business that `case_rate` accepts.

    ``accounts`` has the lines of each charge type, in their currency, and ``left_out`` those of perpetual software
    under a definition that excludes it. ``outside`` counts lines outside the period. ``notes`` say what a reader must
    know, such as that the lines have no charge type.
    """

    unit: str
    period: Period
    definition: str
    month_sizes: tuple[tuple[str, Decimal], ...]
    accounts: tuple[ChargeAccount, ...]
    left_out: tuple[ChargeAccount, ...]
    outside: int
    notes: tuple[str, ...] = ()

    @property
    def months(self) -> dict[str, Decimal]:
        """The revenue of each month."""
        return dict(self.month_sizes)

    @property
    def size(self) -> Decimal:
        """The revenue of the whole period."""
        return sum(self.months.values(), Decimal())

    def to_dict(self) -> dict[str, Any]:
        """Return the revenue as JSON-compatible values."""
        members = {name: value for name, value in vars(self).items() if name != "month_sizes"}
        return json_object({"metric": "billed_revenue", **members, "months": self.months, "size": self.size})

    def lines(self) -> Iterable[Block]:
        """Lay out the revenue."""
        yield Title(f"Billed revenue, {self.period}")
        yield from row("Revenue", Span(f"{format_size(self.size)} {self.unit}"))
        yield from row("Definition", Span(DEFINITIONS[self.definition]))
        if self.outside:
            yield from row("Outside", Span(f"{format_number(self.outside)} lines outside of the period"))
        for number, note in enumerate(self.notes):
            yield from row("" if number else "Note", Span(note))
        for title, accounts in (("Charge type", self.accounts), ("Left out", self.left_out)):
            if accounts:
                yield EMPTY
                yield build_table((title, "Lines", "Amount", "Of it credits"), map(_cells, accounts))

    def __repr__(self) -> str:
        return f"<BilledRevenue {format_size(self.size)} {self.unit}, {self.period}>"


def billed_revenue(  # noqa: PLR0913
    lines: Any,
    period: Any,
    unit: str,
    *,
    columns: str | Mapping[str, Any] = "partner-center-reconciliation",
    rates: Mapping[str, Any] | None = None,
    perpetual: Any = None,
    definition: str = "with_perpetual",
) -> BilledRevenue:
    """Sum the lines of an invoice reconciliation file by the month of the charge; credits are negative.

    Args:
        lines: The file or frame, as for `case_rate`.
        period: As for `case_rate`, in whole months.
        unit: The currency of the result.
        columns: The column mapping: ``date``, ``amount``, ``currency`` and ``charge_type``.
        rates: For each other currency, how much of ``unit`` one of it is: one number, or a dict of months.
        perpetual: Which lines are perpetual software, stated as ``escalated`` is in `case_rate`.
        definition: ``"with_perpetual"`` or ``"without_perpetual"``: the two published definitions of CSP revenue.

    Raises:
        InputError: A line has no valid date, amount or currency, no line is in the period, or a rate is missing.

    Example:
        >>> import designation as dsg, polars as pl
        >>> lines = pl.DataFrame(
        ...     {
        ...         "ChargeStartDate": ["2026-01-05", "2026-01-20", "2026-02-01"],
        ...         "Subtotal": [100.0, -20.0, 50.0],
        ...         "Currency": ["USD", "USD", "EUR"],
        ...         "ChargeType": ["New", "Cancel", "New"],
        ...     }
        ... )
        >>> found = dsg.metrics.billed_revenue(lines, "2026-01..2026-02", "USD", rates={"EUR": 1.1})
        >>> {month: float(size) for month, size in found.months.items()}
        {'2026-01': 80.0, '2026-02': 55.0}
    """
    if definition not in tuple(DEFINITIONS):  # which can be asked for a value that has no hash
        choices = " or ".join(map(quote, DEFINITIONS))
        raise input_error("definition", f"must be {choices}, not {quote(definition)}", "/definition")
    if not is_currency(unit):
        raise input_error("unit", f"must be a currency, which is three capital letters, not {quote(unit)}", "/unit")
    if definition == "without_perpetual" and perpetual is None:
        raise input_error("definition", "state perpetual=, which lines are perpetual software", "/perpetual")
    exchange, scope = parse_mapping(rates, "/rates"), parse_period(period)
    if not scope.has_whole_months:
        raise input_error("period", f"the period {scope} splits a month; use whole months", "/period")
    mapping = parse_columns(columns, "/columns", "billing")
    table = read_table(lines, "lines", mapping.possible_names((), perpetual))
    sums = _sums(table, mapping, scope, perpetual)
    if sums and not any(one["inside"] for one in sums):
        what = f"no line is in the period {scope}; the lines are of {describe_months({one['month'] for one in sums})}"
        raise input_error("business", what, "/lines", table.name)
    months = dict.fromkeys(scope.months, Decimal())
    kept: list[dict[str, Any]] = []
    left_out: list[dict[str, Any]] = []
    for one in sums:
        if one["inside"]:
            (left_out if one["is_perpetual"] and definition == "without_perpetual" else kept).append(one)
    for one in kept:
        months[one["month"]] += _decimal(one["amount"]) * _rate(exchange, one["currency"], one["month"], unit)
    return BilledRevenue(
        *(unit, scope, definition, tuple(months.items()), _accounts(kept), _accounts(left_out)),
        sum(one["lines"] for one in sums if not one["inside"]),
        tuple(mapping.notes_on_absent("charge_type", table, "the charge type of every line is blank")),
    )


def _sums(table: Table, columns: Columns, period: Period, perpetual: Any) -> list[dict[str, Any]]:
    """Sum the amounts by month, currency, charge type, and whether a line is perpetual software."""
    found = columns.require(("date", "amount", "currency"), table)
    charge = columns.find_optional("charge_type", table, columns.possible_names((), perpetual))
    times = parse_times(table, found["date"], columns, period, "__on_")
    number = number_expr(table, found["amount"], columns)
    value = nw.when(number.abs() < EXACT / SCALE).then((number * SCALE).round(0).cast(nw.Int64))
    is_perpetual = nw.lit(False)
    if perpetual is not None:
        is_perpetual = nw.coalesce(parse_escalated(table, perpetual, columns).flag, nw.lit(False))
    frame = times.add(table.frame).with_columns(
        times.day.alias("__day"),
        value.alias("__amount"),
        text_expr(table, found["currency"], columns).alias("__currency"),
        is_perpetual.alias("__perpetual"),
        (nw.lit(None, nw.String) if charge is None else text_expr(table, charge, columns)).alias("__charge"),
        raw_text_expr(table, found["amount"]).alias("__text"),
        times.text.alias("__date"),
    )
    for column, shown, what in (
        ("__day", "__date", "valid date"),
        ("__amount", "__text", f'valid number in column "{found["amount"]}"'),
        ("__currency", "__date", "currency"),
    ):
        invalid = frame.filter(nw.col(column).is_null()).select(rows=nw.len(), example=nw.col(shown).min())
        (row,) = table.collect(invalid)
        if row["rows"]:
            example = f", such as {quote(row['example'])}" if row["example"] else ""
            message = f"{row['rows']} {'line has' if row['rows'] == 1 else 'lines have'} no {what}{example}"
            raise input_error("business", message, "/lines", table.name)
    inside = (nw.col("__day") >= nw.lit(period.from_)) & (nw.col("__day") <= nw.lit(period.through))
    frame = frame.select(
        month=nw.col("__day").dt.to_string("%Y-%m"),
        currency=nw.col("__currency"),
        charge_type=nw.col("__charge"),
        is_perpetual=nw.col("__perpetual"),
        inside=inside,
        amount=nw.col("__amount"),
        credits=nw.when(nw.col("__amount") < 0).then(nw.col("__amount")).otherwise(nw.lit(0)),
    )
    keys = ("month", "currency", "charge_type", "is_perpetual", "inside")
    sums = (nw.len().alias("lines"), nw.col("amount").sum(), nw.col("credits").sum())
    return sorted(table.collect(frame.group_by(*keys).agg(*sums)), key=lambda one: (one["month"], one["currency"]))


def _rate(rates: Mapping[str, Any], currency: str, month: str, unit: str) -> Decimal:
    if currency == unit:
        return Decimal(1)
    rate = rates.get(currency)
    rate = rate.get(month) if isinstance(rate, Mapping) else rate
    number = to_decimal(rate)
    if number is None or number <= 0:
        what = f"state how much {unit} one {currency} is in {month}: a number above 0"
        raise input_error("rate", f"{what}{'' if rate is None else f', not {quote(rate)}'}", f"/rates/{currency}")
    return number


def _accounts(sums: list[dict[str, Any]]) -> tuple[ChargeAccount, ...]:
    totals: dict[tuple[str | None, str], list[int]] = {}
    for one in sums:
        total = totals.setdefault((one["charge_type"], one["currency"]), [0, 0, 0])
        for at, name in enumerate(("lines", "amount", "credits")):
            total[at] += int(one[name])
    return tuple(
        ChargeAccount(charge, currency, lines, _decimal(amount), _decimal(negative))
        for (charge, currency), (lines, amount, negative) in sorted(
            totals.items(), key=lambda item: (item[0][0] or "", item[0][1])
        )
    )


def _decimal(scaled: int) -> Decimal:
    return Decimal(int(scaled)) / SCALE


def _cells(account: ChargeAccount) -> tuple[str, ...]:
    amounts = (f"{format_size(amount)} {account.currency}" for amount in (account.amount, account.credits))
    return account.charge_type or "(blank)", format_number(account.lines), *amounts
