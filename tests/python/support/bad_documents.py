"""The documents in tests/bad, and their readers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import designation as dsg

ROOT = Path(__file__).resolve().parents[3]
BAD = sorted((ROOT / "tests" / "bad").glob("*/*.json"))

LOADERS: dict[str, Callable[[Path], object]] = {
    # `load` also reads lists and UTF-16, as every input does; one document is read strictly.
    "partner": lambda path: dsg.parse_partner(Path(path).read_bytes(), file=str(path)),
    "policy": dsg.load_policy,
    "rulebook": dsg.rulebooks.load,
}


def name_of(path: Path) -> str:
    """Return the name of a bad document: its kind, and the problem that it shows."""
    return f"{path.parent.name}/{path.stem}"


def diagnostics_of(path: Path, kind: str = "") -> tuple[dsg.Diagnostic, ...]:
    """Return the diagnostics of a document; by default its folder names the kind."""
    try:
        LOADERS[kind or path.parent.name](path)
    except dsg.InputError as error:
        return error.diagnostics
    return ()


def strict_json(data: bytes) -> Any:
    """Parse UTF-8 JSON strictly, unlike Python's reader; raise ValueError if it is not JSON."""

    def refuse(constant: str) -> NoReturn:
        raise ValueError(f"{constant} is not JSON")

    value = json.loads(data.decode("utf-8-sig"), parse_constant=refuse)
    json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate has no UTF-8
    return value
