"""The words of records as people spell them: "PSfP" for psfp, and "Data & AI" for azure_data_ai."""

from __future__ import annotations

import functools
import re

from designation import _core
from designation._messages import quote
from designation._records import FIELDS, TYPE_FIELDS

UNKNOWN_WORD = re.compile(r'unknown value "([^"]+)"; known: .*')


def fold(word: str) -> str:
    """Return the form of a word that is compared: its letters and digits in lower case, without "and" and signs."""
    return re.sub(r"[\W_]+(?:and[\W_]+)?", "_", word.casefold()).strip("_")


@functools.cache
def spellings(list_name: str) -> dict[str, dict[str, str]]:
    """Return the words of each member of a list's records, by their folded spellings.

    A word is spelled as it is, by its name, or by its name without the family in parentheses.
    """
    words = {field.name: {fold(word): word for word in field.words} for field in FIELDS[list_name] if field.words}
    for one in _core.words().get(list_name, ()):
        name = one["name"]
        for spelling in (one["word"], name, name.partition(" (")[0]):
            words[TYPE_FIELDS[list_name].name][fold(spelling)] = one["word"]
    return words


def with_meant_word(problem: _core.Diagnostic) -> _core.Diagnostic:
    """Return a problem of an unknown word with the word that it spells, if it spells one."""
    match, parts = UNKNOWN_WORD.fullmatch(problem.message), problem.pointer.split("/")
    if match is None or len(parts) < 4 or parts[-3] not in FIELDS:
        return problem
    word = spellings(parts[-3]).get(parts[-1], {}).get(fold(match[1]))
    message = f"unknown value {quote(match[1])}; did you mean {quote(word)}?"
    return problem.replace(message=message) if word else problem
