"""Plots with Matplotlib. Each function draws on the axes passed as ``ax``, or on new ones, and returns the axes."""

from __future__ import annotations

from designation.plot._analyses import drivers, forecast, reconciliation, scales, ways
from designation.plot._fees import fees
from designation.plot._metrics import case_rate, control_chart, csat
from designation.plot._portfolio import portfolio
from designation.plot._style import new_axes, save
from designation.plot._timeline import timeline

__all__ = [
    "case_rate",
    "control_chart",
    "csat",
    "drivers",
    "fees",
    "forecast",
    "new_axes",
    "portfolio",
    "reconciliation",
    "save",
    "scales",
    "timeline",
    "ways",
]
