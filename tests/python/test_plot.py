"""Pictures: on axes of one's own, the same bytes every time, and what they show is what was found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import pyarrow as pa
import pytest

import designation as dsg

mpl.use("agg")

CASES = pa.table(
    {"id": [1, 2, 3], "created": ["2026-01-05", "2026-02-07", "2026-02-09"], "country": ["$a", None, "x" * 90]}
)
BUSINESS = {"2026-01": 1_000_000, "2026-02": 3_000_000}
ANSWERS = pa.table({"score": [5, 4, 4, 2], "answered": [*CASES["created"].to_pylist(), "2026-02-10"]})


@pytest.fixture
def ax() -> Any:
    from designation.plot._style import blank

    return blank()


@pytest.fixture
def rate() -> dsg.metrics.CaseRate:
    period = "2026-01..2026-02"
    return dsg.metrics.case_rate(CASES, BUSINESS, period, unit="USD", escalated="every", by="country")


@pytest.fixture
def score() -> dsg.metrics.Csat:
    return dsg.metrics.csat(ANSWERS, "2026", by="month")


def test_the_case_rate_shows_each_month_and_the_pooled_rate(rate: dsg.metrics.CaseRate, ax: Any) -> None:
    assert dsg.plot.case_rate(rate, ax=ax, threshold=2.5) is ax
    assert list(ax.lines[0].get_ydata()) == [part.rate for part in rate.months]
    assert [line.get_ydata()[0] for line in ax.lines[1:]] == [rate.rate, 2.5]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["2026-01", "2026-02"]
    ax.figure.canvas.draw()
    assert ax.get_legend().get_window_extent().y0 >= ax.get_window_extent().y1, "the legend hides nothing"


def test_parts_without_a_size_are_shown_by_their_cases(rate: dsg.metrics.CaseRate, ax: Any) -> None:
    dsg.plot.case_rate(rate, by="country", ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [1, 1, 1]
    ax.figure.canvas.draw()


def test_csat_shows_the_distribution_or_the_parts(score: dsg.metrics.Csat, ax: Any) -> None:
    dsg.plot.csat(score, ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [0, 1, 0, 2, 1]
    ax.clear()
    dsg.plot.csat(score, by="month", ax=ax, threshold=4.5)
    assert list(ax.lines[0].get_ydata()) == [part.mean for part in score.by["month"]]


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_picture_is_the_same_bytes_every_time(rate: dsg.metrics.CaseRate, tmp_path: Path, ending: str) -> None:
    from designation.plot._style import blank

    for name in ("a", "b"):
        dsg.plot.save(dsg.plot.case_rate(rate, ax=blank()), tmp_path / f"{name}.{ending}")
    first, second = (tmp_path.joinpath(f"{name}.{ending}").read_bytes() for name in ("a", "b"))
    assert first == second
    assert len(first) > 1000
