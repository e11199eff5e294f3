"""What ``--fail-on`` can ask for."""

from __future__ import annotations

import argparse
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


def condition(text: str) -> str:
    """Read what ``--fail-on`` asks for."""
    if text not in CONDITIONS:
        raise argparse.ArgumentTypeError(f"{text!r} is not known; known: {', '.join(CONDITIONS)}")
    return text


def add_conditions(parser: argparse.ArgumentParser) -> None:
    """Add ``--fail-on``."""
    parser.add_argument(
        "--fail-on",
        metavar="WHAT",
        type=condition,
        action="append",
        default=[],
        help=f"exit with 1 where WHAT holds for a partner: {', '.join(CONDITIONS)}; may be given several times",
    )


def holding(asked: list[str], assessment: Assessment) -> list[str]:
    """Give what was asked for and holds."""
    return [name for name in dict.fromkeys(asked) if CONDITIONS[name](assessment)]
