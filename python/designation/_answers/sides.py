"""The two sides of an impact: what a word names, as rules and a date."""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._api import build_rules, parse_policy, read_at_most
from designation._convert import json_object
from designation._days import meant_days, parse_day, today
from designation._display import public
from designation._input.source import source_error
from designation._input.strict import parse_text

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
READING = re.compile(r"([a-z_]+)=([a-z_]+)")
RULEBOOK = "designation/rulebook@"
# The keys of a rulebook that a policy does not have: a document without a format is known by them.
RULEBOOK_KEYS = ("extends", "title", "prerequisites", "term", "rules")


@public
class ImpactSide(NamedTuple):
    """A side of an impact: how the user named it, its date, and the rules that it applies."""

    name: str
    as_of: datetime.date
    edition: str
    currency: str

    def to_dict(self) -> dict[str, Any]:
        """Return the side as JSON values."""
        return json_object(self)


class Side(NamedTuple):
    """The rules and the date of a side, and the titles of the rules by their ids."""

    name: str
    as_of: datetime.date
    rules: _core.Rules
    is_day: bool = False

    @property
    def of_nobody(self) -> _core.Assessment:
        """An assessment of a partner without facts, which has the policy and the rulebook."""
        return _core.assess(_core.Partner(id="-"), self.as_of, self.rules)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the rules."""
        rules = self.of_nobody.rulebook.to_dict()["rules"]
        return {name: rule["title"] for name, rule in rules.items()}

    @property
    def shown(self) -> ImpactSide:
        """The side without its rules."""
        return ImpactSide(self.name, self.as_of, self.rules.edition, self.rules.currency)


class Base(NamedTuple):
    """What both sides share, unless a side says otherwise."""

    as_of: datetime.date | str | None
    policy: _core.Policy | Mapping[str, Any] | None
    rulebook: _core.Rulebook | None


def read_sides(before: Any, after: Any, base: Base) -> tuple[Side, Side]:
    """Return both sides of an impact.

    Raises:
        InputError: A side names nothing, its file has problems, or only one of the sides is a date.
        OSError: A file cannot be read.
        TypeError: A side is of another type.
    """
    day = today() if base.as_of is None else parse_day(base.as_of)
    sides = _read_side(before, day, base), _read_side(after, day, base)
    days = [side.name for side in sides if side.is_day]
    if len(days) == 1:
        raise source_error(
            "dates", f'"{days[0]}" is a date, so the other side must be one too; choose the date with as_of', ""
        )
    if days and base.as_of is not None:
        raise source_error("dates", "between two dates, as_of must not be given", "")
    return sides


def names_side(word: str) -> bool:
    """Return whether a word names an edition, a reading, or a date, and not a file."""
    is_edition = word in _core.editions()
    return (is_edition or bool(DATE.fullmatch(word) or READING.fullmatch(word))) and not os.path.lexists(word)


def _read_side(what: Any, day: datetime.date, base: Base) -> Side:
    if isinstance(what, datetime.date):
        on = parse_day(what)
        return Side(str(on), on, build_rules(base.policy, base.rulebook), is_day=True)
    if isinstance(what, _core.Policy | Mapping):
        return Side("policy", day, build_rules(what, base.rulebook))
    if isinstance(what, _core.Rulebook):
        return Side(what.edition, day, _with_rulebook(what, base))
    if isinstance(what, str | os.PathLike):
        return _read_word(os.fspath(what), day, base)
    raise TypeError(f"a side must be an edition, a date, a policy, a rulebook, or a file, not {type(what).__name__}")


def _read_word(word: str, day: datetime.date, base: Base) -> Side:
    if DATE.fullmatch(word) or meant_days(word):
        return _read_side(parse_day(word), day, base)
    builtin = _core.builtin_rulebook(word) if word.isprintable() and word.isascii() else None
    if builtin is not None:
        return Side(word, day, _with_rulebook(builtin, base))
    if os.path.lexists(word):
        return Side(word, day, _read_file(word, base))
    if reading := READING.fullmatch(word):
        return Side(word, day, with_readings({reading[1]: reading[2]}, base.policy, base.rulebook))
    names = ", ".join(_core.editions())
    raise source_error(
        "edition",
        f"no such edition or file; must be an edition ({names}), a file of a policy or a rulebook, "
        "a reading such as leap_day=roll_forward, or a date such as 2026-09-15",
        word,
    )


def with_readings(
    readings: Mapping[str, str], policy: _core.Policy | Mapping[str, Any] | None, rulebook: _core.Rulebook | None
) -> _core.Rules:
    """Return rules with other readings of some interpretations.

    Raises:
        InputError: There is no such interpretation or reading.
    """
    document = policy.to_dict() if isinstance(policy, _core.Policy) else dict(policy or {})
    document["interpretations"] = {**(document.get("interpretations") or {}), **readings}
    return build_rules(parse_policy(document, rulebook=rulebook), rulebook)


def _with_rulebook(rulebook: _core.Rulebook, base: Base) -> _core.Rules:
    """Return the rules of a rulebook; a policy of both sides applies, but the edition that it names does not."""
    if base.policy is None:
        return build_rules(None, rulebook)
    document = base.policy.to_dict() if isinstance(base.policy, _core.Policy) else dict(base.policy)
    document.pop("edition", None)
    return build_rules(document, rulebook)


def _read_file(path: str, base: Base) -> _core.Rules:
    text = read_at_most(path, _core.MAX_BYTES)
    if _is_rulebook(text):
        return _with_rulebook(parse_text(_core.parse_rulebook, text, path, _core.MAX_BYTES), base)
    policy = parse_text(_core.parse_policy, text, path, _core.MAX_BYTES, base.rulebook)
    return build_rules(policy, base.rulebook)


def _is_rulebook(text: bytes) -> bool:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False  # the strict reader says what is wrong
    if not isinstance(document, dict):
        return False
    form = document.get("format")
    if isinstance(form, str):
        return form.startswith(RULEBOOK)
    return any(key in document for key in RULEBOOK_KEYS)
