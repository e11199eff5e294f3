"""Survey answers counted from rows by the table's engine: each row is counted once, or has a reason why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import narwhals as nw

from designation._input.spaces import trim
from designation._messages import quote, several
from designation.metrics._arguments import to_decimal
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._letter_case import lower, lower_expr
from designation.metrics._occurrence import NamedValues, distinct_values, note_on_missing, reject_near
from designation.metrics._period import Period
from designation.metrics._row_report import (
    COUNTED,
    EMPTY_EXPORT,
    EXAMPLE,
    REASON,
    RowReport,
    build_row_report,
    count_reasons,
    first_reason,
)
from designation.metrics._source import Frame, Table
from designation.metrics._times import ParsedTimes, parse_times
from designation.metrics._values import group_expr, number_expr, number_from_text, text_expr

RANK, SCORE, DAY, GROUP = "__rank", "__score", "__day", "__group"
LEVELS = (1, 2, 3, 4, 5)
Distribution = dict[float, int]


class Scale(NamedTuple):
    """A mapping of values to scores from 1 to 5; None if the values are the scores."""

    scores: Mapping[str, float] | None

    @property
    def levels(self) -> tuple[float, ...]:
        """The possible scores."""
        return LEVELS if self.scores is None else tuple(sorted(set(self.scores.values())))

    @property
    def description(self) -> str:
        """The scale in words."""
        if self.scores is None:
            return "1 to 5"
        return "mapped: " + several((f"{value} is {score:g}" for value, score in self.scores.items()), 6)


def parse_scale(scale: Mapping[Any, Any] | None, pointer: str = "/scale") -> Scale:
    """Parse a scale: None is 1 to 5, and a dict maps every value to its score."""
    if scale is None:
        return Scale(None)
    if not isinstance(scale, Mapping) or not scale:
        raise input_error("scale", "must be a dict that maps each value to a score from 1 to 5", pointer)
    scores: dict[str, float] = {}
    for value, score in scale.items():
        number = to_decimal(score)
        if number is None or not 1 <= number <= 5:
            raise input_error("scale", f"must be a score from 1 to 5, not {quote(score)}", f"{pointer}/{value}")
        word = trim(str(value))
        same = next((other for other in scores if lower(other) == lower(word)), word)
        if scores.setdefault(same, float(score)) != score:
            message = f"must be {scores[same]:g}, the score of {quote(same)}, which is the same value, not {score:g}"
            raise input_error("scale", message, f"{pointer}/{value}")
    return Scale(scores)


class AnswerCounts(NamedTuple):
    """The number of answers with each score, in total and by group, how dates were parsed, and the row report."""

    distribution: Distribution
    groups: dict[str, dict[str | None, Distribution]]
    date_parsing: str
    quality: RowReport
    notes: tuple[str, ...] = ()


class AnswerTable:
    """A table of answers and the period to count; None counts all answers, whatever their dates.

    If answers have an id, the earliest answer of an id counts or, among answers of one day, the lowest.
    """

    def __init__(
        self, table: Table, columns: Columns, scale: Scale, period: Period | None, by: tuple[str, ...]
    ) -> None:
        self.table, self.columns, self.scale, self.period, self.by = table, columns, scale, period, by
        needs_dates = period is not None or "month" in by
        found = columns.require(("score", "answered") if needs_dates else ("score",), table)
        self.score_column = found["score"]
        self.times = self._times(found.get("answered"))
        id_column = columns.find_optional("id", table, columns.possible_names(by))
        self.id = None if id_column is None else text_expr(table, id_column, columns)
        self.rows = self._rows()

    def count(self, *, exclude_off_scale: bool, exact_values: bool = False) -> AnswerCounts:
        """Count the answers: one query for the row report and the scores, and one for each breakdown."""
        rows = count_reasons(self.table, self.rows, [SCORE])
        for row in rows:
            if row["reason"] == "off_scale" and not exclude_off_scale:
                raise self._off_scale_error(row)
        distribution = {row[SCORE]: row["rows"] for row in rows if row["reason"] is None}
        counted = self.rows.filter(nw.col(REASON).is_null())
        groups = {name: self._count_groups(counted, name) for name in self.by}
        date_parsing = "all dates" if self.times is None else self.times.parsing
        quality = build_row_report(sum(distribution.values()), rows, self._find_rows)
        absent = self.columns.notes_on_absent("id", self.table, "whether an answer is repeated is not checked")
        notes = (*self._notes_on_scale(exact=exact_values), *absent) if quality.rows else (EMPTY_EXPORT,)
        return AnswerCounts(distribution, groups, date_parsing, quality, notes)

    def _notes_on_scale(self, *, exact: bool) -> tuple[str, ...]:
        """Return a note for each value of the scale that never occurs."""
        if self.scale.scores is None:
            return ()
        occurring = distinct_values(self.table, self.score_column, self.columns)
        folded, decimal = {*map(lower, occurring)}, self.columns.decimal
        found = {number for value in occurring if (number := _parse_number(value, decimal)) is not None}
        missing = [
            value
            for value in self.scale.scores
            if lower(value) not in folded and _parse_number(value, decimal) not in found
        ]
        mapped = {*map(lower, self.scale.scores)}
        others = [value for value in occurring if lower(value) not in mapped]
        if not exact:
            reject_near(self.table, NamedValues(self.score_column, missing, "/scale"), others)
        return tuple(note_on_missing(self.score_column, value, occurring) for value in missing)

    def _times(self, column: str | None) -> ParsedTimes | None:
        return None if column is None else parse_times(self.table, column, self.columns, self.period, "__on_")

    def _rows(self) -> Frame:
        frame = self.times.add(self.table.frame) if self.times else self.table.frame
        text = text_expr(self.table, self.score_column, self.columns)
        frame = frame.with_columns(
            text.alias("__text"), text.is_null().alias("__blank"), self._score(text).alias(SCORE)
        )
        conditions = [("blank", nw.col("__blank"))]
        if self.times:
            # Blanks come before missing dates, because a survey without an answer has no date of an answer.
            day = self.times.day
            conditions += [("no_date", day.is_null() & self.times.blank), ("unreadable_date", day.is_null())]
            if self.period is not None:
                outside = (day < nw.lit(self.period.from_)) | (day > nw.lit(self.period.through))
                conditions.insert(0, ("outside_period", outside))
            frame = frame.with_columns(day.alias(DAY))
        conditions += [("off_scale", nw.col(SCORE).is_null())]
        frame = frame.with_columns(first_reason(conditions).alias(REASON))
        if self.id is not None:
            frame = self._mark_repeats(frame.with_columns(self.id.alias("__id")))
        example = nw.when(nw.col(REASON) == nw.lit("off_scale")).then(nw.col("__text"))
        if self.times:
            example = example.when(nw.col(REASON) == nw.lit("unreadable_date")).then(self.times.text)
        id_ = nw.lit(None, nw.String) if self.id is None else nw.col("__id")
        return frame.with_columns(example.otherwise(id_).alias(EXAMPLE))

    def _mark_repeats(self, frame: Frame) -> Frame:
        """Set the reason of every further answer of an id; answers without an id never repeat one."""
        order = (
            nw.col(SCORE)
            if self.times is None
            else nw.concat_str([nw.col(DAY).dt.to_string("%Y-%m-%d"), nw.col(SCORE).cast(nw.String)])
        )
        usable = nw.col(REASON).is_null() & ~nw.col("__id").is_null()
        rank = nw.when(usable).then(order).rank("ordinal").over("__id")
        frame = frame.with_columns(rank.alias(RANK))
        repeat = usable & (nw.col(RANK) > 1)
        return frame.with_columns(nw.when(repeat).then(nw.lit("duplicate_id")).otherwise(nw.col(REASON)).alias(REASON))

    def _score(self, text: nw.Expr) -> nw.Expr:
        if self.scale.scores is None:
            number = number_expr(self.table, self.score_column, self.columns)
            return nw.when(number.is_in([float(level) for level in LEVELS])).then(number)
        # In a column of floats, the value 5 is written 5.0.
        number, text = number_from_text(text, self.columns), lower_expr(text)
        mapped: nw.Expr = nw.lit(None, nw.Float64)
        for value, score in self.scale.scores.items():
            is_value = text == nw.lit(lower(value))
            as_number = _parse_number(value, self.columns.decimal)
            if as_number is not None:
                is_value = is_value | nw.coalesce(number == nw.lit(as_number), nw.lit(False))
            mapped = nw.when(is_value).then(nw.lit(score)).otherwise(mapped)
        return mapped

    def _off_scale_error(self, row: Mapping[str, Any]) -> Exception:
        values = several(map(quote, sorted({str(row["least"]), str(row["most"])})))
        what = f"{row['rows']} {'row is' if row['rows'] == 1 else 'rows are'} off the scale {self.scale.description}"
        what += f": {values}; map the values with scale=, or exclude these rows with off_scale=exclude"
        return input_error("off_scale", what, "/scale", self.table.name)

    def _count_groups(self, counted: Frame, name: str) -> dict[str | None, Distribution]:
        group = nw.col(DAY).dt.to_string("%Y-%m") if name == "month" else group_expr(self.table, name, self.columns)
        groups: dict[str | None, Distribution] = {}
        rows = counted.with_columns(group.alias(GROUP)).group_by(GROUP, SCORE).agg(nw.len().alias("rows"))
        for row in self.table.collect(rows):
            groups.setdefault(row[GROUP], {})[row[SCORE]] = row["rows"]
        return groups

    def _find_rows(self, reason: str) -> Any:
        is_match = nw.col(REASON).is_null() if reason == COUNTED else nw.col(REASON) == nw.lit(reason)
        return self.table.to_native(self.rows.filter(is_match).select(list(self.table.columns)))


def _parse_number(text: str, decimal: str | None) -> float | None:
    try:
        return float(text.replace(",", ".") if decimal == "," else text)
    except ValueError:
        return None
