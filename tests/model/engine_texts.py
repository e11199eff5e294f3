"""Compare engines with each other on texts that they may read differently, in columns of every role.

The model does not know these texts. Whatever the package makes of one, it must be the same with every engine.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pyarrow as pa

import designation as dsg
from support.dataframes import ENGINES

PERIOD = (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
# Digits, spaces, letters with several cases, and what means something to a pattern.
INSERTED = (
    *("٢", "\uff15", "\u00a0", "\u3000", "\u200b", "\n", "\r", "\t", "\x0b", "\x1c", "\x85", "\u2028", "\x00", "\x7f"),
    *("İ", "Σ", "ß", "\u212a", "\u0307", "\u017f", "\u0301", "😀", "E", "+", "-", ".", ",", "'", "\u2019"),
    *("T", "Z", ":", " ", "/"),
    *("PM", "UTC", "CET", "+02:00", "1", "0", "Jan", "März", "de", "$", "^", "\\", "(", "[", "]", '"'),
)
DATES = (
    *("2026-01-15", "2026-01-15T08:30:00", "15-Jan-2026", "Jan 15, 2026", "2026-02-03 08:30", "15/01/2026"),
    *("15 March 2026 10:11:12", "2026-1-5 8:30 PM", "2026-01-15T08:30:00.123"),
)
NUMBERS = ("1", "5", "4.0", "5,0", "1,234", "1.234,5", "1 000", "1e3", "+4", "3.", "'5")
WORDS = ("yes", "no", "true", "İyi", "ΚΑΛΌΣ", "straße", "happy", "YES ", "N", None)
IDS = ("1", "a-6", "6.26E+14", "7", None)
SCALE = {"İyi": 4, "ΚΑΛΌΣ": 2, "happy": 5, "5": 5, "1,5": 1}


def change(text: str | None, draw: Random, inserted: Sequence[str] = INSERTED) -> str | None:
    """Insert up to two characters into a text, or put them in the place of others."""
    if text is None:
        return None
    for _ in range(draw.choice((0, 1, 1, 2))):
        at = draw.randrange(len(text) + 1)
        text = f"{text[:at]}{draw.choice(inserted)}{text[at + draw.choice((0, 0, 1)) :]}"
    return text


def _rate(frame: Any, mapping: dict[str, Any]) -> Any:
    columns = {"id": "id", "created": "date", **mapping}
    found = dsg.metrics.case_rate(frame, 1, PERIOD, unit="USD", escalated="word", columns=columns, by="group")
    return found.cases, found.quality, found.by


def _score(scale: Any) -> Callable[[Any, dict[str, Any]], Any]:
    def score(frame: Any, mapping: dict[str, Any]) -> Any:
        columns = {"id": "id", "score": "number" if scale is None else "mixed", "answered": "date", **mapping}
        options: dict[str, Any] = {"scale": scale, "off_scale": "exclude", "exact_values": True, "by": "group"}
        found = dsg.metrics.csat(frame, PERIOD, columns=columns, **options)
        return found.mean, found.score_counts, found.quality, found.by

    return score


def _size(frame: Any, mapping: dict[str, Any]) -> Any:
    columns = {"date": "date", "amount": "number", **mapping}
    cases = pa.table({"id": ["1"], "created": ["2026-01-15"]})
    options: dict[str, Any] = {"unit": "USD", "escalated": "every", "business_columns": columns}
    return dsg.metrics.case_rate(cases, frame, PERIOD, **options).size


def _outcome(compute: Callable[[Any, dict[str, Any]], Any], frame: Any, mapping: dict[str, Any]) -> str:
    try:
        return str(compute(frame, mapping))
    except dsg.InputError as error:
        if error.diagnostics[0].code == "unreadable":
            raise  # The query of the package itself failed.
        return str(error)


def compare_engines(draw: Random) -> tuple[str, str, str]:
    """Return what two engines make of the same random texts, and a description of the texts."""
    compute = draw.choice((_rate, _score(None), _score(SCALE), _size))
    usual = {"id": "9", "date": "2026-01-15", "word": "yes", "group": "yes", "number": "5", "mixed": "5"}
    values = {"id": IDS, "date": DATES, "word": WORDS, "group": WORDS, "number": NUMBERS, "mixed": (*WORDS, *NUMBERS)}
    rows = [
        {name: change(draw.choice(values[name]), draw) for name in usual} for _ in range(draw.choice((1, 2, 4)))
    ] + [usual]
    mapping: dict[str, Any] = draw.choice(({}, {"zone": "UTC", "naive_zone": "UTC"}))
    mapping |= draw.choice(({}, {"language": ["de"]}, {"dates": "day_first"}, {"dates": "month_first"}))
    mapping |= draw.choice(({}, {"blank": ["İ"]}, {"blank": ["ΚΑΛΌΣ"]}, {"decimal": "."}, {"decimal": ","}))
    table = pa.table({name: [row[name] for row in rows] for name in usual})
    other = draw.choice([name for name in ENGINES if name != "polars lazy"])
    found, expected = (_outcome(compute, ENGINES[name](table), mapping) for name in ("polars lazy", other))
    return found, expected, f"polars lazy and {other}: {mapping} {rows}"
