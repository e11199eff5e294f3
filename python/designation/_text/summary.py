"""The page that ``print(dsg.summarize(...))`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from designation._tables.summary import Summary, ToDo
from designation._text.figures import table
from designation._text.layout import EMPTY, GUTTER, Line, Span, block, fill, pad
from designation._text.wording import ROLES, money, spoken

NUMBER = 10


def lines(summary: Summary) -> Iterator[Line]:
    """Lay out a summary at 80 columns."""
    yield from _heading(summary)
    yield EMPTY
    yield from _words("Status", summary.status)
    yield from _words("In force", summary.in_force)
    if summary.at_risk:
        yield from block("At risk", [(_count(summary.at_risk), Span("held without the prerequisites", "bad"))])
    yield EMPTY
    yield from _table(
        ("Missing", *summary.missing[0]._fields[1:]), ((spoken(row.item), *row[1:]) for row in summary.missing)
    )
    yield EMPTY
    yield from _fees(summary)
    if summary.ending:
        yield EMPTY
        columns = 6 if summary.actions is not None else 5
        head = ("Ending", *map(spoken, summary.ending[0]._fields[1:]))
        yield from _table(head[:columns], (row[:columns] for row in summary.ending))
    yield EMPTY
    yield from _of_partners(summary)


def _heading(summary: Summary) -> Iterator[Line]:
    first, last = summary.days or (None, None)
    days = "" if first is None else f" as of {first}" if first == last else f", each as of a day from {first} to {last}"
    yield (Span(f"{summary.partners:,} partners{days}, edition {summary.edition}", "label"),)
    if summary.unanswered:
        yield (Span(f"{summary.unanswered:,} of them without an answer", "warn"),)


def _words(label: str, counts: dict[str, int]) -> Iterator[Line]:
    rows = [(_count(count), Span(spoken(word), ROLES[word])) for word, count in counts.items() if count]
    yield from block(label, rows)


def _fees(summary: Summary) -> Iterator[Line]:
    amounts = {"outstanding": summary.outstanding, "due now": summary.due, "incurred": summary.incurred}
    said = ", ".join(f"{money(amount, summary.currency)} {name}" for name, amount in amounts.items())
    unknown = [(Span(f"of {summary.fees_unknown:,} partners unknown", "warn"),)] if summary.fees_unknown else []
    what = "Below by the last day on which they are paid in time to renew; who does not hold it has no deadline."
    yield from block("Fees", [(Span(said),), *unknown, *([(Span(what, "muted"),)] if summary.fees_by_month else [])])
    for label, rows, prefix in (
        ("Month", summary.fees_by_month, ""),
        ("Fiscal year", summary.fees_by_fiscal_year, "FY"),
    ):
        if rows:
            yield EMPTY
            said_rows = (("no deadline" if row.when is None else f"{prefix}{row.when}", *row[1:]) for row in rows)
            yield from _table((label, "partners", "outstanding", "due now"), said_rows)


def _of_partners(summary: Summary) -> Iterator[Line]:
    if summary.actions is None or summary.facts_needed is None:
        yield from fill(Span("Without the partners: no ends of contracts, no actions, no facts needed.", "muted"))
        return
    if summary.actions:
        head = f"{'partners':>{NUMBER}}{summary.currency:>{NUMBER}}  first by"
        yield (Span(pad("To do", GUTTER), "muted"), Span(head, "muted"))
        for actor, actions in groupby(summary.actions, key=lambda action: action.actor):
            yield from block(spoken(actor), map(_action, actions))
        yield EMPTY
    if summary.facts_needed:
        yield from _table(("Facts needed", "alone settles", "needed by"), summary.facts_needed)
    else:
        yield from block("Facts needed", [(Span("none"),)])


def _action(action: ToDo) -> tuple[Span, ...]:
    fees = f"{action.fees:,}" if action.fees else ""
    numbers = Span(f"{action.partners:>{NUMBER},}{fees:>{NUMBER}}  ")
    return numbers, Span(pad(str(action.by or ""), NUMBER + 2)), Span(action.do)


def _count(count: int) -> Span:
    return Span(f"{count:>{NUMBER},}  ")


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Line]:
    said = ([f"{value:,}" if isinstance(value, int | Decimal) else str(value) for value in row] for row in rows)
    yield from table([name.replace("_", " ") for name in head], said)
