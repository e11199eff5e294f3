"""Run the conformance cases on this machine.

Every case holds a partner, a day, a policy and the answer that the rules give,
written down independently of this program. Exit status 1 where one fails.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import designation
from designation import _core
from designation.cli._output import Output
from designation.cli._parser import add_output

USAGE = "designation selftest [OPTIONS]"
EXAMPLE = """\
  designation selftest
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    results = [(name, list(differences(case))) for name, case in cases()]
    failed = {name: found for name, found in results if found}
    with Output(options.output) as output:
        if options.format == "json":
            answer = {"cases": len(results), "hold": len(results) - len(failed), "failed": failed}
            output.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
        else:
            for name, found in failed.items():
                output.write("".join(f"{name}: {difference}\n" for difference in found))
            output.write(f"{len(results) - len(failed)} of {len(results)} conformance cases hold\n")
    return int(bool(failed) or not results)


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Read the cases that were installed beside the module."""
    for path in sorted((Path(_core.__file__).resolve().parent / "conformance").rglob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        for case in document.get("cases", [document]):
            yield case["name"], case


def differences(case: dict[str, Any]) -> Iterator[str]:
    """Say where the answer is not the one expected, key by key."""
    try:
        partner = designation.parse_partner(case["partner"])
        answer = designation.assess(partner, case["as_of"], case["policy"]).to_dict()
    except ValueError as error:
        yield str(error)
        return
    yield from compared("", case["expected"], answer)


def compared(pointer: str, expected: object, seen: object) -> Iterator[str]:
    """Compare what a case expects; an answer may carry more."""
    if isinstance(expected, dict) and isinstance(seen, dict):
        for key, value in expected.items():
            yield from compared(f"{pointer}/{key}", value, seen.get(key, "nothing"))
    elif expected != seen or isinstance(expected, bool) is not isinstance(seen, bool):
        yield f"{pointer}: expected {json.dumps(expected)}, got {json.dumps(seen, default=str)}"
