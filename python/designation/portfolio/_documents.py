"""Documents, one a line, in and out of the portfolio table."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designation import _core
from designation._api import parse_partner
from designation._errors import InputError
from designation._io import bounded_lines, replacing
from designation._lazy import lazy
from designation.portfolio._arrow import documents_of, table_of
from designation.portfolio._portfolio import OnError, Portfolio, settle

pa = lazy("pyarrow", "table")

Source = str | os.PathLike[str] | Iterable[_core.Partner | Mapping[str, Any]]


def from_documents(source: Source, *, on_error: OnError = "raise") -> Portfolio:
    """Make a portfolio of partners' documents.

    Args:
        source: A file with one document a line (NDJSON), or an iterable of partners or dicts.
        on_error: ``"exclude"`` leaves out what cannot be read, or repeats an id, and says so in ``unused``.

    Raises:
        InputError: Every problem of every document at once, with its line.
        OSError: The file cannot be read.

    Example:
        >>> import designation as dsg
        >>> dsg.portfolio.from_documents([{"id": "contoso"}, {"id": "contoso"}], on_error="exclude").unused[0].message
        'id "contoso" is in document 1 already'
    """
    problems: list[_core.Diagnostic] = []
    return settle(table_of(_valid(_read(source), problems)), problems, on_error)


def to_documents(table: Any, path: str | os.PathLike[str]) -> int:
    """Write a portfolio's documents to a file, one a line (NDJSON), and give their number.

    Args:
        table: A `Portfolio`, or any table with the columns of one that has ``__arrow_c_stream__``.
        path: The file; it is written as a whole or not at all.
    """
    rows = pa.table(table)
    with replacing(path) as draft, open(draft, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in documents_of(rows))
    return len(rows)


def _read(source: Source) -> Iterator[tuple[str, int, Any]]:
    if not isinstance(source, str | os.PathLike):
        yield from (("", number, document) for number, document in enumerate(source, 1))
        return
    with open(source, "rb") as lines:
        yield from ((os.fspath(source), number, line) for number, line in bounded_lines(lines, _core.MAX_BYTES))


def _valid(documents: Iterable[tuple[str, int, Any]], problems: list[_core.Diagnostic]) -> Iterator[Mapping[str, Any]]:
    seen: dict[str, int] = {}
    for file, number, given in documents:
        try:
            document = given if isinstance(given, _core.Partner) else parse_partner(given, file=file)
        except InputError as error:
            problems += [_at(one, file, number) for one in error.diagnostics]
            continue
        first = seen.setdefault(document.id, number)
        if first != number:
            place = f"on line {first}" if file else f"in document {first}"
            message = f"id {json.dumps(document.id, ensure_ascii=False)} is {place} already"
            one = _core.Diagnostic(code="duplicate", pointer="/id", message=message, file=file)
            problems.append(_at(one, file, number))
        else:
            yield document.to_dict()


def _at(problem: _core.Diagnostic, file: str, number: int) -> _core.Diagnostic:
    return _core.Diagnostic(
        code=problem.code,
        message=problem.message,
        pointer=problem.pointer if file else f"/{number - 1}{problem.pointer}",
        file=file,
        line=number if file else 0,
        column=max(problem.column, 1) if file else 0,
    )
