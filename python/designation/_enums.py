"""Enumerations of strings: members compare, hash, and print like their strings."""

from __future__ import annotations

import enum
import keyword
from collections.abc import Sequence
from typing import Any


class StringEnum(enum.StrEnum):
    """A string enumeration: a member is equal to its string and has its hash."""

    __hash__ = str.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.value!r}>"


class StringEnumWithoutTruth(StringEnum):
    """A string enumeration without a truth value: ``if verdict:`` would be true for ``unmet``."""

    def __bool__(self) -> bool:
        raise TypeError(f"a {type(self).__name__} has no truth value; compare it: verdict == 'met'")


def build_enum(base: str, name: str, words: Sequence[str]) -> type[StringEnum]:
    """Build an enumeration; a word that is a Python keyword gets a trailing underscore in its member's name."""
    members = [(word + "_" if keyword.iskeyword(word) else word, word) for word in words]
    bases: dict[str, Any] = {cls.__name__: cls for cls in (StringEnum, StringEnumWithoutTruth)}
    enumeration: type[StringEnum] = bases[base](name, members, module="designation")
    return enumeration
