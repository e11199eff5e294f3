"""Support metrics from raw records: the case rate, CSAT and capability, each with an account of every row."""

from __future__ import annotations

from designation._lazy import need

need("narwhals", "metrics")

from designation.metrics._account import Quality, Reason
from designation.metrics._capability import Capability, Evidence, capability
from designation.metrics._case_rate import CaseRate, Comparison, Slice, case_rate
from designation.metrics._csat import Csat, Part, Programme, csat
from designation.metrics._mappings import MAPPINGS
from designation.metrics._period import Period
from designation.metrics._policy import Check

__all__ = [
    "MAPPINGS",
    "Capability",
    "CaseRate",
    "Check",
    "Comparison",
    "Csat",
    "Evidence",
    "Part",
    "Period",
    "Programme",
    "Quality",
    "Reason",
    "Slice",
    "capability",
    "case_rate",
    "csat",
]
