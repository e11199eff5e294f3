"""Support metrics of generated exports, in any form that the package reads, are those of an independent model."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from model import exports
from model import metrics as model

EVERYDAY, ALL, PART = 150, 2000, 232
PARTS = [(first, min(first + PART, ALL)) for first in range(EVERYDAY, ALL, PART)]  # Several processes can share them.


@pytest.mark.parametrize(
    ("first", "end"), [(0, EVERYDAY), *(pytest.param(*part, marks=pytest.mark.slow) for part in PARTS)]
)
def test_exports_agree_with_the_model(first: int, end: int, capsys: pytest.CaptureFixture[str]) -> None:
    exports.compare(end - first, 20261129, start=first)
    assert capsys.readouterr().out == ""


def test_a_difference_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "text_of", lambda value: value)
    found = [exports.find_difference(f"7/{number}", tmp_path) for number in range(12)]
    assert any("expected" in report and "got" in report for report in found)


def test_the_model_knows_days_in_zones() -> None:
    late = model.time_of("2026-03-31T23:30:00-05:00", "UTC")
    assert (late.day, late.has_clock) == (datetime.date(2026, 4, 1), True)
    assert model.time_of("2026-03-31", "Asia/Kolkata").day == datetime.date(2026, 3, 31)
