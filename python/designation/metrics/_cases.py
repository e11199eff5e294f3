"""Cases counted from rows by the table's engine: each row is counted once, or has a reason why it is not."""

from __future__ import annotations

from typing import Any, NamedTuple

import narwhals as nw

from designation._input.identity import damage_message
from designation._messages import quote
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._escalated import parse_escalated, unknown_escalation
from designation.metrics._occurrence import NamedValues, distinct_values, find_missing
from designation.metrics._period import Scope
from designation.metrics._row_report import (
    COUNTED,
    EMPTY_EXPORT,
    EXAMPLE,
    REASON,
    RowReport,
    build_row_report,
    count_reasons,
    first_reason,
    has_no_reason,
)
from designation.metrics._source import Frame, Table, with_row_number
from designation.metrics._times import ParsedTimes, parse_times
from designation.metrics._values import group_expr, is_blank, is_damaged_id, raw_text_expr, strip

ID, FLAG, DAY, INSTANT, MONTH, ROW = "__id", "__flag", "__day", "__instant", "__month", "__row"
GROUP, BLANK, POSITION, SELECTED = "__group", "\x00", "__position", "__selected"
INSTANT_DIGITS, ROW_DIGITS = 20, 12
DAMAGED_ID = "damaged_id"  # an error, and no reason of the row report: the ids of many cases would be one
ROW_REASONS = ("no_id", "no_date", "unreadable_date", "impossible_order")
Groups = dict[str | None, int]


class CaseCounts(NamedTuple):
    """The number of cases in each month and group, how dates were parsed, and the row report."""

    months: dict[str, int]
    groups: dict[str, Groups]
    escalated: str
    date_parsing: str
    quality: RowReport
    notes: tuple[str, ...] = ()


class RowCounts(NamedTuple):
    """The rows that are not counted, by reason, and what a reader must know about the table."""

    not_counted: list[dict[str, Any]]
    notes: list[str]


class CaseOptions(NamedTuple):
    """The user's choices: which cases are escalated, which date counts, and which row of a case sets its group."""

    escalated: Any = None
    on: str = "created"
    group_of: str = "first"
    exact_values: bool = False


