"""A table of partners and their status, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designation._core import Assessment
from designation._text.assessment import missing_or_step, urgency_key
from designation._text.blocks import EMPTY, Block, Line, Span, Title, build_table
from designation._text.tokens import standing
from designation._text.wording import Wording, humanize

HEAD = ("Partner", "Status", "Days", "Missing, or step", "Next")


def overview_lines(assessments: Sequence[Assessment]) -> Iterator[Block]:
    """Lay out a table with a row per partner."""
    first = assessments[0]
    currency = Wording(first.rulebook).content["fees"]["currency"]
    yield Title(f"{len(assessments)} partners as of {first.as_of}, edition {first.edition}")
    yield EMPTY
    rows = map(_cells, sorted(assessments, key=urgency_key))
    yield build_table((*HEAD, f"{currency} due"), rows, left=(0, 1, 3, 4), wraps=(0, 3), most=None)


def _cells(assessment: Assessment) -> Line:
    status = assessment.term.status
    text = humanize(status) + (", at risk" if assessment.term.at_risk else "")
    actor = next((humanize(action.actor) for action in assessment.actions), "")
    due = assessment.fees.due
    return (
        Span(assessment.partner.name or assessment.partner.id),
        Span(text, standing(status, assessment.term.at_risk)),
        Span("" if assessment.days_left is None else str(assessment.days_left)),
        Span(missing_or_step(assessment)),
        Span(actor),
        Span("unknown" if due is None else f"{due:,}"),
    )
