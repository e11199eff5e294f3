"""Rates of cases per unit of business, each with its exact interval, and their comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._display import displayable
from designation._text.blocks import Block, Span, build_table, row
from designation._text.figures import format_figure, format_interval, format_number, format_size
from designation.metrics._intervals import poisson_interval

NO_BUSINESS = "no business of its own"


class CaseRateGroup(NamedTuple):
    """The case rate of a month or of a group; without a size of its own, it has no rate, and ``reason`` says why."""

    key: str | None
    cases: int
    size: Decimal | None = None
    rate: float | None = None
    interval: tuple[float, float] | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the group as JSON-compatible values."""
        return json_object(self)


@displayable
class RateComparison(NamedTuple):
    """A comparison of two rates: the second over the first, and the exact p-value of no difference."""

    ratio: float
    interval: tuple[float, float]
    p_value: float

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON-compatible values; an infinite bound is None."""
        return json_object(self)

    def lines(self) -> Iterable[Block]:
        """Lay out the comparison."""
        yield from row("Ratio", Span(f"{self.ratio:.2f}, interval {format_interval(self.interval)} (exact)"))
        yield from row("p-value", Span(f"{self.p_value:.2g} (hypothesis: no difference)"))


def rate_group(key: str | None, cases: int, size: Decimal | None, per: int, level: float) -> CaseRateGroup:
    """Return a group with its rate per a size of business, and the exact interval of the rate."""
    if size is None:
        return CaseRateGroup(key, cases, reason=NO_BUSINESS)
    if size <= 0:
        return CaseRateGroup(key, cases, size, reason=f"its business is {format_size(size)}")
    scale = Fraction(per) / Fraction(size)
    low, high = poisson_interval(cases, level)
    return CaseRateGroup(key, cases, size, float(cases * scale), (low * float(scale), high * float(scale)))


def group_lines(name: str, groups: Sequence[CaseRateGroup], cases: int, level: float) -> Iterable[Block]:
    """Lay out the groups of a breakdown of some cases as a table."""
    header: tuple[str, ...] = ("Share", "No rate")
    values: list[tuple[str, ...]] = [(f"{group.cases / max(cases, 1):.1%}", group.reason or "") for group in groups]
    if any(group.rate is not None for group in groups):
        header, values = ("Business", "Rate", f"{level:.0%} interval"), [_cells(group) for group in groups]
    keys = [(group.key or "(blank)", format_number(group.cases)) for group in groups]
    yield build_table(
        (name[:1].upper() + name[1:], "Cases", *header),
        [(*key, *cells) for key, cells in zip(keys, values, strict=True)],
    )


def _cells(group: CaseRateGroup) -> tuple[str, ...]:
    if group.size is None or group.rate is None or group.interval is None:
        return "none" if group.size is None else format_size(group.size), "none", group.reason or ""
    return format_size(group.size), format_figure(group.rate), format_interval(group.interval)
