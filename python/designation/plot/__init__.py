"""Pictures with Matplotlib: on axes of one's own (``ax=``), or on new ones; each gives the axes back."""

from __future__ import annotations

from designation.plot._fees import fees
from designation.plot._metrics import case_rate, csat
from designation.plot._portfolio import portfolio
from designation.plot._style import blank, save
from designation.plot._timeline import timeline

__all__ = ["blank", "case_rate", "csat", "fees", "portfolio", "save", "timeline"]
