"""The CSAT score: the mean of the answers of a period on the scale from 1 to 5 (SSD-M3)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from designation import _core
from designation._convert import json_object
from designation._messages import quote, suggestion
from designation._text.blocks import EMPTY, Block, Card, Span, Title, build_table, row
from designation._text.figures import PageValue, format_number
from designation.metrics._answers import AnswerTable, Distribution, parse_scale
from designation.metrics._arguments import parse_count, parse_mapping, parse_texts
from designation.metrics._chart import ControlChart, chart_means
from designation.metrics._columns import parse_columns
from designation.metrics._errors import input_error
from designation.metrics._intervals import (
    DEFAULT_LEVEL,
    bootstrap_interval,
    share_interval,
    standard_deviation,
    student_half_width,
    student_interval,
    validate_level,
)
from designation.metrics._period import Period, parse_period
from designation.metrics._policy import ThresholdCheck, read_threshold
from designation.metrics._row_report import RowReport
from designation.metrics._source import read_table

Interval = tuple[float, float]


class SurveyProgram(NamedTuple):
    """Facts about the survey program in the user's words: who is asked, how, and when."""

    coverage: str | None = None
    method: str | None = None
    period: str | None = None


class CsatGroup(NamedTuple):
    """The score of a month or of a group: ``mean`` of ``n`` answers; ``top_two`` is the share of scores 4 and 5.

    ``deviation`` is the standard deviation of the answers; None for a single one.
    """

    key: str | None
    n: int
    mean: float
    top_two: float
    interval: Interval | None
    deviation: float | None = None

    @property
    def score(self) -> float:
        """The score: the same as ``mean``."""
        return self.mean

    @property
    def answers(self) -> int:
        """The number of answers: the same as ``n``."""
        return self.n

    def to_dict(self) -> dict[str, Any]:
        """Return the group as JSON-compatible values."""
        return json_object(self)