class CaseTable:
    """A table of cases, with one row per case or one row per event.

    In a table of cases, the rows of one id inside the period are one case, whose earliest row sets its date and group.
    In an event log, a case has the date of its first event, and is escalated if any of its events is; if the date of
    the escalation counts, it is the first one of a row that says so.
    """

    def __init__(self, table: Table, columns: Columns, scope: Scope, options: CaseOptions) -> None:
        self.columns, self.scope, self.options = columns, scope, options
        self.table = table
        self.is_event_log = columns.rows == "event"
        self.counts_escalation = options.on == "escalated"
        self.repeat_reason = "further_event" if self.is_event_log else "duplicate_id"
        # A mapping that fits the columns can also say what is escalated, so missing columns are named first.
        found = columns.require(("id", self._date_role(table)), table)
        _, column = found.values()
        criterion = columns.escalated if options.escalated is None else options.escalated
        self.escalated = parse_escalated(table, criterion, columns)
        self.id = raw_text_expr(table, found["id"])
        self.times = parse_times(table, column, columns, scope.period, "__on_")
        self.closed_times = self._closed_times(column)
        self.rows = self._rows()

    def _date_role(self, table: Table) -> str:
        """Return the role of the date that counts; the rows of an event log have the dates of their events."""
        if not self.counts_escalation:
            return "closed" if self.options.on == "closed" and not self.is_event_log else "created"
        is_named = self._find_optional("escalated_on") or "escalated_on" in self.columns.stated
        return "escalated_on" if is_named or not self.is_event_log else "created"

    def _find_optional(self, role: str) -> str | None:
        others = self.columns.possible_names(self.scope.by, self.options.escalated)
        return self.columns.find_optional(role, self.table, others)

    def count(self) -> CaseCounts:
        """Count the cases: one query for the row report and the months, and one for each breakdown."""
        not_counted, notes = self.count_rows()
        months: dict[str, int] = {}
        for row in self.table.collect(self._count_cases(None)):
            if row["repeats"]:
                not_counted.append(self.repeats(row["repeats"], row["least_repeat"], row["most_repeat"]))
            if row[REASON] is None:
                month = f"{row[MONTH] // 100:04}-{row[MONTH] % 100:02}"
                months[month] = months.get(month, 0) + row["cases"]
            else:
                cases = {"reason": row[REASON], "rows": row["cases"], "least": row["least"], "most": row["most"]}
                not_counted.append(cases)
        groups = {name: self._count_groups(name) for name in self.scope.by if name != "month"}
        quality = self.build_report(sum(months.values()), not_counted)
        notes = notes if quality.rows else [EMPTY_EXPORT]
        return CaseCounts(months, groups, self.escalated.description, self.times.parsing, quality, tuple(notes))

    def count_rows(self) -> RowCounts:
        """Count the rows that have a reason of their own; the repeats of a case have none until rows are combined."""
        known = (~nw.col(FLAG).is_null()).cast(nw.Int64).sum().alias("known")
        counts = count_reasons(self.table, self.rows, aggregates=[known])
        for row in counts:
            if row["reason"] == DAMAGED_ID:
                raise input_error("id", damage_message(row["least"]) or "", file=self.table.name)
        with_id = [row["known"] for row in counts if row["reason"] != "no_id"]
        notes = self._validate_escalation(is_known=any(with_id) or not with_id)
        if not self.is_event_log:
            effect = "whether a case was closed before it was created is not checked"
            notes += self.columns.notes_on_absent("closed", self.table, effect)
        return RowCounts([row for row in counts if row["reason"] is not None], notes)

    def repeats(self, rows: int, least: str, most: str) -> dict[str, Any]:
        """Return the count of rows that repeat a case, with two examples."""
        return {"reason": self.repeat_reason, "rows": rows, "least": least, "most": most}

    def build_report(self, cases: int, not_counted: list[dict[str, Any]]) -> RowReport:
        """Build the row report of this table."""
        return build_row_report(cases, not_counted, self._find_rows)

    def _validate_escalation(self, *, is_known: bool) -> list[str]:
        """Return notes on values that never occur; raise an error if no row is known to be escalated or not."""
        column, escalated = self.escalated.column, self.escalated
        if column is None:
            return []
        if not is_known:
            values = distinct_values(self.table, column, self.columns) if escalated.is_flag else []
            raise unknown_escalation(self.table, escalated, self.columns, values)
        if not escalated.values:
            return []
        named = NamedValues(column, escalated.values, "/escalated")
        return find_missing(self.table, named, self.columns, exact=self.options.exact_values)

    def _closed_times(self, column: str) -> ParsedTimes | None:
        """Parse the closing date, to check that a case is not closed before it is created or escalated."""
        closed = None if self.is_event_log else self._find_optional("closed")
        if closed is None or closed == column:
            return None
        return parse_times(self.table, closed, self.columns, self.scope.period, "__closed_")

    def _rows(self) -> Frame:
        frame, day = self.times.add(self.table.frame), self.times.day
        frame = self.closed_times.add(frame) if self.closed_times else frame
        frame = frame.with_columns(
            self.id.alias(ID), self.escalated.flag.alias(FLAG), day.alias(DAY), self.times.instant.alias(INSTANT)
        )
        flag, has_no_day = nw.col(FLAG), nw.col(DAY).is_null()
        conditions = [("no_id", is_blank(nw.col(ID), self.columns)), (DAMAGED_ID, is_damaged_id(nw.col(ID)))]
        if not self.is_event_log:
            conditions += [("escalation_unknown", flag.is_null()), ("not_escalated", ~flag)]
        elif self.counts_escalation:
            # An event that is no escalation needs no date of one.
            has_no_day = has_no_day & nw.coalesce(flag, nw.lit(False))
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

    @property
    def is_usable(self) -> nw.Expr:
        """Whether a row has no reason of its own not to count."""
        # Counting the reasons raised an error for a damaged id, and "no_date" is a part of "unreadable_date".
        return has_no_reason([one for one in self.conditions if one[0] not in (DAMAGED_ID, "no_date")])

    def _usable_rows(self, *, with_position: bool = False) -> Frame:
        flag = nw.when(nw.col(FLAG)).then(nw.lit(1)).otherwise(nw.lit(0))
        escalated_on = nw.when(nw.col(FLAG)).then(nw.col(DAY))
        rows = self.rows if not with_position else with_row_number(self.rows, ROW)
        usable = rows.filter(self.is_usable).with_columns(strip(nw.col(ID)).alias(ID))
        return usable.with_columns(flag.alias("__flags"), escalated_on.alias("__escalated_on"))

    def _count_cases(self, name: str | None) -> Frame:
        """Combine rows into cases, and count these by reason and month, or by the groups of a breakdown."""
        usable = self._usable_rows(with_position=name is not None)
        aggregates = [nw.len().alias("__rows"), self._case_day.min().alias("__first_day")]
        if self.is_event_log:
            aggregates.append(nw.col("__flags").max())
        if name is not None:
            # The position of a row sorts before its group, so that the least or the greatest text has both.
            group = nw.coalesce(group_expr(self.table, name, self.columns), nw.lit(BLANK))
            is_first = self.options.group_of == "first"
            position = self._position(counting_rank=0 if is_first else 1)
            usable = usable.with_columns(nw.concat_str([position, group]).alias(GROUP))
            aggregates.append(nw.col(GROUP).min() if is_first else nw.col(GROUP).max())
        cases = usable.group_by(ID).agg(*aggregates).with_columns(nw.col("__first_day").alias(DAY))
        cases = cases.with_columns(self._case_reason().alias(REASON))
        if name is not None:
            counted = cases.filter(nw.col(REASON).is_null()).with_columns(
                nw.col(GROUP).str.slice(1 + INSTANT_DIGITS + ROW_DIGITS).alias(GROUP)
            )
            return counted.group_by(GROUP).agg(nw.len().alias("cases"))
        repeated_id = nw.when(nw.col("__rows") > 1).then(nw.col(ID))
        month = (nw.col(DAY).dt.year() * 100 + nw.col(DAY).dt.month()).alias(MONTH)
        # Only the cases of an event log have reasons, and so examples.
        shown = nw.col(ID) if self.is_event_log else nw.lit(None, nw.String)
        return (
            cases.with_columns(month, repeated_id.alias("__repeated_id"), shown.alias("__shown"))
            .group_by(REASON, MONTH)
            .agg(
                nw.len().alias("cases"),
                (nw.col("__rows").sum() - nw.len()).alias("repeats"),
                nw.col("__shown").min().alias("least"),
                nw.col("__shown").max().alias("most"),
                nw.col("__repeated_id").min().alias("least_repeat"),
                nw.col("__repeated_id").max().alias("most_repeat"),
            )
        )

    @property
    def _case_day(self) -> nw.Expr:
        return nw.col("__escalated_on") if self.is_event_log and self.counts_escalation else nw.col(DAY)

    def _position(self, counting_rank: int) -> nw.Expr:
        """Return a text that sorts the rows of a case by instant and then in the order of the table.

        Rows that can set the date of a counted case have the rank, and all others have the other one of 0 and 1.
        """
        within = (nw.col(DAY) >= nw.lit(self.scope.period.from_)) & (nw.col(DAY) <= nw.lit(self.scope.period.through))
        if self.is_event_log and self.counts_escalation:
            within = within & nw.col(FLAG)
        rank = nw.when(within).then(nw.lit(str(counting_rank))).otherwise(nw.lit(str(1 - counting_rank)))
        instant = nw.col(INSTANT)
        micro = _digits(instant.dt.microsecond(), 6)
        text = nw.coalesce(nw.concat_str([instant.dt.to_string("%Y%m%d%H%M%S"), micro]), nw.lit("0" * INSTANT_DIGITS))
        return nw.concat_str([rank, text, _digits(nw.col(ROW).cast(nw.Int64), ROW_DIGITS)])

    def _count_groups(self, name: str) -> Groups:
        rows = self.table.collect(self._count_cases(name))
        return {None if row[GROUP] == BLANK else row[GROUP]: row["cases"] for row in rows}

    def _find_rows(self, reason: str) -> Any:
        """Return the rows with a reason, by the same conditions that `count` uses."""
        if reason in ROW_REASONS or not (self.is_event_log or reason in (COUNTED, self.repeat_reason)):
            found = self.rows.filter(nw.col(REASON) == nw.lit(reason))
        else:
            usable = self._usable_rows(with_position=True)
            usable = usable.with_columns(self._position(counting_rank=0).alias(POSITION)).with_columns(
                nw.col("__flags").max().over(ID),
                self._case_day.min().over(ID).alias("__first_day"),
                nw.col(POSITION).rank("ordinal").over(ID).alias("__rank"),
            )
            usable = usable.with_columns(nw.col("__first_day").alias(DAY))
            usable = usable.with_columns(self._case_reason().alias(REASON))
            if reason == self.repeat_reason:
                found = usable.filter(nw.col("__rank") > 1)
            else:
                is_match = nw.col(REASON).is_null() if reason == COUNTED else nw.col(REASON) == nw.lit(reason)
                found = usable.filter((nw.col("__rank") == 1) & is_match)
        return self.table.to_native(found.select(list(self.table.columns)))


