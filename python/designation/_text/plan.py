"""The page of plans: fees and lapsed days of each, and the steps of the recommended one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from designation import _core
from designation._answers.budget import Budget
from designation._answers.plan import SUBJECTS
from designation._core import Plan, Plans, PlanStep
from designation._text import budget as budget_page
from designation._text.blocks import EMPTY, Block, Span, Table, Title, build_table, row
from designation._text.wording import format_money, humanize


def lines(plans: Plans | Plan, budget: Budget | None = None) -> Iterator[Block]:
    """Build the page of plans, or one plan; the budget of plans adds what the facts contradict, and later fees."""
    if isinstance(plans, Plan):
        yield _front([plans], "Fees")
        yield EMPTY
        yield from _steps("Step", plans, "Fee")
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
    yield _front(plans.front, plans.currency)
    yield EMPTY
    yield from _steps("Recommended", plans.recommended, plans.currency)
    yield from _repeat_lines(plans, plans.recommended)
    yield from _assumption_lines() if budget is None else budget_page.notes(budget)


def _front(front: Sequence[Plan], currency: str) -> Table:
    """Return a table of plans, without the columns that say nothing."""
    columns: dict[str, list[str]] = {
        f"Plans, {currency}": [f"{plan.fees:,}" for plan in front],
        "Lapsed days": [f"{plan.lapsed_days:,}" for plan in front],
        "Repeats": [f"{plan.repeats:,}" if plan.repeats else "" for plan in front],
        "Expires on": [str(plan.held_until) for plan in front],
        "Depends on": [", ".join(plan.readings) for plan in front],
    }
    named = {name: cells for name, cells in columns.items() if any(cells)}
    last = len(named) - 1
    left = (last,) if "Depends on" in named else ()
    return build_table(list(named), zip(*named.values(), strict=True), left=left, wraps=left, most=None)


def _steps(label: str, plan: Plan, currency: str) -> Iterator[Block]:
    """Yield a table of the steps of a plan, with the last day on which the pass or the term of each is valid."""
    if not plan.steps:
        yield from row(label, Span(f"nothing to do: the term expires on {plan.held_until}"))
        return
    safe = ["Safe by"] if any(step.retry_days is not None for step in plan.steps) else []
    rows = [
        (
            *(_describe_action(step), str(step.on), str(step.latest), *map(str, [_safe_day(step)] if safe else [])),
            *("" if step.valid_through is None else f"{step.fee:,}", str(_last_day(step))),
        )
        for step in plan.steps
    ]
    yield build_table((label, "Earliest", "Latest", *safe, currency, "Valid through"), rows, most=None)
    yield EMPTY


def _last_day(step: PlanStep) -> datetime.date | None:
    return step.valid_through if step.expires_on is None else _core.add_days(step.expires_on, -1)


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
    action = _describe_action(step)
    if step.valid_through is None:
        return f"{action}: the term expires on {step.expires_on}"
    return f"{action}, {format_money(step.fee, currency)}: valid through {step.valid_through}"


def _describe_action(step: PlanStep) -> str:
    actors = " and ".join(humanize(actor) for actor in (step.actor, step.then) if actor)
    return f"{humanize(SUBJECTS[step.type])}{' again' if step.is_repeat else ''} ({actors})"
