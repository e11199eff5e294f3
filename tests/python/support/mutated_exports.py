"""Exports with random changes to their bytes: the readers of metrics return a result or an `InputError`."""

from __future__ import annotations

import json
import os
import random
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
PIECES = (
    *(b",", b";", b"\t", b"|", b'"', b'""', b"'", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf"),
    *(b"sep=;\r\n", b"#TYPE x\n", b"{", b"}", b"[", b"]", b":", b"null", b"-1", b"1e999", b"6.2E+14", b"=1+1", b"*"),
    *(b"2026-02-30", b"02/03/2026", b"2026-01-05T10:00:00Z", b"1,234", b"\x1b[2J", b"\xe2\x80\xae", b"__id", b"id"),
)
MAPPING = "partner-center-powershell"


def _bases() -> dict[str, tuple[bytes, Callable[[str], Any]]]:
    """Return the content of each export, and what reads it."""
    cases = (EXAMPLES / "service-requests.csv").read_bytes()
    revenue = (EXAMPLES / "revenue.csv").read_bytes()
    answers = (EXAMPLES / "answers.csv").read_bytes()
    rows = [{"id": f"c{n}", "created": f"2026-0{n % 3 + 1}-05", "tags": [n]} for n in range(9)]
    lines = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    size = str(EXAMPLES / "revenue.csv")

    def count(path: str) -> Any:
        return dsg.metrics.case_rate(path, 12, "2026-Q1", unit="seats", escalated="every", by=["month"])

    return {
        "cases.csv": (cases, lambda path: dsg.metrics.case_rate(path, size, "2026-H1", columns=MAPPING)),
        "utf-16.csv": (
            cases.decode().encode("utf-16"),
            lambda path: dsg.metrics.case_rate(path, size, "2026-H1", columns=MAPPING),
        ),
        "revenue.csv": (
            revenue,
            lambda path: dsg.metrics.case_rate(EXAMPLES / "service-requests.csv", path, "2026-H1", columns=MAPPING),
        ),
        "answers.csv": (answers, lambda path: dsg.metrics.csat(path, "2026-H1", by=["product"])),
        "evidence.csv": ((EXAMPLES / "evidence.csv").read_bytes(), dsg.metrics.capability),
        "cases.ndjson": (lines, count),
        "cases.json": (json.dumps(rows).encode(), count),
        "lists.csv": (
            b"id,created\n" + b"".join(b"%d,2026-01-%02d\n" % (n, n) for n in range(1, 20)),
            lambda path: dsg.metrics.reconcile({"a": path, "b": path}, "2026-Q1"),
        ),
    }


def mutate(content: bytes, rng: random.Random) -> bytes:
    """Return bytes with a few random changes."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        at, length = rng.randrange(len(changed) + 1), rng.choice((0, 1, 1, 3, 20))
        kind = rng.randrange(5)
        if kind == 0:
            changed[at : at + length] = rng.choice(PIECES)
        elif kind == 1:
            changed[at:at] = rng.choice(PIECES)
        elif kind == 2:
            del changed[at : at + length]
        elif kind == 3:
            changed[at:at] = changed[at : at + length]
        elif changed:
            changed[min(at, len(changed) - 1)] = rng.randrange(256)
    return bytes(changed[: rng.randrange(len(changed) + 1)] if rng.random() < 0.05 else changed)


def compare(count: int, seed: int, start: int = 0) -> None:
    """Print the first export whose reader raises anything else than an `InputError`."""
    bases = list(_bases().items())
    with tempfile.TemporaryDirectory() as folder:
        for number in range(start, start + count):
            rng = random.Random(f"{seed}/{number}")
            name, (content, read) = bases[number % len(bases)]
            path = os.path.join(folder, name)
            Path(path).write_bytes(mutate(content, rng))
            try:
                str(read(path))
            except dsg.InputError:
                continue
            except Exception:
                print(f"export {number} of seed {seed}, {name}: {Path(path).read_bytes()!r}\n{traceback.format_exc()}")
                return
