"""Tables, column mappings and pictures that a user names on the command line."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from designation import _core
from designation._errors import InputError
from designation.cli._errors import UsageError, label
from designation.cli._input import open_input, read_bytes, read_json

KINDS = {b"PAR1": ".parquet", b"{": ".json", b"[": ".json"}
PICTURES = (".svg", ".png", ".pdf")


def add_columns(parser: argparse.ArgumentParser, prefix: str, what: str) -> None:
    """Add the options for the column mapping of a table."""
    parser.add_argument(
        f"--{prefix}columns",
        metavar="MAPPING",
        help=f"what {what} columns are called: a mapping's name, or a JSON file",
    )
    parser.add_argument(
        f"--{prefix}column",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        type=pair,
        help="one column by its role, such as id=Number, or how things are written, such as dates=day_first, zone=UTC, "
        "decimal=,; may be given several times",
    )


def add_figures(parser: argparse.ArgumentParser) -> None:
    """Add what commands about figures have."""
    parser.add_argument(
        "--by",
        metavar="NAME",
        action="append",
        default=[],
        help="break down by month, product, country, customer, or any column; may be given several times",
    )
    parser.add_argument("--level", type=float, default=0.95, help="the level of intervals (default: 0.95)")
    parser.add_argument(
        "--policy", metavar="FILE", help="hold the figure against the threshold of a policy of your own"
    )
    parser.add_argument("--plot", metavar="FILE", type=picture, help="draw a picture, too: .svg, .png or .pdf")


def pair(text: str) -> tuple[str, str]:
    """Read KEY=VALUE."""
    key, equals, value = text.partition("=")
    if not (key and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    return key, value


def picture(text: str) -> str:
    """Read the name of a picture."""
    if not text.lower().endswith(PICTURES):
        raise argparse.ArgumentTypeError(f"{text!r} ends with none of {', '.join(PICTURES)}")
    return text


def columns_of(mapping: str | None, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Give the column mapping that the options name."""
    members: dict[str, Any] = {}
    if mapping is not None and (mapping.endswith(".json") or os.path.exists(mapping)):
        members = read_json(mapping, _core.MAX_BYTES)
        if not isinstance(members, dict):
            raise UsageError(f"{label(mapping)}: a column mapping is an object [type]")
    elif mapping is not None:
        members["like"] = mapping
    return {**members, **dict(pairs)}


def number_or_path(text: str) -> Decimal | str:
    """Give a number where the text is one, else the path that it is."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def policy_of(path: str | None) -> _core.Policy | None:
    """Read the policy that the options name."""
    return None if path is None else _core.parse_policy(read_bytes(path, _core.MAX_BYTES), label(path))


@contextlib.contextmanager
def tables(*paths: Any) -> Iterator[tuple[Any, ...]]:
    """Give paths of tables, of which one may be standard input; say which library is not installed."""
    if paths.count("-") > 1:
        raise UsageError("designation: standard input (-) can be read only once")
    with tempfile.TemporaryDirectory(prefix="designation-") as folder:
        given = tuple(_spooled(folder) if path == "-" else path for path in paths)
        try:
            yield given
        except ModuleNotFoundError as error:
            raise UsageError(f"designation: {error}") from None
        except InputError as error:
            raise InputError([_renamed(one, folder) for one in error.diagnostics]) from None


def _spooled(folder: str) -> str:
    # A table is read more than once.
    with open_input("-") as stream:
        first = stream.read(4)
        ending = next((kind for begin, kind in KINDS.items() if first.startswith(begin)), ".csv")
        path = os.path.join(folder, f"stdin{ending}")
        with open(path, "wb") as file:
            file.write(first)
            shutil.copyfileobj(stream, file)
    return path


def _renamed(one: _core.Diagnostic, folder: str) -> _core.Diagnostic:
    if not one.file.startswith(folder):
        return one
    message = one.message.replace(one.file, "<stdin>")
    return _core.Diagnostic(code=one.code, message=message, pointer=one.pointer, file="<stdin>")


def encoded(document: Mapping[str, Any]) -> str:
    """Encode a document for people and programs."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
