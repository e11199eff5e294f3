"""A small case rate that several tests vary."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import CaseRate, case_rate

REVENUE = {"2026-01": 1_000_000, "2026-02": 2_000_000, "2026-03": 1_000_000}
CASES = pa.table(
    {
        "id": ["a", "b", "b", "c", "d", None, "f", "g", " a ", "h", "i"],
        "created": [
            *("2026-01-05", "2026-02-07", "2026-02-06", "2026-03-31", "2025-12-31", "2026-01-01", None, "2026-02-30"),
            *("2026-01-09", "2026-02-10", "2026-03-09"),
        ],
        "closed": [None, "2026-02-09", "0001-01-01", "", None, None, None, None, None, "2026-02-09", None],
        "country": ["se", "DE", "AT", "SE", "DE", "DE", "DE", "DE", "SE", "DE", None],
        "to_microsoft": ["yes", "Y", "true", "1", "yes", "yes", "yes", "yes", "yes", "yes", "no"],
    }
)


def rate_of(cases: Any = CASES, business: Any = REVENUE, period: Any = "2026-Q1", **options: Any) -> CaseRate:
    return case_rate(cases, business, period, **{"unit": "USD", "escalated": "to_microsoft", **options})


def problems(**options: Any) -> list[str]:
    with pytest.raises(dsg.InputError) as caught:
        rate_of(**options)
    return [f"{one.pointer}: {one.message}" for one in caught.value.diagnostics]
