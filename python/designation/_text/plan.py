"""The page of plans: fees and lapsed days of each, and the steps of the recommended one."""

from __future__ import annotations

from collections.abc import Iterator

from designation._answers.budget import Budget
from designation._answers.plan import SUBJECTS
from designation._core import Plan, Plans, PlanStep
from designation._text import budget as budget_page
from designation._text.blocks import EMPTY, Block, Span, Title, block, row
from designation._text.layout import cells
from designation._text.wording import format_count, format_money, humanize

DAY_WIDTH = 12


def lines(plans: Plans | Plan, budget: Budget | None = None) -> Iterator[Block]:
    """Lay out plans, or one plan,; the budget of plans adds what the facts contradict, and later fees."""
    if isinstance(plans, Plan):
        yield from block("Plan", [_plan_row(plans, f"{plans.fees:,}", held=True)])
        yield from _step_lines("Steps", plans, "")
        yield from _assumption_lines()
        return
    name = plans.partner.name or plans.partner.id
    yield Title(f"{name}: plans from {plans.as_of} through {plans.through}")
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
    yield from _repeat_lines(plans, plans.recommended)
    yield from _assumption_lines() if budget is None else budget_page.notes(budget)


def _plan_row(plan: Plan, fee: str, *, held: bool) -> tuple[Span, Span]:
    depends = f"; depends on {', '.join(plan.readings)}" if plan.readings else ""
    lapsed = format_count(plan.lapsed_days, "lapsed day")
    repeats = f", {format_count(plan.repeats, 'repeat')}" if plan.repeats else ""
    until = f", expires on {plan.held_until}" if held else ""
    return Span(fee, "", cells(fee) + 2), Span(
        f"{lapsed}{repeats}{until}{depends}", "warn" if plan.lapsed_days else "good"
    )


def _step_lines(label: str, plan: Plan, currency: str) -> Iterator[Block]:
    if not plan.steps:
        yield from row(label, Span(f"nothing to do: the term expires on {plan.held_until}"))
        return
    has_retries = any(step.retry_days is not None for step in plan.steps)
    head, columns = ("earliest", "latest", *(["safe by"] if has_retries else [])), []
    for step in plan.steps:
        days = (str(step.on), str(step.latest), *([_safe_day(step)] if has_retries else []))
        columns.append((*(Span(day, "", DAY_WIDTH) for day in days), Span(describe_step(step, currency))))
    yield from block(label, [tuple(Span(name, "muted", DAY_WIDTH) for name in head), *columns])
    yield EMPTY


def _safe_day(step: PlanStep) -> str:
    """Return the last day that leaves room for a second try; ``none`` if no day of the plan does."""
    return "" if step.retry_days is None else str(step.safe_by or "none")


def _repeat_lines(plans: Plans, plan: Plan) -> Iterator[Block]:
    if not plan.repeats:
        return
    other = plans.without_repeats
    repeated = ", ".join(f"{humanize(SUBJECTS[step.type])} on {step.on}" for step in plan.steps if step.is_repeat)
    if other is None:
        saves = "without a repeat, no plan has as few lapsed days"
    else:
        amounts = [format_money(amount, plans.currency) for amount in (plans.saved_by_repeats or 0, other.fees)]
        saves = f"saves {amounts[0]} against {amounts[1]} without repeats and with as few lapsed days"
    yield from row("Repeats", Span(f"{repeated}: {saves}", "warn"))


def _assumption_lines() -> Iterator[Block]:
    yield from row("Assumes", Span("the prerequisites are met, and every evaluation passes", "muted"))


def describe_step(step: PlanStep, currency: str) -> str:
    """Return a step in words: its action, actors, fee, and effect."""
    actors = " and ".join(humanize(actor) for actor in (step.actor, step.then) if actor)
    action = f"{humanize(SUBJECTS[step.type])}{' again' if step.is_repeat else ''}"
    if step.valid_through is None:
        return f"{action} ({actors}): the term expires on {step.expires_on}"
    fee = f"{step.fee:,} {currency}".rstrip()
    return f"{action} ({actors}), {fee}: valid through {step.valid_through}"
