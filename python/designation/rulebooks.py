"""Editions of the program: those that are built in, and files of one's own."""

from __future__ import annotations

import os

from designation import _core
from designation._core import Rulebook
from designation._rulebooks.diff import RulebookDiff, diff_of
from designation._rulebooks.grades import Leaning, weaker_than

__all__ = ["Rulebook", "diff", "editions", "load", "weaker"]


def editions() -> list[str]:
    """Name the built-in editions, the default first.

    Example:
        >>> import designation as dsg
        >>> dsg.rulebooks.editions()
        ['2025-11', '2026-04']
    """
    return _core.editions()


def load(edition: str | os.PathLike[str]) -> Rulebook:
    """Give a built-in edition by its name, or read a rulebook from a file.

    Raises:
        InputError: Every problem of the file at once.
        OSError: There is no such edition and no such file.

    Example:
        >>> import designation as dsg
        >>> dsg.rulebooks.load("2026-04").edition
        '2026-04'
    """
    builtin = _core.builtin_rulebook(edition) if isinstance(edition, str) else None
    if builtin is not None:
        return builtin
    with open(edition, "rb") as file:
        return _core.parse_rulebook(file.read(_core.MAX_BYTES + 1), os.fspath(edition))


def diff(old: str | os.PathLike[str] | Rulebook, new: str | os.PathLike[str] | Rulebook) -> RulebookDiff:
    """Say what differs between two rulebooks: each place (JSON Pointer), what was there, what is, and the rules.

    Args:
        old: An edition by its name, a rulebook's file, or a rulebook.
        new: The other one. What it extends is included; ``notes`` are not compared.

    Raises:
        InputError: Every problem of a file at once.
        OSError: There is no such edition and no such file.

    Example:
        >>> import designation as dsg
        >>> found = dsg.rulebooks.diff("2025-11", "2026-04")
        >>> found.differences[6]
        RulebookDifference(path='/benefits/performance_credits/percent', before=None, after=40, rules=('SSD-B4',))
    """
    return diff_of(_rulebook_of(old), _rulebook_of(new))


def weaker(what: str | os.PathLike[str] | Rulebook | _core.Assessment, than: str) -> tuple[Leaning, ...]:
    """List what relies on sources weaker than a grade, each with its location in the rulebook, rules, and source.

    From the strongest, the grades are ``public_page``, ``announcement``, ``article``, ``secondary``, and
    ``interpretation``. A rule and an announcement rely on every source that they cite. An assessment relies on the
    sources of its whole rulebook, and depends on an interpretation if other readings, alone or together, would change
    it; a rulebook depends on all its interpretations. What a policy states is the user's own and needs no source.

    Args:
        what: A rulebook as in `diff`, or an assessment, whose rulebook and readings are meant.
        than: The grade that is asked for.

    Raises:
        InputError: Every problem of a file at once.
        OSError: There is no such edition and no such file.
        ValueError: There is no such grade.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> for leaning in dsg.rulebooks.weaker(dsg.assess(partner, as_of="2027-03-15"), than="article"):
        ...     print(leaning)
        /interpretations/after_anniversary: SSD-T7 depends on "lapsed", of grade interpretation [grade]
    """
    return weaker_than(what if isinstance(what, _core.Assessment) else _rulebook_of(what), than)


def _rulebook_of(one: str | os.PathLike[str] | Rulebook) -> Rulebook:
    return one if isinstance(one, Rulebook) else load(one)
