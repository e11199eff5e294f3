"""Ways of counting: named choices of which cases, whose day, and which business; none of them is the program's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._display import displayable
from designation._messages import quote, suggestion
from designation._text.blocks import Block, Span, build_table, fill
from designation._text.figures import format_figure, format_interval, format_number, format_size
from designation.metrics._arguments import parse_mapping, parse_texts
from designation.metrics._errors import input_error

SHIPPED = ("all", "without_duplicates", "technical_only", "created", "closed", "per_revenue", "per_seat")
KEYS = ("only", "without", "on", "business", "unit", "per")
NEEDS = {
    "without_duplicates": "duplicate",
    "technical_only": "technical",
    "per_revenue": "revenue",
    "per_seat": "seats",
}


class Way(NamedTuple):
    """One way of counting and its result; ``within`` is the verdict against the user's threshold in the same unit."""

    name: str
    cases: int
    size: Decimal
    per: int
    unit: str
    rate: float
    interval: tuple[float, float]
    within: bool | None = None


@displayable
class Ways(NamedTuple):
    """Ways of counting side by side; ``differing`` names those whose verdict differs from that of the first one."""

    ways: tuple[Way, ...]
    differing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the ways as JSON-compatible values."""
        return json_object(self)

    def lines(self) -> Iterable[Block]:
        """Lay out the ways as a table."""
        yield build_table(("Way", "Cases", "Business", "Rate", "Interval", "Policy"), map(_cells, self.ways))
        units = dict.fromkeys(f"{format_number(way.per)} {way.unit}" for way in self.ways)
        yield from fill(Span(f"Rates are cases per {', per '.join(units)}.", "muted"))
        if self.differing:
            yield from fill(Span(f"The verdict differs from that of {self.ways[0].name}: {', '.join(self.differing)}"))
        yield from fill(Span("How Microsoft counts is not public; no way is the program's.", "muted"))


def parse_ways(
    ways: Sequence[str] | Mapping[str, Mapping[str, Any]] | None, given: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Parse ways into what each changes in the call of `case_rate`.

    Args:
        ways: Names of shipped ways, or a dict of changes by the name of a way; None for the shipped ways that need no
            more than is given.
        given: The user's statements: ``technical``, ``duplicate``, ``revenue`` and ``seats``.

    Raises:
        InputError: A way or a key is unknown, or needs a statement that is not given.
    """
    if isinstance(ways, Mapping):
        own = {name: parse_mapping(changes, f"/ways/{name}") for name, changes in ways.items()}
        for name, changes in own.items():
            unknown = [key for key in changes if key not in KEYS]
            if unknown:
                what = f"unknown key {quote(unknown[0])}{suggestion(unknown[0], KEYS)}"
                raise input_error("unknown_key", what, f"/ways/{name}")
        return own
    if ways is None:
        ways = [name for name in SHIPPED if name != "closed" and given.get(NEEDS.get(name, ""), True) is not None]
    return {name: _shipped(name, given) for name in parse_texts(ways, "/ways")}


def _shipped(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if name not in SHIPPED:
        raise input_error("way", f"unknown way {quote(name)}{suggestion(name, SHIPPED)}", "/ways")
    needed = NEEDS.get(name)
    if needed is not None and given.get(needed) is None:
        raise input_error("way", f'the way "{name}" needs {needed}=, which only you can state', f"/ways/{name}")
    changes: dict[str, dict[str, Any]] = {
        "without_duplicates": {"without": given.get("duplicate")},
        "technical_only": {"only": given.get("technical")},
        "created": {"on": "created"},
        "closed": {"on": "closed"},
        "per_revenue": {"business": given.get("revenue"), "unit": None, "per": None},
        "per_seat": {"business": given.get("seats"), "unit": "seats", "per": None},
    }
    return changes.get(name, {})


def _cells(way: Way) -> tuple[str, ...]:
    verdict = "" if way.within is None else "within" if way.within else "not within"
    size, interval = f"{format_size(way.size)} {way.unit}", format_interval(way.interval)
    return way.name, format_number(way.cases), size, format_figure(way.rate), interval, verdict
