"""A plot of timelines: the statuses of 1 to 30 partners, and for a single one its windows, passes and records."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from designation import _core
from designation._answers.timeline import Timeline, drawn_span
from designation._answers.timeline import timeline as compute_timeline
from designation._api import as_partner
from designation._days import day_or_today
from designation._lazy import lazy
from designation._records import TYPE_FIELDS
from designation._text.tokens import TOKENS, standing
from designation._text.wording import capitalize, format_count, humanize, partner_label
from designation.plot._style import (
    BLACK,
    SMALL,
    axes_or_new,
    escape,
    finish,
    fit_text,
    room_of,
    set_height,
    text_width,
    token_style,
    use_date_axis,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

dates = lazy("matplotlib.dates", "plot")

RECORDS = {
    "support_contracts": "Contract",
    "solutions_partner_designations": "Solutions Partner",
    "csp_authorizations": "CSP",
}
HEIGHT = 0.6
MOST_PARTNERS = 30
LABEL_WIDTH = 150  # of the label of a lane, in points
Day = datetime.date
PartnerSource = _core.Partner | Mapping[str, Any] | str | os.PathLike[str]


class Bar(NamedTuple):
    """A bar from ``from_`` through ``through``, or without an end, with the name of its token and its own words."""

    from_: Day
    through: Day | None
    token: str
    words: str = ""


class Lane(NamedTuple):
    """A labeled row of bars, and the days that are marked on it."""

    label: str
    bars: list[Bar]
    marks: tuple[Day, ...] = ()


def timeline(
    source: Timeline | PartnerSource | Sequence[Timeline | PartnerSource],
    *,
    as_of: datetime.date | str | None = None,
    ax: Axes | None = None,
) -> Any:
    """Draw a timeline: status, renewal windows, passes, contracts, designations and authorizations.

    Args:
        source: A timeline; or a partner (a record, a dict, or a path), which is drawn from the first event to two
            years after ``as_of``, by the default policy; or a list of at most 30 of them, each of which becomes a row
            with its statuses.
        as_of: The date that a line marks, if it is in the span; default: today.
        ax: The axes to draw on.

    Raises:
        ValueError: The list is empty or has more than 30 partners.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> ax = dsg.plot.timeline(dsg.timeline(partner, from_="2026-01-01", through="2028-12-31"), as_of="2026-09-15")
        >>> [label.get_text() for label in ax.get_yticklabels()][:2]
        ['Designation', 'Renewal window']
    """
    day = day_or_today(as_of)
    is_one = isinstance(source, Timeline | _core.Partner | Mapping | str | os.PathLike)
    given: Sequence[Any] = [source] if is_one else source  # type: ignore[assignment]
    sources = [one if isinstance(one, Timeline) else as_partner(one) for one in given[: MOST_PARTNERS + 1]]
    if not 1 <= len(sources) <= MOST_PARTNERS:
        raise ValueError(f"a plot shows 1 to {MOST_PARTNERS} partners, not {len(given):,}")
    lines = _timelines(sources, day)
    first = min(line.segments[0].from_ for line in lines)
    last = max(line.segments[-1].through for line in lines)
    partner = lines[0].segments[0].assessment.partner
    lanes = list(_partner_lanes(lines[0], partner, first) if is_one else map(_portfolio_lane, lines))
    name = partner_label(partner) if is_one else format_count(len(lines), "partner")
    axes = axes_or_new(ax)
    room = min(LABEL_WIDTH, 0.4 * room_of(axes))
    labels = [fit_text(lane.label, room, SMALL) for lane in lanes]
    set_height(axes, 1.8 + len(lanes) * max(0.3, 0.16 * max(map(len, labels))))
    for position, lane in enumerate(lanes):
        for bar in lane.bars:
            _draw(axes, position, bar, first, last)
        if lane.marks:
            axes.plot(lane.marks, [position] * len(lane.marks), "d", color=BLACK, label="anniversary")
    axes.set_yticks(range(len(lanes)), ["\n".join(lines) for lines in labels], fontsize="small")
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(first, last + datetime.timedelta(1))
    use_date_axis(axes)
    if first <= day <= last:
        axes.axvline(day, color=BLACK, linestyle="--", label=f"as of {day}")
    finish(axes, f"{name}, {first} to {last}")
    _label_bars(axes, lanes, first, last)
    return axes


def _timelines(sources: Sequence[Timeline | _core.Partner], day: Day) -> list[Timeline]:
    """Return timelines; partners are computed over one period, that of all of them."""
    spans = [drawn_span(source, day) for source in sources if not isinstance(source, Timeline)]
    first, last = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else (day, day)
    return [source if isinstance(source, Timeline) else compute_timeline(source, first, last) for source in sources]


def _partner_lanes(line: Timeline, partner: _core.Partner, first: Day) -> Iterator[Lane]:
    yield Lane("Designation", _status_bars(line))
    yield _window_lane(line)
    yield from _pass_lanes(line)
    yield from _record_lanes(partner, first)


def _portfolio_lane(line: Timeline) -> Lane:
    partner = line.segments[0].assessment.partner
    return Lane(partner.name or partner.id, _status_bars(line), _anniversaries(line))


def _status_bars(line: Timeline) -> list[Bar]:
    runs = _runs(line, lambda assessment: (assessment.term.status, assessment.term.at_risk))
    return [
        Bar(*days, standing(status, at_risk), humanize(status) + (", at risk" if at_risk else ""))
        for days, (status, at_risk) in runs
    ]


def _anniversaries(line: Timeline) -> tuple[Day, ...]:
    terms = (segment.assessment.term for segment in line.segments)
    return tuple(dict.fromkeys(term.expires_on for term in terms if term.expires_on))


def _window_lane(line: Timeline) -> Lane:
    terms = [segment.assessment.term for segment in line.segments]
    windows = dict.fromkeys((term.renewal_opens_on, term.renewal_closes_on) for term in terms)
    return Lane("Renewal window", [Bar(*days, "window") for days in windows if days[0]], _anniversaries(line))  # type: ignore[arg-type]


def _pass_lanes(line: Timeline) -> Iterator[Lane]:
    for name in line.segments[0].assessment.evaluations:
        runs = _runs(line, lambda assessment, name=name: _pass(assessment.evaluations[name]))  # type: ignore[misc]
        bars = [Bar(*days, "pass" if known else "unknown") for days, known in runs if known != ()]
        yield Lane(f"{capitalize(humanize(name))} pass", bars)


def _pass(result: _core.EvaluationResult) -> tuple[Any, ...] | None:
    """Return a key for the pass that counts: None if it is unknown, and an empty tuple if there is none."""
    if result.verdict == "unknown":
        return None
    return (result.passed_on,) if result.verdict == "met" else ()


def _record_lanes(partner: _core.Partner, first: Day) -> Iterator[Lane]:
    for key, label in RECORDS.items():
        records, kind = getattr(partner, key), TYPE_FIELDS[key].name
        if records is None:
            yield Lane(label, [Bar(first, None, "unknown")])
        for name in dict.fromkeys(getattr(record, kind) for record in records or ()):
            matching = [record for record in records if getattr(record, kind) == name]
            bars = [Bar(record.from_, record.through, "record", humanize(name)) for record in matching]
            yield Lane(f"{label}: {humanize(name)}", bars)


def _runs(line: Timeline, key: Callable[[_core.Assessment], Any]) -> Iterator[tuple[tuple[Day, Day], Any]]:
    """Join consecutive segments whose assessments have the same key."""
    for value, run in groupby(line.segments, lambda segment: key(segment.assessment)):
        segments = list(run)
        yield (segments[0].from_, segments[-1].through), value


def _visible(bar: Bar, first: Day, last: Day) -> tuple[Day, int] | None:
    """Return the first day and the days of the visible part of a bar; None if no part is visible."""
    from_, through = max(bar.from_, first), min(bar.through or last, last)
    return (from_, (through - from_).days + 1) if from_ <= through else None


def _draw(ax: Any, position: int, bar: Bar, first: Day, last: Day) -> None:
    if part := _visible(bar, first, last):
        token = TOKENS[bar.token]
        ax.barh(position, datetime.timedelta(part[1]), HEIGHT, left=part[0], label=token.word, **token_style(token))


def _label_bars(ax: Any, lanes: Sequence[Lane], first: Day, last: Day) -> None:
    """Write what each bar is and its last day into it, as far as there is room."""
    width = room_of(ax) / ((last - first).days + 1)  # of a day, in points
    for position, lane in enumerate(lanes):
        for bar in lane.bars:
            if part := _visible(bar, first, last):
                room, word = part[1] * width - 8, bar.words or TOKENS[bar.token].word
                through = f"{word} through {bar.through}" if bar.through and bar.through < last else word
                text = next((each for each in (through, word) if text_width(each, SMALL) <= room), "")
                style = {"textcoords": "offset points", "va": "center", "fontsize": "small"}
                box = {"boxstyle": "square,pad=0.1", "facecolor": TOKENS[bar.token].light.fill, "edgecolor": "none"}
                if text:
                    ax.annotate(escape(text), (dates.date2num(part[0]), position), (4, 0), bbox=box, **style)
