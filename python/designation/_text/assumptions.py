"""What plans assume, and the fees that they do not count, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from designation._answers.assumptions import Gap
from designation._answers.plan import SUBJECTS
from designation._core import Verdict, add_days
from designation._messages import more_text, several
from designation._text.blocks import Span
from designation._text.wording import format_money, humanize

NOUNS = {
    "csp_authorization": "authorization",
    "support_contract": "contract",
    "solutions_partner": "Solutions Partner designation",
}
NAMED = 3
LISTED = 10


def assumption_rows(attaining: Sequence[str], gaps: Sequence[Gap], names: Mapping[str, str]) -> Iterator[tuple[Span]]:
    """Yield what plans assume; first what always goes, and then what the facts contradict."""
    yield (Span("every evaluation passes, and the prerequisites are met", "muted"),)
    if attaining:
        who = "" if len(names) == 1 else f" ({several((names[partner] for partner in attaining), NAMED)})"
        yield (Span(f"the form is registered, and Microsoft decides eligible{who}", "muted"),)
    for gap in gaps[:LISTED]:
        who = "" if len(names) == 1 else f"{names[gap.partner]}: "
        yield (Span(f"{who}{gap_text(gap)}", "warn"),)
    if len(gaps) > LISTED:
        yield (Span(f"{more_text(len(gaps) - LISTED, 'such gaps')}: --format json lists them", "warn"),)


def gap_text(gap: Gap) -> str:
    """Return a gap in words, with the record that ends and the decision that needs it."""
    # A decision on the first day of the plan leaves no day on which to get one.
    when = "first" if gap.record is None and gap.by == gap.on else f"by {gap.by}"
    decision = f"the {SUBJECTS[gap.decision]} needs one {when}"
    if gap.verdict == Verdict.unknown and gap.record is None:
        return f"{humanize(gap.prerequisite)} is not known on {gap.on}; {decision}"
    if gap.record is None:
        return f"{humanize(gap.prerequisite)} is not met on {gap.on}; {decision}"
    ends = add_days(gap.on, -1)
    return f"{humanize(gap.record)} {NOUNS[gap.prerequisite]} ends on {ends}; {decision}"


def later_fees_text(through: datetime.date, amount: Decimal, by: datetime.date | None, currency: str) -> str:
    """Return the fees that plans through a day do not count, in words."""
    edge = f"fees after {through} are not counted"
    return f"{edge}; {format_money(amount, currency)} fall due by {by:%Y-%m}" if by and amount else edge
