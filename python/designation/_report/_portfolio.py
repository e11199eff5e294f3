"""The model of a portfolio's report: counts, what expires when, fees by month, and one row per partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from designation import _core
from designation._report._rows import build_fields, build_row
from designation._rulebooks.rule_index import EVALUATIONS
from designation._tables.summary import Summary, summarize
from designation._text.assessment import URGENCY, urgency_key
from designation._text.explanation import describe_pointer
from designation._text.wording import ROLES, Wording, capitalize, format_money, humanize

Model = dict[str, Any]

MAX_PARTNERS = 100_000
MONTHS = 14


def build_portfolio_model(partners: Iterable[_core.Partner], as_of: datetime.date, rules: _core.Rules) -> Model:
    """Build the model of a portfolio's report.

    Raises:
        ValueError: There are no partners, or more than a page can show.
    """
    assessments = [_core.assess(partner, as_of, rules) for partner in islice(partners, MAX_PARTNERS + 1)]
    if not assessments:
        raise ValueError("the portfolio has no partners")
    if len(assessments) > MAX_PARTNERS:
        message = (
            f"a report can show at most {MAX_PARTNERS:,} partners; assess_table and designation portfolio have no limit"
        )
        raise ValueError(message)
    first, number, summary = assessments[0], len(assessments), summarize(assessments)
    title, wording = f"{number:,} partner{'' if number == 1 else 's'}", Wording(first.rulebook)
    return {
        "kind": "portfolio",
        "title": title,
        "id": title,
        "as_of": str(as_of),
        "edition": first.edition,
        "edition_title": first.rulebook.title,
        "currency": summary.currency,
        "tiles": _tiles(summary),
        "statuses": _statuses(summary),
        "missing": _missing(summary),
        "ending": _ending(summary, as_of),
        "fees": _fees(summary, as_of),
        "actions": _actions(summary),
        "facts_needed": [
            _bar(describe_pointer(fact), needed_by, summary.partners) | {"settles": f"{settles:,}" if settles else ""}
            for fact, settles, needed_by in summary.facts_needed or ()
        ],
        "summary": summary.to_dict(),
        "policy": first.policy.to_dict(),
        "provenance": first.provenance,
        "roles": {humanize(word): ROLES[word] for word in _core.Status},
        "fields": build_fields(wording, summary.currency),
        "rows": [build_row(assessment, rules, wording) for assessment in sorted(assessments, key=urgency_key)],
    }


def _tiles(summary: Summary) -> list[Model]:
    def tile(label: str, value: str, note: str, role: str) -> Model:
        return {"label": label, "value": value, "note": note, "role": role}

    status = summary.status
    unknown = f"unknown for {summary.fees_unknown:,} partners" if summary.fees_unknown else ""
    return [
        tile("In force", f"{summary.in_force['met']:,}", f"of {summary.partners:,}", "good"),
        tile("Renewal open", f"{status['renewal_open']:,}", "decide before the anniversary", "warn"),
        tile("Renewal overdue", f"{status['renewal_overdue']:,}", "decide before the window closes", "bad"),
        tile("At risk", f"{summary.at_risk:,}", "held without the prerequisites", "bad" if summary.at_risk else ""),
        tile("Fees due now", format_money(summary.due, summary.currency), unknown, "warn" if summary.due else ""),
        tile("Fees outstanding", format_money(summary.outstanding, summary.currency), unknown, ""),
    ]


def _bar(label: str, number: Decimal | int, scale: Decimal | int, text: str = "") -> Model:
    """Return a row with a bar in percent of a scale, and the number as text; zero has no text."""
    share = round(float(100 * number / scale), 2) if scale else 0
    return {"label": label, "text": (text or f"{number:,}") if number else "", "share": share, "role": ""}


def _statuses(summary: Summary) -> list[Model]:
    most = max(summary.status.values())
    return [
        _bar(humanize(word), summary.status[word], most) | {"role": ROLES[word]}
        for word in URGENCY
        if summary.status[word]
    ]


def _missing(summary: Summary) -> list[Model]:
    items = sorted(summary.missing, key=lambda one: -(one.held + one.not_held))
    return [
        _bar(capitalize(humanize(one.item)), one.held + one.not_held, summary.partners)
        | {"held": f"{one.held:,}", "not_held": f"{one.not_held:,}"}
        for one in items
    ]


def _ending(summary: Summary, as_of: datetime.date) -> Model:
    kinds = ("badges", *EVALUATIONS, "contracts")
    by_month = {one.month: one for one in summary.ending}
    sums: list[tuple[str, list[int]]] = [
        (label, [sum(getattr(by_month[month], kind) or 0 for month in months if month in by_month) for kind in kinds])
        for label, months in _months(as_of, by_month)
    ]
    most = max(badges for _, (badges, *_) in sums)
    return {
        "headers": [capitalize(humanize(kind)) for kind in kinds],
        "rows": [
            _bar(label, badges, most) | {"others": [f"{number:,}" if number else "" for number in others]}
            for label, (badges, *others) in sums
        ],
    }


def _fees(summary: Summary, as_of: datetime.date) -> list[Model]:
    amounts = {str(fees.when): fees.outstanding for fees in summary.fees_by_month if fees.when}
    sums = [
        (label, sum((amounts.get(month, Decimal(0)) for month in months), Decimal(0)))
        for label, months in _months(as_of, amounts)
    ]
    most = max(amount for _, amount in sums)
    undated = [("no deadline", fees.outstanding, Decimal(0)) for fees in summary.fees_by_month if not fees.when]
    return [
        _bar(label, amount, scale, format_money(amount, summary.currency))
        for label, amount, scale in [*((label, amount, most) for label, amount in sums), *undated]
    ]


def _months(as_of: datetime.date, known: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return the months to show with their labels; earlier months are combined, and so are later ones."""
    months = [f"{as_of.year + (as_of.month - 1 + n) // 12}-{(as_of.month - 1 + n) % 12 + 1:02}" for n in range(MONTHS)]
    before = [("before", [month for month in known if month < months[0]])]
    later = [("later", [month for month in known if month > months[-1]])]
    return [one for one in (*before, *((month, [month]) for month in months), *later) if one[1]]


def _actions(summary: Summary) -> list[Model]:
    actions = sorted(summary.actions or (), key=lambda action: -action.partners)
    return [
        {
            "actor": humanize(action.actor),
            "do": action.do,
            "by": str(action.by or ""),
            "partners": f"{action.partners:,}",
            "fees": format_money(action.fees, summary.currency) if action.fees else "",
        }
        for action in actions
    ]
