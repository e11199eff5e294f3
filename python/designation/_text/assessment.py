"""The page of an assessment: a summary to read in ten seconds, then the details."""

from __future__ import annotations

from collections.abc import Iterator

from designation._core import Assessment
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES
from designation._text.blocks import EMPTY, Block, Card, Figure, Line, Role, Span, Title, block, row
from designation._text.layout import GUTTER
from designation._text.outlook import (
    IN_FORCE,
    describe_actions,
    describe_deadline,
    describe_deciding,
    describe_later_facts,
    describe_term,
)
from designation._text.sentences import describe_change
from designation._text.tokens import standing
from designation._text.unknowns import describe_unknowns
from designation._text.wording import Wording, format_money, humanize, partner_label

URGENCY = ("renewal_overdue", "renewal_open", "active", "not_attained", "expired", "unknown")
TITLE_WIDTH = 25
ACTOR_WIDTH, BY_WIDTH = 11, 15
DIVIDER = Figure(lambda columns: [(Span("-" * columns, "muted"),)])


def lines(assessment: Assessment) -> Iterator[Block]:
    """Build the page of an assessment."""
    wording = Wording(assessment.rulebook)
    yield heading(assessment)
    yield DIVIDER
    yield from _status(assessment)
    yield from _renewal(assessment)
    yield from _journey(assessment, wording)
    yield from block("Next", _next(assessment, wording))
    if change := assessment.next_change:
        yield Card("Next change", Span(describe_change(change)))
    yield from _fees(assessment, wording)
    yield EMPTY
    yield from _prerequisites(assessment, wording)
    yield EMPTY
    yield from _evaluations(assessment, wording)
    yield EMPTY
    yield from _benefits(assessment, wording)
    yield EMPTY
    yield from block("Findings", _findings(assessment, wording))
    for label, rows in (
        ("Unknown", describe_unknowns(assessment, wording)),
        ("Depends on", describe_deciding(assessment)),
        ("Later facts", [text for text in [describe_later_facts(assessment)] if text]),
        ("Policy", _policy(assessment)),
    ):
        if rows:
            yield EMPTY
            yield from block(label, ((Span(text),) for text in rows))


def urgency_key(assessment: Assessment) -> tuple[int, int, str]:
    """Return the sort key that puts the most urgent partner first."""
    return URGENCY.index(assessment.term.status), assessment.days_left or 0, assessment.partner.id


def missing_or_step(assessment: Assessment) -> str:
    """Return what is missing for the renewal, or the next step to the badge, in a few words."""
    verdicts = assessment.eligibility.prerequisites
    unmet = [humanize(name) for name in verdicts if verdicts[name] == "unmet"]
    if assessment.renewal is not None:
        return ", ".join([*unmet, *map(humanize, assessment.renewal.missing)]) or "ready to renew"
    if assessment.journey.step is None:
        return "events not given"
    return ", ".join([humanize(assessment.journey.step), *unmet])


def heading(assessment: Assessment) -> Title:
    """Return the partner, the date, and the edition."""
    aside = f"as of {assessment.as_of}, edition {assessment.edition}"
    return Title(partner_label(assessment.partner), aside, assessment.rulebook.title)


def _status(assessment: Assessment) -> Iterator[Block]:
    term = assessment.term
    parts = [humanize(term.status).upper()]
    if term.attained_on is not None:
        parts.append(IN_FORCE[term.in_force])
    if assessment.days_left is not None:
        parts.append(f"{assessment.days_left} {'day' if assessment.days_left == 1 else 'days'} left")
    if term.at_risk:
        parts.append("AT RISK")
    notes = (Span(describe_actions(assessment), "warn"), Span(describe_term(assessment)))
    value = Span(", ".join(parts), standing(term.status, term.at_risk))
    yield Card("Status", value, tuple(note for note in notes if note.text))


def _renewal(assessment: Assessment) -> Iterator[Block]:
    renewal = assessment.renewal
    if renewal is None:
        return
    text = {"met": "ready", "unmet": "not ready", "unknown": "unknown"}[renewal.verdict]
    missing = [humanize(name) for name in renewal.missing]
    missing += [humanize(name) for name, verdict in assessment.eligibility.prerequisites.items() if verdict == "unmet"]
    role: Role = "good" if renewal.verdict == "met" else "warn" if assessment.term.status == "active" else "bad"
    window = f"window from {assessment.term.renewal_opens_on}, last day {assessment.term.renewal_closes_on}"
    yield Card("Renewal", Span(text + (f", missing: {', '.join(missing)}" if missing else ""), role), (Span(window),))


