"""The model of a brief: one sheet about a partner with status, deadline, actions, timeline, and fees."""

from __future__ import annotations

import datetime
from typing import Any

from designation import _core
from designation._report._partner import build_action, build_plans
from designation._report._standing import build_standing
from designation._text.drawing import draw_timeline, report_span
from designation._text.explanation import currency_of
from designation._text.outlook import describe_deadline, describe_open_questions
from designation._text.wording import format_money

MAX_ACTIONS = 8


def build_brief_model(partner: _core.Partner, as_of: datetime.date, rules: _core.Rules) -> dict[str, Any]:
    """Build the model of a brief, which fits on one sheet."""
    assessment = _core.assess(partner, as_of, rules)
    currency, fees = currency_of(assessment), assessment.fees
    segments = _core.timeline(partner, *report_span(partner, as_of), rules)
    amounts = {"due now": fees.due, "outstanding": fees.outstanding, "incurred": fees.incurred}
    return {
        "kind": "brief",
        "title": partner.name or partner.id,
        "id": partner.id,
        "as_of": str(as_of),
        "edition": assessment.edition,
        **build_standing(assessment, currency),
        "actions": [build_action(action, currency) for action in assessment.actions[:MAX_ACTIONS]],
        "more_actions": max(len(assessment.actions) - MAX_ACTIONS, 0),
        "deadline": describe_deadline(assessment),
        "deciding": describe_open_questions(assessment),
        "timeline": draw_timeline(partner, segments, as_of, with_records=False),
        "fees": {
            name: "unknown" if amount is None else format_money(amount, currency) for name, amount in amounts.items()
        },
        "plan": build_plans(partner, as_of, rules),
        "provenance": assessment.provenance,
    }
