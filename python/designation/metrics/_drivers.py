"""What drives a case rate: cases of each group against their expected number, and the least to remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._display import displayable
from designation._text.blocks import Block, Span, build_table, fill, row
from designation._text.figures import format_number
from designation.metrics._intervals import adjust_p_values, poisson_tail
from designation.metrics._rates import CaseRateGroup


class Driver(NamedTuple):
    """A group: ``excess`` is its cases minus the expected number, and ``p_value`` the adjusted ``tail``.

    ``tail`` is the probability of at least so many cases if the expected number is right.
    """

    key: str | None
    cases: int
    share: float
    expected: float | None = None
    excess: float | None = None
    tail: float | None = None
    p_value: float | None = None


@displayable
class Drivers(NamedTuple):
    """The groups of a breakdown, and, for a limit of the user, the least to remove to be within it.

    ``cases_to_remove`` is the least number of cases, and ``groups_to_remove`` the least number of groups, the largest
    first, without which the rate is at most the limit; the business of a removed group stays.
    """

    by: str
    groups: tuple[Driver, ...]
    at_most: float | None = None
    cases_to_remove: int | None = None
    groups_to_remove: tuple[str | None, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the drivers as JSON-compatible values."""
        return json_object(self)

    def lines(self) -> Iterable[Block]:
        """Lay out the drivers."""
        header = (self.by[:1].upper() + self.by[1:], "Cases", "Share", "Expected", "Excess", "Adjusted p")
        yield build_table(header, map(_cells, self.groups))
        if self.cases_to_remove is not None and self.groups_to_remove is not None:
            names = ", ".join(key or "(blank)" for key in self.groups_to_remove)
            groups = len(self.groups_to_remove)
            text = f"{format_number(self.cases_to_remove)} {'case' if self.cases_to_remove == 1 else 'cases'}, or "
            text += f"{groups} {'group' if groups == 1 else 'groups'}"
            yield from row("To remove", Span(f"{text}{f': {names}' if names else ''}"))
        yield from fill(Span("p: chance of that many cases or more, adjusted for the number of groups", "muted"))


def find_drivers(
    by: str, groups: Sequence[CaseRateGroup], total: CaseRateGroup, before: Mapping[str | None, int] | None = None
) -> Drivers:
    """Compare the cases of each group with their expected number.

    Args:
        by: The name of the breakdown.
        groups: The groups.
        total: All cases and the whole business.
        before: The cases of each group in a period to compare with, for groups without business of their own.
    """
    before_total = sum((before or {}).values())
    drivers = []
    for group in groups:
        expected = None
        if group.size is not None and total.size:
            expected = float(total.cases * Fraction(group.size) / Fraction(total.size))
        elif before is not None and before_total:
            expected = total.cases * before.get(group.key, 0) / before_total
        driver = Driver(group.key, group.cases, group.cases / max(total.cases, 1))
        if expected is not None:
            tail = poisson_tail(group.cases, expected)
            driver = driver._replace(expected=expected, excess=group.cases - expected, tail=tail)
        drivers.append(driver)
    tails = [one.tail for one in drivers if one.tail is not None]
    adjusted = iter(adjust_p_values(tails))
    return Drivers(by, tuple(one if one.tail is None else one._replace(p_value=next(adjusted)) for one in drivers))


def find_least_removal(groups: Sequence[CaseRateGroup], excess: int) -> tuple[str | None, ...]:
    """Return the fewest groups, the largest first, that have at least so many cases."""
    removed: list[str | None] = []
    for group in sorted(groups, key=lambda group: (-group.cases, group.key or "")):
        if excess <= 0:
            break
        removed.append(group.key)
        excess -= group.cases
    return tuple(removed)


def _cells(driver: Driver) -> tuple[str, ...]:
    expected = "none" if driver.expected is None else f"{driver.expected:,.1f}"
    excess = "" if driver.excess is None else f"{driver.excess:+,.1f}"
    p_value = "" if driver.p_value is None else f"{driver.p_value:.2g}"
    return driver.key or "(blank)", format_number(driver.cases), f"{driver.share:.1%}", expected, excess, p_value
