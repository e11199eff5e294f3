"""Drawings of dates: what a timeline and the benefits over time show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from designation import _core
from designation._days import years_after
from designation._rulebooks.rule_index import BENEFITS
from designation._text.placement import Bar, Day, Drawing, Lane, Mark, place
from designation._text.tokens import standing
from designation._text.wording import RECORD_KEYS, Wording, capitalize, humanize

YEARS_BEFORE = 6
EVALUATION_EVENTS = {
    "capability_evaluated": "capability",
    "case_rate_determined": "performance",
    "csat_evaluated": "csat",
}
DECISION_EVENTS = ("badge_awarded", "renewal_approved")


def report_span(partner: _core.Partner, as_of: Day) -> tuple[Day, Day]:
    """Return the days to draw: from the first event of the last years to two years after ``as_of``."""
    earliest = _core.add_years(max(as_of, Day(1906, 1, 1)), -YEARS_BEFORE)
    events = [event.on for event in partner.events or () if event.on >= earliest]
    latest = _core.add_days(as_of, -365) if as_of > Day(1901, 1, 1) else as_of
    return min([*events, latest]), years_after(as_of, 2)


def draw_timeline(
    partner: _core.Partner, segments: Sequence[_core.Segment], as_of: Day, *, with_records: bool = True
) -> Drawing:
    """Draw statuses, renewal windows, and passes, and with the records authorizations, contracts, and designations."""
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
    for name, member in RECORD_KEYS.items() if with_records else ():
        records: Sequence[Any] | None = getattr(partner, member)
        note = "not given" if records is None else "none"
        lanes.append(Lane(capitalize(humanize(name)), [_record(record) for record in records or ()], note=note))
    title = f"Timeline of {partner.name or partner.id}"
    return place("timeline", title, lanes, (segments[0].from_, segments[-1].through), as_of)


def draw_benefits(segments: Sequence[_core.Segment], as_of: Day, wording: Wording) -> Drawing:
    """Draw the verdict of each benefit over time."""
    lanes = []
    for name, rule in BENEFITS.items():
        runs = groupby(segments, lambda segment, name=name: segment.assessment.benefits[name])  # type: ignore[misc]
        bars = [_run(str(verdict), humanize(verdict), list(run), segments) for verdict, run in runs]
        lanes.append(Lane(wording.title(rule), bars))
    return place("benefits", "Benefits over time", lanes, (segments[0].from_, segments[-1].through), as_of)


def _statuses(segments: Sequence[_core.Segment]) -> Iterator[Bar]:
    for (status, at_risk), run in groupby(segments, lambda s: (s.assessment.term.status, s.assessment.term.at_risk)):
        name = humanize(status) + (", at risk" if at_risk else "")
        yield _run(standing(status, at_risk), name, list(run), segments)


def _windows(segments: Sequence[_core.Segment]) -> Iterator[Bar]:
    terms = [segment.assessment.term for segment in segments]
    windows = dict.fromkeys((term.renewal_opens_on, term.renewal_closes_on, term.expires_on) for term in terms)
    for opens, closes, anniversary in windows:
        if opens is not None:
            name = f"for {anniversary}"
            yield Bar("window", name, f"{name}, through {closes}", opens, closes)


def _passes(segments: Sequence[_core.Segment], name: str) -> Iterator[Bar]:
    results = [segment.assessment.evaluations[name] for segment in segments]
    for passed_on, through in dict.fromkeys((result.passed_on, result.valid_through) for result in results):
        if passed_on is not None:
            yield Bar("pass", f"passed {passed_on}", f"passed {passed_on}, through {through}", passed_on, through)


def _fails(events: Iterable[_core.Event], name: str) -> Iterator[Day]:
    return (event.on for event in events if EVALUATION_EVENTS.get(event.type) == name and event.outcome == "fail")


def _record(record: Any) -> Bar:
    word = record.area if isinstance(record, _core.SolutionsPartnerDesignation) else record.type
    name, through = humanize(word), record.through
    return Bar(
        "record", name, f"{name} through {through}" if through else f"{name}, no end known", record.from_, through
    )


def _run(kind: str, name: str, run: Sequence[_core.Segment], segments: Sequence[_core.Segment]) -> Bar:
    """Return the bar of consecutive segments; the drawing does not show where the last bar ends."""
    from_, through = run[0].from_, run[-1].through
    since = "" if from_ == segments[0].from_ else f" from {from_}"
    label = f"{name}{since}" if through == segments[-1].through else f"{name} through {through}"
    return Bar(kind, name, label, from_, through)
