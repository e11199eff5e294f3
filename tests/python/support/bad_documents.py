"""The documents in tests/bad, and who reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import designation as dsg

ROOT = Path(__file__).resolve().parents[3]
BAD = sorted((ROOT / "tests" / "bad").glob("*/*.json"))

LOADERS: dict[str, Callable[[Path], object]] = {
    "partner": dsg.load,
    "policy": dsg.load_policy,
    "rulebook": dsg.rulebooks.load,
}


def name_of(path: Path) -> str:
    """Name a bad document by its kind and what is wrong with it."""
    return f"{path.parent.name}/{path.stem}"


def diagnostics_of(path: Path, kind: str = "") -> tuple[dsg.Diagnostic, ...]:
    """Give what the reader says of a document, of the kind that its folder names; nothing where it is good."""
    try:
        LOADERS[kind or path.parent.name](path)
    except dsg.InputError as error:
        return error.diagnostics
    return ()


def strict_json(data: bytes) -> Any:
    """Read UTF-8 JSON as its standard wants it, which Python's reader does not; ValueError where it is none."""

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is no JSON")

    value = json.loads(data.decode("utf-8-sig"), parse_constant=refuse)
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate has no UTF-8
    return value