def _journey(assessment: Assessment, wording: Wording) -> Iterator[Block]:
    journey = assessment.journey
    if journey.step is None:
        return
    steps = [step["step"] for step in wording.content["journey"]]
    done = (Span(f"done: {', '.join(map(humanize, journey.completed))}"),) if journey.completed else ()
    yield Card("Step", Span(f"{steps.index(journey.step) + 1} of {len(steps)}: {humanize(journey.step)}"), done)


def _next(assessment: Assessment, wording: Wording) -> Iterator[tuple[Span, ...]]:
    actions, currency = assessment.actions, wording.content["fees"]["currency"]
    dated = any(action.by is not None for action in actions)
    for action in actions:
        start = f", from {action.not_before}" if action.not_before > assessment.as_of else ""
        fee = "" if action.fee is None else f", {format_money(action.fee, currency)}"
        safe = "" if action.safe_by is None else f", safe by {action.safe_by}"
        by = Span("" if action.by is None else f"by {action.by}", "", BY_WIDTH if dated else 0)
        overdue = f", overdue since {action.overdue_since}" if action.overdue_since else ""
        yield (Span(humanize(action.actor), "", ACTOR_WIDTH), by, Span(f"{action.do}{start}{fee}{safe}{overdue}"))
    if deadline := describe_deadline(assessment):
        yield (Span(deadline),)


def _fees(assessment: Assessment, wording: Wording) -> Iterator[Block]:
    fees, currency = assessment.fees, wording.content["fees"]["currency"]
    if fees.outstanding is None or fees.due is None or fees.incurred is None:
        yield Card("Fees", Span("unknown", "warn"))
        return
    amounts = {"due now": fees.due, "outstanding": fees.outstanding, "incurred": fees.incurred}
    text = ", ".join(f"{format_money(amount, currency)} {name}" for name, amount in amounts.items())
    yield Card("Fees", Span(text, "warn" if fees.due else ""))


def _verdict(verdict: str, title: str, detail: str, *, is_relevant: bool = True) -> Line:
    label = Span(f"  {humanize(verdict)}", str(verdict) if is_relevant else "muted", GUTTER)
    return (label, Span(title, "", TITLE_WIDTH), Span(detail)) if detail else (label, Span(title))


def _prerequisites(assessment: Assessment, wording: Wording) -> Iterator[Block]:
    verdict = assessment.eligibility.verdict
    last_days = {action.rule: action.by for action in assessment.actions}
    yield from row("Prerequisites", Span(humanize(verdict), str(verdict)))
    for name, part in assessment.eligibility.prerequisites.items():
        last_day = last_days.get(PREREQUISITES[name]) if part == "met" else None
        yield _verdict(part, wording.title(PREREQUISITES[name]), f"last day {last_day}" if last_day else "")
        if part == "unmet":
            yield from row("", Span(f"required: {wording.text(PREREQUISITES[name])}", "muted"))


def _evaluations(assessment: Assessment, wording: Wording) -> Iterator[Block]:
    yield from row("Evaluations", Span(""))
    for name, result in assessment.evaluations.items():
        if result.passed_on is not None:
            detail = f"passed {result.passed_on}, last day {result.valid_through}"
        else:
            detail = "" if result.verdict == "unknown" else "no pass that counts"
        yield _verdict(result.verdict, wording.title(EVALUATIONS[name]), detail)


def _benefits(assessment: Assessment, wording: Wording) -> Iterator[Block]:
    amounts = assessment.to_dict()["amounts"]
    yield from row("Benefits", Span(""))
    for name, verdict in assessment.benefits.items():
        amount = amounts.get(name)
        detail = format_money(amount["amount"], amount["currency"]) if amount else ""
        yield _verdict(verdict, wording.title(BENEFITS[name]), detail, is_relevant=verdict != "unmet")


def _findings(assessment: Assessment, wording: Wording) -> Iterator[tuple[Span, ...]]:
    for finding in assessment.findings:
        yield (Span(str(finding.on), "warn", 12), Span(f"{wording.finding(finding.code)} [{finding.code}]"))
    if not assessment.findings:
        yield (Span("none" if assessment.partner.events is not None else "unknown"),)


def _policy(assessment: Assessment) -> list[str]:
    policy = assessment.policy.to_dict()
    readings = [f"{humanize(name)}: {humanize(choice)}" for name, choice in policy.get("interpretations", {}).items()]
    overrides = [
        f"overridden {humanize(kind)}: {', '.join(map(humanize, policy[kind]))}"
        for kind in ("availability", "fees")
        if policy.get(kind)
    ]
    return readings + overrides
