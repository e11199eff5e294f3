"""Who does what next, in the rulebook's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from designation._core import Assessment
from designation._wording import EVALUATIONS, PREREQUISITES, RENEWALS, STEPS, Wording, spoken


class Action(NamedTuple):
    """What one actor does."""

    actor: str
    do: str


def actions(assessment: Assessment, wording: Wording) -> Iterator[Action]:
    """Give what is to be done for the badge or for the renewal."""
    if assessment.term.status == "unknown":
        yield Action("partner", "Give the events: without them the status is unknown")
    for name, verdict in assessment.eligibility.prerequisites.items():
        if verdict == "unmet":
            yield from _remedy(wording, PREREQUISITES[name])
    if assessment.renewal is not None:
        for name in assessment.renewal.missing:
            yield from _remedy(wording, RENEWALS[name])
        yield from _remedy(wording, "SSD-T4")
    yield from _step(assessment, wording)


def _remedy(wording: Wording, rule: str) -> list[Action]:
    remedy = wording.remedy(rule)
    return [Action(*remedy)] if remedy else []


def _step(assessment: Assessment, wording: Wording) -> list[Action]:
    step, actor = assessment.journey.step, assessment.journey.waiting_on
    if step is None or actor is None:
        return []
    remedy = wording.remedy(STEPS[step])
    # Two share the performance evaluation, and its remedy names both; any other remedy is its own actor's.
    if remedy and (remedy[0] == actor or step in EVALUATIONS):
        return [Action(actor, remedy[1])]
    return [Action(actor, f"Act on the {spoken(step)}")]
