"""Partners from one form into another, and their problems without a result."""

from __future__ import annotations

import csv
import json
import os
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from designation import _core
from designation._api import warn_of_far_dates
from designation._errors import InputError
from designation._input.facts import validate_kinds
from designation._input.guard import guard, guarded_json
from designation._input.loader import Loader
from designation._io import replace_file
from designation._lazy import lazy
from designation._records import LISTS
from designation._tables.assess_table import unread_columns_message
from designation._text.layout import escape_controls_in_json
from designation.portfolio._arrow import build_table, portfolio_schema
from designation.portfolio._portfolio import OnError, Portfolio, build_portfolio
from designation.portfolio._workbook import write_workbook

parquet = lazy("pyarrow.parquet", "table")

ROWS_PER_GROUP = 65_536
ENDINGS = (".json", ".ndjson", ".jsonl", ".csv", ".parquet", ".pq", ".xlsx")


def load(
    source: Any, *, on_error: OnError = "raise", on_duplicate: str = "error", unknown: Collection[str] = ()
) -> Portfolio:
    """Build a portfolio from anything that holds partners.

    Args:
        source: A path (JSON, NDJSON, CSV, Parquet, or a workbook), a pattern or a folder of such files, a frame, a
            portfolio, partners, dicts, or a list of these.
        on_error: ``"exclude"`` omits partners that have problems or repeat an id, and lists the problems in ``unused``.
        on_duplicate: ``"last"`` reads the last entry of an id, as for a warehouse that appends.
        unknown: The kinds of facts that a CSV file with one row per fact does not cover; see `from_csv`.

    Raises:
        InputError: Partners have problems; the error lists all of them, with their locations.
        OSError: A file cannot be read.
        ValueError: ``unknown`` or ``on_error`` is not valid.

    Warns:
        UserWarning: Columns, sheets, or kinds of facts are ignored, or taken to be none.

    Example:
        >>> import designation as dsg
        >>> dsg.portfolio.load([{"id": "contoso"}, dsg.Partner(id="fabrikam")])
        <Portfolio: 2 partners>
    """
    loader = Loader(on_duplicate=on_duplicate, unknown=validate_kinds(unknown))
    problems: list[_core.Diagnostic] = []

    def documents() -> Iterator[dict[str, Any]]:
        for entry in loader.entries([source]):
            problems.extend(entry.problems)
            if entry.partner is not None:
                yield entry.partner.to_dict()

    portfolio = build_portfolio(build_table(documents()), problems, on_error)
    for note in (*([unread_columns_message(loader.unread)] if loader.unread else []), *loader.notes):
        warnings.warn(note, stacklevel=2)
    return portfolio


def check(source: Any) -> tuple[_core.Diagnostic, ...]:
    """Return every problem of the partners in a source, and no result; none if all of them can be read.

    Args:
        source: As in `portfolio.load`.

    Raises:
        OSError: A file cannot be read.

    Warns:
        UserWarning: A fact is dated more than 20 years from today, which is probably a typing error.

    Example:
        >>> import designation as dsg
        >>> for problem in dsg.check([{"id": "contoso"}, {"id": "contoso", "event": []}]):
        ...     print(problem)
        /1/event: unknown key "event"; did you mean "events"? [unknown_key]
    """
    problems: list[_core.Diagnostic] = []
    for entry in Loader(requires_facts=True).entries([source]):
        problems += entry.problems
        if entry.partner is not None:
            warn_of_far_dates(entry.partner)
    return tuple(problems)


def convert(source: Any, path: str | os.PathLike[str], *, exact_values: bool = False) -> int:
    """Write the partners in a source to a file of another kind, and return their number.

    Args:
        source: As in `portfolio.load`.
        path: The file: ``.json``, ``.ndjson``, ``.csv`` (one partner per row, with lists as JSON text), ``.parquet``,
            or ``.xlsx`` (one sheet per table). It is replaced as a whole or not at all, and must not be the source.
        exact_values: Whether CSV has every text as it is, also one that a spreadsheet would evaluate.

    Raises:
        InputError: Partners have problems; nothing is written.
        ValueError: The ending of the file is not one of these, or the file is the source.
        OSError: A file cannot be read or written.
    """
    ending = check_ending(path)
    is_path = isinstance(source, str | os.PathLike)
    if is_path and os.path.exists(path) and os.path.exists(source) and os.path.samefile(source, path):
        raise ValueError(f"{os.fspath(path)} is the input; write to another file")
    return write_partners(Loader().partners([source]), path, ending, exact_values=exact_values)


