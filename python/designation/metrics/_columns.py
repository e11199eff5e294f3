"""Which column says what, and how it is written: the only thing that a reader needs to know."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from designation._errors import InputError
from designation.metrics._mappings import MAPPINGS
from designation.metrics._mistakes import mistake, nearest, problem, several
from designation.metrics._source import Table

ROLES = tuple(MAPPINGS["plain"])
CHOICES = {"rows": ("case", "event"), "dates": ("iso", "day_first", "month_first"), "decimal": (".", ",")}
OPTIONS = (*CHOICES, "like", "zone", "naive_zone", "blank", "escalated", "words")
WRITTEN = "as-written"


@dataclass(frozen=True, slots=True)
class Columns:
    """A column mapping as `columns_of` reads it."""

    names: Mapping[str, tuple[str, ...]]
    pointer: str
    rows: str = "case"
    dates: str | None = None
    decimal: str = "."
    zone: str | None = None
    naive_zone: str | None = None
    blank: tuple[str, ...] = ()
    escalated: Any = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, role: str, available: Sequence[str]) -> str | None:
        """Give the table's column for a role, or None where it has none."""
        found = (self._match(name, available, role) for name in self.names.get(role, ()))
        return next(filter(None, found), None)

    def _match(self, name: str, available: Sequence[str], role: str) -> str | None:
        if name in available:
            return name
        alike = [column for column in available if column.strip().casefold() == name.casefold()]
        if len(alike) > 1:
            raise mistake("column", f"{several(alike)} differ by case only", f"{self.pointer}/{role}")
        return alike[0] if alike else None

    def need(self, roles: Iterable[str], table: Table) -> dict[str, str]:
        """Give the table's columns for roles, or say which are not there."""
        found = {role: self.find(role, table.columns) for role in roles}
        lacking = [role for role, name in found.items() if name is None]
        if lacking:
            raise InputError([self._lack(role, table) for role in lacking])
        return {role: name for role, name in found.items() if name is not None}

    def has(self, name: str, available: Sequence[str]) -> bool:
        """Whether the table has a column that a user named."""
        return bool(self.find(name, available) or self._match(name, available, name))

    def group(self, name: str, available: Sequence[str], pointer: str = "/by") -> str:
        """Give a column that a user named: by a role, or by its own name."""
        column = self.find(name, available) or self._match(name, available, name)
        if column is None:
            hint = nearest(name, available)
            raise mistake("column", f'no column "{name}"{hint}; there are: {several(available, 12)}', pointer)
        return column

    def _lack(self, role: str, table: Table) -> Any:
        available = table.columns
        wanted = " or ".join(f'"{name}"' for name in self.names.get(role, ()))
        others = {name: columns_of(name) for name in MAPPINGS if name != "plain"}
        fits = [name for name, one in others.items() if one.find("id", available) and one.find(role, available)]
        hint = f'; it looks like "{fits[0]}"' if len(fits) == 1 else ""
        what = f"no column for {role}" + (f", looked for {wanted}" if wanted else "")
        what = f"{what}; there are: {several(available, 12)}{hint}"
        return problem("column", what, f"{self.pointer}/{role}", table.name)


def columns_of(given: str | Mapping[str, Any] | None, pointer: str = "/columns") -> Columns:
    """Read a column mapping.

    Args:
        given: The name of a mapping, or a dict of roles (``id``, ``created``, ...), each with the column's name, and of
            how things are written; ``like`` names the mapping that it is laid over.
        pointer: Where it stands, for diagnostics.
    """
    members = {"like": given} if isinstance(given, str) else dict(given or {})
    like = members.pop("like", "plain")
    if not isinstance(like, str) or like not in MAPPINGS:
        hint = nearest(str(like), MAPPINGS)
        raise mistake("mapping", f'no mapping "{like}"{hint}; there are: {", ".join(MAPPINGS)}', pointer)
    unknown = [key for key in members if key not in (*ROLES, *OPTIONS)]
    if unknown:
        known = (*ROLES, *OPTIONS)
        raise InputError(
            [problem("unknown_key", f'"{key}" is not known{nearest(str(key), known)}', pointer) for key in unknown]
        )
    merged = {**MAPPINGS["plain"], **MAPPINGS[like], **members}
    names = {role: _names(merged[role], f"{pointer}/{role}") for role in ROLES if merged.get(role) is not None}
    options = {key: merged[key] for key in OPTIONS if merged.get(key) is not None}
    for key, known in CHOICES.items():
        if options.get(key, known[0]) not in known:
            raise mistake("unknown_value", f"{options[key]!r} is none of {', '.join(known)}", f"{pointer}/{key}")
    for key in ("zone", "naive_zone"):
        _check_zone(options.get(key), f"{pointer}/{key}")
    if "blank" in options:
        options["blank"] = _names(options["blank"], f"{pointer}/blank")
    return Columns(names=names, pointer=pointer, **options)


def _names(value: Any, pointer: str) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, tuple | list) else ()
    if not names or not all(isinstance(name, str) and name for name in names):
        raise mistake(
            "type", "a column is named by text, or by a list of texts of which the first found counts", pointer
        )
    return names


def _check_zone(zone: Any, pointer: str) -> None:
    if zone is None or (zone == WRITTEN and pointer.endswith("/zone")):
        return
    try:
        zoneinfo.ZoneInfo(zone)
    except (OSError, ValueError, TypeError, zoneinfo.ZoneInfoNotFoundError):
        raise mistake(
            "zone", f'"{zone}" is no time zone; give a name such as "UTC" or "Europe/Berlin"', pointer
        ) from None
