"""The interpretations that decide an explained result on its date."""

from __future__ import annotations

from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_policy
from designation._convert import json_object


class Decided(NamedTuple):
    """An interpretation whose other reading would give the explained rule another verdict or value."""

    interpretation: str
    reading: str
    other: str
    verdict: _core.Verdict | None
    value: Any
    other_verdict: _core.Verdict | None
    other_value: Any

    def to_dict(self) -> dict[str, Any]:
        """Return the interpretation as JSON values."""
        return json_object(self)


def find_decided(explanation: _core.Explanation) -> list[Decided]:
    """Switch one interpretation at a time, and return those that change the verdict or the value of a rule."""
    if explanation.path.endswith("/on"):  # a finding: another reading can remove it, and there is nothing to compare
        return []
    assessment, found = explanation.assessment, []
    chosen = assessment.policy.to_dict()
    for name, both in _core.rules(assessment.policy, assessment.rulebook).readings.items():
        readings = {**chosen.get("interpretations", {}), name: both.alternative}
        policy = parse_policy({**chosen, "interpretations": readings}, rulebook=assessment.rulebook)
        rules = _core.rules(policy, assessment.rulebook)
        other = _core.assess(assessment.partner, assessment.as_of, rules).explain(explanation.rule)
        ours, theirs = (explanation.verdict, explanation.value), (other.verdict, other.value)
        if ours != theirs:
            found.append(Decided(name, both.used, both.alternative, *ours, *theirs))
    return found
