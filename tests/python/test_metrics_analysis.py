"""Ways of counting, drivers, control charts, and forecasts: exact statistics, checked by simulation."""

from __future__ import annotations

import copy
import json
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

import designation as dsg
from designation.cli import main
from designation.metrics import CaseRate, case_rate, compare_scales, csat
from designation.metrics._intervals import adjust_p_values, negative_binomial_quantile
from support.dataframes import ENGINES

MONTHS = ("2026-01", "2026-02", "2026-03")
COUNTS = {"2026-01": 4, "2026-02": 5, "2026-03": 30}
POLICY = {"thresholds": {"case_rate": {"at_most": 10, "per": 1_000_000, "unit": "USD"}}}


def table() -> pa.Table:
    days = [f"{month}-0{1 + n % 9}" for month, count in COUNTS.items() for n in range(count)]
    return pa.table(
        {
            "id": list(range(len(days))),
            "created": days,
            "closed": [day.replace("2026-03", "2026-04") for day in days],
            "product": ["A" if n % 3 else "B" for n in range(len(days))],
            "kind": ["technical" if n % 2 else "billing" for n in range(len(days))],
            "copy_of": [None if n % 13 else "1" for n in range(len(days))],
        }
    )


def rate_of(business: Any = None, **options: Any) -> CaseRate:
    business = dict.fromkeys(MONTHS, 1_000_000) if business is None else business
    return case_rate(table(), business, "2026-Q1", **{"unit": "USD", "escalated": "every", **options})


