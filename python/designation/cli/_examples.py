"""The example partners, and a copy of all examples in a folder of the user."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import designation
from designation import _core
from designation._io import clean_up_when_terminated
from designation.cli._errors import UsageError, label, unwritable_error
from designation.cli._missing import PORTFOLIO

FOLDER = Path(designation.__file__).parent / "examples"


def example_partners() -> Iterator[_core.Partner]:
    """Read the example partners."""
    for path in sorted(FOLDER.glob("*.json")):
        if path.name != "policy.json":
            yield designation.load(path)


def write_examples(target: str) -> None:
    """Write the examples into a new folder, completely or not at all.

    Raises:
        UsageError: The folder exists, or cannot be written.
    """
    if os.path.lexists(target):
        raise UsageError(f"{label(target)}: already exists; choose another name [exists]")
    parent, name = os.path.split(os.path.abspath(target))
    try:
        with clean_up_when_terminated(), tempfile.TemporaryDirectory(prefix=f".{name[:100]}.", dir=parent) as place:
            draft = Path(place, "examples")
            draft.mkdir()
            for path in FOLDER.iterdir():
                shutil.copyfile(path, draft / path.name)  # without the mode, which can be read-only
            # The folder also has files that are not partners, so one file has all of them.
            lines = "".join(f"{partner.to_json()}\n" for partner in example_partners())
            (draft / PORTFOLIO).write_text(lines, "utf-8", newline="\n")
            os.rename(draft, target)
    except OSError as error:
        raise unwritable_error(target, error) from None