def check_ending(path: str | os.PathLike[str]) -> str:
    """Return the ending of a file to write; raise ValueError if it is not that of a kind."""
    ending = os.path.splitext(os.fspath(path))[1].lower()
    if ending not in ENDINGS:
        raise ValueError(f"{os.fspath(path)} must end in one of {', '.join(ENDINGS)}")
    return ending


def write_partners(
    partners: Iterable[_core.Partner], path: str | os.PathLike[str], ending: str, *, exact_values: bool = False
) -> int:
    """Write partners to a file whose kind its ending tells, and return their number.

    NDJSON and Parquet files are written while the partners are read. The header of CSV depends on all partners, which
    are held in memory, and a workbook is built in memory as a whole.
    """
    if ending == ".xlsx":
        held = list(partners)
        write_workbook(held, path)
        return len(held)
    writers: dict[str, Callable[[Iterable[_core.Partner], str], int]]
    writers = {
        ".csv": partial(_write_csv, exact_values=exact_values),
        ".json": _write_json,
        ".parquet": _write_parquet,
        ".pq": _write_parquet,
    }
    with replace_file(path) as draft:
        return writers.get(ending, _write_lines)(partners, draft)


def _write_parquet(partners: Iterable[_core.Partner], draft: str) -> int:
    count = 0
    with parquet.ParquetWriter(draft, portfolio_schema()) as writer:
        for chunk in _chunks(partners):
            table = build_table(map(_without_notes, chunk))
            writer.write_table(table)
            count += len(table)
    return count


def _chunks(partners: Iterable[_core.Partner]) -> Iterator[list[_core.Partner]]:
    iterator = iter(partners)
    while chunk := list(islice(iterator, ROWS_PER_GROUP)):
        yield chunk


def _without_notes(partner: _core.Partner) -> dict[str, Any]:
    document = partner.to_dict()
    records = (record for name in LISTS for record in document.get(name) or ())
    if any("notes" in one for one in (document, *records)):
        message = "a Parquet file holds no notes, which would be lost; convert to NDJSON or .xlsx"
        raise InputError([_core.Diagnostic(code="notes", message=f"{message} (id {json.dumps(partner.id)})")])
    return document


def _write_lines(partners: Iterable[_core.Partner], draft: str) -> int:
    count = 0
    with open(draft, "w", encoding="utf-8", newline="\n") as file:
        for count, partner in enumerate(partners, 1):  # noqa: B007 (the number of the last one is the count)
            file.write(_to_json(partner) + "\n")
    return count


def _write_json(partners: Iterable[_core.Partner], draft: str) -> int:
    held = list(partners)
    with open(draft, "w", encoding="utf-8", newline="\n") as file:
        if len(held) == 1:
            file.write(_indented(held[0], "") + "\n")
        else:
            for number, partner in enumerate(held):
                file.write(("," if number else "[") + "\n" + _indented(partner, "  "))
            file.write("\n]\n" if held else "[]\n")
    return len(held)


def _indented(partner: _core.Partner, indent: str) -> str:
    return "\n".join(indent + line for line in _to_json(partner, 2).split("\n"))


def _to_json(partner: _core.Partner, indent: int | None = None) -> str:
    return escape_controls_in_json(json.dumps(partner.to_dict(), ensure_ascii=False, indent=indent))


def _write_csv(partners: Iterable[_core.Partner], draft: str, *, exact_values: bool) -> int:
    held = list(partners)
    has_notes = any(partner.notes for partner in held)
    names = ["id", "name", *(["notes"] if has_notes else []), *LISTS]
    with open(draft, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for document in map(_core.Partner.to_dict, held):
            writer.writerow([_cell(document.get(name), exact_values=exact_values) for name in names])
    return len(held)


def _cell(value: Any, *, exact_values: bool) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if exact_values else guarded_json(value)
    if value is None:
        return ""  # an empty text has an apostrophe
    text: str = value
    return text if exact_values else guard(text)
