"""The conditions of ``--fail-on``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from designation._core import Assessment

Condition = Callable[[Assessment], bool]

CONDITIONS: dict[str, Condition] = {
    "not-in-force": lambda a: a.term.in_force == "unmet",
    "ineligible": lambda a: a.eligibility.verdict == "unmet",
    "unknown": lambda a: "unknown" in (a.eligibility.verdict, a.term.in_force),
    "at-risk": lambda a: a.term.at_risk,
    "due": lambda a: bool(a.fees.due),
    "overdue": lambda a: any(action.overdue_since for action in a.actions),
}
WITHIN = re.compile(r"within=([0-9]{1,6})d")
CHOICES = ", ".join([*CONDITIONS, "within=Nd"])


def parse_condition(text: str) -> str:
    """Validate a condition of ``--fail-on``."""
    if text not in CONDITIONS and not WITHIN.fullmatch(text):
        raise argparse.ArgumentTypeError(f'must be one of {CHOICES}, not "{text}"')
    return text


def add_conditions(parser: argparse.ArgumentParser) -> None:
    """Add ``--fail-on``."""
    parser.add_argument(
        "--fail-on",
        metavar="CONDITION",
        type=parse_condition,
        action="append",
        default=[],
        help=f"exit with status 1 if CONDITION is true of a partner: {CHOICES} (an action has its "
        "deadline within N days or is overdue); can be repeated",
    )


def matching_conditions(conditions: list[str], assessment: Assessment) -> list[str]:
    """Return the conditions that are true of an assessment."""
    return [name for name in dict.fromkeys(conditions) if _holds(name, assessment)]


def _holds(name: str, assessment: Assessment) -> bool:
    within = WITHIN.fullmatch(name)
    if within is None:
        return CONDITIONS[name](assessment)
    # A deadline that was missed stays true, so that the condition never becomes false because nobody acted.
    return any(
        action.overdue_since or (action.by and (action.by - assessment.as_of).days <= int(within[1]))
        for action in assessment.actions
    )
