"""Conformance cases: a partner, a date, a policy and the expected assessment.

`named/` holds the cases that were written by hand, one file each; `generated.json` holds random histories. C++ reads
the same files (`tests/cpp/support.hpp`), and the package carries them for `designation selftest`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

Case = dict[str, Any]

FOLDER = Path(__file__).resolve().parent
NAMED = FOLDER / "named"
GENERATED = FOLDER / "generated.json"
WIDTH = 100


def named_cases() -> list[Case]:
    """Return the cases that were written by hand, in the order of their files."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(NAMED.glob("*.json"))]


def generated_cases() -> list[Case]:
    """Return the cases of random histories."""
    cases: list[Case] = json.loads(GENERATED.read_text("utf-8"))["cases"]
    return cases


def all_cases() -> list[Case]:
    """Return the named cases, then the generated ones."""
    return named_cases() + generated_cases()


def slug(name: str) -> str:
    """Return the file name of a named case, without its suffix."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def format_case(case: Case) -> str:
    """Return the text of a case file: a member a line where a value does not fit on one line."""
    return _format(case, "") + "\n"


def _format(value: Any, indent: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (indent and len(indent) + len(text) <= WIDTH):
        return text
    inner = indent + "  "
    if isinstance(value, dict):
        members = [f"{inner}{json.dumps(key)}: {_format(part, inner)}" for key, part in value.items()]
    else:
        members = [inner + _format(part, inner) for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, ",\n".join(members), indent + closing])
