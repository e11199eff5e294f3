"""Arguments of the metrics: whatever a caller passes, the error names the argument, in our words."""

from __future__ import annotations

import inspect
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation import metrics
from support.hostile_arguments import is_plain, problems_of

TABLE = pa.table(
    {
        **{"id": ["1", "2"], "created": ["2026-01-05", "2026-02-05"], "answered": ["2026-01-06", "2026-02-06"]},
        **{"score": ["4", "5"], "date": ["2026-01-01", "2026-02-01"], "amount": ["5", "6"], "currency": ["USD", "USD"]},
    }
)
RATE: dict[str, Any] = {
    **{"business": {"2026-01": 500, "2026-02": 500}, "period": "2026-01..2026-02", "unit": "seats"},
    **{"escalated": "every", "by": ["currency"]},
}
FUNCTIONS: dict[str, dict[str, Any]] = {
    "billed_revenue": {"lines": TABLE, "period": "2026-01..2026-02", "unit": "USD", "columns": "plain"},
    "capability": {"evidence": []},
    "case_rate": {"cases": TABLE, **RATE},
    "compare_scales": {"responses": TABLE, "scales": {"a": {"4": 4, "5": 5}, "b": {"4": 3, "5": 5}}},
    "csat": {"responses": TABLE},
    "reconcile": {"lists": {"a": TABLE, "b": TABLE}, "period": "2026"},
}
POLICY = {"thresholds": {"case_rate": {"at_most": 1, "per": 1000, "unit": "seats"}}}
METHODS: dict[str, dict[str, Any]] = {
    "rolling": {"months": 2},
    "compare": {"later": metrics.case_rate(TABLE, **RATE)},
    "ways": {"ways": ["all"]},
    "drivers": {"by": "currency"},
    "forecast": {"through": "2026-03-31", "more": 500},
    "cases_allowed": {"at_most": 1},
    "check_threshold": {"policy": POLICY},
    "case_volume_validated": {"on": "2026-03-01"},
    "case_rate_determined": {"on": "2026-03-01", "outcome": "pass"},
}


def test_every_function_is_tried() -> None:
    found = {name for name in metrics.__all__ if inspect.isfunction(getattr(metrics, name))}
    assert found == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_refuse_wrong_arguments(name: str) -> None:
    assert not problems_of(getattr(metrics, name), FUNCTIONS[name], is_plain)


@pytest.mark.parametrize("name", METHODS)
def test_methods_refuse_wrong_arguments(name: str) -> None:
    assert not problems_of(getattr(metrics.case_rate(TABLE, **RATE), name), METHODS[name], is_plain)


@pytest.mark.parametrize("months", [0, -1])
def test_a_run_has_at_least_one_month(months: int) -> None:
    rate, score = metrics.case_rate(TABLE, **RATE), metrics.csat(TABLE, "2026-01..2026-02", by="month")
    for result in (rate, score):
        with pytest.raises(dsg.InputError, match=f"/months: must be a whole number above 0, not {months}"):
            result.rolling(months)


def test_a_limit_is_a_number_of_0_or_more_and_can_be_large() -> None:
    rate = metrics.case_rate(TABLE, **RATE)
    assert rate.cases_allowed(0) == -2
    assert rate.forecast("2026-03-31", 500, at_most=1e300).chance_within == 1.0
    with pytest.raises(dsg.InputError, match=r"/at_most: must be a number of 0 or more, not -0\.5"):
        rate.cases_allowed(-0.5)


def test_values_of_scales_are_numbers_or_texts() -> None:
    scales: dict[str, Any] = {"numbers": {4: 4, 5: 5}, "texts": {"4": 3, "5": 5}}
    assert [one.score for one in metrics.compare_scales(TABLE, scales).scores] == [4.5, 4.0]


def test_a_criterion_can_be_one_number() -> None:
    assert metrics.case_rate(TABLE, **{**RATE, "escalated": {"score": 5}}).cases == 1


@pytest.mark.parametrize("normalize", ["(?=x)", r"(a)\1", "(", "a{2000}"])
def test_a_pattern_that_the_engine_does_not_know(normalize: str) -> None:
    with pytest.raises(dsg.InputError, match="/normalize: must be a regular expression without look-around"):
        metrics.reconcile({"a": TABLE, "b": TABLE}, "2026", normalize=normalize)