class TestWays:
    def test_several_ways_are_one_table(self) -> None:
        names = ("all", "technical_only", "without_duplicates", "created", "closed", "per_seat")
        found = rate_of().ways(names, technical="kind=technical", duplicate="copy_of=*", seats=500, policy=POLICY)
        assert {way.name: way.cases for way in found.ways} == {
            **{"all": 39, "technical_only": 19, "without_duplicates": 36},
            **{"created": 39, "closed": 9, "per_seat": 39},
        }
        verdicts = {way.name: way.within for way in found.ways}
        assert verdicts == {
            **{"all": False, "technical_only": True, "without_duplicates": False},
            **{"created": False, "closed": True, "per_seat": None},
        }
        assert found.differing == ("technical_only", "closed")
        assert (found.ways[-1].unit, found.ways[-1].per, found.ways[-1].rate) == ("seats", 1000, 78.0)
        assert "no way is the program's" in str(found)

    def test_a_way_of_ones_own_names_what_it_changes(self) -> None:
        found = rate_of().ways({"ours": {"only": "product=A", "business": 2_000_000}})
        assert [(way.name, way.cases, float(way.size)) for way in found.ways] == [("ours", 26, 2_000_000)]
        with pytest.raises(dsg.InputError, match='/ways/ours: unknown key "onyl"; did you mean "only"'):
            rate_of().ways({"ours": {"onyl": "x"}})

    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_case_of_an_event_log_is_selected_with_all_its_events(self, engine: str) -> None:
        log = pa.table(
            {
                "case_id": ["1", "1", "2", "3", "3"],
                "timestamp": ["2025-12-30", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"],
                "level": ["L1", "L2", "L1", "L1", "L2"],
            }
        )
        rate = dsg.metrics.case_rate(
            ENGINES[engine](log), 1, "2026-01", unit="EUR", columns="event-log", escalated="every"
        )
        found = rate.ways({"all": {}, "L2": {"only": "level=L2"}, "never L2": {"without": "level=L2"}})
        assert {way.name: way.cases for way in found.ways} == {"all": 2, "L2": 1, "never L2": 1}

    def test_what_is_not_stated_is_not_guessed(self) -> None:
        assert [way.name for way in rate_of().ways().ways] == ["all", "created"]
        with pytest.raises(dsg.InputError, match='the way "technical_only" needs technical='):
            rate_of().ways(["technical_only"])
        with pytest.raises(dsg.InputError, match='unknown way "al"; did you mean "all"'):
            rate_of().ways(["al"])
        with pytest.raises(TypeError, match="tecnical"):
            rate_of().ways(tecnical="x")
        with pytest.raises(LookupError):
            pickle.loads(pickle.dumps(rate_of())).ways()
        assert copy.deepcopy(rate_of()) == rate_of()


class TestDrivers:
    def test_a_group_with_business_is_compared_with_its_part(self) -> None:
        sizes = {"A": 2, "B": 1}
        business = pa.table(
            {
                "month": [month for month in MONTHS for _ in sizes],
                "amount": [size for _ in MONTHS for size in sizes.values()],
                "product": list(sizes) * 3,
            }
        )
        found = rate_of(business, by="product").drivers()
        assert {one.key: (one.cases, one.expected) for one in found.groups} == {"A": (26, 26.0), "B": (13, 13.0)}
        assert found.groups[0].tail == pytest.approx(1 - stats.poisson.cdf(25, 26))
        assert found.groups[0].p_value == pytest.approx(
            max(1 - stats.poisson.cdf(25, 26), 1 - stats.poisson.cdf(12, 13))
        )

    def test_a_group_without_business_is_compared_with_another_period(self) -> None:
        first, second = (
            case_rate(table(), 1, month, unit="USD", escalated="every", by="kind") for month in ("2026-02", "2026-03")
        )
        found = {one.key: one.expected for one in second.drivers(before=first).groups}
        assert found == {"billing": pytest.approx(30 * 3 / 5), "technical": pytest.approx(30 * 2 / 5)}
        assert all(one.expected is None for one in second.drivers().groups)

    @pytest.mark.parametrize(
        ("at_most", "cases", "groups"), [(13, 0, ()), (12, 3, ("A",)), (4, 27, ("A", "B")), (0, 39, ("A", "B"))]
    )
    def test_the_least_to_remove_is_exact(self, at_most: float, cases: int, groups: tuple[str, ...]) -> None:
        found = rate_of(by="product").drivers(at_most=at_most)
        assert (found.cases_to_remove, found.groups_to_remove) == (cases, groups)

    def test_a_breakdown_is_needed(self) -> None:
        with pytest.raises(dsg.InputError, match="compute the rate by"):
            rate_of().drivers()

    def test_p_values_are_adjusted_as_by_scipy(self) -> None:
        given = list(np.random.default_rng(1).random(40) ** 3)
        assert adjust_p_values(given) == pytest.approx(list(stats.false_discovery_control(given)))
        assert adjust_p_values([]) == []


class TestCharts:
    def test_the_limits_are_quantiles_of_the_pooled_rate(self) -> None:
        found = rate_of().chart()
        low, high = (stats.poisson.ppf(share, 13) for share in (0.00135, 0.99865))
        assert (found.center, found.outside) == (13.0, ("2026-03",))
        assert [(point.n, point.lower, point.upper) for point in found.points] == [(n, low, high) for n in (4, 5, 30)]
        axes = dsg.plot.control_chart(found)
        assert [text.get_text() for text in axes.get_legend().get_texts()] == [
            "pooled 13",
            "limits of chance",
            "outside",
        ]
        with pytest.raises(dsg.InputError, match="needs the business by month"):
            rate_of(5).chart()

    def test_few_months_are_outside_by_chance(self) -> None:
        draw = np.random.default_rng(3).poisson(20, 20_000)
        low, high = (stats.poisson.ppf(share, 20) for share in (0.00135, 0.99865))
        assert np.mean((draw < low) | (draw > high)) <= 0.0035

    def test_means_have_limits_of_three_pooled_deviations(self) -> None:
        scores = {"2026-01": [5, 4, 3, 4], "2026-02": [1, 1, 2, 1], "2026-03": [5]}
        rows = [(f"{month}-02", score) for month, some in scores.items() for score in some]
        answers = pa.table({"answered": [day for day, _ in rows], "score": [score for _, score in rows]})
        found = csat(answers, "2026-Q1", by="month").chart()
        pooled = math.sqrt((3 * np.var(scores["2026-01"], ddof=1) + 3 * np.var(scores["2026-02"], ddof=1)) / 6)
        mean = np.mean([score for _, score in rows])
        for point in found.points:
            assert point.lower == pytest.approx(mean - 3 * pooled / math.sqrt(point.n))
        assert found.outside == MONTHS  # 4.0 above 3.9, 1.25 below 1.87, and 5 above 4.92
        with pytest.raises(dsg.InputError, match='by="month"'):
            csat(answers).chart()


class TestSurveys:
    FACES = pa.table({"score": ["happy"] * 5 + ["neutral"] * 2 + ["unhappy"]})

    def test_a_score_under_several_mappings(self) -> None:
        scales = {"wide": {"unhappy": 1, "neutral": 3, "happy": 5}, "mild": {"unhappy": 2, "neutral": 4, "happy": 5}}
        found = compare_scales(self.FACES, scales)
        assert [(one.name, one.score, one.top_two) for one in found.scores] == [
            ("wide", 4.0, 5 / 8),
            ("mild", 4.375, 7 / 8),
        ]
        assert found.spread == 0.375
        assert "Spread" in str(found)

    @pytest.mark.parametrize(
        ("other", "message"),
        [
            ({"unhappy": 1, "neutral": 5, "happy": 3}, '"happy" is below "neutral", but above it in wide'),
            ({"unhappy": 1, "happy": 3}, "must map the same values as wide"),
        ],
    )
    def test_mappings_must_be_monotone(self, other: dict[str, float], message: str) -> None:
        with pytest.raises(dsg.InputError, match=message):
            compare_scales(self.FACES, {"wide": {"unhappy": 1, "neutral": 3, "happy": 5}, "other": other})

    def test_rolling_months_pool_all_answers(self) -> None:
        days = ["2026-01-02"] * 3 + ["2026-02-02"] + ["2026-03-02"] * 2
        answers = pa.table({"answered": days, "score": [5, 4, 2, 1, 5, 3]})
        runs = csat(answers, "2026-Q1", by="month").rolling(2)
        expected = [csat(answers, period) for period in ("2026-01..2026-02", "2026-02..2026-03")]
        assert [(run.key, run.n) for run in runs] == [("2026-01 to 2026-02", 4), ("2026-02 to 2026-03", 3)]
        for run, one in zip(runs, expected, strict=True):
            assert (run.mean, run.top_two) == pytest.approx((one.mean, one.top_two))
            assert run.interval == pytest.approx(one.interval)
        with pytest.raises(dsg.InputError, match="at least 4 months"):
            csat(answers, "2026-Q1", by="month").rolling(4)


class TestForecast:
    def test_the_cases_to_come_are_negative_binomial(self) -> None:
        found = rate_of().forecast("2026-06-30", 3_000_000, at_most=14)
        quantiles = stats.nbinom.ppf([0.05, 0.5, 0.95], 39.5, 0.5)
        assert found.cases_to_come == tuple(quantiles)
        assert found.rates == pytest.approx((39 + quantiles) / 6)
        assert found.chance_within == pytest.approx(stats.nbinom.cdf(84 - 39, 39.5, 0.5))
        assert rate_of().forecast("2026-06-30", 1, at_most=1).chance_within == 0
        assert "assumes that the rate" in str(found)

    def test_a_mean_has_a_length_of_time(self) -> None:
        found = rate_of(dict.fromkeys(MONTHS, 100), unit="seats").forecast("2026-12-31", 100)
        assert found.cases_to_come == tuple(stats.nbinom.ppf([0.05, 0.5, 0.95], 39.5, 0.25))
        assert found.rates[1] == pytest.approx((39 + found.cases_to_come[1]) / 100 * 1000)

    @pytest.mark.parametrize(
        ("so_far", "to_come", "low", "high"), [(20, 20, 0.88, 0.92), (40, 25, 0.88, 0.92), (5, 3, 0.88, 1)]
    )
    def test_the_interval_has_its_coverage(self, so_far: int, to_come: int, low: float, high: float) -> None:
        draw = np.random.default_rng(11)
        known, more = draw.poisson(so_far, 10_000), draw.poisson(to_come, 10_000)
        share = so_far / (so_far + to_come)
        counts, at = np.unique(known, return_inverse=True)
        bounds = [[negative_binomial_quantile(level, count + 0.5, share) for count in counts] for level in (0.05, 0.95)]
        for level, found in zip((0.05, 0.95), bounds, strict=True):
            assert found == list(stats.nbinom.ppf(level, counts + 0.5, share))
        first, last = (np.array(found)[at] for found in bounds)
        assert low <= np.mean((first <= more) & (more <= last)) <= high

    @pytest.mark.parametrize(
        ("through", "more", "message"),
        [
            ("2026-03-31", 1, "must be a day after the period 2026-01-01 to 2026-03-31, not 2026-03-31"),
            ("2026-06-30", 0, "must be a number above 0, not 0"),
            ("2026-06-30", "x", 'must be a number above 0, not "x"'),
        ],
    )
    def test_an_error_is_named(self, through: str, more: Any, message: str) -> None:
        with pytest.raises(dsg.InputError, match=message):
            rate_of().forecast(through, more)


def test_the_commands_add_the_analyses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples = Path(dsg.__file__).parent / "examples"
    (tmp_path / "policy.json").write_text(json.dumps(POLICY), "utf-8")
    command = ["case-rate", str(examples / "service-requests.csv"), "--columns", "partner-center-powershell"]
    command += ["--business", str(examples / "revenue.csv"), "--period", "6 months to 2026-06-30", "--by", "country"]
    command += ["--ways", "--technical", "severity=Critical", "--seats", "5000", "--drivers", "--chart"]
    command += ["--forecast-to", "2026-12-31", "--more", "16000000", "--policy", str(tmp_path / "policy.json")]
    assert main(command) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.split("\n"))) <= 80
    for word in ("technical_only", "per_seat", "To remove", "Outside", "Forecast", "Chance"):
        assert word in text
    assert main([*command, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {"ways", "drivers", "chart", "forecast"} <= document.keys()
    assert main([*command[:-4], "--policy", str(tmp_path / "policy.json")]) == 2
    score = ["csat", str(examples / "answers.csv"), "--period", "2026-H1", "--by", "month", "--chart"]
    assert main(score) == 0
    assert "Upper" in capsys.readouterr().out
