"""A portfolio from a CSV file with one row per fact."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Collection, Iterator

from designation import _core
from designation.portfolio._arrow import table_of
from designation.portfolio._portfolio import OnError, Portfolio, settle
from designation.portfolio._sheets import LISTS, SHEETS, Problems, Row, gather, header_problems, said

KINDS = {"partner": "partners", **{sheet[:-1]: sheet for sheet in LISTS}}
COLUMNS = ("partner_id", "kind", "type", "from", "through", "on", "outcome")
MORE = ("name", "annual_value", "currency", "score", "rate", "cases", "notes")
NUMBERS = ("annual_value", "score", "rate", "cases")


def from_csv(path: str | os.PathLike[str], *, unknown: Collection[str] = (), on_error: OnError = "raise") -> Portfolio:
    """Make a portfolio of a CSV file: a row per fact, with a header.

    The columns are ``partner_id, kind, type, from, through, on, outcome``, and where there are any ``name,
    annual_value, currency, score, rate, cases, notes``. ``kind`` is ``partner`` (a partner with its name),
    ``authorization``, ``contract``, ``designation`` (its area is the type) or ``event``. A partner is who has a row.

    Args:
        path: The file, in UTF-8, with commas.
        unknown: The kinds that the file does not cover. Of the others a partner without a row has none.
        on_error: ``"exclude"`` leaves out each partner with a row that cannot be used, and says so in ``unused``.

    Raises:
        InputError: Every problem of every row at once, with line and column.
        OSError: The file cannot be read.
    """
    for kind in set(unknown) - (KINDS.keys() - {"partner"}):
        raise ValueError(f"{kind!r} is no kind of fact; kinds: {', '.join(list(KINDS)[1:])}")
    problems = Problems()
    rows = list(_rows(path, problems))
    covered = [LISTS[KINDS[kind]] for kind in KINDS if kind != "partner" and kind not in unknown]
    for row in rows:
        if row.sheet[:-1] in unknown:
            problems.add(row, "unknown", f"the kind {row.sheet[:-1]} is given as unknown", "kind")
    documents = gather(_with_partners(rows), covered, problems)
    return settle(table_of(documents), problems, on_error, problems.left_out)


def _rows(path: str | os.PathLike[str], problems: Problems) -> Iterator[Row]:
    name = os.fspath(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            problems += header_problems(header, COLUMNS + MORE, COLUMNS[:2], name)
            for cells in reader:
                if not any(cells):
                    continue
                given = {member: text.strip() for member, text in zip(header, cells, strict=False) if text.strip()}
                row = Row("", name, reader.line_num, given, {member: at for at, member in enumerate(header, 1)})
                if len(cells) > len(header):
                    problems.add(row, "columns", f"{len(cells)} cells under {len(header)} columns")
                yield from _row(row, problems)
    except (UnicodeDecodeError, csv.Error) as error:
        line = 0 if isinstance(error, UnicodeDecodeError) else reader.line_num
        problems.append(_core.Diagnostic(code="syntax", message=str(error), file=name, line=line))


def _row(row: Row, problems: Problems) -> Iterator[Row]:
    kind = row.cells.pop("kind", "")
    if kind not in KINDS:
        problems.add(row, "unknown_value", f"unknown kind {said(kind)}; known: {', '.join(KINDS)}", "kind")
        return
    sheet = KINDS[kind]
    renamed = {"partners": {"partner_id": "id"}, "designations": {"type": "area"}}.get(sheet, {})
    cells = {renamed.get(member, member): _value(member, text) for member, text in row.cells.items()}
    columns = {renamed.get(member, member): at for member, at in row.columns.items()}
    made = Row(sheet, row.file, row.line, cells, columns)
    for member in [member for member in cells if member not in SHEETS[sheet]]:
        problems.add(made, "unknown_key", f"a row of kind {kind} has no {member}", member)
        del cells[member]
    yield made


def _value(member: str, text: str) -> object:
    if member in NUMBERS:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _with_partners(rows: list[Row]) -> Iterator[Row]:
    """Give the rows, and for a partner that has none of its own one where it is named first."""
    seen = {row.cells.get("id") for row in rows if row.sheet == "partners"}
    for row in rows:
        partner = row.cells.get("partner_id")
        if row.sheet != "partners" and partner and partner not in seen:
            seen.add(partner)
            yield Row("partners", row.file, row.line, {"id": partner}, {"id": row.columns["partner_id"]})
        yield row
