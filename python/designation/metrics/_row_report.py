"""The row report: how many rows of a table were read and counted, and why the others were not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import narwhals as nw

from designation._convert import json_object
from designation._text.blocks import Block, Span, block
from designation._text.figures import PageValue, format_number
from designation._text.layout import replace_controls
from designation.metrics._source import Frame, Table

REASONS = {
    "no_id": "no id",
    "no_date": "no date",
    "unreadable_date": "not a valid date",
    "impossible_order": "closed before it was created",
    "escalation_unknown": "unknown whether escalated",
    "not_escalated": "not escalated",
    "outside_period": "outside the period",
    "excluded_month": "in an excluded month",
    "duplicate_id": "same id as another row",
    "further_event": "another event of the same case",
    "blank": "no answer",
    "off_scale": "off the scale",
}
EMPTY_EXPORT = "the export is empty: it has no rows"
COUNTED, REASON, EXAMPLE = "counted", "__reason", "__example"


class Reason(NamedTuple):
    """A reason why rows are not counted, the number of rows, and up to two examples of what they hold."""

    reason: str
    rows: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowReport(PageValue):
    """The rows of a table: ``rows`` read is the sum of ``counted`` and of the rows of all ``reasons``."""

    rows: int
    counted: int
    reasons: tuple[Reason, ...]
    _find_rows: Callable[[str], Any] | None = field(default=None, compare=False, repr=False)

    @property
    def not_counted(self) -> dict[str, int]:
        """The number of rows that are not counted, by reason."""
        return {reason.reason: reason.rows for reason in self.reasons}

    def records(self, reason: str) -> Any:
        """Return the rows with a reason, or the ``"counted"`` rows, as the same kind of frame that was passed.

        Raises:
            KeyError: The reason is not in this report.
            LookupError: The report was pickled; the table is no longer available.
        """
        known = (COUNTED, *self.not_counted)
        if reason not in known:
            raise KeyError(f'"{reason}" is not in this row report; must be one of {", ".join(known)}')
        if self._find_rows is None:
            raise LookupError("the table is not available, because this row report was pickled")
        return self._find_rows(reason)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-compatible values."""
        return json_object({"rows": self.rows, "counted": self.counted, "not_counted": self.reasons})

    def lines(self) -> Iterable[Block]:
        """Lay out the report."""
        counts = f"{format_number(self.rows)} read, {format_number(self.counted)} counted"
        yield from block("Rows", [(Span(counts),)])
        for one in self.reasons:
            text = REASONS[one.reason]
            text += f", such as {', '.join(map(replace_controls, one.examples))}" if one.examples else ""
            yield from block("", [(Span(f"{format_number(one.rows):>11}", "muted", 13), Span(text))])

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_find_rows": None}

    def __copy__(self) -> RowReport:
        return self

    def __deepcopy__(self, _: Any) -> RowReport:
        return self


def build_row_report(counted: int, rows: Iterable[Mapping[str, Any]], find_rows: Callable[[str], Any]) -> RowReport:
    """Build a report of the counted rows and of the rows by their reason, as `count_reasons` returns them."""
    totals: dict[str, tuple[int, set[str]]] = {}
    for row in rows:
        total, examples = totals.get(row["reason"], (0, set()))
        found = {str(row[key]).strip()[:60] for key in ("least", "most") if row[key] not in (None, "")}
        totals[row["reason"]] = total + int(row["rows"]), examples | found
    reasons = tuple(
        Reason(reason, totals[reason][0], _first_and_last(totals[reason][1]))
        for reason in REASONS
        if totals.get(reason, (0,))[0]
    )
    return RowReport(counted + sum(one.rows for one in reasons), counted, reasons, find_rows)


def first_reason(conditions: Sequence[tuple[str, nw.Expr]]) -> nw.Expr:
    """Return an expression for the first reason whose condition holds; null if none does."""
    (reason, holds), *others = conditions
    chain = nw.when(holds).then(nw.lit(reason))
    for reason, holds in others:
        chain = chain.when(holds).then(nw.lit(reason))
    return chain.otherwise(nw.lit(None, nw.String))


def has_no_reason(conditions: Sequence[tuple[str, nw.Expr]]) -> nw.Expr:
    """Return an expression that is true if no condition holds: faster to filter by than `first_reason`."""
    return nw.all_horizontal(*(~nw.coalesce(holds, nw.lit(False)) for _, holds in conditions), ignore_nulls=False)


def count_reasons(
    table: Table, frame: Frame, keys: Sequence[str] = (), aggregates: Sequence[nw.Expr] = ()
) -> list[dict[str, Any]]:
    """Count the rows of a frame by their reason, if they have one, and by other keys, with two examples each."""
    # Rows without a reason are counted too: a filter would evaluate the conditions twice, which takes longer.
    shown = nw.when(~nw.col(REASON).is_null()).then(nw.col(EXAMPLE)).alias("__shown")
    least, most = nw.col("__shown").min().alias("least"), nw.col("__shown").max().alias("most")
    grouped = frame.with_columns(shown).group_by(REASON, *keys)
    counts = table.collect(grouped.agg(nw.len().alias("rows"), least, most, *aggregates))
    return [{**row, "reason": row[REASON]} for row in counts]


def _first_and_last(examples: set[str]) -> tuple[str, ...]:
    ordered = sorted(examples)
    return tuple(dict.fromkeys([*ordered[:1], *ordered[-1:]]))
