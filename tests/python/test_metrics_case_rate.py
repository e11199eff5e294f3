"""The case rate (SSD-M2): each row counts once or has a reason, in every kind of frame, and the figure is exact."""

from __future__ import annotations

import copy
import datetime
import math
import pickle
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import CaseRate
from support.case_rate_example import CASES, REVENUE, problems, rate_of
from support.dataframes import ENGINES, rows_of

NOT_COUNTED = {
    "no_id": 1,
    "no_date": 1,
    "unreadable_date": 1,
    "impossible_order": 1,
    "not_escalated": 1,
    "outside_period": 1,
    "duplicate_id": 2,
}


class TestEngines:
    @pytest.mark.parametrize("engine", ENGINES)
    def test_every_kind_of_frame_gives_the_same_result(self, engine: str) -> None:
        found = rate_of(ENGINES[engine](CASES), by=["month", "country"])
        assert found == rate_of(CASES, by=["month", "country"])
        assert (found.cases, found.rate, found.size, found.unit) == (3, 0.75, Decimal(4_000_000), "USD")
        assert found.quality.not_counted == NOT_COUNTED
        assert [(group.key, group.cases, group.rate) for group in found.by["month"]] == [
            ("2026-01", 1, 1.0),
            ("2026-02", 1, 0.5),
            ("2026-03", 1, 1.0),
        ]
        assert [(group.key, group.cases) for group in found.by["country"]] == [("SE", 2), ("AT", 1)]

    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_country_is_in_upper_case_with_every_engine(self, engine: str) -> None:
        table = pa.table({"id": [1, 2, 3], "created": ["2026-01-05"] * 3, "country": ["Preußen", "PREUSSEN", "se"]})
        found = rate_of(ENGINES[engine](table), by="country", escalated="every")
        assert [(group.key, group.cases) for group in found.by["country"]] == [("PREUSSEN", 2), ("SE", 1)]

    @pytest.mark.parametrize("engine", ENGINES)
    def test_dates_count_like_their_text(self, engine: str) -> None:
        days = [datetime.date(2026, 1, 5), None, datetime.date(2026, 3, 31), datetime.date(2025, 12, 31)]
        times = [day and datetime.datetime(day.year, day.month, day.day, 23, 30) for day in days]
        for created in (days, times):
            table = pa.table({"id": [1, 2, 3, 4], "created": created})
            found = rate_of(ENGINES[engine](table), escalated="every")
            assert found.cases == 2
            assert found.quality.not_counted == {"no_date": 1, "outside_period": 1}

    @pytest.mark.parametrize("engine", ENGINES)
    def test_events_become_cases(self, engine: str) -> None:
        table = pa.table(
            {
                "id": ["a", "a", "a", "b", "c", "c", "d", None],
                "created": [
                    *("2026-01-31", "2026-02-01", "2026-03-01", "2026-01-02", "2025-12-31", "2026-01-01"),
                    *("x", "2026-01-01"),
                ],
                "level": ["1", "2", "3", "1", "2", "2", "2", "2"],
            }
        )
        options: dict[str, Any] = {"columns": {"rows": "event"}, "escalated": "level!=1"}
        found = rate_of(ENGINES[engine](table), **options, by=["month", "level"])
        assert [group.cases for group in found.months] == [1, 0, 0]
        assert [(group.key, group.cases) for group in found.by["level"]] == [("1", 1)]
        reasons = {"no_id": 1, "unreadable_date": 1, "not_escalated": 1, "outside_period": 1, "further_event": 3}
        assert found.quality.not_counted == reasons
        check_row_report(found, table)
        by_escalation = rate_of(ENGINES[engine](table), **options, on="escalated")
        assert [group.cases for group in by_escalation.months] == [0, 1, 0]
        check_row_report(by_escalation, table)


def check_row_report(found: CaseRate, table: pa.Table) -> None:
    """Check a row report against its table: everything adds up, and there is a record for each counted row."""
    quality = found.quality
    assert quality.rows == table.num_rows == quality.counted + sum(quality.not_counted.values())
    for reason, rows in {**quality.not_counted, "counted": quality.counted}.items():
        assert len(rows_of(quality.records(reason))) == rows, reason