@dataclass(frozen=True, repr=False)
class Csat(PageValue):
    """A CSAT score, as `csat` returns it.

    ``mean`` is the mean of ``n`` answers, and ``score_counts`` the number of answers with each score. ``top_two`` is
    the share of scores 4 and 5; without answers, both are None. ``interval`` is Student's interval, cut at the ends of
    the scale, and ``bootstrap`` the interval from resampling; both are None for fewer than two answers.
    ``top_two_interval`` is exact. ``date_parsing`` describes how dates were parsed, and ``quality`` is the row report
    of the answers. ``notes`` say what a reader must know, such as that the export was empty.
    """

    mean: float | None
    n: int
    score_counts: tuple[tuple[float, int], ...]
    top_two: float | None
    interval: Interval | None
    bootstrap: Interval | None
    top_two_interval: Interval | None
    level: float
    scale: str
    period: Period | None
    date_parsing: str
    invited: int | None
    program: SurveyProgram
    breakdowns: tuple[tuple[str, tuple[CsatGroup, ...]], ...]
    quality: RowReport
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> float | None:
        """The CSAT score: the same as ``mean``."""
        return self.mean

    @property
    def answers(self) -> int:
        """The number of answers: the same as ``n``."""
        return self.n

    @property
    def distribution(self) -> dict[float, int]:
        """The number of answers with each score."""
        return dict(self.score_counts)

    @property
    def by(self) -> dict[str, tuple[CsatGroup, ...]]:
        """The groups by the name of their breakdown."""
        return dict(self.breakdowns)

    @property
    def response_rate(self) -> float | None:
        """The share of invitations that were answered; None if the number of invitations is unknown."""
        return self.n / self.invited if self.invited else None

    def check_threshold(self, policy: _core.Policy | Mapping[str, Any]) -> ThresholdCheck:
        """Compare the score with the threshold of a policy, which is the user's own and not a rule of the program.

        Raises:
            InputError: The policy has no such threshold, or there is no score.
        """
        if self.mean is None:
            raise input_error("no_answers", "there are no answers, and so no score to compare")
        at_least = read_threshold(policy, "csat")["at_least"]
        return ThresholdCheck(
            metric="csat",
            threshold=f"at least {at_least:g}",
            value=self.mean,
            within=self.mean >= at_least,
            interval_within=self.interval is not None and self.interval[0] >= at_least,
            margin=f"{abs(self.mean - at_least):.2f} {'above' if self.mean >= at_least else 'below'} it",
            limit=at_least,
        )

    def rolling(self, months: int = 12) -> tuple[CsatGroup, ...]:
        """Compute the score over each run of consecutive months inside the period; runs without answers are omitted.

        Raises:
            InputError: The period is shorter than a run, or the score was not computed by month.
        """
        months = parse_count(months, "/months")
        if self.period is None or "month" not in self.by or months > len(self.period.months):
            raise input_error(
                "period", f'rolling scores need by="month" and a period of at least {months} months', "/period"
            )
        groups = {group.key: group for group in self.by["month"]}
        runs = []
        for first in range(len(self.period.months) - months + 1):
            run = self.period.months[first : first + months]
            found = [groups[month] for month in run if month in groups]
            if found:
                runs.append(pool_groups(f"{run[0]} to {run[-1]}", found, self.level))
        return tuple(runs)

    def chart(self) -> ControlChart:
        """Chart the mean of each month with limits of 3 pooled standard deviations over the root of its answers.

        Raises:
            InputError: The score was not computed by month, or has no answers.
        """
        if "month" not in self.by or self.mean is None:
            raise input_error("by", 'a control chart needs answers, and by="month"', "/by")
        months = [(str(one.key), one.n, one.mean, one.deviation) for one in self.by["month"]]
        return chart_means(months, self.mean)

    def csat_evaluated(self, on: Any, outcome: str) -> _core.Event:
        """Build the event of ISSI's evaluation of CSAT; the outcome is ISSI's."""
        notes = f"{self.n} answers, {self._period_text}"
        return _core.Event(on=on, type="csat_evaluated", outcome=outcome, score=self.mean, notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Return the score as JSON-compatible values."""
        names = (
            *("mean", "n", "distribution", "top_two", "interval", "bootstrap", "top_two_interval", "level", "scale"),
            *("period", "date_parsing", "invited", "response_rate", "program", "by", "quality", "notes"),
        )
        members = {name: getattr(self, name) for name in names}
        distribution = {f"{score:g}": count for score, count in self.score_counts}
        return json_object({"metric": "csat", **members, "distribution": distribution})

    def lines(self) -> Iterable[Block]:
        """Lay out the score."""
        yield Title(f"CSAT, {self._period_text}")
        yield from self._score_lines()
        if self.invited is not None:
            yield from row(
                "Response rate", Span(f"{self.response_rate:.1%} of {format_number(self.invited)} invitations")
            )
        for name, fact in self.program._asdict().items():
            if fact is not None:
                yield from row(name.capitalize(), Span(fact))
        yield from row("Date parsing", Span(self.date_parsing))
        yield from self.quality.lines()
        for number, note in enumerate(self.notes):
            yield from row("" if number else "Note", Span(note))
        if self.n:
            yield EMPTY
            yield build_table(
                ("Score", "Answers", "Share", ""), map(self._count_cells, reversed(self.score_counts)), left=(0, 3)
            )
        for name, groups in self.breakdowns:
            yield EMPTY
            yield from self.breakdown_lines(name, groups)

    def breakdown_lines(self, name: str, groups: Sequence[CsatGroup]) -> Iterable[Block]:
        """Lay out the groups of a breakdown as a table."""
        header = (name[:1].upper() + name[1:], "Answers", "Score", "4 or 5", f"{self.level:.0%} interval")
        yield build_table(header, map(_cells, groups))

    def _score_lines(self) -> Iterable[Block]:
        if self.mean is None or self.top_two is None or self.top_two_interval is None:
            yield Card("Score", Span(f"none, 0 answers; scale {self.scale}"))
            return
        text = f"{self.mean:.2f} of 5, {format_number(self.n)} answers; scale {self.scale}"
        student, bootstrap = _interval_text(self.interval), _interval_text(self.bootstrap)
        intervals = f"{self.level:.0%} interval {student} (Student), {bootstrap} (bootstrap)"
        yield Card("Score", Span(text), (Span(intervals, "muted"),))
        low, high = self.top_two_interval
        exact = f"{self.level:.0%} interval {low:.1%} to {high:.1%} (exact)"
        yield Card("4 or 5", Span(f"{self.top_two:.1%} of the answers"), (Span(exact, "muted"),))

    def _count_cells(self, counted: tuple[float, int]) -> tuple[str, ...]:
        score, count = counted
        share = count / self.n
        return f"{score:g}", format_number(count), f"{share:.1%}", "█" * round(share * 40)

    def __repr__(self) -> str:
        score = "no score" if self.mean is None else f"{self.mean:.2f}"
        return f"<Csat {score}: {self.n} answers, {self._period_text}>"

    @property
    def _period_text(self) -> str:
        return str(self.period or "all dates")


def csat(  # noqa: PLR0913
    responses: Any,
    period: Any = None,
    *,
    columns: str | Mapping[str, Any] | None = None,
    scale: Mapping[Any, float] | None = None,
    off_scale: str = "error",
    by: str | Sequence[str] = (),
    invited: int | str | None = None,
    program: Mapping[str, str] | None = None,
    level: float = DEFAULT_LEVEL,
    exact_values: bool = False,
) -> Csat:
    """Compute the CSAT score of a period, with its distribution and uncertainty.

    Args:
        responses: A file or a frame, as for `case_rate`, with ``score`` and, for a period, ``answered``. If it has an
            ``id``, the first answer of each id counts.
        period: As for `case_rate`; default: all dates.
        columns: The column mapping: the name of a mapping (`MAPPINGS`), or a dict.
        scale: The score of every value, if the values are not the scores 1 to 5: ``{"good": 5, "bad": 1}``.
        off_scale: ``"error"`` raises an error for values off the scale, ``"exclude"`` moves them to the row report.
        by: Breakdowns: ``"month"`` or any column.
        invited: The number of invitations; ``"rows"`` if each row without an answer is an invitation too.
        program: Facts about the survey program: ``coverage``, ``method``, ``period``.
        level: The confidence level of intervals.
        exact_values: Whether a value of ``scale`` that never occurs may be similar to one that does.

    Raises:
        InputError: The input has problems, such as values off the scale, no answers, or missing columns.

    Example:
        >>> import designation as dsg, polars as pl
        >>> found = dsg.metrics.csat(pl.DataFrame({"score": [5, 4, 4, None, 2]}))
        >>> found.score, found.answers, found.top_two, found.distribution
        (3.75, 4, 0.75, {1: 0, 2: 1, 3: 0, 4: 2, 5: 1})
        >>> dsg.metrics.csat(pl.DataFrame({"score": ["good", "bad"]}), scale={"good": 5, "bad": 1}).score
        3.0
    """
    if off_scale not in ("error", "exclude"):
        raise input_error("off_scale", f'must be "error" or "exclude", not {quote(off_scale)}', "/off_scale")
    validate_level(level)
    survey_program, parsed_scale = _parse_program(program), parse_scale(scale)
    names = parse_texts(by, "/by", may_be_empty=True)
    parsed_period = None if period is None else parse_period(period)
    mapping = parse_columns(columns, table="answers")
    answers = read_table(responses, "responses", mapping.possible_names(names))
    table = AnswerTable(answers, mapping, parsed_scale, parsed_period, names)
    counts = table.count(exclude_off_scale=off_scale == "exclude", exact_values=exact_values)
    if not counts.distribution and counts.quality.rows:
        raise input_error("no_answers", _no_answers(counts.quality), file=table.table.name)
    distribution = {score: counts.distribution.get(score, 0) for score in parsed_scale.levels}
    total = _group(None, distribution, level) if counts.distribution else None
    return Csat(
        mean=None if total is None else total.mean,
        n=0 if total is None else total.n,
        score_counts=tuple(distribution.items()),
        top_two=None if total is None else total.top_two,
        interval=None if total is None else total.interval,
        bootstrap=bootstrap_interval(distribution, level),
        top_two_interval=None if total is None else share_interval(_count_top_two(distribution), total.n, level),
        level=level,
        scale=parsed_scale.description,
        period=parsed_period,
        date_parsing=counts.date_parsing,
        invited=_parse_invited(invited, counts.quality),
        program=survey_program,
        breakdowns=tuple((name, _groups(name, counts.groups[name], level)) for name in names),
        quality=counts.quality,
        notes=counts.notes,
    )


def _groups(name: str, distributions: Mapping[str | None, Distribution], level: float) -> tuple[CsatGroup, ...]:
    # The engine returns the scores in any order; a fixed order keeps the rounding of sums the same.
    groups = [_group(key, dict(sorted(distribution.items())), level) for key, distribution in distributions.items()]
    return tuple(sorted(groups, key=lambda group: (name != "month" and -group.n, group.key or "")))


def _group(key: str | None, distribution: Distribution, level: float) -> CsatGroup:
    n = sum(distribution.values())
    mean = sum((Fraction(score) * count for score, count in distribution.items()), Fraction()) / n
    interval = student_interval(distribution, level)
    on_scale = None if interval is None else (max(interval[0], 1.0), min(interval[1], 5.0))
    deviation = None if n < 2 else standard_deviation(distribution)
    return CsatGroup(key, n, float(mean), _count_top_two(distribution) / n, on_scale, deviation)


def pool_groups(key: str, groups: Sequence[CsatGroup], level: float) -> CsatGroup:
    """Pool the answers of several groups, whose means and deviations determine those of all."""
    n = sum(group.n for group in groups)
    mean = sum(group.n * group.mean for group in groups) / n
    squares = sum((group.n - 1) * (group.deviation or 0) ** 2 + group.n * (group.mean - mean) ** 2 for group in groups)
    deviation = None if n < 2 else math.sqrt(squares / (n - 1))
    half = None if deviation is None else student_half_width(deviation, n, level)
    interval = None if half is None else (max(mean - half, 1.0), min(mean + half, 5.0))
    return CsatGroup(key, n, mean, sum(group.n * group.top_two for group in groups) / n, interval, deviation)


def _count_top_two(distribution: Distribution) -> int:
    return sum(count for score, count in distribution.items() if score >= 4)


def _parse_invited(invited: Any, quality: RowReport) -> int | None:
    if invited is None:
        return None
    if invited == "rows":
        return quality.counted + quality.not_counted.get("blank", 0)
    count = parse_count(invited, "/invited", may_be_zero=True)
    if count < quality.counted:
        what = f'must be at least {quality.counted}, the number of answers, or "rows", not {quote(invited)}'
        raise input_error("range", what, "/invited")
    return count


def _parse_program(program: Mapping[str, str] | None) -> SurveyProgram:
    facts = parse_mapping(program, "/program")
    known = SurveyProgram._fields
    for key, fact in facts.items():
        if key not in known:
            raise input_error("unknown_key", f"unknown key {quote(key)}{suggestion(key, known)}", "/program")
        if not isinstance(fact, str):
            raise input_error("type", f"must be text, not {quote(fact)}", f"/program/{key}")
    return SurveyProgram(**facts)


def _no_answers(quality: RowReport) -> str:
    reasons = ", ".join(f"{rows} {reason}" for reason, rows in quality.not_counted.items())
    return f"none of {quality.rows} rows counts as an answer: {reasons}"


def _cells(group: CsatGroup) -> tuple[str, ...]:
    interval = _interval_text(group.interval)
    return group.key or "(blank)", format_number(group.n), f"{group.mean:.2f}", f"{group.top_two:.1%}", interval


def _interval_text(interval: Interval | None) -> str:
    return "none" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
