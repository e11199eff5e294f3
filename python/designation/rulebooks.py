"""Editions of the program: built-in editions and custom rulebooks."""

from __future__ import annotations

import os
from typing import Any

from designation import _core
from designation._api import as_rulebook, read_at_most
from designation._core import Diagnostic, Rulebook
from designation._rulebooks.check import check_text
from designation._rulebooks.diff import RulebookDiff, compare_rulebooks
from designation._rulebooks.grades import Reliance, find_weaker_reliances
from designation._rulebooks.new import new_rulebook

__all__ = ["Rulebook", "check", "diff", "editions", "load", "new", "weaker", "words"]


def editions() -> list[str]:
    """Return the names of the built-in editions, the default first.

    Example:
        >>> import designation as dsg
        >>> dsg.rulebooks.editions()[:3]
        ['2025-11', '2026-04', '2026-09']
    """
    return _core.editions()


def load(edition: str | os.PathLike[str]) -> Rulebook:
    """Return a built-in edition by its name, or read a rulebook from a file.

    Raises:
        InputError: All problems of the file.
        OSError: There is neither an edition nor a readable file of this name.

    Example:
        >>> import designation as dsg
        >>> dsg.rulebooks.load("2026-04").edition
        '2026-04'
    """
    return _rulebook_of(edition)


def new(edition: str, from_: str | None = None) -> dict[str, Any]:
    """Return the document of a new edition that extends a built-in one, ready to edit.

    It contains the current parameters, and ``notes`` that say what each location holds. Change what differs, cite its
    source, and delete what stays the same. `check` then finds what is missing.

    Args:
        edition: The name of the new edition.
        from_: The built-in edition that it extends; default: the last one.

    Raises:
        ValueError: There is already a built-in edition of that name, or none to extend.

    Example:
        >>> import designation as dsg
        >>> document = dsg.rulebooks.new("our draft", from_="2026-09")
        >>> document["notes"]["/term/years"]
        "The designation's term and its renewal window. SSD-T2: the length of a term, in years."
    """
    return new_rulebook(edition, _core.editions()[-1] if from_ is None else from_)


def check(path: str | os.PathLike[str]) -> tuple[Diagnostic, ...]:
    """Return every problem of a rulebook's file; none if it is complete.

    Besides the errors for which `load` refuses the file, these are changes without a citation of their own, offers
    without dates, and dates that contradict each other.

    Raises:
        OSError: The file cannot be read.
    """
    return check_text(read_at_most(path, _core.MAX_BYTES), os.fspath(path))[1]


def words() -> dict[str, list[dict[str, str]]]:
    """Return the words of authorization types, contract types, and solution areas, by the list that they belong to.

    Each has its ``name`` for people; some have a ``description``, or the ``badge`` that Microsoft shows. An alias, such
    as a former name, has the word that it is ``read_as``.

    Example:
        >>> import designation as dsg
        >>> dsg.rulebooks.words()["solutions_partner_designations"][0]
        {'word': 'modern_work', 'name': 'Modern Work', 'badge': 'AI Business Solutions'}
    """
    return _core.words()


def diff(old: str | os.PathLike[str] | Rulebook, new: str | os.PathLike[str] | Rulebook) -> RulebookDiff:
    """Compare two rulebooks; return each difference with its location (JSON Pointer), both values, and the rules.

    Args:
        old: The name of an edition, the path of a file, or a rulebook.
        new: The other rulebook, likewise. Inherited values are compared; ``notes`` are not.

    Raises:
        InputError: All problems of a file.
        OSError: There is neither an edition nor a readable file of this name.

    Example:
        >>> import designation as dsg
        >>> found = dsg.rulebooks.diff("2025-11", "2026-04")
        >>> found.differences[6]
        RulebookDifference(path='/benefits/performance_credits/percent', before=None, after=40, rules=('SSD-B4',))
    """
    return compare_rulebooks(_rulebook_of(old), _rulebook_of(new))


def weaker(what: str | os.PathLike[str] | Rulebook | _core.Assessment, than: str) -> tuple[Reliance, ...]:
    """Return the rules that rely on sources weaker than a grade, with location in the rulebook and source.

    From the strongest, the grades are ``public_page``, ``announcement``, ``article``, ``secondary``, and
    ``interpretation``. A rule and an announcement rely on every source that they cite. An assessment relies on the
    sources of its whole rulebook, and depends on an interpretation if other readings, alone or together, would change
    it; a rulebook depends on all its interpretations. What a policy states is the user's own and needs no source.

    Args:
        what: A rulebook as in `diff`, or an assessment, which stands for its rulebook and readings.
        than: The grade.

    Raises:
        InputError: All problems of a file.
        OSError: There is neither an edition nor a readable file of this name.
        ValueError: The grade is not one of these.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> for reliance in dsg.rulebooks.weaker(dsg.assess(partner, as_of="2027-03-15"), than="article"):
        ...     print(reliance)
        /interpretations/after_anniversary: SSD-T7 depends on "lapsed", of grade interpretation [grade]
    """
    return find_weaker_reliances(what if isinstance(what, _core.Assessment) else _rulebook_of(what), than)


def _rulebook_of(source: str | os.PathLike[str] | Rulebook) -> Rulebook:
    rulebook = as_rulebook(source)
    if rulebook is None:
        raise TypeError("a rulebook must be an edition, the path of a file, or a Rulebook, not None")
    return rulebook
