"""Cases counted from rows by the table's engine: each row is counted once, or has a reason why it is not."""

from __future__ import annotations

from typing import Any, NamedTuple

import narwhals as nw

from designation._input.identity import damage_message
from designation._messages import quote
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._period import Scope
from designation.metrics._row_report import (
    COUNTED,
    EXAMPLE,
    REASON,
    RowReport,
    build_row_report,
    count_reasons,
    first_reason,
    has_no_reason,
)
from designation.metrics._source import Frame, Table
from designation.metrics._times import ParsedTimes, parse_times
from designation.metrics._values import group_expr, is_blank, is_damaged_id, parse_escalated, raw_text_expr, strip

ID, FLAG, DAY, INSTANT, MONTH = "__id", "__flag", "__day", "__instant", "__month"
GROUP, BLANK = "__group", "\x00"
DAMAGED_ID = "damaged_id"  # an error, and no reason of the row report: the ids of many cases would be one
ISO_DATE = len("2026-01-31")
ROW_REASONS = ("no_id", "no_date", "unreadable_date", "impossible_order")
Groups = dict[str | None, int]


class CaseCounts(NamedTuple):
    """The number of cases in each month and group, how dates were parsed, and the row report."""

    months: dict[str, int]
    groups: dict[str, Groups]
    escalated: str
    date_parsing: str
    quality: RowReport


