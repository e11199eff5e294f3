"""The page that ``print(assessment)`` shows: what a support manager reads in ten seconds, then the rest."""

from __future__ import annotations

from collections.abc import Iterator

from designation._core import Assessment
from designation._rulebooks.rule_index import BENEFITS, EVALUATIONS, PREREQUISITES
from designation._text.layout import COLUMNS, EMPTY, GUTTER, Line, Role, Span, block, cells, pad, row, wrap
from designation._text.unsettled import unsettled
from designation._text.wording import ROLES, Wording, money, named, spoken

URGENCY = ("renewal_overdue", "renewal_open", "active", "not_attained", "expired", "unknown")
IN_FORCE = {"met": "in force", "unmet": "not in force", "unknown": "in force: unknown"}
TITLE = 25
ACTOR, BY = 11, 15


def lines(assessment: Assessment) -> Iterator[Line]:
    """Give the page's lines, with the roles that a terminal may colour."""
    wording = Wording(assessment.rulebook)
    yield from heading(assessment)
    yield (Span("-" * COLUMNS, "muted"),)
    yield from _status(assessment)
    yield from _renewal(assessment)
    yield from _journey(assessment, wording)
    yield from block("Next", _next(assessment, wording))
    yield from _fees(assessment, wording)
    yield EMPTY
    yield from _prerequisites(assessment, wording)
    yield EMPTY
    yield from _evaluations(assessment, wording)
    yield EMPTY
    yield from _benefits(assessment, wording)
    yield EMPTY
    yield from block("Findings", _findings(assessment, wording))
    for label, rows in (("Unknown", unsettled(assessment, wording)), ("Policy", _policy(assessment))):
        if rows:
            yield EMPTY
            yield from block(label, ((Span(text),) for text in rows))


def urgency(assessment: Assessment) -> tuple[int, int, str]:
    """Give what partners are sorted by, the most urgent first."""
    return URGENCY.index(assessment.term.status), assessment.days_left or 0, assessment.partner.id


def missing(assessment: Assessment) -> str:
    """Say in few words what is missing for the renewal, or which step is next."""
    verdicts = assessment.eligibility.prerequisites
    unmet = [spoken(name) for name in verdicts if verdicts[name] == "unmet"]
    if assessment.renewal is not None:
        return ", ".join([*unmet, *map(spoken, assessment.renewal.missing)]) or "ready to renew"
    if assessment.journey.step is None:
        return "give the events"
    return ", ".join([spoken(assessment.journey.step), *unmet])


def heading(assessment: Assessment) -> Iterator[Line]:
    """Name the partner, the day and the edition."""
    partner = assessment.partner
    right = f"as of {assessment.as_of}, edition {assessment.edition}"
    left = wrap(named(partner), max(COLUMNS - cells(right) - 2, GUTTER))
    fits = cells(left[0]) + cells(right) + 2 <= COLUMNS
    yield (Span(pad(left[0], COLUMNS - cells(right)) if fits else left[0], "label"), Span(right if fits else ""))
    for line in left[1:]:
        yield (Span(line, "label"),)
    for line in wrap(assessment.rulebook.title if fits else f"{assessment.rulebook.title}; {right}", COLUMNS):
        yield (Span(line, "muted"),)


def _status(assessment: Assessment) -> Iterator[Line]:
    term = assessment.term
    said = [spoken(term.status).upper()]
    if term.attained_on is not None:
        said.append(IN_FORCE[term.in_force])
    if assessment.days_left is not None:
        said.append(f"{assessment.days_left} {'day' if assessment.days_left == 1 else 'days'} left")
    if term.at_risk:
        said.append("AT RISK")
    yield from row("Status", Span(", ".join(said), "bad" if term.at_risk else ROLES[term.status]))
    if term.attained_on is not None:
        ended = {"renewal_overdue": "anniversary", "expired": "expired"}.get(term.status, "expires")
        yield from row("", Span(f"attained {term.attained_on}, {ended} {term.expires_on}"))


def _renewal(assessment: Assessment) -> Iterator[Line]:
    renewal = assessment.renewal
    if renewal is None:
        return
    said = {"met": "ready", "unmet": "not ready", "unknown": "unknown"}[renewal.verdict]
    missing = [spoken(name) for name in renewal.missing]
    missing += [spoken(name) for name, verdict in assessment.eligibility.prerequisites.items() if verdict == "unmet"]
    role: Role = "good" if renewal.verdict == "met" else "warn" if assessment.term.status == "active" else "bad"
    yield from row("Renewal", Span(said + (f", missing: {', '.join(missing)}" if missing else ""), role))
    yield from row("", Span(f"window {assessment.term.renewal_opens_on} to {assessment.term.renewal_closes_on}"))


