"""Hypothetical partners: add, remove, move, or extend facts."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._api import as_partner, parse_partner
from designation._days import parse_day
from designation._errors import InputError
from designation._messages import nearest
from designation._records import DATED_LISTS, LISTS, MEMBERS, PERIOD_LISTS, TYPE_FIELDS

CHANGE_FORMS = {
    frozenset({"remove"}): "remove",
    frozenset({"move", "to"}): "move",
    frozenset({"extend", "through"}): "extend",
}
_FORM_KEYS = ("on", "from", *dict.fromkeys(key for form in CHANGE_FORMS for key in sorted(form)))


class _FactLocation(NamedTuple):
    facts: list[dict[str, Any]]
    position: int
    records: str


def what_if(
    partner: _core.Partner | Mapping[str, Any] | str | os.PathLike[str],
    changes: Sequence[Mapping[str, Any] | _core.Event],
) -> _core.Partner:
    """Return a partner with some changes; the given partner does not change.

    Args:
        partner: The partner's record, its document as a dict, or the path of its file.
        changes: Changes, applied in order; each is

            - a fact to add, as in a document or as an `Event`: an event has ``on``, a record has ``from``;
            - ``{"remove": fact}``;
            - ``{"move": event, "to": date}``;
            - ``{"extend": record, "through": date}``, where None means no end.

            To remove, move, or extend a fact, give enough of its members to identify it.

    Raises:
        InputError: A change has another form, matches no fact or several facts, or makes the partner invalid.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> moved = dsg.what_if(partner, [{"move": {"type": "badge_awarded"}, "to": "2026-05-04"}])
        >>> dsg.assess(moved, as_of="2026-09-15").term.expires_on
        datetime.date(2027, 5, 4)
    """
    if isinstance(changes, Mapping | str):
        raise TypeError("changes must be a list")
    document = as_partner(partner).to_dict()
    for number, change in enumerate(changes):
        given = change.to_dict() if isinstance(change, _core.Event) else change
        if not isinstance(given, Mapping):
            raise TypeError(f"a change must be a dict or an Event, not {type(given).__name__}")
        _apply_change(document, {key: _to_json_value(value) for key, value in given.items()}, f"/{number}")
    return parse_partner(document)


def _apply_change(document: dict[str, Any], change: dict[str, Any], pointer: str) -> None:
    form = CHANGE_FORMS.get(frozenset(change))
    if form == "remove":
        location = _find_fact(document, LISTS, change["remove"], f"{pointer}/remove")
        del location.facts[location.position]
    elif form == "move":
        location = _find_fact(document, DATED_LISTS, change["move"], f"{pointer}/move")
        location.facts[location.position]["on"] = _parse_date(change["to"], f"{pointer}/to")
    elif form == "extend":
        location = _find_fact(document, PERIOD_LISTS, change["extend"], f"{pointer}/extend")
        location.facts[location.position].pop("through", None)
        if change["through"] is not None:
            location.facts[location.position]["through"] = _parse_date(change["through"], f"{pointer}/through")
    else:
        _add_fact(document, change, pointer)


def _add_fact(document: dict[str, Any], fact: dict[str, Any], pointer: str) -> None:
    if ("on" in fact) == ("from" in fact):
        message = "a change must be an event, a record, or one of remove, move with to, and extend with through"
        raise _error("form", message + _meant_key(fact, _FORM_KEYS), pointer)
    records = _list_for(fact)
    if document.get(records) is None:
        raise _error("unknown", f"the {records} are unknown, so nothing can be added to them", pointer)
    # The fact is parsed on its own, to report its problems at the location of the change.
    try:
        parse_partner({"id": "x", records: [fact]})
    except InputError as error:
        prefix = f"/{records}/0"
        problems = [one.replace(pointer=pointer + one.pointer.removeprefix(prefix)) for one in error.diagnostics]
        raise InputError(problems) from None
    document[records].append(fact)


def _list_for(fact: Mapping[str, Any]) -> str:
    """Return the list that a fact belongs to; the reader reports a type that no list has."""
    lists = DATED_LISTS if "on" in fact else PERIOD_LISTS
    # An area decides, because only designations have one.
    key = next((TYPE_FIELDS[name].name for name in reversed(lists) if TYPE_FIELDS[name].name in fact), "")
    candidates = [name for name in lists if TYPE_FIELDS[name].name == key] or lists
    return next((name for name in candidates if fact.get(key) in TYPE_FIELDS[name].words), candidates[0])


def _find_fact(document: dict[str, Any], lists: Sequence[str], members: Any, pointer: str) -> _FactLocation:
    if not isinstance(members, Mapping) or not members:
        raise _error("type", "the members of a fact must be an object that is not empty", pointer)
    expected = {key: _to_json_value(value) for key, value in members.items()}
    found = [
        _FactLocation(document[records], index, records)
        for records in lists
        for index, fact in enumerate(document.get(records) or ())
        if all(key in fact and fact[key] == value for key, value in expected.items())
    ]
    if len(found) != 1:
        members_text = ", ".join(f"{key} {value}" for key, value in expected.items())
        pointers = ", ".join(f"/{one.records}/{one.position}" for one in found)
        members_known = {name for records in lists for name in MEMBERS[records]}
        no_fact = f"no fact has {members_text}{_meant_key(members, members_known)}"
        message = f"several facts have {members_text}: {pointers}" if found else no_fact
        raise _error("match", message, pointer)
    return found[0]


def _meant_key(members: Mapping[str, Any], known: Collection[str]) -> str:
    """Return a suggestion for the first key that is not known, if a known one is similar or means the same."""
    meant = ((key, nearest(key, known)) for key in members if key not in known)
    return next((f'; did you mean "{near}" for "{key}"?' for key, near in meant if near), "")


def _to_json_value(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else value


def _parse_date(value: Any, pointer: str) -> str:
    try:
        return str(parse_day(_to_json_value(value)))
    except (InputError, TypeError):
        raise _error("date", f'"{value}" is not a valid date', pointer) from None


def _error(code: str, message: str, pointer: str) -> InputError:
    return InputError([_core.Diagnostic(code=code, message=message, pointer=pointer)])
