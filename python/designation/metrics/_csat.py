"""The CSAT score: the mean of the answers of a period on the scale from 1 to 5 (spec, SSD-M3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from designation import _core
from designation._text.figures import Shown, number, table
from designation._text.layout import EMPTY, Line, Span, fill, row
from designation.metrics._account import Quality
from designation.metrics._answers import Answers, Scores, scale_of
from designation.metrics._columns import columns_of
from designation.metrics._intervals import LEVEL, check_level, of_mean, of_mean_by_bootstrap, of_share
from designation.metrics._mistakes import mistake, nearest
from designation.metrics._period import Period, period_of
from designation.metrics._policy import Check, threshold
from designation.metrics._source import table_of

Interval = tuple[float, float]


class Programme(NamedTuple):
    """Facts of the measurement programme, in the user's words: who is asked, how, and when."""

    coverage: str | None = None
    method: str | None = None
    period: str | None = None


class Part(NamedTuple):
    """The score of a month or a group; ``top_two`` is the share of 4 and 5."""

    key: str | None
    n: int
    mean: float
    top_two: float
    interval: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """Give the part as JSON has it."""
        return {**self._asdict(), "interval": self.interval and list(self.interval)}


@dataclass(frozen=True, repr=False)
class Csat(Shown):
    """A CSAT score as `csat` gives it.

    ``mean`` of ``n`` answers; ``scores`` says how often each was given; ``top_two`` is the share of 4 and 5.
    ``interval`` is Student's, cut at the ends of the scale, ``bootstrap`` that of resampling, both None below two
    answers; ``top_two_interval`` is exact. ``quality`` is the account of every row.
    """

    mean: float
    n: int
    scores: tuple[tuple[float, int], ...]
    top_two: float
    interval: Interval | None
    bootstrap: Interval | None
    top_two_interval: Interval
    level: float
    scale: str
    period: Period | None
    reading: str
    invited: int | None
    programme: Programme
    groups: tuple[tuple[str, tuple[Part, ...]], ...]
    quality: Quality

    @property
    def distribution(self) -> dict[float, int]:
        """How often each score was given."""
        return dict(self.scores)

    @property
    def by(self) -> dict[str, tuple[Part, ...]]:
        """The parts by the name of the breakdown."""
        return dict(self.groups)

    @property
    def response_rate(self) -> float | None:
        """The share of the invitations that were answered; None where they are not known."""
        return self.n / self.invited if self.invited else None

    def against(self, policy: _core.Policy | Mapping[str, Any]) -> Check:
        """Hold the score against the threshold of a policy, which is the user's own and no rule of the program.

        Raises:
            InputError: The policy has no such threshold.
        """
        at_least = threshold(policy, "csat")["at_least"]
        room = f"{abs(self.mean - at_least):.2f} {'above' if self.mean >= at_least else 'below'} it"
        surely = self.interval is not None and self.interval[0] >= at_least
        return Check("csat", f"at least {at_least:g}", self.mean, self.mean >= at_least, surely, room, at_least)

    def csat_evaluated(self, on: Any, outcome: str) -> _core.Event:
        """Make the event that ISSI has evaluated CSAT on a day; the outcome is ISSI's."""
        notes = f"{self.n} answers, {self.period or 'all days'}"
        return _core.Event(on=on, type="csat_evaluated", outcome=outcome, score=self.mean, notes=notes)

    def to_dict(self) -> dict[str, Any]:
        """Give the score as JSON has it."""
        period = self.period and {"from": str(self.period.from_), "through": str(self.period.through)}
        return {
            "metric": "csat",
            "mean": self.mean,
            "n": self.n,
            "distribution": {f"{score:g}": count for score, count in self.scores},
            "top_two": self.top_two,
            "interval": self.interval and list(self.interval),
            "bootstrap": self.bootstrap and list(self.bootstrap),
            "top_two_interval": list(self.top_two_interval),
            "level": self.level,
            "scale": self.scale,
            "period": period,
            "reading": self.reading,
            "invited": self.invited,
            "response_rate": self.response_rate,
            "programme": self.programme._asdict(),
            "by": {name: [part.to_dict() for part in parts] for name, parts in self.groups},
            "quality": self.quality.to_dict(),
        }

    def lines(self) -> Iterable[Line]:
        """Lay out the score at 80 columns."""
        yield from fill(Span(f"CSAT, {self.period or 'all days'}", "label"))
        yield from row("Score", Span(f"{self.mean:.2f} of 5, {number(self.n)} answers; scale {self.scale}"))
        sure = f"{self.level:.0%} interval {_said(self.interval)} (Student), {_said(self.bootstrap)} (bootstrap)"
        yield from row("", Span(sure, "muted"))
        low, high = self.top_two_interval
        yield from row("4 and 5", Span(f"{self.top_two:.1%} of the answers"))
        yield from row("", Span(f"{self.level:.0%} interval {low:.1%} to {high:.1%} (exact)", "muted"))
        for score, count in reversed(self.scores):
            share = count / self.n
            bar = "█" * round(share * 40)
            yield (Span(f"{f'{score:g}':>14}  ", "label"), Span(f"{number(count):>9} {share:>6.1%} {bar}"))
        if self.invited is not None:
            said = f"{self.response_rate:.1%} of {number(self.invited)} invitations"
            yield from row("Response rate", Span(said))
        for name, fact in self.programme._asdict().items():
            if fact is not None:
                yield from row(name.capitalize(), Span(fact))
        yield from row("Days", Span(self.reading))
        yield from self.quality.lines()
        for name, parts in self.groups:
            yield EMPTY
            rows = [
                (part.key or "(blank)", number(part.n), f"{part.mean:.2f}", f"{part.top_two:.1%}", _said(part.interval))
                for part in parts
            ]
            yield from table(
                (name[:1].upper() + name[1:], "Answers", "Score", "4 and 5", f"{self.level:.0%} interval"), rows
            )

    def __repr__(self) -> str:
        return f"<Csat {self.mean:.2f}: {self.n} answers, {self.period or 'all days'}>"


