"""Thresholds of a user's policy: reported as policy, never as a rule of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_policy
from designation._display import shown
from designation._text.layout import Line, Span, row
from designation.metrics._mistakes import mistake


@shown
class Check(NamedTuple):
    """A figure against a threshold of the user's policy.

    ``within`` is about the figure itself, ``surely`` about its whole interval; ``room`` says how near it is.
    ``limit`` is the threshold per what the figure is per. ``allowed`` is the number of cases that may still come, for a
    case rate.
    """

    metric: str
    threshold: str
    value: float
    within: bool
    surely: bool
    room: str
    limit: float
    allowed: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as JSON has it."""
        return {"kind": "policy", **self._asdict()}

    def lines(self) -> Iterable[Line]:
        """Lay out the comparison."""
        how = "within" if self.within else "not within"
        sure = "" if self.surely == self.within else ", though the interval reaches to the other side"
        said = f"{how} your threshold of {self.threshold}{sure}; {self.room}"
        yield from row("Policy", Span(said, "good" if self.within else "bad"))
        yield from row("", Span("a threshold of your own, no rule of the program", "muted"))


def threshold(policy: _core.Policy | Mapping[str, Any], metric: str) -> dict[str, Any]:
    """Give a policy's threshold for a metric.

    Raises:
        InputError: It has none.
    """
    given = policy if isinstance(policy, _core.Policy) else parse_policy(policy)
    thresholds = given.to_dict().get("thresholds") or {}
    if not thresholds.get(metric):
        raise mistake("threshold", f"the policy has no threshold for {metric}", f"/thresholds/{metric}")
    found: dict[str, Any] = thresholds[metric]
    return found
