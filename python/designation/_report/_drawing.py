"""Drawings of dates: lanes of bars and marks, with positions in percent of the width to fit any screen."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from designation import _core
from designation._days import years_after
from designation._rulebooks.rule_index import BENEFITS
from designation._text.wording import RECORD_KEYS, Wording, capitalize, humanize

Drawing = dict[str, Any]
Day = datetime.date

HEADER, LABEL, ROW, GAP, LEGEND = 42, 18, 24, 12, 20  # heights in pixels
LETTER, WIDE, NARROW = 7.0, 940, 330  # widths in pixels
YEARS_BEFORE, MAX_TICKS = 6, 12
EVALUATION_EVENTS = {
    "capability_evaluated": "capability",
    "case_rate_determined": "performance",
    "csat_evaluated": "csat",
}
DECISION_EVENTS = ("badge_awarded", "renewal_approved")
KIND_LABELS = {
    "active": "active",
    "renewal_open": "renewal open",
    "renewal_overdue": "overdue",
    "expired": "expired",
    "not_attained": "not attained",
    "window": "renewal window",
    "pass": "pass in force",
    "record": "on record",
    "met": "met",
    "unmet": "not met",
    "unknown": "unknown",
    "decided": "award, renewal",
    "failed": "failed",
}


class Bar(NamedTuple):
    """A bar from ``from_`` through ``through``, which is None if no end is known."""

    kind: str
    label: str
    from_: Day
    through: Day | None


class Mark(NamedTuple):
    """A mark on a day."""

    kind: str
    label: str
    on: Day


class Lane(NamedTuple):
    """The bars and marks under one label; ``note`` explains an empty lane."""

    label: str
    bars: Sequence[Bar]
    marks: Sequence[Mark] = ()
    note: str = ""


def report_span(partner: _core.Partner, as_of: Day) -> tuple[Day, Day]:
    """Return the days to draw: from the first event of the last years to two years after ``as_of``."""
    earliest = _core.add_years(max(as_of, Day(1906, 1, 1)), -YEARS_BEFORE)
    events = [event.on for event in partner.events or () if event.on >= earliest]
    latest = _core.add_days(as_of, -365) if as_of > Day(1901, 1, 1) else as_of
    return min([*events, latest]), years_after(as_of, 2)


def draw_timeline(partner: _core.Partner, segments: Sequence[_core.Segment], as_of: Day) -> Drawing:
    """Draw statuses, renewal windows, passes, authorizations, contracts and designations."""
    events = partner.events
    missing = "" if events is not None else "the events are not given"
    decisions = [
        Mark("decided", humanize(event.type), event.on) for event in events or () if event.type in DECISION_EVENTS
    ]
    lanes = [
        Lane("Designation", list(_statuses(segments)) if events is not None else [], decisions, missing),
        Lane("Renewal window", list(_windows(segments)), note=missing or "none: never attained"),
    ]
    for name in segments[0].assessment.evaluations:
        fails = [Mark("failed", f"{humanize(name)} failed", on) for on in _fails(events or (), name)]
        lanes.append(
            Lane(capitalize(humanize(name)), list(_passes(segments, name)), fails, missing or "no pass that counts")
        )
    for name, member in RECORD_KEYS.items():
        records: Sequence[Any] | None = getattr(partner, member)
        note = "not given" if records is None else "none"
        lanes.append(Lane(capitalize(humanize(name)), [_record(record) for record in records or ()], note=note))
    title = f"Timeline of {partner.name or partner.id}"
    return _draw("timeline", title, lanes, (segments[0].from_, segments[-1].through), as_of)


def draw_benefits(segments: Sequence[_core.Segment], as_of: Day, wording: Wording) -> Drawing:
    """Draw the verdict of each benefit over time."""
    lanes = []
    for name, rule in BENEFITS.items():
        runs = groupby(segments, lambda segment, name=name: segment.assessment.benefits[name])  # type: ignore[misc]
        bars = [_run(str(verdict), KIND_LABELS[verdict], list(run)) for verdict, run in runs]
        lanes.append(Lane(wording.title(rule), bars))
    return _draw("benefits", "Benefits over time", lanes, (segments[0].from_, segments[-1].through), as_of)


def _draw(name: str, title: str, lanes: Iterable[Lane], span: tuple[Day, Day], as_of: Day) -> Drawing:
    """Place lanes below each other, and list their content as rows of a table."""
    axis = _Axis(*span)
    placed, rows, top = [], [], HEADER
    for lane in lanes:
        placed_lane = _place_lane(lane, axis, top)
        top += placed_lane.pop("rows") * ROW + LABEL + GAP
        placed.append(placed_lane)
        rows += [[lane.label, bar.label, str(bar.from_), str(bar.through or "no end known")] for bar in lane.bars]
        rows += [[lane.label, mark.label, str(mark.on), str(mark.on)] for mark in lane.marks]
        if not lane.bars and not lane.marks:
            rows.append([lane.label, lane.note, "", ""])
    x = axis.position(as_of)
    kinds = {one["kind"] for lane in placed for one in (*lane["bars"], *lane["marks"])}
    legend = [(kind, label) for kind, label in KIND_LABELS.items() if kind in kinds]
    return {
        "name": name,
        "title": f"{title}, {span[0]} to {span[1]}",
        "bottom": top - GAP,
        "height": top + LEGEND * -(-len(legend) // 3),
        "as_of": {"x": x, "label": f"as of {as_of}", "anchor": "end" if x > 60 else "start"},
        "ticks": list(_ticks(axis)),
        "lanes": placed,
        "legend": [
            {"kind": kind, "label": label, "column": index % 3 * 33, "y": top + LEGEND * (index // 3)}
            for index, (kind, label) in enumerate(legend)
        ],
        "rows": rows,
    }


class _Axis(NamedTuple):
    first: Day
    last: Day

    def position(self, day: Day) -> float:
        """Return the position of the beginning of a day, in percent of the width."""
        days = (self.last - self.first).days + 1
        return round(min(max((day - self.first).days / days, 0), 1) * 100, 3)


def _place_lane(lane: Lane, axis: _Axis, top: int) -> dict[str, Any]:
    """Place bars in rows, where bars that overlap in time are below each other."""
    bars, row_ends = [], [Day.min]
    for bar in sorted(lane.bars, key=lambda bar: bar.from_):
        through = bar.through or axis.last
        if through < axis.first or bar.from_ > axis.last:
            continue
        row = next((row for row, end in enumerate(row_ends) if end < bar.from_), len(row_ends))
        row_ends[row:] = [through, *row_ends[row + 1 :]]
        bars.append(_place_bar(bar, axis, top + LABEL + row * ROW))
    marks = [
        {"kind": mark.kind, "x": axis.position(mark.on), "title": f"{mark.on}: {mark.label}"}
        for mark in lane.marks
        if axis.first <= mark.on <= axis.last
    ]
    note = "" if bars or marks else lane.note or "nothing in this period"
    return {"label": lane.label, "y": top, "bars": bars, "marks": marks, "note": note, "rows": len(row_ends)}


def _place_bar(bar: Bar, axis: _Axis, y: int) -> dict[str, Any]:
    """Place a bar; ``room`` tells on which screens its label fits."""
    x = axis.position(bar.from_)
    end = axis.position(bar.through + datetime.timedelta(1)) if bar.through and bar.through < axis.last else 100.0
    share, needed = (end - x) / 100, len(bar.label) * LETTER + 14
    room = "both" if needed <= share * NARROW else "wide" if needed <= share * WIDE else ""
    days = f"{bar.from_} through {bar.through}" if bar.through else f"from {bar.from_}, no end known"
    return {
        "kind": bar.kind,
        "x": x,
        "y": y,
        "width": round(end - x, 3),
        "label": bar.label if room else "",
        "room": room,
        "title": f"{bar.label}: {days}",
    }


def _ticks(axis: _Axis) -> Iterator[dict[str, Any]]:
    years = range(axis.first.year + 1, axis.last.year + 1)
    step = -(-max(len(years), 1) // MAX_TICKS)
    for year in years:
        x = axis.position(Day(year, 1, 1))
        if (year - years[0]) % step == 0:
            yield {"x": x, "label": str(year) if x < 94 else ""}


def _statuses(segments: Sequence[_core.Segment]) -> Iterator[Bar]:
    for (status, at_risk), run in groupby(segments, lambda s: (s.assessment.term.status, s.assessment.term.at_risk)):
        yield _run(str(status), KIND_LABELS[status] + (", at risk" if at_risk else ""), list(run))


def _windows(segments: Sequence[_core.Segment]) -> Iterator[Bar]:
    terms = [segment.assessment.term for segment in segments]
    windows = dict.fromkeys((term.renewal_opens_on, term.renewal_closes_on, term.expires_on) for term in terms)
    for opens, closes, anniversary in windows:
        if opens is not None:
            yield Bar("window", f"for {anniversary}", opens, closes)


def _passes(segments: Sequence[_core.Segment], name: str) -> Iterator[Bar]:
    results = [segment.assessment.evaluations[name] for segment in segments]
    for passed_on, through in dict.fromkeys((result.passed_on, result.valid_through) for result in results):
        if passed_on is not None:
            yield Bar("pass", f"passed {passed_on}", passed_on, through)


def _fails(events: Iterable[_core.Event], name: str) -> Iterator[Day]:
    return (event.on for event in events if EVALUATION_EVENTS.get(event.type) == name and event.outcome == "fail")


def _record(record: Any) -> Bar:
    word = record.area if isinstance(record, _core.SolutionsPartnerDesignation) else record.type
    return Bar("record", humanize(word), record.from_, record.through)


def _run(kind: str, label: str, run: Sequence[_core.Segment]) -> Bar:
    return Bar(kind, label, run[0].from_, run[-1].through)
