"""The model of a portfolio's report: the work to do, counts, what ends when, fees by month, and one row per partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from designation import _core
from designation._errors import InputError
from designation._messages import quote
from designation._report._rows import build_fields, build_row, kept_texts
from designation._report._standing import later_editions
from designation._report._worklist import build_groups, build_worklist, labeled_months
from designation._rulebooks.rule_index import EVALUATIONS
from designation._tables.summary import Summary, summarize
from designation._text.assessment import URGENCY, urgency_key
from designation._text.explanation import describe_pointer
from designation._text.wording import Wording, capitalize, format_count, format_money, humanize

Model = dict[str, Any]
Kept = tuple[_core.Partner, Mapping[str, Any]]

MAX_PARTNERS = 100_000
AT_RISK = "at risk"


def build_portfolio_model(
    partners: Iterable[Kept], as_of: datetime.date, rules: _core.Rules, keep: Sequence[str] = (), by: str | None = None
) -> Model:
    """Build the model of a portfolio's report.

    Args:
        partners: The partners, each with the columns that it keeps.
        as_of: The date of the report.
        rules: The rules.
        keep: The names of the columns to show.
        by: The name of the column by which partners are grouped, one of ``keep``.

    Raises:
        InputError: No partner has a column of this name.
        ValueError: There are no partners, or more than a page can show.
    """
    found = [(_core.assess(partner, as_of, rules), kept) for partner, kept in islice(partners, MAX_PARTNERS + 1)]
    if not found:
        raise ValueError("the portfolio has no partners")
    if len(found) > MAX_PARTNERS:
        message = (
            f"a report can show at most {MAX_PARTNERS:,} partners; assess_table and designation portfolio have no limit"
        )
        raise ValueError(message)
    if missing := [name for name in keep if not any(name in kept for _, kept in found)]:
        message = f"the portfolio has no column {quote(missing[0])}"
        raise InputError([_core.Diagnostic(code="missing_key", message=message)])
    found.sort(key=lambda one: urgency_key(one[0]))
    assessments, texts = [one for one, _ in found], [kept_texts(kept, keep) for _, kept in found]
    first, summary = assessments[0], summarize(assessments)
    title, wording, currency = format_count(len(found), "partner"), Wording(first.rulebook), summary.currency
    groups = build_groups(assessments, [row[keep.index(by)] for row in texts], currency) if by else []
    worklist = build_worklist(assessments, as_of, currency)
    model = {
        "kind": "portfolio",
        "title": title,
        "id": title,
        "as_of": str(as_of),
        "edition": first.edition,
        "edition_title": first.rulebook.title,
        "later_editions": later_editions(first.edition),
        "currency": currency,
        "tiles": _tiles(summary),
        "worklist": worklist,
        "by": by or "",
        "groups": groups,
        "statuses": _statuses(summary),
        "at_risk": _bar(AT_RISK, summary.at_risk, max(summary.status.values())) | {"token": "at_risk"},
        "missing": _missing(summary),
        "ending": _ending(summary, as_of),
        "fees": _fees(summary, as_of),
        "facts_needed": [
            _bar(describe_pointer(fact), needed_by, summary.partners) | {"settles": f"{settles:,}" if settles else ""}
            for fact, settles, needed_by in summary.facts_needed or ()
        ],
        "summary": summary.to_dict(),
        "policy": first.policy.to_dict(),
        "provenance": first.provenance,
        "tokens": {humanize(word): str(word) for word in _core.Status},
        "ids": [one.partner.id for one in assessments],
        "fields": build_fields(wording, currency, keep),
        "rows": [build_row(one, rules, wording, row) for one, row in zip(assessments, texts, strict=True)],
    }
    return model | {"filters": _filters(model)}


def _filters(model: Model) -> list[Model]:
    """Return the choices of each filter of the table."""
    actions = dict.fromkeys(action["label"] for period in model["worklist"] for action in period["actions"])
    statuses = [row["label"] for row in model["statuses"]]
    choices = {
        "status": ("Status", [*statuses, *([AT_RISK] if model["at_risk"]["text"] else [])]),
        "group": (model["by"], [group["value"] for group in model["groups"]]),
        "due": ("Deadline", [period["period"] for period in model["worklist"]]),
        "action": ("Action", list(actions)),
        "ends": ("Something ends", [row["label"] for row in model["ending"]["rows"] if row["any"]]),
    }
    return [{"key": key, "label": label, "choices": values} for key, (label, values) in choices.items() if values]


def _tiles(summary: Summary) -> list[Model]:
    def tile(label: str, value: str, note: str, role: str) -> Model:
        return {"label": label, "value": value, "note": note, "role": role}

    status = summary.status
    unknown = f"unknown for {format_count(summary.fees_unknown, 'partner')}" if summary.fees_unknown else ""
    overdue, risk = status["renewal_overdue"], summary.at_risk
    return [
        tile("In force", f"{summary.in_force['met']:,}", f"of {summary.partners:,}", "good"),
        tile("Renewal open", f"{status['renewal_open']:,}", "decide before the anniversary", "warn"),
        tile("Renewal overdue", f"{overdue:,}", "decide before the window closes", "bad" if overdue else ""),
        tile("At risk", f"{risk:,}", "held without the prerequisites", "at_risk" if risk else ""),
        tile("Fees due now", format_money(summary.due, summary.currency), unknown, "warn" if summary.due else ""),
        tile("Fees outstanding", format_money(summary.outstanding, summary.currency), unknown, ""),
    ]


def _bar(label: str, number: Decimal | int, scale: Decimal | int, text: str = "") -> Model:
    """Return a row with a bar in percent of a scale, and the number as text; zero has no text."""
    share = round(float(100 * number / scale), 2) if scale else 0
    return {"label": label, "text": (text or f"{number:,}") if number else "", "share": share, "token": ""}


def _statuses(summary: Summary) -> list[Model]:
    most = max(summary.status.values())
    return [
        _bar(humanize(word), summary.status[word], most) | {"token": word} for word in URGENCY if summary.status[word]
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
        for label, months in labeled_months(as_of, by_month)
    ]
    most = max(badges for _, (badges, *_) in sums)
    return {
        "headers": [capitalize(humanize(kind)) for kind in kinds],
        "rows": [
            _bar(label, badges, most)
            | {"others": [f"{number:,}" if number else "" for number in others], "any": bool(badges or any(others))}
            for label, (badges, *others) in sums
        ],
    }


def _fees(summary: Summary, as_of: datetime.date) -> list[Model]:
    amounts = {str(fees.when): fees.outstanding for fees in summary.fees_by_month if fees.when}
    sums = [
        (label, sum((amounts.get(month, Decimal(0)) for month in months), Decimal(0)))
        for label, months in labeled_months(as_of, amounts)
    ]
    most = max(amount for _, amount in sums)
    undated = [("no deadline", fees.outstanding, Decimal(0)) for fees in summary.fees_by_month if not fees.when]
    return [
        _bar(label, amount, scale, format_money(amount, summary.currency))
        for label, amount, scale in [*((label, amount, most) for label, amount in sums), *undated]
    ]