def select_cases(table: Table, columns: Columns, *, only: Any = None, without: Any = None) -> Table:
    """Return a table of the cases that a way of counting selects, by statements such as that of escalated cases.

    In an event log, a case is selected with all of its events if one of them is, because its first one sets its date.
    """
    frame = table.frame
    for statement, is_wanted in ((only, True), (without, False)):
        if statement is None:
            continue
        flag = nw.coalesce(parse_escalated(table, statement, columns).flag, nw.lit(False))
        if columns.rows == "event":
            id_ = strip(raw_text_expr(table, columns.require(("id",), table)["id"]))
            found = nw.when(flag).then(nw.lit(1)).otherwise(nw.lit(0))
            frame = frame.with_columns(found.alias(SELECTED), id_.alias(ID))
            frame = frame.with_columns(nw.col(SELECTED).max().over(ID))
            flag = nw.col(SELECTED) == 1
        frame = frame.filter(flag if is_wanted else ~flag).select(list(table.columns))
    return table._replace(frame=frame)


def _digits(number: nw.Expr, width: int) -> nw.Expr:
    return number.cast(nw.String).str.zfill(width)


def validate_options(options: CaseOptions) -> CaseOptions:
    """Return the options; raise an error if a choice is unknown."""
    for name, choices in (("on", ("created", "escalated")), ("group_of", ("first", "last"))):
        value = getattr(options, name)
        if value not in choices:
            raise input_error(name, f'must be "{choices[0]}" or "{choices[1]}", not {quote(value)}', f"/{name}")
    return options
