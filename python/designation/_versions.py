"""The versions that a bug report states."""

from __future__ import annotations

import importlib.metadata
import platform
import re

from designation import _core, rulebooks


def show_versions() -> None:
    """Print the versions of designation, its rulebooks, Python, and the installed libraries."""
    print(f"{'designation':<14} {_core.__version__}")
    for edition in rulebooks.editions():
        print(f"{'rulebook':<14} {edition} {rulebooks.load(edition).digest}")
    print(f"{'python':<14} {platform.python_version()} ({platform.platform()})")
    required = (line.partition(";")[0] for line in importlib.metadata.requires("designation") or ())
    names = {re.split(r"[^\w-]", line, maxsplit=1)[0] for line in required} - {"designation"}
    for library in sorted(names | {"pandas", "polars"}):
        try:
            print(f"{library:<14} {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            continue
