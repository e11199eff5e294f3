"""A plot of a partner's timeline: statuses, renewal windows, passes, contracts, designations and authorizations."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from designation import _core
from designation._answers.timeline import Timeline, drawn_span
from designation._answers.timeline import timeline as compute_timeline
from designation._days import day_or_today
from designation._records import TYPE_FIELDS
from designation._text.wording import capitalize, humanize, partner_label
from designation.plot._style import (
    BLACK,
    EDGE,
    GREEN,
    PINK,
    STATUSES,
    YELLOW,
    axes_or_new,
    escape,
    finish,
    use_date_axis,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RECORDS = {
    "support_contracts": "Contract",
    "solutions_partner_designations": "Solutions Partner",
    "csp_authorizations": "CSP",
}
UNKNOWN = {**STATUSES["unknown"], "label": "unknown"}
HEIGHT = 0.6


class Bar(NamedTuple):
    """A bar from ``from_`` through ``through``, or without an end, and its style."""

    from_: datetime.date
    through: datetime.date | None
    style: dict[str, str]


class Lane(NamedTuple):
    """A labeled row of bars, and the days that are marked on it."""

    label: str
    bars: list[Bar]
    marks: tuple[datetime.date, ...] = ()


def timeline(
    source: Timeline | _core.Partner, *, as_of: datetime.date | str | None = None, ax: Axes | None = None
) -> Any:
    """Draw a timeline: status, renewal windows, passes, contracts, designations and authorizations.

    Args:
        source: A timeline; or a partner, which is drawn from the first event to two years after ``as_of``, by the
            default policy.
        as_of: The date that a line marks, if it is in the span; default: today.
        ax: The axes to draw on.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> ax = dsg.plot.timeline(dsg.timeline(partner, from_="2026-01-01", through="2028-12-31"), as_of="2026-09-15")
        >>> [label.get_text() for label in ax.get_yticklabels()][:2]
        ['Designation', 'Renewal window']
    """
    day = day_or_today(as_of)
    line = source if isinstance(source, Timeline) else compute_timeline(source, *drawn_span(source, day))
    first, last = line.segments[0].from_, line.segments[-1].through
    partner = line.segments[0].assessment.partner
    lanes = [_status_lane(line), _window_lane(line), *_pass_lanes(line), *_record_lanes(partner, first)]
    axes = axes_or_new(ax, 1.6 + 0.3 * len(lanes))
    for position, lane in enumerate(lanes):
        for bar in lane.bars:
            _draw(axes, position, bar, first, last)
        if lane.marks:
            axes.plot(lane.marks, [position] * len(lane.marks), "d", color=BLACK, label="anniversary")
    axes.set_yticks(range(len(lanes)), [escape(lane.label) for lane in lanes], fontsize="small")
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(first, last + datetime.timedelta(1))
    use_date_axis(axes)
    if first <= day <= last:
        axes.axvline(day, color=BLACK, linestyle="--", label=f"as of {day}")
    return finish(axes, f"{partner_label(partner)}, {first} to {last}")


def _status_lane(line: Timeline) -> Lane:
    runs = _runs(line, lambda assessment: str(assessment.term.status))
    return Lane("Designation", [Bar(*days, {**STATUSES[status], "label": humanize(status)}) for days, status in runs])


def _window_lane(line: Timeline) -> Lane:
    terms = [segment.assessment.term for segment in line.segments]
    windows = dict.fromkeys((term.renewal_opens_on, term.renewal_closes_on) for term in terms)
    bars = [Bar(opens, closes, {"facecolor": GREEN}) for opens, closes in windows if opens]
    return Lane("Renewal window", bars, tuple(dict.fromkeys(term.expires_on for term in terms if term.expires_on)))


def _pass_lanes(line: Timeline) -> Iterator[Lane]:
    for name in line.segments[0].assessment.evaluations:
        runs = _runs(line, lambda assessment, name=name: _pass(assessment.evaluations[name]))  # type: ignore[misc]
        bars = [Bar(*days, {"facecolor": YELLOW} if known else UNKNOWN) for days, known in runs if known != ()]
        yield Lane(f"{capitalize(humanize(name))} pass", bars)


def _pass(result: _core.EvaluationResult) -> tuple[Any, ...] | None:
    """Return a key for the pass that counts: None if it is unknown, and an empty tuple if there is none."""
    if result.verdict == "unknown":
        return None
    return (result.passed_on,) if result.verdict == "met" else ()


def _record_lanes(partner: _core.Partner, first: datetime.date) -> Iterator[Lane]:
    for key, label in RECORDS.items():
        records, kind = getattr(partner, key), TYPE_FIELDS[key].name
        if records is None:
            yield Lane(label, [Bar(first, None, UNKNOWN)])
        for name in dict.fromkeys(getattr(record, kind) for record in records or ()):
            matching = [record for record in records if getattr(record, kind) == name]
            bars = [Bar(record.from_, record.through, {"facecolor": PINK}) for record in matching]
            yield Lane(f"{label}: {humanize(name)}", bars)


def _runs(
    line: Timeline, key: Callable[[_core.Assessment], Any]
) -> Iterator[tuple[tuple[datetime.date, datetime.date], Any]]:
    """Join consecutive segments whose assessments have the same key."""
    for value, run in groupby(line.segments, lambda segment: key(segment.assessment)):
        segments = list(run)
        yield (segments[0].from_, segments[-1].through), value


def _draw(ax: Any, position: int, bar: Bar, first: datetime.date, last: datetime.date) -> None:
    from_, through = max(bar.from_, first), min(bar.through or last, last)
    if from_ <= through:
        days = datetime.timedelta((through - from_).days + 1)
        ax.barh(position, days, HEIGHT, left=from_, **EDGE, **bar.style)
