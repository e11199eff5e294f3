"""The account of every row: how many were read, how many count, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import narwhals as nw

from designation._text.figures import Shown, number
from designation._text.layout import Line, Span, fill, pad, printable
from designation.metrics._source import Frame, Table

WORDS = {
    "no_id": "no id",
    "no_date": "no date",
    "unreadable_date": "a date that is none",
    "impossible_order": "closed before it was created",
    "escalation_unknown": "not known whether it was escalated",
    "not_escalated": "not escalated",
    "outside_period": "outside the period",
    "excluded_month": "in a month that was excluded",
    "duplicate_id": "another row of the same id",
    "further_event": "a further event of the same case",
    "blank": "no answer",
    "off_scale": "off the scale",
}
COUNTED, FAULT, EXAMPLE = "counted", "__fault", "__example"


class Reason(NamedTuple):
    """Why rows do not count, how many they are, and what stands in some of them."""

    reason: str
    rows: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quality(Shown):
    """The account of a table's rows: ``rows`` read, ``counted``, and ``reasons`` for the others; they add up."""

    rows: int
    counted: int
    reasons: tuple[Reason, ...]
    _find: Callable[[str], Any] | None = field(default=None, compare=False, repr=False)

    @property
    def not_counted(self) -> dict[str, int]:
        """How many rows do not count, by reason."""
        return {reason.reason: reason.rows for reason in self.reasons}

    def records(self, reason: str) -> Any:
        """Give the rows that do not count for a reason, or those that are ``"counted"``, as a frame of the kind given.

        Raises:
            KeyError: There is no such reason in this account.
            LookupError: The table is not at hand: the result was pickled.
        """
        if reason not in (COUNTED, *self.not_counted):
            known = ", ".join((COUNTED, *self.not_counted))
            raise KeyError(f"{reason!r} is no reason of this account; there are: {known}")
        if self._find is None:
            raise LookupError("the table that was read is not at hand")
        return self._find(reason)

    def to_dict(self) -> dict[str, Any]:
        """Give the account as JSON has it."""
        reasons = [{"reason": one.reason, "rows": one.rows, "examples": list(one.examples)} for one in self.reasons]
        return {"rows": self.rows, "counted": self.counted, "not_counted": reasons}

    def lines(self) -> Iterable[Line]:
        """Lay out the account."""
        yield from fill(Span(pad("Rows", 16), "label"), Span(f"{number(self.rows)} read, {number(self.counted)} count"))
        for one in self.reasons:
            said = f"{WORDS.get(one.reason, one.reason)}"
            said += f", such as {', '.join(map(printable, one.examples))}" if one.examples else ""
            yield from fill(Span(f"{'':<16}{number(one.rows):>11}  ", "muted"), Span(said))

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_find": None}

    def __copy__(self) -> Quality:
        return self

    def __deepcopy__(self, _: Any) -> Quality:
        return self


def quality_of(counted: int, rows: Iterable[Mapping[str, Any]], find: Callable[[str], Any]) -> Quality:
    """Make an account of rows that count and of ``reason``, ``rows``, ``least``, ``most`` for the others."""
    reasons: dict[str, tuple[int, set[str]]] = {}
    for row in rows:
        known, examples = reasons.get(row["reason"], (0, set()))
        said = {str(row[key]).strip()[:60] for key in ("least", "most") if row[key] not in (None, "")}
        reasons[row["reason"]] = known + int(row["rows"]), examples | said
    made = tuple(Reason(reason, *_ends(*reasons[reason])) for reason in WORDS if reasons.get(reason, (0,))[0])
    return Quality(counted + sum(one.rows for one in made), counted, made, find)


def first_of(faults: Sequence[tuple[str, nw.Expr]]) -> nw.Expr:
    """Give the first reason that holds for a row, or null."""
    (name, holds), *others = faults
    chain = nw.when(holds).then(nw.lit(name))
    for name, holds in others:
        chain = chain.when(holds).then(nw.lit(name))
    return chain.otherwise(nw.lit(None, nw.String))


def none_of(faults: Sequence[tuple[str, nw.Expr]]) -> nw.Expr:
    """Whether no reason holds: the same as that the first is null, and quicker to filter by."""
    return nw.all_horizontal(*(~nw.coalesce(holds, nw.lit(False)) for _, holds in faults), ignore_nulls=False)


def faults_in(table: Table, frame: Frame) -> list[dict[str, Any]]:
    """Count the rows of a frame by their fault, with two examples each."""
    # To filter out the rows without a fault would find each fault twice, which takes longer than to count them, too.
    least, most = nw.col(EXAMPLE).min().alias("least"), nw.col(EXAMPLE).max().alias("most")
    found = table.rows(frame.group_by(FAULT).agg(nw.len().alias("rows"), least, most))
    return [{**row, "reason": row[FAULT]} for row in found if row[FAULT] is not None]


def _ends(rows: int, examples: set[str]) -> tuple[int, tuple[str, ...]]:
    ordered = sorted(examples)
    return rows, tuple(dict.fromkeys([*ordered[:1], *ordered[-1:]]))
