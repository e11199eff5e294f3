"""Golden files: generated texts that are committed, and rewritten by ``REGENERATE=1 python -m pytest``."""

from __future__ import annotations

import os
from pathlib import Path


def check_golden(path: Path, text: str) -> None:
    """Raise AssertionError unless the committed file holds the generated text."""
    if os.environ.get("REGENERATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path.name} is not committed; run REGENERATE=1 python -m pytest"
    assert text == path.read_text("utf-8")