class TestRowReport:
    @pytest.mark.parametrize("engine", ENGINES)
    def test_the_row_report_adds_up_and_returns_the_kind_of_frame_given(self, engine: str) -> None:
        frame = ENGINES[engine](CASES)
        found = rate_of(frame)
        check_row_report(found, CASES)
        assert type(found.quality.records("no_id")) is type(frame)
        (row,) = rows_of(found.quality.records("unreadable_date"))
        assert row == {
            "id": "g",
            "created": "2026-02-30",
            "closed": None,
            "country": "DE",
            "to_microsoft": "yes",
        }

    def test_the_row_report_has_an_example_of_each_reason(self) -> None:
        examples = {one.reason: one.examples for one in rate_of().quality.reasons}
        assert examples["unreadable_date"] == ("2026-02-30",)
        assert examples["duplicate_id"] == ("a", "b")
        assert examples["no_id"] == ("2026-01-01",)

    def test_the_earliest_row_of_an_id_counts_in_any_order(self) -> None:
        found = rate_of(CASES.take(list(reversed(range(CASES.num_rows)))), by="country")
        assert found == rate_of(by="country")
        assert {row["created"] for row in rows_of(found.quality.records("counted"))} == {
            "2026-01-05",
            "2026-02-06",
            "2026-03-31",
        }

    def test_a_case_without_a_value_has_an_unknown_escalation(self) -> None:
        table = pa.table({"id": ["a", "b", "c"], "created": ["2026-01-01"] * 3, "sent": ["no", "maybe", None]})
        found = rate_of(table, escalated="sent")
        assert found.quality.not_counted == {"escalation_unknown": 2, "not_escalated": 1}

    def test_an_unknown_reason_is_refused(self) -> None:
        with pytest.raises(KeyError, match='"lost" is not in this row report; must be one of counted, no_id'):
            rate_of().quality.records("lost")

    def test_a_pickled_result_is_equal_and_has_no_records(self) -> None:
        found = rate_of(by="month")
        again = pickle.loads(pickle.dumps(found))
        assert again == found == copy.deepcopy(found)
        assert hash(again) == hash(found)
        with pytest.raises(LookupError):
            again.quality.records("no_id")

    def test_ids_that_became_floats_are_the_same_ids(self) -> None:
        table = pa.table({"id": [615112491169010.0, None, 615112491169010.0], "created": ["2026-01-01"] * 3})
        found = rate_of(ENGINES["pandas"](table), escalated="every")
        assert found.quality.not_counted == {"no_id": 1, "duplicate_id": 1}
        assert found.quality.reasons[1].examples == ("615112491169010",)


class TestEscalated:
    TABLE = pa.table({"id": ["a", "b", "c"], "created": ["2026-01-01"] * 3, "ticket": ["M1", "", None]})

    @pytest.mark.parametrize(
        ("given", "cases", "message"),
        [
            ("every", 3, "every case"),
            ("ticket=*", 1, "ticket is not blank"),
            ("ticket=M1,M2", 1, "ticket is M1 or M2"),
            ({"ticket": ["M1"]}, 1, "ticket is M1"),
            ("ticket!=M1", 0, "ticket is not M1"),
        ],
    )
    def test_escalation_can_be_stated_in_several_ways(self, given: Any, cases: int, message: str) -> None:
        found = rate_of(self.TABLE, escalated=given)
        assert (found.cases, found.escalated) == (cases, message)

    def test_escalation_can_be_an_expression(self) -> None:
        import narwhals as nw

        assert rate_of(self.TABLE, escalated=nw.col("ticket").str.starts_with("M")).cases == 1

    def test_escalation_must_be_stated(self) -> None:
        (message,) = problems(escalated=None)
        assert message.startswith("/escalated: state which cases count as escalated")

    def test_every_request_in_a_partner_center_export_is_escalated(self) -> None:
        table = pa.table({"Id": ["a"], "CreatedDate": ["2026-01-01T10:00:00Z"]})
        assert rate_of(table, escalated=None, columns="partner-center").escalated == "every case"

    def test_the_date_of_the_escalation_can_decide(self) -> None:
        table = pa.table({"id": ["a", "b"], "created": ["2025-12-31"] * 2, "escalated_on": ["2026-01-01", None]})
        found = rate_of(table, escalated="escalated_on=*", on="escalated")
        assert (found.cases, found.quality.not_counted) == (1, {"not_escalated": 1})


