"""The page of plans: fees and lapsed days of each, and the steps of the recommended one."""

from __future__ import annotations

from collections.abc import Iterator

from designation._answers.plan import SUBJECTS
from designation._core import Plan, Plans, PlanStep
from designation._text.layout import EMPTY, Line, Span, block, fill, pad, row
from designation._text.wording import format_count, humanize


def lines(plans: Plans | Plan) -> Iterator[Line]:
    """Lay out plans, or one plan, at 80 columns."""
    if isinstance(plans, Plan):
        yield from block("Plan", [_plan_row(plans, f"{plans.fees:,}", held=True)])
        yield from _step_lines("Steps", plans, "")
        return
    name = plans.partner.name or plans.partner.id
    yield from fill(Span(f"{name}: plans from {plans.as_of} through {plans.through}", "label"))
    yield EMPTY
    if plans.facts_needed:
        yield from row("No plan", Span("the events are not given, and a plan depends on them", "warn"))
    if plans.impossible:
        yield from row("No plan", Span(str(plans.impossible), "bad"))
    if plans.recommended is None:
        return
    fees = [f"{plan.fees:,} {plans.currency}" for plan in plans.front]
    width = max(map(len, fees))
    differ = len({plan.held_until for plan in plans.front}) > 1
    yield from block(
        "Plans", [_plan_row(plan, f"{fee:>{width}}", held=differ) for plan, fee in zip(plans.front, fees, strict=True)]
    )
    yield EMPTY
    yield from _step_lines("Recommended", plans.recommended, plans.currency)


def _plan_row(plan: Plan, fee: str, *, held: bool) -> tuple[Span, Span]:
    depends = f"; depends on {', '.join(plan.readings)}" if plan.readings else ""
    lapsed = format_count(plan.lapsed_days, "lapsed day")
    until = f", expires on {plan.held_until}" if held else ""
    return Span(f"{fee}  "), Span(f"{lapsed}{until}{depends}", "warn" if plan.lapsed_days else "good")


def _step_lines(label: str, plan: Plan, currency: str) -> Iterator[Line]:
    if not plan.steps:
        yield from row(label, Span(f"nothing to do: the term expires on {plan.held_until}"))
        return
    yield (Span(pad(label, 16), "label"), Span("earliest    latest", "muted"))
    for step in plan.steps:
        yield from fill(Span(" " * 16), *_step_row(step, currency))
    yield EMPTY
    yield from row("Assumes", Span("the prerequisites are met, and every evaluation passes", "muted"))


def _step_row(step: PlanStep, currency: str) -> tuple[Span, Span]:
    return Span(f"{step.on}  {step.latest}  "), Span(describe_step(step, currency))


def describe_step(step: PlanStep, currency: str) -> str:
    """Return a step in words: its action, actors, fee, and effect."""
    actors = " and ".join(humanize(actor) for actor in (step.actor, step.then) if actor)
    action = humanize(SUBJECTS[step.type])
    if step.valid_through is None:
        return f"{action} ({actors}): the term expires on {step.expires_on}"
    fee = f"{step.fee:,} {currency}".rstrip()
    return f"{action} ({actors}), {fee}: valid through {step.valid_through}"
