"""The portfolio of an impact: a frame, or anything that holds partners; it is read once and assessed twice."""

from __future__ import annotations

import datetime
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._input.loader import Loader
from designation._lazy import lazy
from designation._tables.assess_table import (
    collect_table,
    read_partners,
    unread_columns_message,
    validate_on_error,
    validate_threads,
)
from designation._tables.changes import COLUMNS
from designation._tables.prepare import CoreArguments, assess_frame

pa = lazy("pyarrow", "table")


def open_portfolio(portfolio: Any, keep: Sequence[str], on_error: str, threads: int | None) -> FramePortfolio | Listed:
    """Open a portfolio.

    Raises:
        InputError: Partners have problems, and ``on_error`` is ``"raise"``.
        OSError: A file cannot be read.
        TypeError: It holds no partners.
        ValueError: An argument has another value.
    """
    if validate_on_error(on_error) == "null":
        raise ValueError('on_error must be "raise" or "exclude", not "null"')
    mode, number = ("raise" if on_error == "raise" else "null"), validate_threads(threads)
    polars = sys.modules.get("polars")
    is_lazy = polars is not None and isinstance(portfolio, polars.LazyFrame)
    if is_lazy or hasattr(portfolio, "__arrow_c_stream__"):
        return FramePortfolio(portfolio, keep, mode, number)
    return Listed(portfolio, keep, mode, number)


class FramePortfolio:
    """A frame with one partner per row; ``kept`` is the table of its kept columns, None without any."""

    excluded = 0

    def __init__(self, frame: Any, keep: Sequence[str], mode: str, threads: int) -> None:
        # A frame of another library may be a stream, which can be read only once.
        table = collect_table(frame)
        is_frame = type(table).__module__.partition(".")[0] in ("pandas", "polars", "pyarrow")
        self._frame = table if is_frame and not isinstance(table, pa.RecordBatchReader) else pa.table(table)
        self._keep, self._mode, self._threads = list(keep), mode, threads
        self._warned = False
        self.kept: Any = None

    def assess(self, rules: _core.Rules, as_of: datetime.date) -> Any:
        """Return the results as of a date, a row for each partner."""
        columns = [*COLUMNS, *(["error"] if self._mode == "null" else [])]
        arguments = CoreArguments(rules, as_of, columns, self._mode, self._threads)
        result, unread = assess_frame(self._frame, arguments, self._keep)
        if unread and not self._warned:
            self._warned = True
            warnings.warn(unread_columns_message(unread), stacklevel=4)
        table = pa.table(result)
        self.kept = table.select(self._keep) if self._keep else None
        return table

    def partners(self) -> Iterator[_core.Partner]:
        """Yield the partners."""
        return read_partners(self._frame)[0]


class Listed:
    """Partners from files, documents, or objects, read by the strict reader."""

    def __init__(self, source: Any, keep: Sequence[str], mode: str, threads: int) -> None:
        entries = list(Loader(keep=keep).entries([source]))
        problems = [problem for entry in entries for problem in entry.problems]
        if problems and mode == "raise":
            raise InputError(problems)
        found = [(entry.partner, entry.kept) for entry in entries if entry.partner is not None]
        self._partners = [partner for partner, _ in found]
        self._threads = threads
        self.excluded = len(entries) - len(found)
        texts = {
            name: pa.array([None if kept.get(name) is None else str(kept[name]) for _, kept in found], pa.string())
            for name in keep
        }
        if missing := [name for name in keep if not any(name in kept for _, kept in found)]:
            raise ValueError(f'the portfolio has no column "{missing[0]}"')
        self.kept = pa.table(texts) if texts else None

    def assess(self, rules: _core.Rules, as_of: datetime.date) -> Any:
        """Return the results as of a date, a row for each partner."""
        rows: list[Any] = list(self._partners)
        return pa.table(_core.assess_partners(rows, rules, as_of, list(COLUMNS), "raise", self._threads))

    def partners(self) -> Iterator[_core.Partner]:
        """Yield the partners."""
        return iter(self._partners)