class TestResults:
    def test_the_rate_is_pooled_and_not_a_mean_of_rates(self) -> None:
        found = rate_of()
        assert found.rate == 3 / 4_000_000 * 1_000_000
        assert found.rate != sum(group.rate or 0 for group in found.months) / 3

    @pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)])
    def test_the_interval_is_the_exact_textbook_interval(self, count: int, low: float, high: float) -> None:
        table = pa.table({"id": list(range(count)), "created": pa.array(["2026-01-01"] * count, pa.string())})
        found = rate_of(table, 1, escalated="every", per=1)
        assert found.interval == pytest.approx((low, high), abs=1e-4)

    def test_a_count_of_seats_is_averaged_over_the_months(self) -> None:
        found = rate_of(business={"2026-01": 1000, "2026-02": 2000, "2026-03": 3000}, unit="seats")
        assert (found.size, found.per, found.rate) == (Decimal(2000), 1000, 1.5)

    def test_an_excluded_month_counts_in_neither_numerator_nor_denominator(self) -> None:
        business = {"2026-01": 1_000_000, "2026-03": 1_000_000}
        found = rate_of(business=business, exclude=["2026-02"])
        assert (found.cases, found.size, found.excluded) == (2, Decimal(2_000_000), ("2026-02",))
        assert found.quality.not_counted["excluded_month"] == 2
        check_row_report(found, CASES)

    def test_rolling_months_are_pooled(self) -> None:
        runs = rate_of().rolling(2)
        assert [(run.key, run.cases, run.size) for run in runs] == [
            ("2026-01 to 2026-02", 2, Decimal(3_000_000)),
            ("2026-02 to 2026-03", 2, Decimal(3_000_000)),
        ]
        with pytest.raises(dsg.InputError, match="at least 12 months"):
            rate_of().rolling()

    def test_two_periods_are_compared_exactly(self) -> None:
        first, second = (rate_of(rows(count), 1_000_000, escalated="every") for count in (10, 20))
        found = first.compare(second)
        assert found.ratio == 2
        assert found.p_value == pytest.approx(2 * at_least(20, 30, 0.5))
        low, high = (ratio / (1 + ratio) for ratio in found.interval)
        assert at_least(20, 30, low) == pytest.approx(0.025)
        assert 1 - at_least(21, 30, high) == pytest.approx(0.025)
        assert math.isinf(rate_of(rows(0), 1, escalated="every").compare(first).ratio)

    @pytest.mark.parametrize(("at_most", "left"), [(0.5, -1), (0.75, 0), (0.99, 0), (1.0, 1), (3, 9)])
    def test_the_cases_still_allowed_are_a_whole_number(self, at_most: float, left: int) -> None:
        assert rate_of().cases_allowed(at_most) == left


def at_least(count: int, out_of: int, share: float) -> float:
    """Return a binomial tail from its definition."""
    return sum(math.comb(out_of, k) * share**k * (1 - share) ** (out_of - k) for k in range(count, out_of + 1))


def rows(count: int) -> pa.Table:
    return pa.table({"id": list(range(count)), "created": pa.array(["2026-01-01"] * count, pa.string())})


POLICY = {"thresholds": {"case_rate": {"at_most": 1.5, "per": 2_000_000, "unit": "USD"}}}


class TestPolicy:
    def test_a_threshold_comes_from_the_user(self) -> None:
        found = rate_of().check_threshold(POLICY)
        assert (found.value, found.within, found.interval_within, found.cases_allowed) == (1.5, True, False, 0)
        assert found.to_dict()["kind"] == "policy"
        assert "not a rule of the program" in str(found)

    def test_a_threshold_in_another_unit_is_refused(self) -> None:
        with pytest.raises(dsg.InputError, match="per USD, but the rate is per seats"):
            rate_of(business=dict.fromkeys(REVENUE, 5), unit="seats").check_threshold(dsg.parse_policy(POLICY))
        with pytest.raises(dsg.InputError, match="no threshold for case_rate"):
            rate_of().check_threshold({})


class TestShown:
    def test_the_text_fits_in_80_columns_and_is_complete(self) -> None:
        text = str(rate_of(by=["month", "country"]))
        assert max(map(len, text.split("\n"))) <= 80
        for message in ("0.75", "to_microsoft", "11 read, 3 counted", "AT", "2026-03", "closed before it was created"):
            assert message in text

    def test_the_result_becomes_events_with_the_given_outcome(self) -> None:
        found = rate_of()
        events = [found.case_volume_validated("2026-05-01"), found.case_rate_determined("2026-05-20", "pass")]
        partner = dsg.Partner(id="contoso", events=events)
        assert dsg.assess(partner, as_of="2026-06-01").evaluations.performance.verdict == "met"
        assert [event.cases for event in events] == [3, None]
        assert events[1].rate == 0.75
        with pytest.raises(dsg.InputError):
            found.case_rate_determined("2026-05-20", "probably")
