"""The size of the business: revenue in one currency, which is added up, or a count such as seats, which is averaged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import narwhals as nw

from designation import _core
from designation._errors import InputError
from designation._messages import quote, several
from designation.metrics._arguments import is_number, to_decimal
from designation.metrics._columns import Columns, parse_columns
from designation.metrics._errors import diagnostic, input_error
from designation.metrics._lines import find_line
from designation.metrics._period import Scope
from designation.metrics._source import Frame, Table, read_table, with_row_number
from designation.metrics._times import ParsedTimes, parse_times
from designation.metrics._values import (
    AMBIGUOUS,
    EXACT,
    SCALE,
    group_expr,
    number_expr,
    raw_text_expr,
    strip,
    text_expr,
)

CURRENCY = re.compile(r"[A-Z]{3}")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
POINTER = "/business"
NO_DATE, NO_NUMBER, NO_CURRENCY = "no valid date", 'no valid number in column "{column}"', "no currency"
OTHER_CURRENCY = "a currency other than {unit}"


@dataclass(frozen=True)
class Business:
    """A size over a period and, if the source has them, the sizes of each month and group, and notes for the reader."""

    unit: str
    size: Decimal
    months: Mapping[str, Decimal] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str | None, Decimal]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def size_over(self, months: Sequence[str]) -> Decimal:
        """Compute the size over some months: the sum of a currency, the mean of a count."""
        sizes = [self.months[month] for month in months]
        return sum(sizes, Decimal()) / (1 if is_currency(self.unit) else len(sizes))


def is_currency(unit: Any) -> bool:
    """Return whether a unit is a currency, which is three capital letters. Any other unit is a count."""
    return isinstance(unit, str) and CURRENCY.fullmatch(unit) is not None


def read_business(
    source: Any, unit: str | None, scope: Scope, columns: str | Mapping[str, Any] | None = None
) -> Business:
    """Read the size of the business.

    Args:
        source: A number for the whole period, a dict of months, the path of a file, or a frame.
        unit: A currency, or the name of a count; None if the table has one currency, or only seats.
        scope: The period, the excluded months, and the breakdowns; the table may lack the columns of a breakdown.
        columns: The table's column mapping.

    Raises:
        InputError: A size is zero, negative or missing, or the table has several currencies.
    """
    if is_number(source):
        size = _amount(source, POINTER)
        if scope.exclude:
            raise input_error("exclude", "months can be excluded only if the business is given by month", "/exclude")
        _raise_if_any([] if size > 0 else [f"the size of the business must be above 0, not {size}"])
        return Business(_require_unit(unit), size)
    if not scope.period.has_whole_months:
        what = f"the period {scope.period} splits a month, but the business is given by month"
        raise input_error("period", f"{what}; use whole months, or one number for the period", "/period")
    included = [month for month in scope.period.months if month not in scope.exclude]
    if isinstance(source, Mapping):
        unit, months, file = _require_unit(unit), _parse_months(source), ""
        groups: Mapping[str, Mapping[str | None, Decimal]] = {}
        find_months: Callable[[], Iterable[str]] = months.keys
        notes: list[str] = []
    else:
        table = _BusinessTable(source, unit, scope, parse_columns(columns, "/business_columns", "business"))
        unit, months, groups = table.read()
        file, find_months, notes = table.table.name, table.find_months, table.find_notes()
    missing = [month for month in included if month not in months]
    invalid = [f"{month} is {months[month]:f}" for month in included if month in months and months[month] <= 0]
    messages = []
    if missing:
        known = describe_months(find_months())
        what = f"the size of the business is missing for {several(missing, 12)}; it is given for {known}"
        messages.append(f"{what}; add or exclude the missing months")
    if invalid:
        messages.append(f"the size of the business must be above 0: {several(invalid, 12)}")
    _raise_if_any(messages if included else ["every month of the period is excluded"], file)
    kept = {month: months[month] for month in included}
    business = Business(unit, Decimal(), kept, groups)
    return Business(unit, business.size_over(included), kept, groups, tuple(notes))


def _raise_if_any(messages: list[str], file: str = "") -> None:
    if messages:
        raise InputError([diagnostic("business", message, POINTER, file) for message in messages])


def describe_months(months: Iterable[str]) -> str:
    """Return the months as text, of many only the first and the last one."""
    found = sorted(months)
    return (
        several(found, 12) or "no month" if len(found) <= 12 else f"{len(found)} months from {found[0]} to {found[-1]}"
    )


def _count(frame: Frame, key: str) -> Frame:
    return frame.group_by(key).agg(nw.len().alias("rows"))


def _require_unit(unit: str | None) -> str:
    if not unit or not isinstance(unit, str):
        raise input_error("unit", 'state the unit of the business, such as unit="USD" or unit="seats"', "/unit")
    return unit


def _amount(value: Any, pointer: str) -> Decimal:
    amount = to_decimal(value)
    if amount is None:
        raise input_error("type", f"must be a number, not {quote(value)}", pointer)
    return amount


def _parse_months(source: Mapping[Any, Any]) -> dict[str, Decimal]:
    invalid = [key for key in source if not (isinstance(key, str) and MONTH.fullmatch(key))]
    if invalid:
        raise input_error("month", f"a month must look like 2026-01, not {several(map(quote, invalid))}", POINTER)
    return {month: _amount(value, f"{POINTER}/{month}") for month, value in source.items()}


class _BusinessTable:
    def __init__(self, source: Any, unit: str | None, scope: Scope, columns: Columns) -> None:
        self.table: Table = read_table(source, "business", columns.possible_names(scope.by))
        self.columns, self.scope = columns, scope
        self.unit = unit or self._detect_unit()
        own = None if is_currency(self.unit) else columns.find(self.unit, self.table.columns)
        self.value = own or self._require("amount" if is_currency(self.unit) else "seats")

    def _require(self, role: str) -> str:
        return self.columns.require([role], self.table)[role]

    def _find_optional(self, name: str) -> str | None:
        return self.columns.find_optional(name, self.table, self.columns.possible_names(self.scope.by))

    def _detect_unit(self) -> str:
        currency = self._find_optional("currency")
        if currency is None:
            amount, seats = map(self._find_optional, ("amount", "seats"))
            if amount is None and seats is None:
                self._require("amount")
            return _require_unit("seats" if amount is None else None)
        rows = self.table.collect(self.table.frame.select(unit=text_expr(self.table, currency, self.columns)).unique())
        units = sorted(row["unit"] for row in rows if row["unit"])
        if len(units) != 1:
            found = several(units) if units else "none"
            raise input_error("currency", f"the business must have one currency; the table has {found}", "/unit")
        return str(units[0])

    def read(self) -> tuple[str, dict[str, Decimal], dict[str, dict[str | None, Decimal]]]:
        """Return the unit, the size of each month, and the size of each group over the period."""
        self.times = self._times()
        rows = self._rows()
        days = nw.col("__day").n_unique().alias("days")
        sums = self.table.collect(rows.group_by("__month").agg(days, nw.col("__value").sum()))
        # A count that is taken several times in a month is averaged over these snapshots.
        snapshots = {row["__month"]: 1 if is_currency(self.unit) else row["days"] for row in sums}
        months = {row["__month"]: Decimal(int(row["__value"])) / SCALE / snapshots[row["__month"]] for row in sums}
        by = [name for name in self.scope.by if name != "month" and self._has(name)]
        return self.unit, months, {name: self._groups(rows, name, snapshots) for name in by}

    def _has(self, name: str) -> bool:
        """Return whether the table has the column of a breakdown; raise an error if it is misspelled."""
        return bool(self.columns.resolve(name, self.table.columns) or self._find_optional(name))

    def find_notes(self) -> list[str]:
        """Return what a reader must know about the table."""
        effect = f"all amounts are taken to be in {self.unit}"
        return self.columns.notes_on_absent("currency", self.table, effect) if is_currency(self.unit) else []

    def find_months(self) -> list[str]:
        """Return the months of all rows, also of those outside the period."""
        days = self.times.add(self.table.frame).filter(~self.times.day.is_null())
        rows = self.table.collect(days.select(month=self.times.day.dt.to_string("%Y-%m")).unique())
        return [row["month"] for row in rows]

    def _times(self) -> ParsedTimes:
        column = self._require("date")
        kind = self.table.schema[column]
        if kind == nw.String:
            # A month, such as 2026-01, stands for its first day.
            text = strip(nw.col(column))
            is_month = text.str.contains("^[0-9]{4}-[0-9]{2}$")
            day = nw.when(is_month).then(nw.concat_str([text, nw.lit("-01")])).otherwise(text)
            self.table = self.table._replace(frame=self.table.frame.with_columns(day.alias(column)))
        return parse_times(self.table, column, self.columns, self.scope.period, "__date_")

    def _rows(self) -> Frame:
        frame = self._rows_in(self.table.frame)
        self._validate(frame)
        return frame.with_columns((nw.col("__value") * SCALE).round(0).cast(nw.Int64).alias("__value"))

    def _rows_in(self, frame: Frame) -> Frame:
        """Add the month, the value and the problem of each row, and omit the rows outside the period."""
        times, period, exclude = self.times, self.scope.period, self.scope.exclude
        value = number_expr(self.table, self.value, self.columns)
        value = nw.when(value.abs() < EXACT / SCALE).then(value)
        texts = (times.text.alias("__date"), raw_text_expr(self.table, self.value).alias("__amount"))
        frame = times.add(frame).with_columns(value.alias("__value"), times.day.alias("__day"), *texts)
        currency = self._find_optional("currency") if is_currency(self.unit) else None
        text = nw.lit(self.unit) if currency is None else text_expr(self.table, currency, self.columns)
        frame = frame.with_columns(text.alias("__currency"))
        within = (nw.col("__day") >= nw.lit(period.from_)) & (nw.col("__day") <= nw.lit(period.through))
        frame = frame.with_columns(nw.col("__day").dt.to_string("%Y-%m").alias("__month"))
        no_day = nw.col("__day").is_null()
        within = within & ~nw.col("__month").is_in(list(exclude)) if exclude else within
        return frame.filter(no_day | within).with_columns(
            nw.when(no_day)
            .then(nw.lit(NO_DATE))
            .when(nw.col("__value").is_null())
            .then(nw.lit(NO_NUMBER))
            .when(nw.col("__currency").is_null())
            .then(nw.lit(NO_CURRENCY))
            .when(nw.col("__currency") != nw.lit(self.unit))
            .then(nw.lit(OTHER_CURRENCY))
            .alias("__problem")
        )

    def _validate(self, frame: Frame) -> None:
        invalid = frame.filter(~nw.col("__problem").is_null())
        counts = {row["__problem"]: row["rows"] for row in self.table.collect(_count(invalid, "__problem"))}
        if not counts:
            return
        numbered = self._rows_in(with_row_number(self.table.frame, "__row"))
        first = numbered.filter(~nw.col("__problem").is_null()).group_by("__problem").agg(nw.col("__row").min())
        rows = {row["__problem"]: row["__row"] for row in self.table.collect(first)}
        examples = self.table.collect(numbered.filter(nw.col("__row").is_in(sorted(set(rows.values())))))
        by_row = {row["__row"]: row for row in examples}
        raise InputError([self._problem(what, counts[what], by_row[rows[what]]) for what in sorted(counts)])

    def _problem(self, what: str, rows: int, example: Mapping[str, Any]) -> _core.Diagnostic:
        column = {NO_DATE: "__date", OTHER_CURRENCY: "__currency", NO_CURRENCY: "__currency"}.get(what, "__amount")
        text = example[column]
        message = f"{rows} {'row has' if rows == 1 else 'rows have'} {what.format(column=self.value, unit=self.unit)}"
        message += f", such as {quote(text)}" if text not in (None, "") else ""
        if what == NO_NUMBER and self.columns.decimal is None and text and re.fullmatch(AMBIGUOUS, text.strip()):
            message += "; state decimal=. or decimal=,"
        return diagnostic("business", message, POINTER, self.table.name, find_line(self.table, example["__row"]))

    def _groups(self, rows: Frame, name: str, snapshots: Mapping[str, int]) -> dict[str | None, Decimal]:
        group = group_expr(self.table, name, self.columns)
        sums = rows.with_columns(group.alias("__group")).group_by("__group", "__month")
        sizes: dict[str | None, Decimal] = {}
        for row in self.table.collect(sums.agg(nw.col("__value").sum())):
            size = Decimal(int(row["__value"])) / SCALE / snapshots[row["__month"]]
            sizes[row["__group"]] = sizes.get(row["__group"], Decimal()) + size
        months = 1 if is_currency(self.unit) else len(snapshots)
        return {group: size / months for group, size in sizes.items()}
