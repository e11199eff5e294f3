"""Column mappings: which column of a table has which role, and how its values are written."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from designation._errors import InputError
from designation._input.text import fold_name
from designation._messages import CUTOFF, quote, several, spelled_like, suggestion
from designation.metrics._arguments import parse_mapping, parse_texts
from designation.metrics._errors import diagnostic, input_error
from designation.metrics._languages import LANGUAGES
from designation.metrics._mappings import MAPPINGS
from designation.metrics._source import Table
from designation.metrics._text_formats import parse_format
from designation.metrics._zone_names import is_zone

ROLES = tuple(MAPPINGS["plain"])
CHOICES = {"rows": ("case", "event"), "dates": ("iso", "day_first", "month_first"), "decimal": (".", ",")}
OPTIONS = (*CHOICES, "like", "format", "language", "zone", "naive_zone", "zones", "blank", "escalated", "words")
WRITTEN = ("dates", "format", "language", "zone", "naive_zone", "zones", "blank", "words", "like")
GROUPS = ("product", "country", "customer", "severity", "status")
# The keys that each kind of table uses; any other key has no effect, and is an error.
USED = {
    "cases": (*WRITTEN, *GROUPS, "id", "created", "closed", "escalated_on", "rows", "escalated"),
    "answers": (*WRITTEN, *GROUPS, "id", "score", "answered", "decimal"),
    "business": (*WRITTEN, *GROUPS, "date", "amount", "currency", "seats", "decimal"),
    "billing": (*WRITTEN, *GROUPS, "date", "amount", "currency", "charge_type", "decimal"),
}
AS_WRITTEN = "as-written"
# A misspelled heading of an optional column is an error, so that "closed_by" must not be taken for "closed".
MISSPELLED = 0.85
NUMBERED = re.compile(r"(.*)\[\d+\]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """A column mapping, as `parse_columns` returns it."""

    names: Mapping[str, tuple[str, ...]]
    pointer: str
    rows: str = "case"
    dates: str | None = None
    format: str | None = None
    language: tuple[str, ...] = ()
    decimal: str | None = None
    zone: str | None = None
    naive_zone: str | None = None
    zones: Mapping[str, str] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    escalated: Any = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stated: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    def find(self, role: str, available: Sequence[str], file: str = "") -> str | None:
        """Return the column for a role; None if the table has none."""
        matches = (self._match(name, available, role, file) for name in self.names.get(role, ()))
        return next(filter(None, matches), None)

    def _match(self, name: str, available: Sequence[str], role: str, file: str = "") -> str | None:
        if name in available:
            return name
        key = fold_name(name)
        matches = [column for column in available if fold_name(column) == key]
        if len(matches) > 1:
            message = f"columns {several(matches)} differ only in case"
            raise input_error("column", message, f"{self.pointer}/{role}", file)
        numbered = [column for column in available if (base := NUMBERED.match(column)) and fold_name(base[1]) == key]
        if not matches and len(numbered) > 1:
            names = list(dict.fromkeys(column.rpartition("[")[0] for column in numbered))
            what = f"columns {several(names)} differ only in case" if names[1:] else f'column "{names[0]}" is repeated'
            message = f'{what}; ask for one of them by its number, such as "{numbered[0]}"'
            raise input_error("column", message, f"{self.pointer}/{role}", file)
        return matches[0] if matches else None

    def possible_names(self, others: Iterable[str] = (), escalated: Any = None) -> tuple[str, ...]:
        """Return a name for each role, and the other columns that a call names: those of a table without columns."""
        criterion = self.escalated if escalated is None else escalated
        if isinstance(criterion, Mapping):
            others = (*others, *map(str, criterion))
        elif isinstance(criterion, str) and criterion != "every":
            others = (*others, criterion.partition("=")[0].removesuffix("!").strip())
        found = {fold_name(name): name for name in (*(names[0] for names in self.names.values()), *others) if name}
        return tuple(found.values())

    def require(self, roles: Iterable[str], table: Table) -> dict[str, str]:
        """Return the columns for some roles.

        Raises:
            InputError: The table lacks a column or repeats it, with one problem for each.
        """
        roles = list(roles)
        found: dict[str, str] = {}
        problems: list[Any] = []
        for role in roles:
            try:
                name = self.find(role, table.columns, table.name)
            except InputError as error:
                problems += error.diagnostics
                continue
            if name is None:
                similar = self._find_similar(role, table, CUTOFF)
                problems.append(self._missing_column(role, table, _fitting_mappings(roles, table.columns), similar))
            else:
                found[role] = name
        if problems:
            raise InputError(problems)
        return found

    def find_optional(self, name: str, table: Table, others: Iterable[str] = ()) -> str | None:
        """Return the column for a role that a table may lack; None if it does.

        Args:
            name: The role, or the name of a column that the table also lacks.
            table: The table.
            others: The columns that the call also reads; none of them is a misspelled one.

        Raises:
            InputError: The table has a column that is spelled nearly the same, or repeats the column.
        """
        column = self.find(name, table.columns, table.name)
        if column is None and (similar := self._find_similar(name, table, MISSPELLED, others)):
            raise InputError([self._missing_column(name, table, (), similar)])
        return column

    def notes_on_absent(self, role: str, table: Table, effect: str) -> list[str]:
        """Return a note on what follows if a table lacks an optional column that its own mapping names."""
        if role not in self.named or self.find(role, table.columns) is not None:
            return []
        return [f"the table lacks the column for {role}, {' or '.join(map(quote, self.names[role]))}: {effect}"]

    def _find_similar(self, name: str, table: Table, cutoff: float, others: Iterable[str] = ()) -> str | None:
        """Return the column that is spelled like the one for a role, and that nothing else reads."""
        expected = self.names.get(name, (name,))
        if not spelled_like(expected, table.columns, cutoff):
            return None
        read = set()
        for one in {*self.names, *others} - {name}:
            with contextlib.suppress(InputError):  # A repeated column is an error only if it is read.
                find = self.find if one in self.names else self.resolve
                read.add(find(one, table.columns))
        return spelled_like(expected, [column for column in table.columns if column not in read], cutoff)

    def resolve(self, name: str, available: Sequence[str]) -> str | None:
        """Return the column that a user named by its role or by its own name; None if the table has none."""
        return self.find(name, available) or self._match(name, available, name)

    def require_named(self, name: str, available: Sequence[str], pointer: str = "/by") -> str:
        """Return the column that a user named, as `resolve` does.

        Raises:
            InputError: The table has no such column.
        """
        column = self.resolve(name, available)
        if column is None:
            similar = spelled_like((name, *self.names.get(name, ())), available)
            rest = f"did you mean {quote(similar)}?" if similar else f"must be one of {several(available, 12)}"
            raise input_error("column", f"unknown column {quote(name)}; {rest}", pointer)
        return column

    def _missing_column(self, role: str, table: Table, fits: Sequence[str], similar: str | None) -> Any:
        expected = self.names.get(role, ())
        what = f"no column for {role}"
        what += f": the mapping names {' or '.join(map(quote, expected))}" if expected else ""
        what += f"; the table has {several(table.columns, 12)}"
        if fits:
            argument = self.pointer.split("/")[1]
            what += f"; the columns fit the mapping {' or '.join(map(quote, fits))}; state {argument}={fits[0]}"
        elif similar is not None:
            what += f"; did you mean {quote(similar)}? {f'state {role}={similar}' if role in ROLES else 'rename it'}"
        elif len(table.columns) == 1:
            what += "; the first line must be the header"
        else:
            what += f"; name it with {role}=COLUMN"
        return diagnostic("column", what, f"{self.pointer}/{role}", table.name)


def _fitting_mappings(roles: Sequence[str], available: Sequence[str]) -> list[str]:
    """Return the mappings that find a column for each of some roles: those that find most columns.

    There is none if the plain mapping does: then the user's own statement is what does not fit.
    """
    sizes: dict[str, int] = {}
    for name in MAPPINGS:
        mapping = parse_columns(name)
        with contextlib.suppress(InputError):  # A repeated column is no error of a mapping that was not asked for.
            found = {role for role in MAPPINGS[name] if mapping.find(role, available)}
            if found.issuperset(roles):
                sizes[name] = len(found)
    return [] if "plain" in sizes else [name for name, size in sizes.items() if size == max(sizes.values())]


def parse_columns(
    mapping: str | Mapping[str, Any] | None, pointer: str = "/columns", table: str | None = None
) -> Columns:
    """Parse a column mapping.

    Args:
        mapping: The name of a mapping, or a dict that maps roles (``id``, ``created``, ...) to column names and sets
            options for how values are written; ``like`` names the mapping that supplies everything else.
        pointer: The location of the mapping, for error messages.
        table: The kind of table, such as ``cases``, which uses some of the keys; None if any key may be used.

    Raises:
        InputError: A key is unknown or has no effect on this kind of table, or a value is not valid.
    """
    members = {"like": mapping} if isinstance(mapping, str) else parse_mapping(mapping, pointer)
    like = members.pop("like", "plain")
    if not isinstance(like, str) or like not in MAPPINGS:
        raise input_error("mapping", f"unknown mapping {quote(like)}{suggestion(like, MAPPINGS)}", pointer)
    _validate_keys(members, pointer, table)
    merged = {**MAPPINGS["plain"], **MAPPINGS[like], **members}
    names = {role: parse_texts(merged[role], f"{pointer}/{role}") for role in ROLES if merged.get(role) is not None}
    options = {key: merged[key] for key in OPTIONS if merged.get(key) is not None}
    for key, choices in CHOICES.items():
        if options.get(key, choices[0]) not in choices:
            message = f"must be one of {', '.join(choices)}, not {quote(options[key])}"
            raise input_error("unknown_value", message, f"{pointer}/{key}")
    for key in ("blank", "language"):
        if key in options:
            options[key] = parse_texts(options[key], f"{pointer}/{key}")
    for name in options.get("language", ()):
        if name not in LANGUAGES:
            message = f"must be one of {', '.join(LANGUAGES)}, not {quote(name)}"
            raise input_error("unknown_value", message, f"{pointer}/language")
    options["zones"] = _parse_zones(options.get("zones", {}), f"{pointer}/zones")
    for key in ("zone", "naive_zone"):
        if key in options:
            options[key] = _parse_zone(options[key], options["zones"], f"{pointer}/{key}")
    _validate_format(options, f"{pointer}/format")
    stated = frozenset(map(str, members))
    named = stated if like == "plain" else stated.union(MAPPINGS[like])
    return Columns(names=names, pointer=pointer, stated=stated, named=named, **options)


def _validate_keys(members: Mapping[Any, Any], pointer: str, table: str | None) -> None:
    known = (*ROLES, *OPTIONS)
    problems = [
        diagnostic("unknown_key", f"unknown key {quote(str(key))}{suggestion(key, known)}", pointer)
        for key in members
        if key not in known
    ]
    used = known if table is None else USED[table]
    problems += [
        diagnostic("unused_key", f"the key {quote(key)} has no effect on {table}; remove it", f"{pointer}/{key}")
        for key in members
        if key in known and key not in used
    ]
    if problems:
        raise InputError(problems)


def _parse_zones(zones: Any, pointer: str) -> dict[str, str]:
    """Parse what abbreviations of time zones mean: a dict, or texts such as ``EST=-05:00``."""
    if not isinstance(zones, Mapping):
        pairs = [text.partition("=") for text in parse_texts(zones, pointer)]
        zones = {name.strip(): zone.strip() for name, _, zone in pairs}
    for name, zone in zones.items():
        if not isinstance(name, str) or not name or not is_zone(zone):
            message = f"must map abbreviations to time zones, such as EST=-05:00, not {quote(f'{name}={zone}')}"
            raise input_error("zone", message, pointer)
    return dict(zones)


def _parse_zone(zone: Any, zones: Mapping[str, str], pointer: str) -> str:
    if zone == AS_WRITTEN and pointer.endswith("/zone"):
        return AS_WRITTEN
    zone = zones.get(zone, zone) if isinstance(zone, str) else zone
    if not is_zone(zone):
        message = f'{quote(zone)} is not a time zone; must be a name such as "UTC" or "Europe/Berlin"'
        raise input_error("zone", f'{message}, or an offset such as "+01:00"', pointer)
    return str(zone)


def _validate_format(options: Mapping[str, Any], pointer: str) -> None:
    if "format" not in options:
        return
    text = options["format"]
    if not isinstance(text, str):
        raise input_error("type", "must be one text", pointer)
    if "dates" in options:
        raise input_error("format", "state format or dates, not both", pointer)
    try:
        parse_format(text, options.get("language", ()))
    except ValueError as error:
        raise input_error("format", str(error), pointer) from None
