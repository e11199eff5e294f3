"""The phrases that messages share: quoted values, suggestions, lists that are cut, and reasons of the system."""

from __future__ import annotations

import os
from collections.abc import Iterable

from designation import _core
from designation._lazy import lazy

difflib = lazy("difflib")
json = lazy("json")

MIGRATION = "to convert a spreadsheet, see docs/migration.md"
NO_PARTNER = "there is no partner"
CUTOFF = 0.7  # about two thirds of the letters must agree, as in the core's own suggestions


def quote(value: object) -> str:
    """Return a value as a message shows it: text in double quotes, without control characters."""
    text: str = json.dumps(value, ensure_ascii=False, default=str)
    return text


def synonym(word: object) -> str | None:
    """Return the key that a word means, such as "through" for "to"; None if it means none."""
    text = " ".join(str(word).split()).encode("utf-8", "replace")  # Lone surrogates are no characters.
    return _core.meaning(text.decode("utf-8")) or None


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word that is most similar to a word, in upper or lower case; None if none is similar.

    A word that means a key, such as "date" for "on", is not taken for one that is only spelled like it.
    """
    if meant := synonym(word):
        return {name.casefold(): name for name in known}.get(meant)
    return spelled_like([str(word)], known)


def spelled_like(words: Iterable[str], known: Iterable[str], cutoff: float = CUTOFF) -> str | None:
    """Return the known word that is most similar to one of some words, in upper or lower case; None if none is.

    Args:
        words: The words.
        known: The known words.
        cutoff: The part of the letters that must agree.
    """
    folded = {name.casefold(): name for name in known}
    lowered = [word.casefold() for word in words]
    pairs = [(close, word) for word in lowered for close in difflib.get_close_matches(word, folded, 1, cutoff)]
    best = max(pairs, key=lambda pair: difflib.SequenceMatcher(None, *pair).ratio(), default=None)
    return folded[best[0]] if best else None


def suggestion(word: object, known: Iterable[str], otherwise: str | None = None) -> str:
    """Return what is valid instead of an unknown word: the nearest known word, or else the first known words.

    Args:
        word: The unknown word.
        known: The known words.
        otherwise: The text that replaces the list of the first known words.
    """
    names = list(known)
    if near := nearest(word, names):
        return f"; did you mean {quote(near)}?"
    return f"; must be one of {several(names, 12)}" if otherwise is None else otherwise


def cannot_read(error: OSError) -> str:
    """Return the message for a file that the system cannot read."""
    return f"cannot be read: {system_reason(error)}"


def cannot_write(error: OSError) -> str:
    """Return the message for a file that the system cannot write."""
    return f"cannot be written: {system_reason(error)}"


def system_reason(error: OSError) -> str:
    """Return the reason of the system for an error, and for a folder the remedy."""
    # Libraries replace `strerror` with a message of their own.
    reason = str(os.strerror(error.errno) if error.errno else error.strerror or error)
    return f"{reason}; name a file in it" if isinstance(error, IsADirectoryError) else reason


def several(words: Iterable[object], most: int = 5) -> str:
    """Return the first words, and how many more there are."""
    texts = [str(word) for word in words]
    return f"{', '.join(texts[:most])} {more_text(len(texts) - most)}".rstrip()


def more_text(count: int, what: str = "") -> str:
    """Return ``and 3 more`` for the count of items that are not listed; an empty text if there are none."""
    return f"and {count} more {what}".rstrip() if count > 0 else ""
