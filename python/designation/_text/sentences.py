"""Changes and differences in words: why something happens on a date, and what it means."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from designation._answers.difference import Change, Difference
from designation._core import Assessment, Partner
from designation._records import PERIOD_LISTS, type_of
from designation._text.blocks import Block, Span, fill
from designation._text.wording import Wording, format_money, humanize

DAY = datetime.timedelta(1)
FactsByDay = Mapping[datetime.date, Sequence[str]]
_RECORD_NAMES = {
    "csp_authorizations": "the {} authorization",
    "support_contracts": "the {} contract",
    "solutions_partner_designations": "the Solutions Partner designation for {}",
}
_DATES = {
    "attained_on": "attained on",
    "expires_on": "anniversary",
    "renewal_opens_on": "the renewal window opens on",
    "renewal_closes_on": "last day of the renewal window",
}
# The effects that a reader wants first stand first.
_ORDER = ("/eligibility", "/evaluations", "/term/in_force", "/term/at_risk", "/term", "/renewal", "/fees", "/journey")


def describe_change(change: Change) -> str:
    """Return a change as a sentence: ``On 2027-01-01 the PSfP contract ends: support contract no longer met, ...``."""
    causes, effects = _causes_and_effects(change)
    return f"On {change.on} {causes}: {effects}" if causes else f"On {change.on}: {effects}"


def describe_change_without_date(change: Change, facts: FactsByDay | None = None) -> str:
    """Return what happens at a change, and what it means; see `facts_by_day`."""
    return ": ".join(filter(None, _causes_and_effects(change, facts)))


def facts_by_day(partner: Partner) -> FactsByDay:
    """Return what the facts of a partner say about each day; a caller with many changes of one partner does so once."""
    facts: dict[datetime.date, list[str]] = defaultdict(list)
    for records in PERIOD_LISTS:
        for record in getattr(partner, records) or ():
            name = _RECORD_NAMES[records].format(humanize(type_of(record.to_dict())))
            if record.through is not None:
                facts[record.through + DAY].append(f"{name} ends")
            facts[record.from_].append(f"{name} begins")
    for event in partner.events or ():
        facts[event.on].append(humanize(event.type) + (f" ({event.outcome})" if event.outcome else ""))
    return facts


def difference_sentences(differences: Iterable[Difference], assessment: Assessment) -> Iterator[Block]:
    """Lay out differences as sentences, one for each period: ``2026-12-01 to 2027-01-11: CSAT no longer missing``."""
    for days, group in by_days(differences):
        effects = ", ".join(describe_effects(group, assessment))
        yield from fill(Span("  "), Span(f"{days}: {effects}" if days else effects))


def by_days(differences: Iterable[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    """Group differences by their first and last day, in words; the days are empty for those as of one date."""
    groups: dict[str, list[Difference]] = {}
    for difference in differences:
        days = "" if difference.from_ is None else f"{difference.from_} through {difference.through}"
        groups.setdefault(days, []).append(difference)
    yield from groups.items()


def describe_effects(
    differences: Iterable[Difference], assessment: Assessment, *, over_time: bool = False
) -> list[str]:
    """Return what differs, in a few words each; what follows from another difference is omitted.

    Args:
        differences: The differences, all over the same days.
        assessment: An assessment that they concern, for the words of its rulebook.
        over_time: Whether one value follows the other, so that ``not met`` becomes ``no longer met``.
    """
    by_path = {one.path: one for one in differences}
    wording = Wording(assessment.rulebook)
    shown = [one for one in by_path.values() if not _is_implied(one, by_path)]
    return [_effect(one, wording, over_time) for one in sorted(shown, key=_rank)]


def _causes_and_effects(change: Change, facts: FactsByDay | None = None) -> tuple[str, str]:
    effects = ", ".join(describe_effects(change.differences, change.after, over_time=True))
    return " and ".join(_causes(change, facts_by_day(change.after.partner) if facts is None else facts)), effects


def _rank(difference: Difference) -> int:
    return next((rank for rank, path in enumerate(_ORDER) if difference.path.startswith(path)), len(_ORDER))


def _is_implied(one: Difference, by_path: dict[str, Difference]) -> bool:
    """Return whether a difference follows from another one, which is shown."""

    def same_result(*paths: str) -> bool:
        return any(path in by_path and by_path[path].after == one.after for path in paths)

    section, _, name = one.path[1:].partition("/")
    prerequisites = [path for path in by_path if path.startswith("/eligibility/prerequisites/")]
    if one.path == "/eligibility/verdict":
        return same_result(*prerequisites)
    if section == "benefits":
        return same_result("/term/in_force", "/eligibility/prerequisites/support_contract")
    if section == "evaluations" and not name.endswith("/verdict"):
        kind = name.partition("/")[0]
        return f"/evaluations/{kind}/verdict" in by_path or (
            name.endswith("passed_on") and f"/evaluations/{kind}/valid_through" in by_path
        )
    followed = {
        "/findings/prerequisite_lapsed": "/term/at_risk",
        "/renewal/verdict": "/renewal/missing",
        "/journey/completed": "/journey/step",
        "/journey/waiting_on": "/journey/step",
        "/term/renewal_opens_on": "/term/expires_on",
        "/term/renewal_closes_on": "/term/expires_on",
    }
    if (one.path == "/renewal/missing" and one.after is None) or (
        one.path == "/renewal/verdict" and one.after == "met"
    ):
        return one.after is None and "/term/status" in by_path
    if one.path == "/fees/outstanding":
        return same_result("/fees/due")
    return followed.get(one.path) in by_path


def _effect(one: Difference, wording: Wording, over_time: bool) -> str:
    section, *_, name = one.path[1:].split("/")
    not_now = "no longer" if over_time and one.before in ("met", True) else "not"
    if section == "term":
        return _term_effect(name, one.after, not_now)
    if section == "fees" and name != "currency":
        currency = wording.content["fees"]["currency"]
        before, after = (
            "unknown" if each is None else format_money(each, currency) for each in (one.before, one.after)
        )
        return f"fees {name} {after} instead of {before}"
    if section == "findings":
        text = wording.finding(name).rstrip(".")
        return f'finding: "{text}"' if one.after else f'no finding "{text}"'
    if section in ("renewal", "journey"):
        return (_renewal_effect if section == "renewal" else _journey_effect)(name, one.before, one.after)
    return _verdict_effect(one, not_now)


def _term_effect(name: str, after: Any, not_now: str) -> str:
    if name == "in_force":
        known = f"the designation is {'' if after == 'met' else f'{not_now} '}in force"
        return "whether the designation is in force is unknown" if after == "unknown" else known
    if name == "at_risk":
        return f"the designation is {'' if after else f'{not_now} '}at risk"
    if name == "status":
        return f"the status is {humanize(after)}"
    return f"{_DATES[name]} {after}" if after else f"no {humanize(name)}"


def _verdict_effect(one: Difference, not_now: str) -> str:
    section, *kinds, name = one.path[1:].split("/")
    subject = humanize(name)
    if section == "evaluations":
        kind = humanize(kinds[0])
        if name != "verdict":
            label = "passed on" if name == "passed_on" else "pass with the last day"
            return f"{kind} {label} {one.after}" if one.after else f"no {kind} pass"
        subject = f"{kind} evaluation"
    elif name == "verdict":
        subject = section
    return f"{subject} {not_now} met" if one.after == "unmet" else f"{subject} {humanize(str(one.after))}"


def _renewal_effect(name: str, before: Any, after: Any) -> str:
    if after is None:
        return "no renewal is pending"
    if name == "missing":
        return f"missing for the renewal: {_list_change(before, after) or 'no evaluation'}"
    return {"met": "ready to renew", "unmet": "not ready to renew", "unknown": "readiness to renew unknown"}[str(after)]


def _list_change(before: tuple[str, ...] | None, after: tuple[str, ...]) -> str:
    """Return what a list gains and loses: ``also CSAT, no longer performance``; if it was empty, what it has."""
    if not before:
        return ", ".join(map(humanize, after))
    gained = [f"also {humanize(one)}" for one in after if one not in before]
    return ", ".join([*gained, *(f"no longer {humanize(one)}" for one in before if one not in after)])


def _journey_effect(name: str, before: Any, after: Any) -> str:
    if name == "completed":
        return f"steps done: {_list_change(before, after) or 'none'}"
    if name == "step":
        return f"next step: {humanize(after)}" if after else "no next step"
    return f"waiting on {humanize(after) if after else 'nobody'}"


def _causes(change: Change, facts: FactsByDay) -> Iterator[str]:
    """Yield what happens on the date of a change."""
    day, before, after = change.on, change.before, change.after
    yield from facts.get(day, ())
    for name, result in before.evaluations.items():
        if result.valid_through is not None and result.valid_through + DAY == day:
            yield f"the {humanize(name)} pass expires"
    term = before.term
    if term.renewal_opens_on == day:
        yield "the renewal window opens"
    if term.expires_on == day:
        yield "the term expires (the anniversary)"
    if term.renewal_closes_on is not None and term.renewal_closes_on + DAY == day:
        yield "the renewal window has closed"
    yield from _offers(after, {one.after for one in change.differences if isinstance(one.after, str)})


def _offers(assessment: Assessment, results: set[str]) -> Iterator[str]:
    """Yield the offers whose dates explain a verdict that becomes met or unknown."""
    day, stated = assessment.as_of, assessment.policy.to_dict().get("availability") or {}
    for name, entry in Wording(assessment.rulebook).content["availability"].items():
        dates = entry | (stated.get(name) or {})
        if dates.get("available_from") == str(day):
            yield f"{humanize(name)} becomes available"
        elif not dates.get("available_from") and "met" in results and dates.get("announced_by") == str(day - DAY):
            yield f"the announced period of {humanize(name)} has passed"
        elif not dates.get("available_from") and "unknown" in results and dates.get("not_before") == str(day):
            yield f"{humanize(name)} can become available"