class CaseTable:
    """A table of cases, with one row per case or one row per event.

    In an event log, a case has the date of its first event, and is escalated if any of its events is. In a table of
    cases, the rows of one id inside the period are one case, which has the earliest date.
    """

    def __init__(self, table: Table, columns: Columns, scope: Scope, escalated: Any, on: str) -> None:
        self.table, self.columns, self.scope, self.on = table, columns, scope, on
        self.is_event_log = columns.rows == "event"
        self.repeat_reason = "further_event" if self.is_event_log else "duplicate_id"
        criterion = columns.escalated if escalated is None else escalated
        self.flag, self.escalated = parse_escalated(table, criterion, columns)
        role = "created" if on == "created" or self.is_event_log else "escalated_on"
        found = columns.require(("id", role), table)
        self.id = raw_text_expr(table, found["id"])
        self.times = parse_times(table, found[role], columns, scope.period, "__on_")
        self.closed_times = self._closed_times(found[role])
        self.rows = self._rows()

    def count(self) -> CaseCounts:
        """Count the cases: one query for the row report and the months, and one for each breakdown."""
        not_counted = count_reasons(self.table, self.rows)
        for row in not_counted:
            if row["reason"] == DAMAGED_ID:
                raise input_error("id", damage_message(row["least"]) or "", file=self.table.name)
        months: dict[str, int] = {}
        repeats = []
        for row in self.table.collect(self._count_cases(None)):
            if row["repeats"]:
                repeat = {"reason": self.repeat_reason, "rows": row["repeats"]}
                repeats.append(repeat | {"least": row["least_repeat"], "most": row["most_repeat"]})
            if row[REASON] is None:
                month = f"{row[MONTH] // 100:04}-{row[MONTH] % 100:02}"
                months[month] = months.get(month, 0) + row["cases"]
            else:
                cases = {"reason": row[REASON], "rows": row["cases"], "least": row["least"], "most": row["most"]}
                not_counted.append(cases)
        groups = {name: self._count_groups(name) for name in self.scope.by if name != "month"}
        quality = build_row_report(sum(months.values()), [*not_counted, *repeats], self._find_rows)
        return CaseCounts(months, groups, self.escalated, self.times.parsing, quality)

    def _closed_times(self, column: str) -> ParsedTimes | None:
        """Parse the closing date, to check that a case is not closed before it is created or escalated."""
        closed = None if self.is_event_log else self.columns.find("closed", self.table.columns)
        if closed is None or closed == column:
            return None
        return parse_times(self.table, closed, self.columns, self.scope.period, "__closed_")

    def _rows(self) -> Frame:
        frame, day = self.times.add(self.table.frame), self.times.day
        frame = self.closed_times.add(frame) if self.closed_times else frame
        frame = frame.with_columns(
            self.id.alias(ID), self.flag.alias(FLAG), day.alias(DAY), self.times.instant.alias(INSTANT)
        )
        flag, has_no_day = nw.col(FLAG), nw.col(DAY).is_null()
        conditions = [("no_id", is_blank(nw.col(ID))), (DAMAGED_ID, is_damaged_id(nw.col(ID)))]
        if not self.is_event_log:
            conditions += [("escalation_unknown", flag.is_null()), ("not_escalated", ~flag)]
        conditions += [("no_date", has_no_day & self.times.blank), ("unreadable_date", has_no_day)]
        if self.closed_times:
            closed = self.closed_times.instant
            # A closing date without a time of day can be the date on which the case was created.
            same_day = (self.closed_times.day == nw.col(DAY)) & (closed == closed.dt.truncate("1d"))
            conditions += [("impossible_order", (closed < self.times.instant) & ~same_day)]
        if not self.is_event_log:
            conditions += self._outside(nw.col(DAY))
        shows_date = (nw.col(REASON) == nw.lit("no_id")) | (nw.col(REASON) == nw.lit("unreadable_date"))
        example = nw.when(shows_date).then(self.times.text).otherwise(nw.col(ID))
        self.conditions = conditions
        return frame.with_columns(first_reason(conditions).alias(REASON)).with_columns(example.alias(EXAMPLE))

    def _outside(self, day: nw.Expr) -> list[tuple[str, nw.Expr]]:
        within = (day >= nw.lit(self.scope.period.from_)) & (day <= nw.lit(self.scope.period.through))
        conditions = [("outside_period", ~within)]
        if self.scope.exclude:
            conditions.append(("excluded_month", day.dt.to_string("%Y-%m").is_in(list(self.scope.exclude))))
        return conditions

    def _case_reason(self) -> nw.Expr:
        """Return the reason of a whole case; in a table of cases, its rows have had their reasons already."""
        if not self.is_event_log:
            return nw.lit(None, nw.String)
        return first_reason([("not_escalated", nw.col("__flags") == 0), *self._outside(nw.col(DAY))])

    def _usable_rows(self) -> Frame:
        flag = nw.when(nw.col(FLAG)).then(nw.lit(1)).otherwise(nw.lit(0))
        escalated_on = nw.when(nw.col(FLAG)).then(nw.col(DAY))
        usable = self.rows.filter(has_no_reason(self.conditions)).with_columns(strip(nw.col(ID)).alias(ID))
        return usable.with_columns(flag.alias("__flags"), escalated_on.alias("__escalated_on"))

    def _count_cases(self, name: str | None) -> Frame:
        """Combine rows into cases, and count these by reason and month, or by the groups of a breakdown."""
        usable = self._usable_rows()
        aggregates = [nw.len().alias("__rows"), self._case_day.min().alias("__first_day")]
        if self.is_event_log:
            aggregates.append(nw.col("__flags").max())
        if name is not None:
            # A case belongs to the group of its earliest row or, among rows of one day, to the least group.
            group = nw.coalesce(group_expr(self.table, name, self.columns), nw.lit(BLANK))
            usable = usable.with_columns(nw.concat_str([nw.col(DAY).dt.to_string("%Y-%m-%d"), group]).alias(GROUP))
            aggregates.append(nw.col(GROUP).min())
        cases = usable.group_by(ID).agg(*aggregates).with_columns(nw.col("__first_day").alias(DAY))
        cases = cases.with_columns(self._case_reason().alias(REASON))
        if name is not None:
            counted = cases.filter(nw.col(REASON).is_null()).with_columns(
                nw.col(GROUP).str.slice(ISO_DATE).alias(GROUP)
            )
            return counted.group_by(GROUP).agg(nw.len().alias("cases"))
        repeated_id = nw.when(nw.col("__rows") > 1).then(nw.col(ID))
        month = (nw.col(DAY).dt.year() * 100 + nw.col(DAY).dt.month()).alias(MONTH)
        return (
            cases.with_columns(month, repeated_id.alias("__repeated_id"))
            .group_by(REASON, MONTH)
            .agg(
                nw.len().alias("cases"),
                (nw.col("__rows").sum() - nw.len()).alias("repeats"),
                nw.col(ID).min().alias("least"),
                nw.col(ID).max().alias("most"),
                nw.col("__repeated_id").min().alias("least_repeat"),
                nw.col("__repeated_id").max().alias("most_repeat"),
            )
        )

    @property
    def _case_day(self) -> nw.Expr:
        return nw.col("__escalated_on") if self.is_event_log and self.on == "escalated" else nw.col(DAY)

    def _count_groups(self, name: str) -> Groups:
        rows = self.table.collect(self._count_cases(name))
        return {None if row[GROUP] == BLANK else row[GROUP]: row["cases"] for row in rows}

    def _find_rows(self, reason: str) -> Any:
        """Return the rows with a reason, by the same conditions that `count` uses."""
        if reason in ROW_REASONS or not (self.is_event_log or reason in (COUNTED, self.repeat_reason)):
            found = self.rows.filter(nw.col(REASON) == nw.lit(reason))
        else:
            usable = self._usable_rows().with_columns(
                nw.col("__flags").max().over(ID),
                self._case_day.min().over(ID).alias("__first_day"),
                nw.col(INSTANT).rank("ordinal").over(ID).alias("__rank"),
            )
            usable = usable.with_columns(nw.col("__first_day").alias(DAY))
            usable = usable.with_columns(self._case_reason().alias(REASON))
            if reason == self.repeat_reason:
                found = usable.filter(nw.col("__rank") > 1)
            else:
                is_match = nw.col(REASON).is_null() if reason == COUNTED else nw.col(REASON) == nw.lit(reason)
                found = usable.filter((nw.col("__rank") == 1) & is_match)
        return self.table.to_native(found.select(list(self.table.columns)))


def validate_on(on: str) -> str:
    """Return which date of a case counts; raise an error if the choice is unknown."""
    if on not in ("created", "escalated"):
        raise input_error("on", f'must be "created" or "escalated", not {quote(on)}', "/on")
    return on
