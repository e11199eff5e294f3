"""The entries of a calendar: what somebody must do by which day, and with all dates also what happens in between."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from designation import _core
from designation._answers.assumptions import find_gaps
from designation._answers.plan import SUBJECTS, apply_plan
from designation._core import Action, Plans, PlanStep, Verdict
from designation._days import is_supported
from designation._text.plan import describe_step
from designation._text.wording import format_money, humanize

UID_SUFFIX = "@designation"
EVALUATION_RULES = {"SSD-R2": "performance", "SSD-R3": "capability", "SSD-R4": "csat"}
PREREQUISITE_RULES = {
    "SSD-P1": "csp_authorization",
    "SSD-P2": "support_contract",
    "SSD-P3": "solutions_partner",
}


class Entry(NamedTuple):
    """An entry of the calendar. Subject and cycle identify it, also if its date moves."""

    partner: str
    subject: str
    cycle: str
    on: datetime.date
    summary: str
    description: str
    is_deadline: bool

    @property
    def uid(self) -> str:
        """The identifier of the entry in calendar programs."""
        return f"{prefix_of(self.partner)}{quote(self.subject, safe='')}/{self.cycle}{UID_SUFFIX}"


def prefix_of(partner: str) -> str:
    """Return the beginning of the identifiers of a partner's entries."""
    return f"{quote(partner, safe='')}/"


class _Draft(NamedTuple):
    subject: str
    cycle: str
    on: datetime.date
    summary: str
    description: str
    is_deadline: bool = False


class _Task(NamedTuple):
    """A part of a renewal, or of the way to the badge: an evaluation or the decision."""

    name: str
    text: str
    safe_by: datetime.date | None


def entries_of(
    partner: _core.Partner, as_of: datetime.date, plans: Plans | None, rules: _core.Rules, *, all_dates: bool
) -> Iterator[Entry]:
    """Yield the entries of a partner from ``as_of`` on.

    Args:
        partner: The partner.
        as_of: The date of the assessment.
        plans: The plans from that date on; without them, only the present term has a deadline.
        rules: The rules.
        all_dates: Also yield the planned steps on their earliest days, the ends of passes, the last days of windows,
            and the terms that would begin with a badge that is not held.
    """
    assessment = _core.assess(partner, as_of, rules)
    plan = None if plans is None else plans.recommended
    steps = () if plan is None else plan.steps
    drafts = [*_present_term(assessment, steps, rules.currency), *_contracts(partner, rules)]
    drafts += _prerequisites(assessment, plans, rules, drafts)
    has_dates = all(is_supported(step.on) for step in steps)
    # The plan of a partner who does not hold the badge begins today, and its terms would move every day.
    if plans is not None and plan is not None and has_dates and (all_dates or assessment.deadline is not None):
        after = apply_plan(partner, as_of, plan)
        for step in steps:
            if step.expires_on is not None and (all_dates or step.expires_on <= plans.through):
                term = _core.assess(after, step.on, rules).term
                by = rules.renew_by(step.expires_on, step.on)
                tasks = _planned_tasks(steps, step.expires_on, plans.currency, as_of)
                drafts += _term(term, by, tasks, ", planned", all_dates)
    if all_dates:
        drafts += [*_last_day(assessment.term), *_passes(assessment)]
        drafts += [] if plans is None else _early_steps(steps, plans.currency)
    counts: dict[tuple[str, str], int] = {}
    for draft in drafts:
        count = counts[draft[:2]] = counts.get(draft[:2], 0) + 1
        cycle = draft.cycle if count == 1 else f"{draft.cycle}.{count}"
        if draft.on >= as_of:
            summary = f"{partner.name or partner.id}: {draft.summary}"
            yield Entry(partner.id, draft.subject, cycle, draft.on, summary, draft.description, draft.is_deadline)


def _present_term(assessment: _core.Assessment, steps: Iterable[PlanStep], currency: str) -> Iterator[_Draft]:
    by, expires = assessment.deadline, assessment.term.expires_on
    if by is None or expires is None:
        return
    tasks = _planned_tasks(steps, expires, currency, assessment.as_of)
    if not tasks:
        renewal = (action for action in assessment.actions if action.rule not in PREREQUISITE_RULES)
        tasks = [_action_task(action, currency) for action in renewal]
    tasks += [
        _action_task(action, currency)
        for action in assessment.actions
        if action.rule in PREREQUISITE_RULES and (action.overdue_since is not None or action.by == by)
    ]
    yield from _term(assessment.term, by, tasks, "", False)


