"""The size of the business: revenue in one currency, summed, or a stock such as seats, averaged over the months."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import narwhals as nw

from designation._errors import InputError
from designation.metrics._columns import Columns, columns_of
from designation.metrics._mistakes import mistake, problem, several
from designation.metrics._period import Asked
from designation.metrics._source import Frame, Table, table_of
from designation.metrics._times import Times, times_of
from designation.metrics._values import EXACT, SCALE, group_of, number_of, text_of

CURRENCY = re.compile(r"[A-Z]{3}")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
POINTER = "/business"


@dataclass(frozen=True)
class Business:
    """A size over a period: the whole and, where it was given by month, each month and group."""

    unit: str
    whole: Decimal
    months: Mapping[str, Decimal] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str | None, Decimal]] = field(default_factory=dict)

    @property
    def is_summed(self) -> bool:
        """Whether months add up, as revenue does; else the size is their mean."""
        return is_currency(self.unit)

    def over(self, months: Sequence[str]) -> Decimal:
        """Give the size over some of the months."""
        sizes = [self.months[month] for month in months]
        return sum(sizes, Decimal()) / (1 if self.is_summed else len(sizes))


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency: three capital letters. Anything else is a stock."""
    return CURRENCY.fullmatch(unit) is not None


def business_of(
    source: Any, unit: str | None, asked: Asked, columns: str | Mapping[str, Any] | None = None
) -> Business:
    """Read the size of the business.

    Args:
        source: A number for the whole period, a dict of months, the path of a file, or a frame.
        unit: A currency, or the name of a stock; None where the table has one currency, or seats only.
        asked: The days, and the groups for which the size is wanted, too, where the table has them.
        columns: The table's column mapping.

    Raises:
        InputError: A size is zero, negative or missing, or there are several currencies.
    """
    if isinstance(source, int | float | Decimal) and not isinstance(source, bool):
        whole = _amount(source, POINTER)
        if asked.exclude:
            raise mistake("exclude", "a month can be excluded where the business is given by month", "/exclude")
        _refuse([] if whole > 0 else [f"the size of the business is {whole}; it has to be above 0"])
        return Business(_stated(unit), whole)
    if not asked.period.has_whole_months:
        what = f"the period {asked.period} cuts a month, and the business is given by month"
        raise mistake("period", f"{what}; take whole months, or give one number for the period", "/period")
    wanted = [month for month in asked.period.months if month not in asked.exclude]
    if isinstance(source, Mapping):
        unit, months = _stated(unit), _of_mapping(source)
        groups: Mapping[str, Mapping[str | None, Decimal]] = {}
    else:
        unit, months, groups = _Table(source, unit, asked, columns_of(columns, "/business_columns")).read()
    missing = [month for month in wanted if month not in months]
    unusable = [f"{month} is {months[month]:f}" for month in wanted if month in months and months[month] <= 0]
    _refuse(
        [f"no size of the business for {several(missing, 12)}; give it, or exclude the months by name"] * bool(missing)
        + [f"the size of the business has to be above 0: {several(unusable, 12)}"] * bool(unusable)
        + ["every month of the period is excluded"] * (not wanted)
    )
    kept = {month: months[month] for month in wanted}
    business = Business(unit, Decimal(), kept, groups)
    return Business(unit, business.over(wanted), kept, groups)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise InputError([problem("business", message, POINTER) for message in problems])


def _stated(unit: str | None) -> str:
    if not unit or not isinstance(unit, str):
        raise mistake("unit", 'say what the business is counted in: unit="USD", or unit="seats"', "/unit")
    return unit


def _amount(value: Any, pointer: str) -> Decimal:
    amount = Decimal(str(value)) if isinstance(value, int | float | Decimal) else Decimal("NaN")
    if isinstance(value, bool) or not amount.is_finite():
        raise mistake("type", f"{value!r} is no size", pointer)
    return amount


def _of_mapping(source: Mapping[Any, Any]) -> dict[str, Decimal]:
    wrong = [key for key in source if not (isinstance(key, str) and MONTH.fullmatch(key))]
    if wrong:
        raise mistake("month", f"{several(map(repr, wrong))}: a month is written as 2026-01", POINTER)
    return {month: _amount(value, f"{POINTER}/{month}") for month, value in source.items()}


