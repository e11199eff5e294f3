"""A portfolio from documents, and its documents as NDJSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designation import _core
from designation._api import parse_partner
from designation._errors import InputError
from designation._io import bounded_lines, replace_file
from designation._lazy import lazy
from designation._messages import quote
from designation.portfolio._arrow import build_table, iter_documents
from designation.portfolio._portfolio import OnError, Portfolio, build_portfolio

pa = lazy("pyarrow", "table")

Source = str | os.PathLike[str] | Iterable[_core.Partner | Mapping[str, Any]]


def from_documents(source: Source, *, on_error: OnError = "raise") -> Portfolio:
    """Build a portfolio from partners' documents.

    Args:
        source: A file with one document per line (NDJSON), or an iterable of partners or dicts.
        on_error: ``"exclude"`` omits documents that have problems or repeat an id, and lists them in ``unused``.

    Raises:
        InputError: Documents have problems; the error lists all of them, with their lines.
        OSError: The file cannot be read.

    Example:
        >>> import designation as dsg
        >>> dsg.portfolio.from_documents([{"id": "contoso"}, {"id": "contoso"}], on_error="exclude").unused[0].message
        'id "contoso" is already in document 1'
    """
    problems: list[_core.Diagnostic] = []
    return build_portfolio(build_table(_validate(_read(source), problems)), problems, on_error)


def to_documents(table: Any, path: str | os.PathLike[str]) -> int:
    """Write a portfolio's documents to a file, one per line (NDJSON), and return their number.

    Args:
        table: A `Portfolio`, or any table with its columns that has ``__arrow_c_stream__``.
        path: The file; it is replaced as a whole or not at all.
    """
    rows = pa.table(table)
    with replace_file(path) as draft, open(draft, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in iter_documents(rows))
    return len(rows)


def _read(source: Source) -> Iterator[tuple[str, int, Any]]:
    if not isinstance(source, str | os.PathLike):
        yield from (("", number, document) for number, document in enumerate(source, 1))
        return
    with open(source, "rb") as lines:
        yield from ((os.fspath(source), number, line) for number, line in bounded_lines(lines, _core.MAX_BYTES))


def _validate(
    documents: Iterable[tuple[str, int, Any]], problems: list[_core.Diagnostic]
) -> Iterator[Mapping[str, Any]]:
    """Return the valid documents, and add the problems of the others."""
    first_numbers: dict[str, int] = {}
    for file, number, source in documents:
        try:
            partner = source if isinstance(source, _core.Partner) else parse_partner(source, file=file)
        except InputError as error:
            problems += [_with_location(one, file, number) for one in error.diagnostics]
            continue
        first = first_numbers.setdefault(partner.id, number)
        if first != number:
            location = f"on line {first}" if file else f"in document {first}"
            message = f"id {quote(partner.id)} is already {location}"
            one = _core.Diagnostic(code="duplicate", pointer="/id", message=message)
            problems.append(_with_location(one, file, number))
        else:
            yield partner.to_dict()


def _with_location(problem: _core.Diagnostic, file: str, number: int) -> _core.Diagnostic:
    if not file:
        return problem.replace(pointer=f"/{number - 1}{problem.pointer}", file="", line=0, column=0)
    return problem.replace(file=file, line=number, column=max(problem.column, 1))
