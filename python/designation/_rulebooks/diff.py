"""What differs between two rulebooks, and the rules that read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from designation._core import Rulebook
from designation._display import public, shown
from designation._rulebooks.rule_index import readers

NOT_READ = ("$schema", "format", "extends", "notes")


@public
class RulebookDifference(NamedTuple):
    """A place of a rulebook where the two differ, and the rules that read it; None where one has nothing there.

    A list is one value, as it is where a rulebook is laid over another.
    """

    path: str
    before: Any
    after: Any
    rules: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as JSON has it."""
        return {"path": self.path, "before": self.before, "after": self.after, "rules": list(self.rules)}


@public
@shown
class RulebookDiff(NamedTuple):
    """What differs between two rulebooks; ``same`` where nothing does. ``print`` shows it in words."""

    old: Rulebook
    new: Rulebook
    differences: tuple[RulebookDifference, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """Give what differs as JSON has it."""
        return {
            "same": self.same,
            "old": {"edition": self.old.edition, "digest": self.old.digest},
            "new": {"edition": self.new.edition, "digest": self.new.digest},
            "differences": [difference.to_dict() for difference in self.differences],
        }


def diff_of(old: Rulebook, new: Rulebook) -> RulebookDiff:
    """Find what differs, in the order of the rulebook's sections."""
    contents = (old.to_dict(), new.to_dict())
    before, after = ({key: part for key, part in one.items() if key not in NOT_READ} for one in contents)
    return RulebookDiff(
        old,
        new,
        tuple(RulebookDifference(*found, readers(found[0], contents[1])) for found in _differ("", before, after)),
    )


def _differ(path: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before | after:
            place = key.replace("~", "~0").replace("/", "~1")
            yield from _differ(f"{path}/{place}", before.get(key), after.get(key))
    elif before != after:
        yield path, before, after
