"""A portfolio table with the problems of the source rows that are not in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from designation._core import Diagnostic
from designation._errors import InputError
from designation._messages import more_text
from designation._records import LISTS
from designation._text.blocks import EMPTY, Block, Span, Title, build_table, fill
from designation._text.figures import PageValue
from designation._text.wording import capitalize, format_count
from designation.portfolio._arrow import iter_documents

OnError = Literal["raise", "exclude"]
MOST_ROWS = 1000  # on the page of a portfolio


class Portfolio(PageValue):
    """A portfolio table, and the source rows that are not in it.

    ``table`` is a PyArrow table with one row per partner. Any library that supports the Arrow stream protocol can read
    the portfolio itself. ``unused`` has a problem for each row that is not in the table, with its location in the
    source.
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
        """Return an iterator over the partners' documents, in the order of the rows."""
        return iter_documents(self.table)

    def lines(self) -> Iterator[Block]:
        """Build a page: the first partners with the numbers of their records, and the rows that are not used."""
        yield Title(format_count(len(self), "partner"))
        yield EMPTY
        first = self.table.slice(0, MOST_ROWS).to_pylist()
        head = ("Id", "Name", *(capitalize(name.rpartition("_")[2]) for name in LISTS))
        yield build_table(head, map(_cells, first), left=(0, 1), wraps=(0, 1))
        if more := more_text(len(self) - len(first), "partners"):
            yield from fill(Span(more, "muted"))
        if self.unused:
            yield EMPTY
            yield build_table(("Not used",), ((str(problem),) for problem in self.unused))

    def __repr__(self) -> str:
        # Documents in memory have no line number; the first part of the pointer identifies them.
        unused = len({(one.file, one.line or (*one.pointer.split("/")[:2],)) for one in self.unused})
        rows = f", {format_count(unused, 'row')} not used" if unused else ""
        return f"<Portfolio: {format_count(len(self), 'partner')}{rows}>"


def _cells(row: dict[str, Any]) -> list[str]:
    counts = [row.get(name) for name in LISTS]
    return [row["id"], row.get("name") or "", *("unknown" if each is None else f"{len(each):,}" for each in counts)]


def build_portfolio(
    table: Any, problems: Sequence[Diagnostic], on_error: OnError, omitted: Sequence[Diagnostic] = ()
) -> Portfolio:
    """Build a portfolio from a table and the problems of its source.

    Raises:
        InputError: The source has problems, and ``on_error`` is ``"raise"``.
        ValueError: ``on_error`` is not valid.
    """
    if on_error not in ("raise", "exclude"):
        raise ValueError(f'on_error must be "raise" or "exclude", not "{on_error}"')
    if problems and on_error == "raise":
        raise InputError(problems)
    return Portfolio(table, (*problems, *omitted))
