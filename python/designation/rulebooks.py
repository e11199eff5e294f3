"""Editions of the program: built-in editions and custom rulebooks."""

from __future__ import annotations

import os

from designation import _core
from designation._core import Rulebook
from designation._input.strict import parse_text
from designation._rulebooks.diff import RulebookDiff, compare_rulebooks
from designation._rulebooks.grades import Reliance, find_weaker_reliances

__all__ = ["Rulebook", "diff", "editions", "load", "weaker"]


def editions() -> list[str]:
    """Return the names of the built-in editions, the default first.

    Example:
        >>> import designation as dsg
        >>> dsg.rulebooks.editions()
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
    builtin = _core.builtin_rulebook(edition) if isinstance(edition, str) else None
    if builtin is not None:
        return builtin
    with open(os.fspath(edition), "rb") as file:
        return parse_text(_core.parse_rulebook, file.read(_core.MAX_BYTES + 1), os.fspath(edition))


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


def _rulebook_of(rulebook: str | os.PathLike[str] | Rulebook) -> Rulebook:
    return rulebook if isinstance(rulebook, Rulebook) else load(rulebook)
