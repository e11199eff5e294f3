"""Enumerations whose members compare, hash, and print like strings."""

from __future__ import annotations

import enum
import keyword
from collections.abc import Sequence


class Word(str, enum.Enum):
    """A word of a fixed vocabulary; equal to its string and hashed like it."""

    __hash__ = str.__hash__
    __str__ = str.__str__

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.value!r}>"


class TruthlessWord(Word):
    """A word without a truth value: ``if verdict:`` would be wrong for ``unmet``."""

    def __bool__(self) -> bool:
        raise TypeError(f"a {type(self).__name__} has no truth value; compare it: verdict == 'met'")


def build_enum(base: str, name: str, words: Sequence[str]) -> type[Word]:
    """Build an enumeration of words; the member of a word that is a keyword of Python has a trailing underscore."""
    members = [(word + "_" if keyword.iskeyword(word) else word, word) for word in words]
    word_enum: type[Word] = {"Word": Word, "TruthlessWord": TruthlessWord}[base](name, members, module="designation")  # type: ignore[call-overload]
    return word_enum
