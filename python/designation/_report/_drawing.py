"""Drawings of days: lanes of bars and marks, placed in percent of the width, so that they fit any screen."""

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

HEAD, LABEL, ROW, GAP, LEGEND = 42, 18, 24, 12, 20
LETTER, WIDE, NARROW = 7.0, 940, 330
YEARS_BEFORE, MOST_YEARS = 6, 12
EVALUATED = {
    "capability_evaluated": "capability",
    "case_rate_determined": "performance",
    "csat_evaluated": "csat",
}
DECIDED = ("badge_awarded", "renewal_approved")
LEGENDS = {
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


class Fact(NamedTuple):
    """Something that lasts, both days included; without a last day no end is known."""

    kind: str
    label: str
    from_: Day
    through: Day | None


class Mark(NamedTuple):
    """Something that happens on a day."""

    kind: str
    label: str
    on: Day


class Lane(NamedTuple):
    """What is drawn under one label; ``note`` says why there is nothing."""

    label: str
    facts: Sequence[Fact]
    marks: Sequence[Mark] = ()
    note: str = ""


def span_of(partner: _core.Partner, as_of: Day) -> tuple[Day, Day]:
    """Give the days that a report draws: from the first event of the last years to two years after the day."""
    earliest = _core.add_years(max(as_of, Day(1906, 1, 1)), -YEARS_BEFORE)
    events = [event.on for event in partner.events or () if event.on >= earliest]
    latest = _core.add_days(as_of, -365) if as_of > Day(1901, 1, 1) else as_of
    return min([*events, latest]), years_after(as_of, 2)


def timeline_of(partner: _core.Partner, segments: Sequence[_core.Segment], as_of: Day) -> Drawing:
    """Draw terms, windows, passes, authorizations, contracts and designations."""
    events = partner.events
    missing = "" if events is not None else "the events are not given"
    decisions = [Mark("decided", humanize(event.type), event.on) for event in events or () if event.type in DECIDED]
    lanes = [
        Lane("Designation", list(_statuses(segments)) if events is not None else [], decisions, missing),
        Lane("Renewal window", list(_windows(segments)), note=missing or "none: never attained"),
    ]
    for name in segments[0].assessment.evaluations:
        fails = [Mark("failed", f"{humanize(name)} failed", on) for on in _fails(events or (), name)]
        lanes.append(
            Lane(capitalize(humanize(name)), list(_passes(segments, name)), fails, missing or "no pass that counts")
        )
    for name, records in RECORD_KEYS.items():
        given: Sequence[Any] | None = getattr(partner, records)
        facts = [_record(record) for record in given or ()]
        note = "not given" if given is None else "none"
        lanes.append(Lane(capitalize(humanize(name)), facts, note=note))
    who = partner.name or partner.id
    return drawn("timeline", f"Timeline of {who}", lanes, (segments[0].from_, segments[-1].through), as_of)


def benefits_of(segments: Sequence[_core.Segment], as_of: Day, wording: Wording) -> Drawing:
    """Draw on which days each benefit is there."""
    lanes = []
    for name, rule in BENEFITS.items():
        runs = groupby(segments, lambda segment, name=name: segment.assessment.benefits[name])  # type: ignore[misc]
        facts = [_run(str(verdict), LEGENDS[verdict], list(run)) for verdict, run in runs]
        lanes.append(Lane(wording.title(rule), facts))
    return drawn("benefits", "Benefits over time", lanes, (segments[0].from_, segments[-1].through), as_of)


def drawn(name: str, title: str, lanes: Iterable[Lane], span: tuple[Day, Day], as_of: Day) -> Drawing:
    """Place lanes; a drawing also holds the same as rows of a table."""
    axis = _Axis(*span)
    placed, rows, top = [], [], HEAD
    for lane in lanes:
        made = _lane(lane, axis, top)
        top += made.pop("rows") * ROW + LABEL + GAP
        placed.append(made)
        rows += [[lane.label, f.label, str(f.from_), str(f.through or "no end known")] for f in lane.facts]
        rows += [[lane.label, mark.label, str(mark.on), str(mark.on)] for mark in lane.marks]
        if not lane.facts and not lane.marks:
            rows.append([lane.label, lane.note, "", ""])
    today = axis.at(as_of)
    kinds = {one["kind"] for lane in placed for one in (*lane["bars"], *lane["marks"])}
    legend = [(kind, said) for kind, said in LEGENDS.items() if kind in kinds]
    return {
        "name": name,
        "title": f"{title}, {span[0]} to {span[1]}",
        "bottom": top - GAP,
        "height": top + LEGEND * -(-len(legend) // 3),
        "today": {"x": today, "label": f"as of {as_of}", "anchor": "end" if today > 60 else "start"},
        "ticks": list(_ticks(axis)),
        "lanes": placed,
        "legend": [
            {"kind": kind, "said": said, "column": place % 3 * 33, "y": top + LEGEND * (place // 3)}
            for place, (kind, said) in enumerate(legend)
        ],
        "rows": rows,
    }


class _Axis(NamedTuple):
    first: Day
    last: Day

    def at(self, day: Day) -> float:
        """Place the beginning of a day, in percent of the width."""
        days = (self.last - self.first).days + 1
        return round(min(max((day - self.first).days / days, 0), 1) * 100, 3)


def _lane(lane: Lane, axis: _Axis, top: int) -> dict[str, Any]:
    bars, ends = [], [Day.min]
    for fact in sorted(lane.facts, key=lambda fact: fact.from_):
        through = fact.through or axis.last
        if through < axis.first or fact.from_ > axis.last:
            continue
        row = next((row for row, end in enumerate(ends) if end < fact.from_), len(ends))
        ends[row:] = [through, *ends[row + 1 :]]
        bars.append(_bar(fact, axis, top + LABEL + row * ROW))
    marks = [
        {"kind": mark.kind, "x": axis.at(mark.on), "title": f"{mark.on}: {mark.label}"}
        for mark in lane.marks
        if axis.first <= mark.on <= axis.last
    ]
    note = "" if bars or marks else lane.note or "nothing in these days"
    return {"label": lane.label, "y": top, "bars": bars, "marks": marks, "note": note, "rows": len(ends)}


def _bar(fact: Fact, axis: _Axis, y: int) -> dict[str, Any]:
    x = axis.at(fact.from_)
    end = 100.0 if fact.through is None or fact.through >= axis.last else axis.at(fact.through + datetime.timedelta(1))
    share, needed = (end - x) / 100, len(fact.label) * LETTER + 14
    room = "both" if needed <= share * NARROW else "wide" if needed <= share * WIDE else ""
    through = f"to {fact.through}" if fact.through else "on, no end known"
    return {
        "kind": fact.kind,
        "x": x,
        "y": y,
        "width": round(end - x, 3),
        "label": fact.label if room else "",
        "room": room,
        "title": f"{fact.label}: {fact.from_} {through}",
    }


def _ticks(axis: _Axis) -> Iterator[dict[str, Any]]:
    years = range(axis.first.year + 1, axis.last.year + 1)
    step = -(-max(len(years), 1) // MOST_YEARS)
    for year in years:
        x = axis.at(Day(year, 1, 1))
        if (year - years[0]) % step == 0:
            yield {"x": x, "label": str(year) if x < 94 else ""}


def _statuses(segments: Sequence[_core.Segment]) -> Iterator[Fact]:
    for (status, at_risk), run in groupby(segments, lambda s: (s.assessment.term.status, s.assessment.term.at_risk)):
        yield _run(str(status), LEGENDS[status] + (", at risk" if at_risk else ""), list(run))


def _windows(segments: Sequence[_core.Segment]) -> Iterator[Fact]:
    terms = [segment.assessment.term for segment in segments]
    windows = dict.fromkeys((term.renewal_opens_on, term.renewal_closes_on, term.expires_on) for term in terms)
    for opens, closes, anniversary in windows:
        if opens is not None:
            yield Fact("window", f"for {anniversary}", opens, closes)


def _passes(segments: Sequence[_core.Segment], name: str) -> Iterator[Fact]:
    results = [segment.assessment.evaluations[name] for segment in segments]
    for passed, through in dict.fromkeys((result.passed_on, result.valid_through) for result in results):
        if passed is not None:
            yield Fact("pass", f"passed {passed}", passed, through)


def _fails(events: Iterable[_core.Event], name: str) -> Iterator[Day]:
    return (event.on for event in events if EVALUATED.get(event.type) == name and event.outcome == "fail")


def _record(record: Any) -> Fact:
    word = record.area if isinstance(record, _core.SolutionsPartnerDesignation) else record.type
    return Fact("record", humanize(word), record.from_, record.through)


def _run(kind: str, label: str, run: Sequence[_core.Segment]) -> Fact:
    return Fact(kind, label, run[0].from_, run[-1].through)