def _term(term: _core.Term, by: datetime.date, tasks: list[_Task], planned: str, all_dates: bool) -> Iterator[_Draft]:
    """Yield the window, the deadline, and the safe days of a renewal."""
    opens, closes, expires = term.renewal_opens_on, term.renewal_closes_on, term.expires_on
    if opens is None or closes is None or expires is None:
        return
    cycle = str(expires.year)
    yield _Draft("window", cycle, opens, f"renewal window opens{planned}", "The first day on which it can be decided.")
    names = [humanize(task.name) for task in tasks if task.name in SUBJECTS.values() and task.name != "renewal"]
    needs = f": {', '.join(names)}" if names else ""
    first = (
        f"Renew by this day to avoid a gap; the last possible day is {closes}."
        if by < closes
        else "The last possible day; the term expires on the next day."
    )
    text = "\n".join([first, *(task.text for task in tasks)])
    yield _Draft("anniversary", cycle, by, f"renewal deadline{planned}{needs}", text, is_deadline=True)
    yield from _safe_days(tasks, cycle, f"the deadline, {by}")
    if all_dates:
        yield from _last_day(term, planned)


def _last_day(term: _core.Term, planned: str = "") -> Iterator[_Draft]:
    day = term.renewal_closes_on
    if day is not None and term.expires_on is not None:
        text = "The term expires on the next day."
        yield _Draft("last_day", str(term.expires_on.year), day, f"last day of the renewal window{planned}", text)


def _safe_days(tasks: list[_Task], cycle: str, end: str) -> Iterator[_Draft]:
    """Yield an entry for each last day that leaves room for a second try."""
    for day in sorted({task.safe_by for task in tasks if task.safe_by is not None}):
        names = ", ".join(humanize(task.name) for task in tasks if task.safe_by == day)
        text = f"The last day that leaves room for a second try before {end}."
        yield _Draft("safe", cycle, day, f"last safe day: {names}", text)


def _planned_tasks(
    steps: Iterable[PlanStep], anniversary: datetime.date | None, currency: str, as_of: datetime.date
) -> list[_Task]:
    tasks = []
    for step in steps:
        if step.anniversary == anniversary:
            name, actors = SUBJECTS[step.type], " and ".join(humanize(one) for one in (step.actor, step.then) if one)
            details = [
                format_money(step.fee, currency) if step.fee else "",
                # An earliest day that has come is not named: otherwise the text would change every day.
                f"from {step.on}" if step.on > as_of else "",
                f"safe by {step.safe_by}" if step.safe_by else "",
            ]
            text = ", ".join(filter(None, [f"{humanize(name)} ({actors})", *details]))
            tasks.append(_Task(name, f"{text}.", step.safe_by))
    return tasks


def _action_task(action: Action, currency: str) -> _Task:
    name = (EVALUATION_RULES | PREREQUISITE_RULES).get(action.rule, "renewal")
    fee = f", {format_money(action.fee, currency)}" if action.fee else ""
    return _Task(name, f"{action.do} ({humanize(action.actor)}){fee}.", action.safe_by)


def _contracts(partner: _core.Partner, rules: _core.Rules) -> Iterator[_Draft]:
    for contract in partner.support_contracts or ():
        if contract.through is None:
            continue
        kind, text = str(contract.type), f"The last day of the contract that began on {contract.from_}."
        next_day = _core.add_days(contract.through, 1)
        is_deadline = (
            is_supported(next_day)
            and _core.assess(partner, next_day, rules).eligibility.support_contract == Verdict.unmet
        )
        text += " No other contract follows; sign or extend one by this day." if is_deadline else ""
        summary = f"{humanize(kind)} contract ends"
        yield _Draft(f"contract.{kind}", str(contract.from_), contract.through, summary, text, is_deadline)


def _prerequisites(
    assessment: _core.Assessment, plans: Plans | None, rules: _core.Rules, others: list[_Draft]
) -> Iterator[_Draft]:
    """Yield the last days of prerequisites: those of actions, and those of the plan; other entries name contracts."""
    days = {
        PREREQUISITE_RULES[action.rule]: action.by
        for action in assessment.actions
        if action.rule in PREREQUISITE_RULES
        and action.by not in (None, assessment.deadline)
        and action.overdue_since is None
    }
    for gap in find_gaps(plans, rules) if plans is not None else ():
        if gap.record is not None:
            days.setdefault(gap.prerequisite, _core.add_days(gap.on, -1))
    named = {draft.on for draft in others if draft.subject.startswith("contract.")}
    for name, day in days.items():
        if day is not None and not (name == "support_contract" and day in named):
            text = "The last day on which the prerequisite is met; nothing on record follows."
            yield _Draft(f"prerequisite.{name}", str(day.year), day, f"{humanize(name)} ends", text, is_deadline=True)


def _passes(assessment: _core.Assessment) -> Iterator[_Draft]:
    for name, result in assessment.evaluations.items():
        if result.valid_through is not None:
            text = f"The last day of the pass of {result.passed_on}."
            cycle, summary = str(result.valid_through.year), f"{humanize(name)} pass ends"
            yield _Draft(f"pass.{name}", cycle, result.valid_through, summary, text)


def _early_steps(steps: Iterable[PlanStep], currency: str) -> Iterator[_Draft]:
    for step in steps:
        subject = SUBJECTS[step.type]
        cycle = "badge" if step.anniversary is None else str(step.anniversary.year)
        text = f"{describe_step(step, currency)}. Latest day: {step.latest}."
        yield _Draft(f"plan.{subject}", cycle, step.on, f"{humanize(subject)}, planned", text)
