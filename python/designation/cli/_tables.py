"""Tables, column mappings and plots that a user names on the command line."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from designation import _core
from designation._input.source import named_stream
from designation._lazy import lazy
from designation.cli._errors import UsageError, label
from designation.cli._input import open_input, read_json
from designation.cli._output import writing

plot = lazy("designation.plot")

ENDINGS = {b"PAR1": ".parquet", b"{": ".json", b"[": ".json"}
PLOTS = (".svg", ".png", ".pdf")


def add_columns(parser: argparse.ArgumentParser, prefix: str, table: str) -> None:
    """Add the options for the column mapping of a table."""
    parser.add_argument(
        f"--{prefix}columns",
        metavar="MAPPING",
        help=f"the column mapping of the {table}: the name of a mapping, or a JSON file",
    )
    parser.add_argument(
        f"--{prefix}column",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        type=parse_pair,
        help="the column that holds a role, such as id=Number, or the form of the values, such as dates=day_first, "
        "zone=UTC, or blank=?; can be repeated, also with the same key",
    )


def add_period(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Add the period over which a metric is computed."""
    parser.add_argument(
        "--period",
        required=required,
        help="a year, half, quarter, month, or date (2026, 2026-H1, 2026-Q1, 2026-01, 2026-01-31), two of these as "
        'FIRST..LAST, or "12 months to 2026-09-30"' + ("" if required else " (default: all dates)"),
    )


def add_metric_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that all metrics have."""
    parser.add_argument(
        "--by",
        metavar="NAME",
        action="append",
        default=[],
        help="break down by month, product, country, customer, or any column; can be repeated",
    )
    parser.add_argument(
        "--exact-values",
        action="store_true",
        help="accept a value that never occurs, although one occurs that is spelled nearly the same",
    )
    parser.add_argument("--level", type=float, default=0.95, help="the confidence level of intervals (default: 0.95)")
    parser.add_argument("--policy", metavar="FILE", help="compare the result with the threshold in this policy file")
    parser.add_argument(
        "--rulebook", metavar="EDITION", help="the rulebook file of the policy's edition, if it is not built in"
    )
    parser.add_argument("--plot", metavar="FILE", type=parse_plot_path, help="also write a plot: .svg, .png, or .pdf")


def parse_pair(text: str) -> tuple[str, str]:
    """Parse KEY=VALUE."""
    key, equals, value = text.partition("=")
    if not (key and equals and value):
        raise argparse.ArgumentTypeError(f'must be KEY=VALUE, not "{text}"')
    return key, value


def parse_plot_path(text: str) -> str:
    """Validate the file name of a plot."""
    if not text.lower().endswith(PLOTS):
        raise argparse.ArgumentTypeError(f'must end in one of {", ".join(PLOTS)}, not "{text}"')
    return text


def write_plot(ax: Any, path: str) -> None:
    """Write the figure of some axes to the file of ``--plot``."""
    with writing(path):
        plot.save(ax, path)


def read_columns(mapping: str | None, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Read the column mapping that the options name."""
    members: dict[str, Any] = {}
    if mapping is not None and (mapping.endswith(".json") or os.path.exists(mapping)):
        members = read_json(mapping, _core.MAX_BYTES)
        if not isinstance(members, dict):
            raise UsageError(f"{label(mapping)}: must be an object [type]")
    elif mapping is not None:
        members["like"] = mapping
    repeated: dict[str, list[str]] = {}
    for key, value in pairs:
        repeated.setdefault(key, []).append(value)
    return {**members, **{key: values[0] if len(values) == 1 else values for key, values in repeated.items()}}


def parse_number_or_path(text: str) -> Decimal | str:
    """Return the number that a text holds, or the text itself, which is a path."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


@contextlib.contextmanager
def open_tables(*paths: Any, are_read_again: bool = False) -> Iterator[tuple[Any, ...]]:
    """Return paths of tables, of which one can be standard input; a copy of it can be read several times."""
    if paths.count("-") > 1:
        raise UsageError("designation: standard input (-) can be read only once")
    with contextlib.ExitStack() as opened:
        stream: Any = None
        if "-" in paths and are_read_again:
            file = opened.enter_context(tempfile.TemporaryFile())
            with open_input("-") as source:
                shutil.copyfileobj(source, file)
            stream = _RepeatedInput(file)
        elif "-" in paths:
            stream = named_stream(open_input("-"), "<stdin>")
        yield tuple(stream if path == "-" else path for path in paths)


class _RepeatedInput(io.RawIOBase):
    """A copy of standard input, whose readers begin at its start, because closing rewinds it."""

    name = "<stdin>"

    def __init__(self, file: Any) -> None:
        self._file = file
        self.close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return int(self._file.readinto(buffer))

    def close(self) -> None:
        if not self._file.closed:
            self._file.seek(0)
