"""What ``--fail-on`` can ask for."""

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
}
WITHIN = re.compile(r"within=([0-9]{1,6})d")
KNOWN = ", ".join([*CONDITIONS, "within=Nd"])


def condition(text: str) -> str:
    """Read what ``--fail-on`` asks for."""
    if text not in CONDITIONS and not WITHIN.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not known; known: {KNOWN}")
    return text


def add_conditions(parser: argparse.ArgumentParser) -> None:
    """Add ``--fail-on``."""
    parser.add_argument(
        "--fail-on",
        metavar="WHAT",
        type=condition,
        action="append",
        default=[],
        help=f"exit with 1 where WHAT holds for a partner: {KNOWN} (a deadline of an action lies within N days, or the "
        "answer changes by then if nobody acts); may be given several times",
    )


def holding(asked: list[str], assessment: Assessment) -> list[str]:
    """Give what was asked for and holds."""
    return [name for name in dict.fromkeys(asked) if _holds(name, assessment)]


def _holds(name: str, assessment: Assessment) -> bool:
    within = WITHIN.fullmatch(name)
    if within is None:
        return CONDITIONS[name](assessment)
    change = assessment.next_change
    days = [action.by for action in assessment.actions if action.by] + ([change.on] if change else [])
    return any((day - assessment.as_of).days <= int(within[1]) for day in days)
