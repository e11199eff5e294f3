"""Portfolios from a CSV file with one row per fact, and from a workbook with one sheet per table."""

from __future__ import annotations

import os
import warnings
from collections.abc import Collection

from designation._input.facts import read_facts, validate_kinds
from designation._input.sheets import SheetDocuments
from designation._input.source import TEXT, WORKBOOK, open_source
from designation._input.text import read_text
from designation._input.workbook import read_workbook
from designation.portfolio._arrow import build_table
from designation.portfolio._portfolio import OnError, Portfolio, build_portfolio


def from_csv(path: str | os.PathLike[str], *, unknown: Collection[str] = (), on_error: OnError = "raise") -> Portfolio:
    """Build a portfolio from a CSV file with a header and one row per fact.

    The columns are ``partner_id``, ``kind``, and, optionally, those of the sheets of a workbook, such as ``type``,
    ``from``, ``on``, and ``name`` (see `write_workbook`). ``kind`` is ``partner`` (a partner with its name),
    ``authorization``, ``contract``, ``designation`` (whose area is in the column ``type``), or ``event``. Each partner
    with a row is in the portfolio.

    Args:
        path: The file, in UTF-8 or in UTF-16 with a byte order mark, with commas, semicolons, tabs, or bars.
        unknown: The kinds that the file does not cover. A partner without a row of another kind has none of it.
        on_error: ``"exclude"`` omits each partner with a row that has problems, and lists its rows in ``unused``.

    Raises:
        InputError: Rows have problems; the error lists all of them, with line and column.
        OSError: The file cannot be read.
        ValueError: ``unknown`` or ``on_error`` is not valid.
    """
    validate_kinds(unknown)
    source = open_source(path, kind=TEXT)
    with source.stream:
        return _build(read_facts(source, read_text(source), unknown), on_error)


def from_excel(path: str | os.PathLike[str], *, on_error: OnError = "raise") -> Portfolio:
    """Build a portfolio from a workbook with the sheets ``partners, authorizations, contracts, designations, events``.

    The facts of a missing sheet are unknown. If a sheet has no row for a partner, the partner has none of its facts.
    ``designation init --excel portfolio.xlsx`` writes a template. Other sheets and columns are ignored, with a warning.

    Args:
        path: The file (.xlsx).
        on_error: ``"exclude"`` omits each partner with a row that has problems, and lists its rows in ``unused``.

    Raises:
        InputError: Rows have problems; the error lists all of them, with cells such as ``events!B5``.
        OSError: The file cannot be read.
    """
    source = open_source(path, kind=WORKBOOK)
    with source.stream:
        return _build(read_workbook(source), on_error)


def _build(found: SheetDocuments, on_error: OnError) -> Portfolio:
    portfolio = build_portfolio(build_table(found.documents), found.problems, on_error, found.problems.omitted)
    for note in found.problems.notes:
        warnings.warn(note, stacklevel=3)
    return portfolio
