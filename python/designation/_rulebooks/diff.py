"""The differences between two rulebooks, and the rules that read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from designation._core import Rulebook
from designation._display import displayable, public
from designation._input.locations import escape_token
from designation._rulebooks.rule_index import find_rules

NOT_READ = ("$schema", "format", "extends", "notes")


@public
class RulebookDifference(NamedTuple):
    """A location where two rulebooks differ, both values (None if absent), and the rules that read it.

    A list is one value, because a rulebook that extends another replaces lists as a whole.
    """

    path: str
    before: Any
    after: Any
    rules: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as JSON values."""
        return {"path": self.path, "before": self.before, "after": self.after, "rules": list(self.rules)}


@public
@displayable
class RulebookDiff(NamedTuple):
    """The differences between two rulebooks; ``same`` is true if there are none. ``print`` shows them as text."""

    old: Rulebook
    new: Rulebook
    differences: tuple[RulebookDifference, ...]

    @property
    def same(self) -> bool:
        """Whether there are no differences."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """Return the differences as JSON values."""
        return {
            "same": self.same,
            "old": {"edition": self.old.edition, "digest": self.old.digest},
            "new": {"edition": self.new.edition, "digest": self.new.digest},
            "differences": [difference.to_dict() for difference in self.differences],
        }


def compare_rulebooks(old: Rulebook, new: Rulebook) -> RulebookDiff:
    """Return the differences between two rulebooks, in the order of the sections."""
    contents = (old.to_dict(), new.to_dict())
    before, after = ({key: section for key, section in one.items() if key not in NOT_READ} for one in contents)
    differences = _find_differences("", before, after)
    return RulebookDiff(
        old, new, tuple(RulebookDifference(*one, find_rules(one[0], contents[1])) for one in differences)
    )


def _find_differences(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before | after:
            yield from _find_differences(f"{path}/{escape_token(key)}", before.get(key), after.get(key))
    elif before != after:
        yield path, before, after
