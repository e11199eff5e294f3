"""A rulebook's parameters, changed one at a time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

Json = Any

PARAMETERS = (
    "prerequisites",
    "evaluations",
    "term",
    "journey",
    "availability",
    "benefits",
    "fees",
    "fiscal_year",
    "interpretations",
)
WORDING = {"words", "citations", "question", "rationale"}
OTHER_WORDS = {
    "microsoft": "issi",
    "issi": "partner",
    "partner": "microsoft",
    "USD": "EUR",
    "asfp": "ufp",
    "psfp": "ufp",
    "ufp": "psfp",
    "clamp": "roll_forward",
    "earlier_pass_stands": "latest_outcome_governs",
    "anniversary": "decision",
    "stands": "ignored",
    "lapsed": "in_force",
    "flag": "suspend",
    "later_of_anniversary_and_decision": "decision",
    "presumed": "unconfirmed",
    "not_counted": "counted",
    "unified_for_partners": "badge",
    "badge": "unified_for_partners",
    "marketplace_visibility": "badge",
    "elevated_support": "badge",
    "performance_credits": "badge",
}
# The date of a first amount must stay the earliest, and a change of order covers the name of a step.
FIXED = ("/from", "/step")


def changed(value: Json) -> list[Json]:
    """Return other values for a scalar."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1] if value <= 1 else [value - 1, value + 1]
    if isinstance(value, str) and value[:2] in ("19", "20"):
        day = datetime.date.fromisoformat(value)
        return [str(day + datetime.timedelta(days)) for days in (-1, 1)] + [None]
    return [OTHER_WORDS[value]] if value in OTHER_WORDS else []


def mutations(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Return each location, and the value of the whole part after one change there."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in WORDING:
                continue
            for where, mutated in mutations(part, f"{path}/{key}"):
                yield where, {**value, key: mutated}
            if key in ("then", "subject_to", "availability", "contract", "before_next_renewal", "limited_places"):
                yield f"{path}/{key} left out", {name: kept for name, kept in value.items() if name != key}
    elif isinstance(value, list):
        for i, part in enumerate(value):
            for where, mutated in mutations(part, f"{path}/{i}"):
                yield where, [*value[:i], mutated, *value[i + 1 :]]
            yield f"{path}/{i} left out", [*value[:i], *value[i + 1 :]]
            if i and path == "/journey":  # the other lists are sets
                yield f"{path}/{i} swapped", [*value[: i - 1], part, value[i - 1], *value[i + 1 :]]
    elif not path.endswith(FIXED):
        yield from ((f"{path} {other}", other) for other in changed(value))
