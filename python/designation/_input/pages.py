"""Responses of APIs: an object with one list of records, among members that describe the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

RECORDS, EMPTY, OBJECT, OTHER = "records", "empty", "object", "other"
# Members that hold the records in the responses of common systems; other names count if nothing else is in the object.
MEMBERS = frozenset(
    [
        "items",
        "value",
        "values",
        "records",
        "results",
        "result",
        "data",
        "rows",
        "entries",
        "list",
        "content",
        "elements",
        "objects",
        "documents",
        "partners",
        "tickets",
        "satisfaction_ratings",
        "issues",
        "incidents",
        "cases",
        "requests",
        "servicerequests",
        "responses",
        "surveys",
        "answers",
    ]
)
PAGING = re.compile(
    r"count|total|next|prev|page|offset|limit|link|start|end|max|self|first|last|odata|done|attributes|meta|expand"
    r"|has_?more|cursor|url|uri|size|kind|object|success|error|status|message|schema|version|etag|time",
    re.IGNORECASE,
)
MOST_LEVELS = 3


class SeveralListsError(ValueError):
    """An object has several lists of records; its text names them."""


def find_records(kinds_at: Callable[[Sequence[str]], Mapping[str, str]]) -> tuple[str, ...] | None:
    """Return the path of the list of records in an object; None if the object is a record itself.

    Args:
        kinds_at: A function from a path to the kinds of the members there: ``records`` for a list of objects, ``empty``
            for an empty list, ``object``, or ``other``.

    Raises:
        SeveralListsError: The object has several such lists.
    """
    path: tuple[str, ...] = ()
    for _ in range(MOST_LEVELS):
        kinds = kinds_at(path)
        if any(name.casefold() == "id" for name in kinds):
            return None
        member = _member_with_records(kinds)
        if member is None:
            return None
        path = (*path, member)
        if kinds[member] != OBJECT:
            return path
    return None


def _member_with_records(kinds: Mapping[str, str]) -> str | None:
    lists = [name for name, kind in kinds.items() if kind in (RECORDS, EMPTY)]
    known = [name for name in lists if name.casefold() in MEMBERS]
    candidates = [name for name in known or lists if kinds[name] == RECORDS] or known or lists
    if known and len(candidates) == 1:
        return candidates[0]
    others = [name for name in kinds if name not in lists and not PAGING.search(name)]
    if candidates:
        if len(candidates) > 1 and not others:
            raise SeveralListsError(f"the object has several lists of records: {', '.join(candidates)}")
        return None if others else candidates[0]
    return others[0] if len(others) == 1 and kinds[others[0]] == OBJECT else None


def kind_of_value(value: object) -> str:
    """Return the kind of a member's value, as `find_records` expects it."""
    if isinstance(value, list):
        return EMPTY if not value else RECORDS if isinstance(value[0], Mapping) else OTHER
    return OBJECT if isinstance(value, Mapping) else OTHER
