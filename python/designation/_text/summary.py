"""The page of a summary of a portfolio."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from designation._messages import more_text
from designation._tables.summary import ActionTotal, Deadline, Summary
from designation._text.blocks import EMPTY, SEPARATOR, Block, Card, Span, Title, block, build_table, fill
from designation._text.tokens import HELD
from designation._text.wording import format_count, format_money, humanize

NUMBER_WIDTH = 10


def lines(summary: Summary) -> Iterator[Block]:
    """Lay out a summary."""
    yield from _heading(summary)
    yield EMPTY
    yield from _counts("Status", summary.status)
    yield from _counts("In force", summary.in_force)
    if summary.at_risk:
        names = f"{', '.join(summary.first_at_risk)} {more_text(summary.at_risk - len(summary.first_at_risk))}".rstrip()
        held = Span("held, but the prerequisites are not met", "at_risk")
        yield from block(
            "At risk", [(_count(summary.at_risk), held), (Span(" " * NUMBER_WIDTH, "", NUMBER_WIDTH + 2), Span(names))]
        )
    yield EMPTY
    yield from _deadlines(summary)
    # The columns tell partners apart by whether they hold the designation; what they miss is in the rows.
    yield from _table(
        ("Missing if the designation is", "held", "not held", "unknown"),
        ((humanize(row.item), *row[1:]) for row in summary.missing),
    )
    yield EMPTY
    yield from _fees(summary)
    if summary.ending:
        yield EMPTY
        columns = 6 if summary.actions is not None else 5
        head = ("Ending", *map(humanize, summary.ending[0]._fields[1:]))
        yield from _table(head[:columns], (row[:columns] for row in summary.ending))
    yield EMPTY
    yield from _partner_details(summary)
    for column, groups in summary.by.items():
        for value, part in groups.items():
            yield from (SEPARATOR, Title(f"{column}: {value or '(blank)'}"), EMPTY)
            yield from lines(part)


def _deadlines(summary: Summary) -> Iterator[Block]:
    if not summary.deadlines:
        return
    rows = (
        (_who(row), humanize(row.status), str(row.renew_by), ", ".join(map(humanize, row.missing)) or "nothing")
        for row in summary.deadlines
    )
    yield build_table(("First deadlines", "status", "renew by", "missing"), rows, left=(0, 1, 2, 3), wraps=(0, 3))
    held = sum(summary.status[status] for status in HELD)
    if more := more_text(held - len(summary.deadlines), "partners with later ones"):
        yield from fill(Span(more, "muted"))
    yield EMPTY


def _who(row: Deadline) -> str:
    return row.id if row.name in (None, row.id) else f"{row.id} ({row.name})"


def _heading(summary: Summary) -> Iterator[Block]:
    first, last = summary.days or (None, None)
    days = "" if first is None else f" as of {first}" if first == last else f" as of dates from {first} to {last}"
    yield Title(f"{format_count(summary.partners, 'partner')}{days}, edition {summary.edition}")
    if summary.unanswered:
        yield (Span(f"{summary.unanswered:,} of them without a result", "warn"),)


def _counts(label: str, counts: dict[str, int]) -> Iterator[Block]:
    rows = [(_count(count), Span(humanize(word), str(word))) for word, count in counts.items() if count]
    yield from block(label, rows)


def _fees(summary: Summary) -> Iterator[Block]:
    amounts = {"outstanding": summary.outstanding, "due now": summary.due, "incurred": summary.incurred}
    text = ", ".join(f"{format_money(amount, summary.currency)} {name}" for name, amount in amounts.items())
    notes = (
        [Span(f"unknown for {format_count(summary.fees_unknown, 'partner')}", "warn")] if summary.fees_unknown else []
    )
    if summary.fees_by_month:
        note = "The tables below group the fees by the last day to pay and renew in time. Partners without the "
        notes.append(Span(f"{note}designation have no deadline.", "muted"))
    yield Card("Fees", Span(text), tuple(notes))
    for label, rows, prefix in (
        ("Month", summary.fees_by_month, ""),
        ("Fiscal year", summary.fees_by_fiscal_year, "FY"),
    ):
        if rows:
            yield EMPTY
            cells = (("no deadline" if row.when is None else f"{prefix}{row.when}", *row[1:]) for row in rows)
            yield from _table((label, "partners", "outstanding", "due now"), cells)


def _partner_details(summary: Summary) -> Iterator[Block]:
    if summary.actions is None or summary.facts_needed is None:
        yield from fill(Span("Ending contracts, actions, and facts needed require the partners.", "muted"))
        return
    if summary.actions:
        head = ("Actor", "Action", "partners", summary.currency, "first by")
        yield build_table(head, map(_action, summary.actions), left=(0, 1), wraps=(1,), most=None)
        yield EMPTY
    if summary.facts_needed:
        yield from _table(("Facts needed", "only fact missing", "needed by"), summary.facts_needed)
    else:
        yield from block("Facts needed", [(Span("none"),)])


def _action(action: ActionTotal) -> tuple[str, ...]:
    fees = f"{action.fees:,}" if action.fees else ""
    return humanize(action.actor), action.do, f"{action.partners:,}", fees, str(action.by or "")


def _count(count: int) -> Span:
    return Span(f"{count:>{NUMBER_WIDTH},}", "", NUMBER_WIDTH + 2)


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Block]:
    cells = ([f"{value:,}" if isinstance(value, int | Decimal) else str(value) for value in row] for row in rows)
    yield build_table([name.replace("_", " ") for name in head], cells)