class _Table:
    def __init__(self, source: Any, unit: str | None, asked: Asked, columns: Columns) -> None:
        self.table: Table = table_of(source, "business")
        self.columns, self.asked = columns, asked
        self.unit = unit or self._found_unit()
        own = None if is_currency(self.unit) else columns.find(self.unit, self.table.columns)
        self.value = own or self._need("amount" if is_currency(self.unit) else "seats")

    def _need(self, role: str) -> str:
        return self.columns.need([role], self.table)[role]

    def _found_unit(self) -> str:
        currency = self.columns.find("currency", self.table.columns)
        if currency is None:
            amount, seats = (self.columns.find(role, self.table.columns) for role in ("amount", "seats"))
            return _stated("seats" if seats and not amount else None)
        found = self.table.rows(self.table.frame.select(unit=text_of(self.table, currency)).unique())
        units = sorted(row["unit"] for row in found if row["unit"])
        if len(units) != 1:
            what = f"in {several(units)}" if units else "without a currency"
            raise mistake("currency", f"the business is {what}; give it in one, and say which: unit=", "/unit")
        return str(units[0])

    def read(self) -> tuple[str, dict[str, Decimal], dict[str, dict[str | None, Decimal]]]:
        """Give the unit, the size of each month, and of each group over the period."""
        times = self._times()
        rows = self._rows(times)
        days = rows.group_by("month").agg(nw.col("day").n_unique().alias("days"))
        snapshots = {row["month"]: 1 if is_currency(self.unit) else row["days"] for row in self.table.rows(days)}
        sums = rows.group_by("month").agg(nw.col("value").sum())
        found = self.table.rows(sums)
        months = {row["month"]: Decimal(int(row["value"])) / SCALE / snapshots[row["month"]] for row in found}
        by = [name for name in self.asked.by if self.columns.has(name, self.table.columns)]
        return self.unit, months, {name: self._by(rows, name, snapshots) for name in by}

    def _times(self) -> Times:
        column = self._need("date")
        kind = self.table.schema[column]
        if kind == nw.String:
            # A month stands for its first day.
            text = nw.col(column).str.strip_chars()
            is_month = text.str.contains(r"^\d{4}-\d{2}$")
            day = nw.when(is_month).then(nw.concat_str([text, nw.lit("-01")])).otherwise(text)
            self.table = self.table._replace(frame=self.table.frame.with_columns(day.alias(column)))
        return times_of(self.table, column, self.columns, self.asked.period, "__date_")

    def _rows(self, times: Times) -> Frame:
        period, exclude = self.asked.period, self.asked.exclude
        value = number_of(self.table, self.value, self.columns)
        value = nw.when(value.abs() < EXACT / SCALE).then(value)
        frame = times.add(self.table.frame).with_columns(value.alias("__value"), times.day.alias("__day"))
        currency = self.columns.find("currency", self.table.columns) if is_currency(self.unit) else None
        other = nw.lit(False) if currency is None else text_of(self.table, currency) != nw.lit(self.unit)
        unknown = nw.lit(False) if currency is None else text_of(self.table, currency).is_null()
        within = (nw.col("__day") >= nw.lit(period.from_)) & (nw.col("__day") <= nw.lit(period.through))
        frame = frame.with_columns(nw.col("__day").dt.to_string("%Y-%m").alias("__month"))
        no_day = nw.col("__day").is_null()
        within = within & ~nw.col("__month").is_in(list(exclude)) if exclude else within
        frame = frame.filter(no_day | within).with_columns(
            nw.when(no_day)
            .then(nw.lit("a date that is none"))
            .when(nw.col("__value").is_null())
            .then(nw.lit(f'no usable number in column "{self.value}"'))
            .when(unknown)
            .then(nw.lit("no currency"))
            .when(other)
            .then(nw.lit(f"another currency than {self.unit}"))
            .alias("__wrong")
        )
        self._check(frame)
        value = (nw.col("__value") * SCALE).round(0).cast(nw.Int64)
        return frame.with_columns(month="__month", day="__day", value=value)

    def _check(self, frame: Frame) -> None:
        wrong = frame.filter(~nw.col("__wrong").is_null()).group_by("__wrong").agg(nw.len().alias("rows"))
        found = sorted((row["__wrong"], row["rows"]) for row in self.table.rows(wrong))
        if found:
            said = [f"{rows} {'row' if rows == 1 else 'rows'} with {what}" for what, rows in found]
            raise InputError([problem("business", message, POINTER, self.table.name) for message in said])

    def _by(self, rows: Frame, name: str, snapshots: Mapping[str, int]) -> dict[str | None, Decimal]:
        sums = rows.with_columns(group=group_of(self.table, name, self.columns)).group_by("group", "month")
        sizes: dict[str | None, Decimal] = {}
        for row in self.table.rows(sums.agg(nw.col("value").sum())):
            size = Decimal(int(row["value"])) / SCALE / snapshots[row["month"]]
            sizes[row["group"]] = sizes.get(row["group"], Decimal()) + size
        months = 1 if is_currency(self.unit) else len(snapshots)
        return {group: size / months for group, size in sizes.items()}
