"""Run the conformance cases on this machine.

Each case holds a partner, a date, a policy, and the expected result, which was
written independently of this program. The exit status is 1 if a case fails.
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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    results = [(name, list(differences(case))) for name, case in cases()]
    failed = {name: found for name, found in results if found}
    with Output(options.output) as output:
        if options.format == "json":
            document = {"cases": len(results), "hold": len(results) - len(failed), "failed": failed}
            output.write_json(document)
        else:
            for name, found in failed.items():
                output.write("".join(f"{name}: {difference}\n" for difference in found))
            output.write(f"{len(results) - len(failed)} of {len(results)} conformance cases pass\n")
    return int(bool(failed) or not results)


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Read the cases installed beside the compiled module."""
    for path in sorted((Path(_core.__file__).resolve().parent / "conformance").rglob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        for case in document.get("cases", [document]):
            yield case["name"], case


def differences(case: dict[str, Any]) -> Iterator[str]:
    """Yield the differences between the expected result and the actual one."""
    try:
        partner = designation.parse_partner(case["partner"])
        actual = designation.assess(partner, case["as_of"], case["policy"]).to_dict()
    except ValueError as error:
        yield str(error)
        return
    yield from compare_values("", case["expected"], actual)


def compare_values(pointer: str, expected: object, actual: object) -> Iterator[str]:
    """Compare the keys of the expected value; the actual value can have more."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            yield from compare_values(f"{pointer}/{key}", value, actual.get(key, "nothing"))
    elif expected != actual or isinstance(expected, bool) is not isinstance(actual, bool):
        yield f"{pointer}: expected {json.dumps(expected)}, got {json.dumps(actual, default=str)}"
