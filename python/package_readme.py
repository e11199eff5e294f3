"""The README of the package, with absolute links: a package index shows it, and has none of the files that it names.

scikit-build-core calls `dynamic_metadata` for each sdist and wheel. The address of the repository is one entry of
`[project.urls]` in pyproject.toml; until it is there, the links stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# The labels of a repository that package indexes know, in lower case without spaces and punctuation.
LABELS = ("source", "repository", "sourcecode", "github")
LINK = re.compile(r"(!?)(\[[^]]*\])\((?![a-z]+:|#)([^)]+)\)")


def dynamic_metadata(settings: Mapping[str, Any], project: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the text of the README and its type; there are no settings."""
    text = Path("README.md").read_text("utf-8")
    address = repository(project.get("urls", {}))
    return {"readme": {"text": absolute_links(text, address) if address else text, "content-type": "text/markdown"}}


def repository(urls: Mapping[str, str]) -> str | None:
    """Return the address of the repository without a slash at its end; None if it is not stated."""
    known = {re.sub(r"[^a-z]", "", label.lower()): url.rstrip("/") for label, url in urls.items()}
    return next((known[label] for label in LABELS if label in known), None)


def absolute_links(text: str, address: str) -> str:
    """Return a Markdown text in which each relative link and image is one of the repository's default branch."""

    def replace(match: re.Match[str]) -> str:
        image, label, path = match.groups()
        kind = "raw" if image else "tree" if Path(path).is_dir() else "blob"
        return f"{image}{label}({address}/{kind}/HEAD/{path})"

    return LINK.sub(replace, text)
