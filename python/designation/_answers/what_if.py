"""A partner as it would be: facts added, removed, moved or extended."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from designation import _core
from designation._api import parse_partner
from designation._days import parse_day
from designation._errors import InputError
from designation._records import DATED_LISTS, LISTS, PERIOD_LISTS, TYPE_FIELDS

FORMS = {
    frozenset({"remove"}): "remove",
    frozenset({"move", "to"}): "move",
    frozenset({"extend", "through"}): "extend",
}


class _Place(NamedTuple):
    facts: list[dict[str, Any]]
    place: int
    records: str


def what_if(partner: _core.Partner, changes: Sequence[Mapping[str, Any] | _core.Event]) -> _core.Partner:
    """Make the partner that there would be after some changes; the one given stays as it is.

    Args:
        partner: The partner's record.
        changes: One after the other; each is

            - a fact as in a document (or an `Event`), which is added: with ``on`` an event, with ``from`` a record;
            - ``{"remove": fact}``;
            - ``{"move": event, "to": day}``;
            - ``{"extend": record, "through": day}``, where None leaves the end open.

            Of a fact that is removed, moved or extended as many members are given as tell it from the others.

    Raises:
        InputError: A change is none of these, matches no fact or several, or does not give a valid partner.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> moved = dsg.what_if(partner, [{"move": {"type": "badge_awarded"}, "to": "2026-05-04"}])
        >>> dsg.assess(moved, as_of="2026-09-15").term.expires_on
        datetime.date(2027, 5, 4)
    """
    if isinstance(changes, Mapping | str):
        raise TypeError("changes are a list")
    document = partner.to_dict()
    for number, change in enumerate(changes):
        given = change.to_dict() if isinstance(change, _core.Event) else change
        if not isinstance(given, Mapping):
            raise TypeError(f"a change is a dict or an Event, not {type(given).__name__}")
        _apply(document, {key: _plain(value) for key, value in given.items()}, f"/{number}")
    return parse_partner(document)


def _apply(document: dict[str, Any], change: dict[str, Any], pointer: str) -> None:
    form = FORMS.get(frozenset(change))
    if form == "remove":
        place = _find(document, LISTS, change["remove"], f"{pointer}/remove")
        del place.facts[place.place]
    elif form == "move":
        place = _find(document, DATED_LISTS, change["move"], f"{pointer}/move")
        place.facts[place.place]["on"] = _day(change["to"], f"{pointer}/to")
    elif form == "extend":
        place = _find(document, PERIOD_LISTS, change["extend"], f"{pointer}/extend")
        place.facts[place.place].pop("through", None)
        if change["through"] is not None:
            place.facts[place.place]["through"] = _day(change["through"], f"{pointer}/through")
    else:
        _add(document, change, pointer)


def _add(document: dict[str, Any], fact: dict[str, Any], pointer: str) -> None:
    if ("on" in fact) == ("from" in fact):
        raise _refusal(
            "form", "a change is an event, a record, or one of remove, move with to, extend with through", pointer
        )
    records = _list_for(fact)
    if document.get(records) is None:
        raise _refusal("unknown", f"the {records} are unknown; nothing can be added to them", pointer)
    # Read on its own first, so that what is wrong is named with the change.
    try:
        parse_partner({"id": "x", records: [fact]})
    except InputError as error:
        raise InputError(
            [
                _core.Diagnostic(
                    code=one.code, message=one.message, pointer=pointer + one.pointer.removeprefix(f"/{records}/0")
                )
                for one in error.diagnostics
            ]
        ) from None
    document[records].append(fact)


def _list_for(fact: Mapping[str, Any]) -> str:
    """Return the list that a fact belongs to; the reader reports a type that no list has."""
    lists = DATED_LISTS if "on" in fact else PERIOD_LISTS
    # An area decides, because only designations have one.
    key = next((TYPE_FIELDS[name].name for name in reversed(lists) if TYPE_FIELDS[name].name in fact), "")
    named = [name for name in lists if TYPE_FIELDS[name].name == key] or lists
    return next((name for name in named if fact.get(key) in TYPE_FIELDS[name].words), named[0])


def _find(document: dict[str, Any], lists: Sequence[str], wanted: Any, pointer: str) -> _Place:
    if not isinstance(wanted, Mapping) or not wanted:
        raise _refusal("type", "the members of a fact are an object that is not empty", pointer)
    sought = {key: _plain(value) for key, value in wanted.items()}
    found = [
        _Place(document[records], index, records)
        for records in lists
        for index, fact in enumerate(document.get(records) or ())
        if all(key in fact and fact[key] == value for key, value in sought.items())
    ]
    if len(found) != 1:
        said = ", ".join(f"{key} {value}" for key, value in sought.items())
        places = ", ".join(f"/{place.records}/{place.place}" for place in found)
        raise _refusal("match", f"several facts have {said}: {places}" if found else f"no fact has {said}", pointer)
    return found[0]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else value


def _day(value: Any, pointer: str) -> str:
    try:
        return str(parse_day(_plain(value)))
    except (InputError, TypeError):
        raise _refusal("date", f'"{value}" is not a valid date', pointer) from None


def _refusal(code: str, message: str, pointer: str) -> InputError:
    return InputError([_core.Diagnostic(code=code, message=message, pointer=pointer)])
