"""What a portfolio's report says, as plain values: counts, what ends and what is paid when, and a row a partner."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from designation import _core
from designation._explanation import currency_of, whose
from designation._report._counts import Counts, counted
from designation._report._rows import fields, row
from designation._text import URGENCY, urgency
from designation._wording import EVALUATIONS, ROLES, Wording, money, spoken

Model = dict[str, Any]

MOST = 100_000
MONTHS = 14


def of_partners(partners: Iterable[_core.Partner], as_of: datetime.date, rules: _core.Rules) -> Model:
    """Give everything that the report of a portfolio shows.

    Raises:
        ValueError: There are more partners than a page shows, or none.
    """
    assessments = [_core.assess(partner, as_of, rules) for partner in islice(partners, MOST + 1)]
    if not assessments:
        raise ValueError("there is no partner to report on")
    if len(assessments) > MOST:
        raise ValueError(f"a report shows at most {MOST:,} partners; assess_table and designation portfolio take more")
    first, number = assessments[0], len(assessments)
    title = f"{number:,} partner{'' if number == 1 else 's'}"
    counts, currency, wording = counted(assessments), currency_of(first), Wording(first.rulebook)
    return {
        "kind": "portfolio",
        "title": title,
        "id": title,
        "as_of": str(as_of),
        "edition": first.edition,
        "edition_title": first.rulebook.title,
        "currency": currency,
        "tiles": _tiles(counts, currency),
        "statuses": _statuses(counts),
        "ending": _ending(counts, as_of),
        "fees": _fees(counts, as_of, currency),
        "missing": _bars([(_capital(spoken(item)), number) for item, number in counts.missing.most_common()]),
        "actions": [
            {"actor": spoken(actor), "do": do, "partners": f"{number:,}", "fees": money(fees, currency) if fees else ""}
            | {"by": str(by) if by else ""}
            for (actor, do), (number, fees, by) in sorted(counts.actions.items(), key=lambda item: -item[1][0])
        ],
        "facts_needed": _bars([(whose(fact), number) for fact, number in counts.needed.most_common()]),
        "policy": first.policy.to_dict(),
        "provenance": first.provenance,
        "roles": {spoken(word): ROLES[word] for word in _core.Status},
        "fields": fields(wording, currency),
        "rows": [row(assessment, rules, wording) for assessment in sorted(assessments, key=urgency)],
    }


def _tiles(counts: Counts, currency: str) -> list[Model]:
    def tile(label: str, value: str, note: str, role: str) -> Model:
        return {"label": label, "value": value, "note": note, "role": role}

    status = counts.status
    unknown = f"of {counts.fees_unknown:,} partners unknown" if counts.fees_unknown else ""
    return [
        tile("In force", f"{counts.in_force['met']:,}", f"of {sum(status.values()):,}", "good"),
        tile("Renewal open", f"{status['renewal_open']:,}", "decide before the anniversary", "warn"),
        tile("Renewal overdue", f"{status['renewal_overdue']:,}", "decide before the window closes", "bad"),
        tile("At risk", f"{counts.at_risk:,}", "held, and a prerequisite is not met", "bad" if counts.at_risk else ""),
        tile("Fees due now", money(counts.due, currency), unknown, "warn" if counts.due else ""),
        tile("Fees outstanding", money(counts.outstanding, currency), unknown, ""),
    ]


def _statuses(counts: Counts) -> list[Model]:
    words = [word for word in URGENCY if counts.status[word]]
    bars = _bars([(spoken(word), counts.status[word]) for word in words])
    return [bar | {"word": word, "role": ROLES[word]} for bar, word in zip(bars, words, strict=True)]


def _bars(counts: Sequence[tuple[str, Any]]) -> list[Model]:
    most = max((number for _, number in counts), default=0) or 1
    return [
        {
            "label": label,
            "said": f"{number:,}" if number else "",
            "share": round(float(100 * number / most), 2),
            "role": "",
        }
        for label, number in counts
    ]


def _months(as_of: datetime.date, keys: Iterable[str]) -> dict[str, list[str]]:
    """Give the months to show, those before and after them together."""
    months = [f"{as_of.year + (as_of.month - 1 + n) // 12}-{(as_of.month - 1 + n) % 12 + 1:02}" for n in range(MONTHS)]
    known = sorted(keys)
    shown = {"before": [key for key in known if key < months[0]]} | {month: [month] for month in months}
    shown["later"] = [key for key in known if key > months[-1]]
    return {label: keys for label, keys in shown.items() if keys and (label in months or keys)}


def _ending(counts: Counts, as_of: datetime.date) -> Model:
    kinds = ["badges", *EVALUATIONS, "contracts"]
    found = {month for month, _ in counts.ending}
    rows: list[list[Any]] = [
        [label, *(sum(counts.ending[month, kind] for month in months) for kind in kinds)]
        for label, months in _months(as_of, found).items()
    ]
    bars = _bars([(row[0], row[1]) for row in rows])
    heads = ["Badges", *(_capital(spoken(name)) for name in EVALUATIONS), "Contracts"]
    return {
        "heads": heads,
        "rows": [
            bar | {"others": [f"{number:,}" if number else "" for number in row[2:]]}
            for bar, row in zip(bars, rows, strict=True)
        ],
    }


def _fees(counts: Counts, as_of: datetime.date, currency: str) -> list[Model]:
    dated = [month for month in counts.fees if month]
    sums = [
        (label, sum((counts.fees.get(month, Decimal(0)) for month in months), Decimal(0)))
        for label, months in _months(as_of, dated).items()
    ]
    bars = _bars(sums)
    if undated := counts.fees.get(""):
        bars.append({"label": "no deadline", "said": f"{undated:,}", "share": 0, "role": ""})
    return [bar | {"said": bar["said"] and f"{bar['said']} {currency}"} for bar in bars]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
