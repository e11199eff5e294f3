"""Answers of a survey from rows, counted by the engine: each row counts once, or has the reason why it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import narwhals as nw

from designation.metrics._account import COUNTED, EXAMPLE, FAULT, Quality, faults_in, first_of, quality_of
from designation.metrics._columns import Columns
from designation.metrics._mistakes import mistake, several
from designation.metrics._period import Period
from designation.metrics._source import Frame, Table
from designation.metrics._times import Times, times_of
from designation.metrics._values import group_of, number_of, text_of

RANK, SCORE, DAY, GROUP = "__rank", "__score", "__day", "__group"
LEVELS = (1, 2, 3, 4, 5)
Scores = dict[float, int]


class Scale(NamedTuple):
    """Which value stands for which score from 1 to 5; None where the values are the scores."""

    scores: Mapping[str, float] | None

    @property
    def levels(self) -> tuple[float, ...]:
        """The scores that there can be."""
        return LEVELS if self.scores is None else tuple(sorted(set(self.scores.values())))

    @property
    def said(self) -> str:
        """The scale in words."""
        if self.scores is None:
            return "1 to 5"
        return "mapped: " + several((f"{value} is {score:g}" for value, score in self.scores.items()), 6)


def scale_of(given: Mapping[Any, Any] | None) -> Scale:
    """Read a scale: None is 1 to 5, anything else states the score of every value."""
    if given is None:
        return Scale(None)
    if not isinstance(given, Mapping) or not given:
        raise mistake(
            "scale", "another scale is stated as a dict of its values, each with a score from 1 to 5", "/scale"
        )
    scores = {}
    for value, score in given.items():
        if isinstance(score, bool) or not isinstance(score, int | float) or not 1 <= score <= 5:
            raise mistake("scale", f"{score!r} is no score from 1 to 5", f"/scale/{value}")
        scores[_plain(str(value))] = float(score)
    return Scale(scores)


class Counted(NamedTuple):
    """How often each score was given, in all and by group, and the account."""

    scores: Scores
    groups: dict[str, dict[str | None, Scores]]
    reading: str
    quality: Quality


class Answers:
    """A table of answers in a period; None is all days, and then answers need none.

    Where they have an id, its earliest answer counts; of several on one day, the lowest.
    """

    def __init__(
        self, table: Table, columns: Columns, scale: Scale, period: Period | None, by: tuple[str, ...]
    ) -> None:
        self.table, self.columns, self.scale, self.period, self.by = table, columns, scale, period, by
        self.score_column = columns.need(["score"], table)["score"]
        self.times = self._times()
        id_column = columns.find("id", table.columns)
        self.id = None if id_column is None else text_of(table, id_column)
        self.rows = self._rows()

    def count(self, *, exclude_off_scale: bool) -> Counted:
        """Count: one query for the account and the scores, and one for each group."""
        found = faults_in(self.table, self.rows)
        for row in found:
            if row["reason"] == "off_scale" and not exclude_off_scale:
                raise self._off_scale(row)
        good = self.rows.filter(nw.col(FAULT).is_null())
        scores = {row[SCORE]: row["rows"] for row in self._counts(good, SCORE)}
        groups = {name: self._group(good, name) for name in self.by}
        reading = "all days" if self.times is None else self.times.reading
        return Counted(scores, groups, reading, quality_of(sum(scores.values()), found, self._find))

    def _times(self) -> Times | None:
        if self.period is None and "month" not in self.by:
            return None
        column = self.columns.need(["answered"], self.table)["answered"]
        return times_of(self.table, column, self.columns, self.period, "__on_")

    def _rows(self) -> Frame:
        frame = self.times.add(self.table.frame) if self.times else self.table.frame
        text = text_of(self.table, self.score_column)
        blank = text.is_null()
        if self.columns.blank:
            blank = blank | text.str.to_lowercase().is_in([word.lower() for word in self.columns.blank])
        frame = frame.with_columns(text.alias("__text"), blank.alias("__blank"), self._score(text).alias(SCORE))
        faults = [("blank", nw.col("__blank"))]
        if self.times:
            # Who did not answer has no day of an answer.
            day = self.times.day
            faults += [("no_date", day.is_null() & self.times.blank), ("unreadable_date", day.is_null())]
            if self.period is not None:
                outside = (day < nw.lit(self.period.from_)) | (day > nw.lit(self.period.through))
                faults.insert(0, ("outside_period", outside))
            frame = frame.with_columns(day.alias(DAY))
        faults += [("off_scale", nw.col(SCORE).is_null())]
        frame = frame.with_columns(first_of(faults).alias(FAULT))
        if self.id is not None:
            frame = self._ranked(frame.with_columns(self.id.alias("__id")))
        example = nw.when(nw.col(FAULT) == nw.lit("off_scale")).then(nw.col("__text"))
        if self.times:
            example = example.when(nw.col(FAULT) == nw.lit("unreadable_date")).then(self.times.text)
        known = nw.lit(None, nw.String) if self.id is None else nw.col("__id")
        return frame.with_columns(example.otherwise(known).alias(EXAMPLE))

    def _ranked(self, frame: Frame) -> Frame:
        """Mark what is a second answer of an id; an answer without an id is one of its own."""
        first = (
            nw.col(SCORE)
            if self.times is None
            else nw.concat_str([nw.col(DAY).dt.to_string("%Y-%m-%d"), nw.col(SCORE).cast(nw.String)])
        )
        usable = nw.col(FAULT).is_null() & ~nw.col("__id").is_null()
        rank = nw.when(usable).then(first).rank("ordinal").over("__id")
        frame = frame.with_columns(rank.alias(RANK))
        again = usable & (nw.col(RANK) > 1)
        return frame.with_columns(nw.when(again).then(nw.lit("duplicate_id")).otherwise(nw.col(FAULT)).alias(FAULT))

    def _score(self, text: nw.Expr) -> nw.Expr:
        if self.scale.scores is None:
            number = number_of(self.table, self.score_column, self.columns)
            return nw.when(number.is_in([float(level) for level in LEVELS])).then(number)
        said = text.str.to_lowercase()
        # 5.0 of a column of numbers is the value 5.
        said = said.str.replace_all(r"\.0+$", "")
        made: nw.Expr = nw.lit(None, nw.Float64)
        for value, score in self.scale.scores.items():
            made = nw.when(said == nw.lit(value)).then(nw.lit(score)).otherwise(made)
        return made

    def _off_scale(self, row: Mapping[str, Any]) -> Exception:
        column = f"/{self.columns.names['score'][0]}"
        seen = sorted({str(row["least"]), str(row["most"])})
        what = f"{row['rows']} {'row is' if row['rows'] == 1 else 'rows are'} off the scale {self.scale.said}: "
        what += several((f'"{value}"' for value in seen), 4)
        hint = "state another scale with scale=, or put the rows into the account with off_scale=exclude"
        return mistake("off_scale", f"{what}; {hint}", column, self.table.name)

    def _counts(self, frame: Frame, *keys: str) -> list[dict[str, Any]]:
        return self.table.rows(frame.group_by(*keys).agg(nw.len().alias("rows")))

    def _group(self, good: Frame, name: str) -> dict[str | None, Scores]:
        group = nw.col(DAY).dt.to_string("%Y-%m") if name == "month" else group_of(self.table, name, self.columns)
        found: dict[str | None, Scores] = {}
        for row in self._counts(good.with_columns(group.alias(GROUP)), GROUP, SCORE):
            found.setdefault(row[GROUP], {})[row[SCORE]] = row["rows"]
        return found

    def _find(self, reason: str) -> Any:
        fault = nw.col(FAULT).is_null() if reason == COUNTED else nw.col(FAULT) == nw.lit(reason)
        return self.table.back(self.rows.filter(fault).select(list(self.table.columns)))


def _plain(value: str) -> str:
    return re.sub(r"\.0+$", "", value.strip().lower())
