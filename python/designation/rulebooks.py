"""Editions of the program: those that are built in, and files of one's own."""

from __future__ import annotations

import os

from designation import _core
from designation._core import Rulebook

__all__ = ["Rulebook", "editions", "load"]


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
        return _core.parse_rulebook(file.read(), os.fspath(edition))
