"""The example files that a user named and does not have: help pages and the documentation name them."""

from __future__ import annotations

import os
from collections.abc import Sequence

import designation

PORTFOLIO = "portfolio.ndjson"  # all partners in one file; `designation demo --write` builds it


def missing_examples(words: Sequence[str]) -> list[str]:
    """Return the words that name an example file, which is not in the folder of the user."""
    return [word for word in dict.fromkeys(words) if _is_example(word) and not os.path.lexists(word)]


def _is_example(word: str) -> bool:
    folder = os.path.join(os.path.dirname(designation.__file__), "examples")
    is_name = "." in word and os.path.basename(word) == word
    return is_name and (word == PORTFOLIO or os.path.isfile(os.path.join(folder, word)))
