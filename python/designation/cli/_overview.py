"""A table of partners and their status, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from designation._core import Assessment
from designation._text.assessment import missing_or_step, urgency_key
from designation._text.layout import replace_controls
from designation._text.wording import ROLES, Wording, humanize
from designation.cli._output import STYLES


def overview_table(assessments: Sequence[Assessment], width: int) -> Table:
    """Build a table with a row per partner; below 100 columns, its widths fit into 80."""
    narrow = width < 100
    first = assessments[0]
    currency = Wording(first.rulebook).content["fees"]["currency"]
    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        padding=0,
        title=f"{len(assessments)} partners as of {first.as_of}, edition {first.edition}\n",
        title_justify="left",
        title_style="bold",
    )
    table.add_column("Partner", overflow="fold", width=22 if narrow else None)
    table.add_column("Status", no_wrap=True)
    table.add_column("Days", justify="right", no_wrap=True)
    table.add_column("Missing, or step", width=18 if narrow else None)
    table.add_column("Next", no_wrap=True)
    table.add_column(f"{currency} due", justify="right", no_wrap=True)
    for assessment in sorted(assessments, key=urgency_key):
        table.add_row(*_cells(assessment))
    return table


def _cells(assessment: Assessment) -> list[Text]:
    status = assessment.term.status
    role = "bad" if assessment.term.at_risk else ROLES[status]
    text = humanize(status) + (", at risk" if assessment.term.at_risk else "")
    actor = next((humanize(action.actor) for action in assessment.actions), "")
    due = assessment.fees.due
    return [
        Text(replace_controls(assessment.partner.name or assessment.partner.id)),
        Text(text, STYLES[role]),
        Text("" if assessment.days_left is None else str(assessment.days_left)),
        Text(missing_or_step(assessment)),
        Text(actor),
        Text("?" if due is None else f"{due:,}" if due else ""),
    ]