def csat(  # noqa: PLR0913
    responses: Any,
    period: Any = None,
    *,
    columns: str | Mapping[str, Any] | None = None,
    scale: Mapping[Any, float] | None = None,
    off_scale: str = "error",
    by: str | Sequence[str] = (),
    invited: int | str | None = None,
    programme: Mapping[str, str] | None = None,
    level: float = LEVEL,
) -> Csat:
    """Give the CSAT score of a period, with its distribution and uncertainty.

    Args:
        responses: A file or a frame, as for `case_rate`, with ``score`` and, for a period, ``answered``; where there is
            an ``id``, its first answer counts.
        period: As for `case_rate`; default: all days.
        columns: The column mapping: the name of one (`MAPPINGS`), or a dict.
        scale: What the values stand for, where they are not the scores 1 to 5: ``{"good": 5, "bad": 1}``.
        off_scale: ``"error"`` refuses values off the scale, ``"exclude"`` puts them into the account.
        by: Breakdowns: ``"month"`` or any column.
        invited: How many were invited; ``"rows"`` where rows without an answer are invitations, too.
        programme: Facts for the record: ``coverage``, ``method``, ``period``.
        level: The level of intervals.

    Raises:
        InputError: Values off the scale, no answer at all, columns that are not there, and so on.

    Example:
        >>> import designation as dsg, polars as pl
        >>> found = dsg.metrics.csat(pl.DataFrame({"score": [5, 4, 4, None, 2]}))
        >>> found.mean, found.n, found.top_two, found.distribution
        (3.75, 4, 0.75, {1: 0, 2: 1, 3: 0, 4: 2, 5: 1})
        >>> dsg.metrics.csat(pl.DataFrame({"score": ["good", "bad"]}), scale={"good": 5, "bad": 1}).mean
        3.0
    """
    if off_scale not in ("error", "exclude"):
        raise mistake("off_scale", f'{off_scale!r} is neither "error" nor "exclude"', "/off_scale")
    check_level(level)
    facts, levels = _programme(programme), scale_of(scale)
    wanted = (by,) if isinstance(by, str) else tuple(by)
    days = None if period is None else period_of(period)
    answers = Answers(table_of(responses, "responses"), columns_of(columns), levels, days, wanted)
    counted = answers.count(exclude_off_scale=off_scale == "exclude")
    if not counted.scores:
        raise mistake("no_answers", f"no answer counts: {_reasons(counted.quality)}", file=answers.table.name)
    scores = {score: counted.scores.get(score, 0) for score in levels.levels}
    whole = _part(None, scores, level)
    return Csat(
        mean=whole.mean,
        n=whole.n,
        scores=tuple(scores.items()),
        top_two=whole.top_two,
        interval=whole.interval,
        bootstrap=of_mean_by_bootstrap(scores, level),
        top_two_interval=of_share(_top_two(scores), whole.n, level),
        level=level,
        scale=levels.said,
        period=days,
        reading=counted.reading,
        invited=_invited(invited, counted.quality),
        programme=facts,
        groups=tuple((name, _parts(name, counted.groups[name], level)) for name in wanted),
        quality=counted.quality,
    )


def _parts(name: str, groups: Mapping[str | None, Scores], level: float) -> tuple[Part, ...]:
    parts = [_part(key, scores, level) for key, scores in groups.items()]
    return tuple(sorted(parts, key=lambda part: (name != "month" and -part.n, part.key or "")))


def _part(key: str | None, scores: Scores, level: float) -> Part:
    n = sum(scores.values())
    mean = sum((Fraction(score) * count for score, count in scores.items()), Fraction()) / n
    interval = of_mean(scores, level)
    cut = None if interval is None else (max(interval[0], 1.0), min(interval[1], 5.0))
    return Part(key, n, float(mean), _top_two(scores) / n, cut)


def _top_two(scores: Scores) -> int:
    return sum(count for score, count in scores.items() if score >= 4)


def _invited(invited: Any, quality: Quality) -> int | None:
    if invited is None:
        return None
    if invited == "rows":
        return quality.counted + quality.not_counted.get("blank", 0)
    if isinstance(invited, bool) or not isinstance(invited, int) or invited < quality.counted:
        what = f'invitations are a whole number, not below the {quality.counted} answers, or "rows"; not {invited!r}'
        raise mistake("range", what, "/invited")
    return invited


def _programme(given: Mapping[str, str] | None) -> Programme:
    facts = dict(given or {})
    for key, fact in facts.items():
        if key not in Programme._fields:
            raise mistake("unknown_key", f'"{key}" is not known{nearest(str(key), Programme._fields)}', "/programme")
        if not isinstance(fact, str):
            raise mistake("type", f"{fact!r} is no text", f"/programme/{key}")
    return Programme(**facts)


def _reasons(quality: Quality) -> str:
    said = ", ".join(f"{rows} {reason}" for reason, rows in quality.not_counted.items())
    return f"of {quality.rows} rows {said}" if said else "there are no rows"


def _said(interval: Interval | None) -> str:
    return "none" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
