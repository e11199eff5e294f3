"""The template of a partner document."""

from __future__ import annotations

import os


def read_starter_document() -> str:
    """Return the document that ``designation init`` writes, an example with notes."""
    with open(os.path.join(os.path.dirname(__file__), "start.json"), encoding="utf-8") as file:
        return file.read()
