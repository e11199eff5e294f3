"""A portfolio as a table, with an account of what was not used for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from designation._core import Diagnostic
from designation._errors import InputError
from designation.portfolio._arrow import documents_of

OnError = Literal["raise", "exclude"]


class Portfolio:
    """A portfolio table, and every row of the source that is not in it.

    ``table`` is a PyArrow table with one row per partner; any library that reads the Arrow stream protocol reads the
    portfolio itself. ``unused`` holds what is wrong with each row that is not in it, with its place in the source.
    """

    __slots__ = ("table", "unused")

    def __init__(self, table: Any, unused: tuple[Diagnostic, ...] = ()) -> None:
        self.table = table
        self.unused = unused

    def __len__(self) -> int:
        return len(self.table)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def documents(self) -> Iterator[dict[str, Any]]:
        """Give the partners' documents, row by row."""
        return documents_of(self.table)

    def __repr__(self) -> str:
        # Documents that are no lines of a file are told apart by the first member of the pointer.
        unused = len({(one.file, one.line or (*one.pointer.split("/")[:2],)) for one in self.unused})
        return f"<Portfolio: {len(self):,} partners{f', {unused:,} rows not used' if unused else ''}>"


def settle(
    table: Any, problems: Sequence[Diagnostic], on_error: OnError, left_out: Sequence[Diagnostic] = ()
) -> Portfolio:
    """Give the portfolio, or raise what is wrong with its source."""
    if on_error not in ("raise", "exclude"):
        raise ValueError(f'on_error is "raise" or "exclude", not {on_error!r}')
    if problems and on_error == "raise":
        raise InputError(problems)
    return Portfolio(table, (*problems, *left_out))
