"""Cases from rows, counted by the engine: each row counts once, or has the reason why it does not."""

from __future__ import annotations

from typing import Any, NamedTuple

import narwhals as nw

from designation.metrics._account import COUNTED, EXAMPLE, FAULT, Quality, faults_in, first_of, none_of, quality_of
from designation.metrics._columns import Columns
from designation.metrics._mistakes import mistake
from designation.metrics._period import Asked
from designation.metrics._source import Frame, Table
from designation.metrics._times import Times, times_of
from designation.metrics._values import flag_of, group_of, is_blank, stripped, written_of

ID, FLAG, DAY, INSTANT, MONTH = "__id", "__flag", "__day", "__instant", "__month"
GROUP, BLANK = "__group", "\x00"
ISO = len("2026-01-31")
Groups = dict[str | None, int]


class Counted(NamedTuple):
    """How many cases there are in each month and group, how they were read, and the account."""

    months: dict[str, int]
    groups: dict[str, Groups]
    escalated: str
    reading: str
    quality: Quality


class Cases:
    """A table of cases, one row each or one row an event, in a period.

    In a table of events a case's day is that of its first event, and it is escalated where one of its events says so.
    Else the rows of one id inside the period are one case, whose day is the earliest.
    """

    def __init__(self, table: Table, columns: Columns, asked: Asked, escalated: Any, on: str) -> None:
        self.table, self.columns, self.asked, self.on = table, columns, asked, on
        self.of_events = columns.rows == "event"
        self.again = "further_event" if self.of_events else "duplicate_id"
        self.flag, self.escalated = flag_of(table, columns.escalated if escalated is None else escalated, columns)
        role = "created" if on == "created" or self.of_events else "escalated_on"
        found = columns.need(("id", role), table)
        self.id, self.times = (
            written_of(table, found["id"]),
            times_of(table, found[role], columns, asked.period, "__on_"),
        )
        self.order = self._order(found[role])
        self.rows = self._rows()

    def count(self) -> Counted:
        """Count: one query for the account and the months, and one for each group."""
        faults = faults_in(self.table, self.rows)
        months: dict[str, int] = {}
        again = []
        for row in self.table.rows(self._folded(None)):
            if row["again"]:
                again.append({"reason": self.again, "rows": row["again"], "least": row["a"], "most": row["b"]})
            if row[FAULT] is None:
                month = f"{row[MONTH] // 100:04}-{row[MONTH] % 100:02}"
                months[month] = months.get(month, 0) + row["cases"]
            else:
                faults.append({"reason": row[FAULT], "rows": row["cases"], "least": row["least"], "most": row["most"]})
        groups = {name: self._of_group(name) for name in self.asked.by if name != "month"}
        quality = quality_of(sum(months.values()), [*faults, *again], self._find)
        return Counted(months, groups, self.escalated, self.times.reading, quality)

    def _order(self, column: str) -> Times | None:
        """Read the second date: a case is not closed before it is created, nor escalated."""
        closed = None if self.of_events else self.columns.find("closed", self.table.columns)
        if closed is None or closed == column:
            return None
        return times_of(self.table, closed, self.columns, self.asked.period, "__closed_")

    def _rows(self) -> Frame:
        frame, day = self.times.add(self.table.frame), self.times.day
        frame = self.order.add(frame) if self.order else frame
        frame = frame.with_columns(
            self.id.alias(ID), self.flag.alias(FLAG), day.alias(DAY), self.times.instant.alias(INSTANT)
        )
        flag, missing = nw.col(FLAG), nw.col(DAY).is_null()
        faults = [("no_id", is_blank(nw.col(ID)))]
        if not self.of_events:
            faults += [("escalation_unknown", flag.is_null()), ("not_escalated", ~flag)]
        faults += [("no_date", missing & self.times.blank), ("unreadable_date", missing)]
        if self.order:
            early = self.order.instant < self.times.instant
            # A closing day without a time of day may well be that of the creation.
            same = (self.order.day == nw.col(DAY)) & (self.order.instant == self.order.instant.dt.truncate("1d"))
            faults += [("impossible_order", early & ~same)]
        if not self.of_events:
            faults += self._outside(nw.col(DAY))
        written = (nw.col(FAULT) == nw.lit("no_id")) | (nw.col(FAULT) == nw.lit("unreadable_date"))
        text = nw.when(written).then(self.times.text).otherwise(nw.col(ID))
        self.faults = faults
        return frame.with_columns(first_of(faults).alias(FAULT)).with_columns(text.alias(EXAMPLE))

    def _outside(self, day: nw.Expr) -> list[tuple[str, nw.Expr]]:
        within = (day >= nw.lit(self.asked.period.from_)) & (day <= nw.lit(self.asked.period.through))
        faults = [("outside_period", ~within)]
        if self.asked.exclude:
            faults.append(("excluded_month", day.dt.to_string("%Y-%m").is_in(list(self.asked.exclude))))
        return faults

    def _case_faults(self) -> nw.Expr:
        if not self.of_events:
            return nw.lit(None, nw.String)
        return first_of([("not_escalated", nw.col("__flags") == 0), *self._outside(nw.col(DAY))])

    def _good(self) -> Frame:
        flag = nw.when(nw.col(FLAG)).then(nw.lit(1)).otherwise(nw.lit(0))
        escalated = nw.when(nw.col(FLAG)).then(nw.col(DAY))
        good = self.rows.filter(none_of(self.faults)).with_columns(stripped(nw.col(ID)).alias(ID))
        return good.with_columns(flag.alias("__flags"), escalated.alias("__when"))

    def _folded(self, name: str | None) -> Frame:
        """Make cases of rows, and count them by fault and month, or by group."""
        good = self._good()
        made = [
            nw.len().alias("__rows"),
            (nw.col("__when") if self._when_escalated else nw.col(DAY)).min().alias("__least"),
        ]
        if self.of_events:
            made.append(nw.col("__flags").max())
        if name is not None:
            # The group is that of the earliest row; of several on one day, the least.
            group = nw.coalesce(group_of(self.table, name, self.columns), nw.lit(BLANK))
            good = good.with_columns(nw.concat_str([nw.col(DAY).dt.to_string("%Y-%m-%d"), group]).alias(GROUP))
            made.append(nw.col(GROUP).min())
        cases = good.group_by(ID).agg(*made).with_columns(nw.col("__least").alias(DAY))
        cases = cases.with_columns(self._case_faults().alias(FAULT))
        if name is not None:
            kept = cases.filter(nw.col(FAULT).is_null()).with_columns(nw.col(GROUP).str.slice(ISO).alias(GROUP))
            return kept.group_by(GROUP).agg(nw.len().alias("cases"))
        twice = nw.when(nw.col("__rows") > 1).then(nw.col(ID))
        month = (nw.col(DAY).dt.year() * 100 + nw.col(DAY).dt.month()).alias(MONTH)
        return (
            cases.with_columns(month, twice.alias("__twice"))
            .group_by(FAULT, MONTH)
            .agg(
                nw.len().alias("cases"),
                (nw.col("__rows").sum() - nw.len()).alias("again"),
                nw.col(ID).min().alias("least"),
                nw.col(ID).max().alias("most"),
                nw.col("__twice").min().alias("a"),
                nw.col("__twice").max().alias("b"),
            )
        )

    @property
    def _when_escalated(self) -> bool:
        return self.of_events and self.on == "escalated"

    def _of_group(self, name: str) -> Groups:
        found = self.table.rows(self._folded(name))
        return {None if row[GROUP] == BLANK else row[GROUP]: row["cases"] for row in found}

    def _find(self, reason: str) -> Any:
        """Give the rows of a reason: row by row what `count` counts."""
        if reason in ("no_id", "no_date", "unreadable_date", "impossible_order") or not (
            self.of_events or reason in (COUNTED, self.again)
        ):
            found = self.rows.filter(nw.col(FAULT) == nw.lit(reason))
        else:
            good = self._good()
            day = nw.col("__when") if self._when_escalated else nw.col(DAY)
            good = good.with_columns(
                nw.col("__flags").max().over(ID),
                day.min().over(ID).alias("__least"),
                nw.col(INSTANT).rank("ordinal").over(ID).alias("__rank"),
            ).with_columns(nw.col("__least").alias(DAY))
            good = good.with_columns(self._case_faults().alias(FAULT))
            if reason == self.again:
                found = good.filter(nw.col("__rank") > 1)
            else:
                fault = nw.col(FAULT).is_null() if reason == COUNTED else nw.col(FAULT) == nw.lit(reason)
                found = good.filter((nw.col("__rank") == 1) & fault)
        return self.table.back(found.select(list(self.table.columns)))


def checked_on(on: str) -> str:
    """Say which day counts."""
    if on not in ("created", "escalated"):
        raise mistake("on", f'{on!r} is neither "created" nor "escalated"', "/on")
    return on
