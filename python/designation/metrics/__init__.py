"""Support metrics from raw records: the case rate and CSAT, with a report on every row, and capability readiness."""

from __future__ import annotations

from designation._lazy import need

need("narwhals", "metrics")

from designation.metrics._capability import Capability, Evidence, capability
from designation.metrics._case_rate import CaseRate
from designation.metrics._chart import ChartPoint, ControlChart
from designation.metrics._compute_rate import case_rate
from designation.metrics._csat import Csat, CsatGroup, SurveyProgram, csat
from designation.metrics._drivers import Driver, Drivers
from designation.metrics._forecast import Forecast
from designation.metrics._mappings import MAPPINGS
from designation.metrics._period import Period
from designation.metrics._policy import ThresholdCheck
from designation.metrics._rates import CaseRateGroup, RateComparison
from designation.metrics._reconcile import CandidatePair, CaseClass, Reconciliation, reconcile
from designation.metrics._row_report import Reason, RowReport
from designation.metrics._ways import Way, Ways

__all__ = [
    "MAPPINGS",
    "CandidatePair",
    "Capability",
    "CaseClass",
    "CaseRate",
    "CaseRateGroup",
    "ChartPoint",
    "ControlChart",
    "Csat",
    "CsatGroup",
    "Driver",
    "Drivers",
    "Evidence",
    "Forecast",
    "Period",
    "RateComparison",
    "Reason",
    "Reconciliation",
    "RowReport",
    "SurveyProgram",
    "ThresholdCheck",
    "Way",
    "Ways",
    "capability",
    "case_rate",
    "csat",
    "reconcile",
]
