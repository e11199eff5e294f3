"""The page of the figures that a command of the support metrics writes beside its output."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from designation._lazy import lazy
from designation.cli._errors import UsageError
from designation.cli._output import writing

report = lazy("designation._report")

ENDINGS = (".html", ".pdf")


def add_report(parser: argparse.ArgumentParser) -> None:
    """Add the option for the page."""
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=_parse_path,
        help="also write a page with each figure, its numerator and denominator, and the rows that are left out: .html "
        "or .pdf",
    )


def write_report(path: str | None, results: Sequence[Any]) -> None:
    """Write the page of some results, if the user asks for one."""
    if path is None:
        return
    try:
        with writing(path):
            report.report(list(results)).save(path)
    except ModuleNotFoundError as error:
        raise UsageError(f"designation: {error}") from None


def _parse_path(text: str) -> str:
    if not text.lower().endswith(ENDINGS):
        raise argparse.ArgumentTypeError(f'must end in one of {", ".join(ENDINGS)}, not "{text}"')
    return text
