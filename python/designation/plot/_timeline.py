"""A partner's line as a picture: terms, windows, passes, contracts and designations over time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from designation import _core
from designation._answers.timeline import Timeline, default_span
from designation._answers.timeline import timeline as line_of
from designation._days import day_or_today
from designation._text.wording import humanize, partner_label
from designation.plot._style import BLACK, EDGE, GREEN, PINK, STATUSES, YELLOW, axes_of, dated, finish, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RECORDS = {
    "support_contracts": ("Contract", "type"),
    "solutions_partner_designations": ("Solutions Partner", "area"),
    "csp_authorizations": ("CSP", "type"),
}
UNKNOWN = {**STATUSES["unknown"], "label": "unknown"}
HEIGHT = 0.6


class Bar(NamedTuple):
    """The days from ``from_`` through ``through``, or without an end, and how they are drawn."""

    from_: datetime.date
    through: datetime.date | None
    style: dict[str, str]


class Row(NamedTuple):
    """Bars beside a name, and days that are marked on them."""

    name: str
    bars: list[Bar]
    marks: tuple[datetime.date, ...] = ()


def timeline(of: Timeline | _core.Partner, *, as_of: datetime.date | str | None = None, ax: Axes | None = None) -> Any:
    """Draw what a partner holds when: status, renewal windows, passes, contracts, designations and authorizations.

    Args:
        of: A timeline; or a partner, from the first event to two years after ``as_of``, by the default policy.
        as_of: The day that a line marks, where the span has it; default: today.
        ax: The axes to draw on.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> ax = dsg.plot.timeline(dsg.timeline(partner, from_="2026-01-01", through="2028-12-31"), as_of="2026-09-15")
        >>> [label.get_text() for label in ax.get_yticklabels()][:2]
        ['Designation', 'Renewal window']
    """
    day = day_or_today(as_of)
    line = of if isinstance(of, Timeline) else line_of(of, *_span(of, day))
    first, last = line.segments[0].from_, line.segments[-1].through
    partner = line.segments[0].assessment.partner
    rows = [_status(line), _windows(line), *_passes(line), *_facts(partner, first)]
    axes = axes_of(ax, 1.6 + 0.3 * len(rows))
    for place, row in enumerate(rows):
        for bar in row.bars:
            _draw(axes, place, bar, first, last)
        if row.marks:
            axes.plot(row.marks, [place] * len(row.marks), "d", color=BLACK, label="anniversary")
    axes.set_yticks(range(len(rows)), [plain(row.name) for row in rows], fontsize="small")
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(first, last + datetime.timedelta(1))
    dated(axes)
    if first <= day <= last:
        axes.axvline(day, color=BLACK, linestyle="--", label=f"as of {day}")
    return finish(axes, f"{partner_label(partner)}, {first} to {last}")


def _span(partner: _core.Partner, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Begin with the first event: contracts may be much older."""
    first, last = default_span(partner, day)
    return min((event.on for event in partner.events or ()), default=first), last


def _status(line: Timeline) -> Row:
    runs = _runs(line, lambda assessment: str(assessment.term.status))
    return Row("Designation", [Bar(*days, {**STATUSES[word], "label": humanize(word)}) for days, word in runs])


def _windows(line: Timeline) -> Row:
    terms = [segment.assessment.term for segment in line.segments]
    windows = dict.fromkeys((term.renewal_opens_on, term.renewal_closes_on) for term in terms)
    bars = [Bar(opens, closes, {"facecolor": GREEN}) for opens, closes in windows if opens]
    return Row("Renewal window", bars, tuple(dict.fromkeys(term.expires_on for term in terms if term.expires_on)))


def _passes(line: Timeline) -> Iterator[Row]:
    for name in line.segments[0].assessment.evaluations:
        runs = _runs(line, lambda assessment, name=name: _pass(assessment.evaluations[name]))  # type: ignore[misc]
        bars = [Bar(*days, {"facecolor": YELLOW} if known else UNKNOWN) for days, known in runs if known != ()]
        yield Row(f"{humanize(name)[:1].upper()}{humanize(name)[1:]} pass", bars)


def _pass(result: _core.EvaluationResult) -> tuple[Any, ...] | None:
    """Tell passes that count apart; () is none, None is unknown."""
    if result.verdict == "unknown":
        return None
    return (result.passed_on,) if result.verdict == "met" else ()


def _facts(partner: _core.Partner, first: datetime.date) -> Iterator[Row]:
    for key, (label, kind) in RECORDS.items():
        records = getattr(partner, key)
        if records is None:
            yield Row(label, [Bar(first, None, UNKNOWN)])
        for name in dict.fromkeys(getattr(record, kind) for record in records or ()):
            alike = [record for record in records if getattr(record, kind) == name]
            bars = [Bar(record.from_, record.through, {"facecolor": PINK}) for record in alike]
            yield Row(f"{label}: {humanize(name)}", bars)


def _runs(
    line: Timeline, said: Callable[[_core.Assessment], Any]
) -> Iterator[tuple[tuple[datetime.date, datetime.date], Any]]:
    """Join the segments of which the same is said."""
    for word, run in groupby(line.segments, lambda segment: said(segment.assessment)):
        segments = list(run)
        yield (segments[0].from_, segments[-1].through), word


def _draw(ax: Any, place: int, bar: Bar, first: datetime.date, last: datetime.date) -> None:
    from_, through = max(bar.from_, first), min(bar.through or last, last)
    if from_ <= through:
        days = datetime.timedelta((through - from_).days + 1)
        ax.barh(place, days, HEIGHT, left=from_, **EDGE, **bar.style)
