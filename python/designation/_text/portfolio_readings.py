"""The page of a portfolio's readings: how many partners each interpretation changes, and which."""

from __future__ import annotations

from collections.abc import Iterator

from designation._messages import more_text
from designation._tables.changes import RESULTS_AND_OTHER
from designation._tables.portfolio_readings import PortfolioReadings
from designation._text.blocks import EMPTY, Block, Span, Title, build_table, fill
from designation._text.impact import MOST_PARTNERS, partner_cells
from designation._text.wording import format_count, humanize


def lines(readings: PortfolioReadings) -> Iterator[Block]:
    """Lay out the readings of a portfolio."""
    yield Title(f"{format_count(readings.partners, 'partner')} as of {readings.as_of}, edition {readings.edition}")
    if readings.excluded:
        yield (Span(f"{format_count(readings.excluded, 'partner')} excluded because of errors", "warn"),)
    yield EMPTY
    if not readings.impacts:
        yield from fill(Span("No other reading changes a result of a partner on this date."))
        return
    head = ("Other reading", "partners", *map(humanize, RESULTS_AND_OTHER))
    rows = []
    for impact in readings.impacts:
        counts = impact.counts.values()
        rows.append((impact.after.name, f"{impact.changed:,}", *(f"{number:,}" if number else "" for number in counts)))
    yield build_table(head, rows, wraps=())
    for impact in readings.impacts:
        yield EMPTY
        cells = (partner_cells(one) for one in impact.changes.slice(0, MOST_PARTNERS).to_pylist())
        shown = [(name, results) for name, _, results in cells]
        yield build_table((impact.after.name, "results"), shown, left=(0, 1), wraps=(1,))
        if more := more_text(impact.changed - len(shown), "partners"):
            yield from fill(Span(more, "muted"))