def _journey(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    journey = assessment.journey
    if journey.step is None:
        return
    steps = [step["step"] for step in wording.content["journey"]]
    yield from row("Step", Span(f"{steps.index(journey.step) + 1} of {len(steps)}: {spoken(journey.step)}"))
    if journey.completed:
        yield from row("", Span(f"done: {', '.join(map(spoken, journey.completed))}"))


def _next(assessment: Assessment, wording: Wording) -> Iterator[tuple[Span, ...]]:
    actions, currency = assessment.actions, wording.content["fees"]["currency"]
    dated = any(action.by is not None for action in actions)
    for action in actions:
        since = f" from {action.not_before} on" if action.not_before > assessment.as_of else ""
        fee = "" if action.fee is None else f", {money(action.fee, currency)}"
        by = Span(pad("" if action.by is None else f"by {action.by}", BY if dated else 0))
        yield (Span(pad(spoken(action.actor), ACTOR)), by, Span(f"{action.do}{since}{fee}"))
    term = assessment.term
    if assessment.days_left is not None:
        until = f"{term.expires_on}, when it expires; at the latest {term.renewal_closes_on}"
        yield (Span(pad("before", ACTOR), "muted"), Span(until))
    elif assessment.renewal is not None:
        yield (Span(pad("until", ACTOR), "muted"), Span(f"{term.renewal_closes_on}, when the window closes"))


def _fees(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    fees, currency = assessment.fees, wording.content["fees"]["currency"]
    if fees.outstanding is None or fees.due is None or fees.incurred is None:
        yield from row("Fees", Span("unknown", "warn"))
        return
    due = Span(f"{money(fees.due, currency)} due now", "warn" if fees.due else "")
    rest = Span(f", {money(fees.outstanding, currency)} outstanding, {money(fees.incurred, currency)} incurred")
    yield from row("Fees", due, rest)


def _verdict(verdict: str, title: str, detail: str, role: Role | None = None) -> list[Line]:
    label = Span("  " + pad(verdict, GUTTER - 2), ROLES[verdict] if role is None else role)
    if not detail:
        return [(label, Span(title))]
    head, *more = row("", Span(pad(title, TITLE)), Span(detail))
    return [(label, *head[1:]), *more]


def _prerequisites(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    verdict = assessment.eligibility.verdict
    said = {"met": "met", "unmet": "not met", "unknown": "unknown"}[verdict]
    yield from row("Prerequisites", Span(said, ROLES[verdict]))
    for name, part in assessment.eligibility.prerequisites.items():
        yield from _verdict(part, wording.title(PREREQUISITES[name]), "")
        if part == "unmet":
            yield from row("", Span(wording.text(PREREQUISITES[name]), "muted"))


def _evaluations(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    yield from row("Evaluations", Span(""))
    for name, result in assessment.evaluations.items():
        if result.passed_on is not None:
            how = "valid" if result.verdict == "met" else "was valid"
            detail = f"{how} {result.passed_on} through {result.valid_through}"
        else:
            detail = "" if result.verdict == "unknown" else "no pass that counts"
        yield from _verdict(result.verdict, wording.title(EVALUATIONS[name]), detail)


def _benefits(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    amounts = assessment.to_dict()["amounts"]
    yield from row("Benefits", Span(""))
    for name, verdict in assessment.benefits.items():
        amount = amounts.get(name)
        detail = money(amount["amount"], amount["currency"]) if amount else ""
        yield from _verdict(verdict, wording.title(BENEFITS[name]), detail, "muted" if verdict == "unmet" else None)


def _findings(assessment: Assessment, wording: Wording) -> Iterator[tuple[Span, ...]]:
    for finding in assessment.findings:
        yield (Span(f"{finding.on}  ", "warn"), Span(f"{wording.finding(finding.code)} [{finding.code}]"))
    if not assessment.findings:
        yield (Span("none" if assessment.partner.events is not None else "unknown"),)


def _policy(assessment: Assessment) -> list[str]:
    policy = assessment.policy.to_dict()
    readings = [f"{spoken(name)}: {spoken(choice)}" for name, choice in policy.get("interpretations", {}).items()]
    overrides = [
        f"own {spoken(kind)} for {', '.join(map(spoken, policy[kind]))}"
        for kind in ("availability", "fees")
        if policy.get(kind)
    ]
    return readings + overrides
