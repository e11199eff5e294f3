"""Thresholds of the user's policy, which are never reported as rules of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_policy
from designation._display import displayable
from designation._text.blocks import Block, Span, row
from designation.metrics._errors import input_error


@displayable
class ThresholdCheck(NamedTuple):
    """A metric compared with a threshold of the user's policy.

    ``within`` tells whether the value meets the threshold, ``interval_within`` whether its whole interval does.
    ``margin`` is the distance to the threshold in words. ``limit`` is the threshold in the unit of the value. For a
    case rate, ``cases_allowed`` is the number of further cases within the threshold; it is negative above it.
    """

    metric: str
    threshold: str
    value: float
    within: bool
    interval_within: bool
    margin: str
    limit: float
    cases_allowed: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the check as JSON-compatible values."""
        return {"kind": "policy", **self._asdict()}

    def lines(self) -> Iterable[Block]:
        """Lay out the check."""
        verdict = "within" if self.within else "not within"
        crossing = "" if self.interval_within == self.within else ", but the interval crosses it"
        text = f"{verdict} your threshold of {self.threshold}{crossing}; {self.margin}"
        yield from row("Policy", Span(text, "good" if self.within else "bad"))
        yield from row("", Span("a threshold of your own, not a rule of the program", "muted"))


def read_threshold(policy: _core.Policy | Mapping[str, Any], metric: str) -> dict[str, Any]:
    """Read a policy's threshold for a metric.

    Raises:
        InputError: The policy has no such threshold.
    """
    parsed = policy if isinstance(policy, _core.Policy) else parse_policy(policy)
    thresholds = parsed.to_dict().get("thresholds") or {}
    if not thresholds.get(metric):
        raise input_error("threshold", f"the policy has no threshold for {metric}", f"/thresholds/{metric}")
    threshold: dict[str, Any] = thresholds[metric]
    return threshold
