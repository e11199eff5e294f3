"""Texts that are generated and committed: compared, or written anew with ``REGENERATE=1 pytest``."""

from __future__ import annotations

import os
from pathlib import Path


def hold(path: Path, text: str) -> None:
    """Hold a committed file to the text that is generated now."""
    if os.environ.get("REGENERATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path.name} is not committed; run REGENERATE=1 pytest {Path(__file__).parent}"
    assert text == path.read_text("utf-8")
