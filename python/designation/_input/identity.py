"""Ids of partners: one rule for what an id is, and for when two are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from designation._input.spaces import PADDING, trim
from designation._lazy import lazy
from designation._messages import quote

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

# A spreadsheet shows a long number like 6.2601E+14, and saves it so as text.
DAMAGED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)


def normalize_id(text: str) -> str:
    """Return an id without the spaces and the invisible characters at its ends; otherwise ids are compared exactly."""
    return trim(text)


def trim_ids(values: Any) -> Any:
    """Return an Arrow array of ids without the spaces and the invisible characters at their ends."""
    return pc.utf8_trim(values, PADDING)


def has_damage(values: Any) -> Any:
    """Return for each id of an Arrow array whether a spreadsheet damaged it."""
    return pc.match_substring_regex(values, f"^(?:{DAMAGED.pattern})$", ignore_case=True)


def damage_message(text: str) -> str | None:
    """Return the message for an id that a spreadsheet damaged; None if it is whole."""
    if "+" not in text or DAMAGED.fullmatch(text) is None:
        return None
    return f"a spreadsheet rounded the id to {quote(text)}; format its column as text, and export it again"


class IdProblem(NamedTuple):
    """Why an id cannot be used: the code of the problem, and its message."""

    code: str
    message: str


class Identities:
    """The ids seen so far, each with its location: a repeated one is an error that names both locations."""

    def __init__(self, on_duplicate: str = "error") -> None:
        self._on_duplicate = on_duplicate
        self._places: dict[str, object] = {}
        self._folded: dict[str, str] = {}
        self._alike: dict[tuple[str, str], None] = {}  # in order

    def add(self, name: str, place: object) -> IdProblem | None:
        """Add an id, and return its problem, if it has one.

        Args:
            name: The id, normalized.
            place: Where it is, for the message of a later one.
        """
        if damage := damage_message(name):
            return IdProblem("id", damage)
        if (first := self._places.get(name)) is None:
            self._places[name] = place
        elif self._on_duplicate == "error":
            return IdProblem("duplicate", f"id {quote(name)} is already {first}")
        # Most ids are in lower case, and need no second entry.
        folded = name.casefold()
        if folded == name:
            other = self._folded.get(name, name)
        else:
            other = folded if folded in self._places else self._folded.setdefault(folded, name)
        if other != name:
            self._alike[other, name] = None
        return None

    def warnings(self) -> Iterable[str]:
        """Return a note for each pair of ids that differ only in case."""
        return (f"ids {quote(first)} and {quote(second)} differ only in case" for first, second in self._alike)
