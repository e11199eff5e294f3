"""The CSAT score (SSD-M3): blanks are not zeros, scales are never mixed, and each row counts once or has a reason."""

from __future__ import annotations

import datetime
import pickle
import statistics
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import Csat, csat
from support.dataframes import ENGINES, rows_of

ANSWERS = pa.table(
    {
        "id": ["a", "b", "b", "c", "d", "e", None, None],
        "answered": [
            *("2026-01-05", "2026-02-07", "2026-02-06", None, "2025-12-31", "2026-02-30", "2026-03-01", "2026-03-31"),
        ],
        "score": ["5", "1", "4", "", "3", "3", "2", "5"],
        "country": ["se", "DE", "AT", "SE", "DE", "DE", "DE", "SE"],
    }
)


def score_of(*scores: Any, **options: Any) -> Csat:
    return csat(pa.table({"score": scores}), **options)


def error_of(*scores: Any, **options: Any) -> str:
    with pytest.raises(dsg.InputError) as caught:
        score_of(*scores, **options)
    return str(caught.value)


class TestEngines:
    @pytest.mark.parametrize("engine", ENGINES)
    def test_every_kind_of_frame_gives_the_same_result(self, engine: str) -> None:
        found = csat(ENGINES[engine](ANSWERS), "2026-Q1", by=["month", "country"])
        assert found == csat(ANSWERS, "2026-Q1", by=["month", "country"])
        assert (found.mean, found.n, found.top_two) == (found.score, found.answers, 0.75) == (4.0, 4, 0.75)
        assert found.distribution == {1: 0, 2: 1, 3: 0, 4: 1, 5: 2}
        assert [(group.key, group.n, group.mean) for group in found.by["month"]] == [
            ("2026-01", 1, 5.0),
            ("2026-02", 1, 4.0),
            ("2026-03", 2, 3.5),
        ]
        assert [(group.key, group.answers) for group in found.by["country"]] == [("SE", 2), ("AT", 1), ("DE", 1)]
        assert [group.score for group in found.by["month"]] == [group.mean for group in found.by["month"]]

    @pytest.mark.parametrize("engine", ENGINES)
    def test_the_row_report_adds_up_and_returns_the_rows(self, engine: str) -> None:
        quality = csat(ENGINES[engine](ANSWERS), "2026-Q1").quality
        reasons = {"unreadable_date": 1, "outside_period": 1, "duplicate_id": 1, "blank": 1}
        assert quality.not_counted == reasons
        assert quality.rows == ANSWERS.num_rows == quality.counted + sum(reasons.values())
        for reason, rows in {**reasons, "counted": quality.counted}.items():
            assert len(rows_of(quality.records(reason))) == rows
        (again,) = rows_of(quality.records("duplicate_id"))
        assert again["answered"] == "2026-02-07"

    @pytest.mark.parametrize("engine", ENGINES)
    @pytest.mark.parametrize("scores", [[5, 4, None, 1], [5.0, 4.0, float("nan"), 1.0], ["5", " 4 ", "", "1.0"]])
    def test_numbers_and_texts_give_the_same_scores(self, engine: str, scores: list[Any]) -> None:
        found = csat(ENGINES[engine](pa.table({"score": scores})))
        assert (found.n, found.distribution) == (3, {1: 1, 2: 0, 3: 0, 4: 1, 5: 1})
        assert found.quality.not_counted == {"blank": 1}


class TestScale:
    @pytest.mark.parametrize("score", [0, 6, 4.5, -1, 10, 100, "good", "★★★★★", "4 stars", "5/5"])
    def test_a_value_off_the_scale_is_an_error_and_is_not_clipped(self, score: Any) -> None:
        message = error_of(*([score] if isinstance(score, str) else [score, 5]))
        assert "1 row is off the scale 1 to 5" in message
        assert "map the values with scale=" in message

    def test_a_value_off_the_scale_can_be_counted_in_the_row_report(self) -> None:
        found = score_of(5, 0, 10, off_scale="exclude")
        assert (found.mean, found.quality.not_counted) == (5.0, {"off_scale": 2})
        assert found.quality.reasons[0].examples == ("0", "10")

    def test_another_scale_must_be_mapped_value_by_value(self) -> None:
        assert score_of("Good", "bad", "good", scale={"good": 5, "bad": 1}).distribution == {1: 1, 5: 2}
        assert score_of(10, 1, scale={value: 1 + (value - 1) * 4 / 9 for value in range(1, 11)}).mean == 3.0
        assert score_of("★★★", "★", scale={"★": 1, "★★★": 3}).mean == 2.0
        assert "off the scale mapped: good is 5" in error_of("ok", scale={"good": 5})

    def test_a_word_has_one_score(self) -> None:
        assert score_of("good", scale={"Good": 5, "GOOD ": 5}).mean == 5.0
        assert '/scale/GOOD: must be 5, the score of "Good"' in error_of("good", scale={"Good": 5, "GOOD": 4})

    @pytest.mark.parametrize("engine", ENGINES)
    def test_words_are_compared_without_case_in_every_language(self, engine: str) -> None:
        answers = pa.table({"score": ["İYİ", "iyi", "ΚΑΛΌΣ", "καλός", "GROSS", "ẞ"]})
        found = csat(ENGINES[engine](answers), scale={"İyi": 5, "Καλός": 4, "ß": 1}, off_scale="exclude")
        assert (found.distribution, found.quality.not_counted) == ({1: 1, 4: 2, 5: 2}, {"off_scale": 1})

    @pytest.mark.parametrize("engine", ENGINES)
    @pytest.mark.parametrize("score", ["\u0665", "\uff15", "4\u0662.0"])
    def test_only_ascii_digits_make_numbers(self, score: str, engine: str) -> None:
        found = csat(ENGINES[engine](pa.table({"score": [score, "4"]})), off_scale="exclude")
        assert (found.mean, found.quality.not_counted) == (4.0, {"off_scale": 1})

    @pytest.mark.parametrize("values", [[["5"]], [datetime.timedelta(5)], [[[5]]]])
    def test_a_column_that_cannot_be_text_is_an_error(self, values: Any) -> None:
        with pytest.raises(dsg.InputError, match=r'column "score" must hold text or numbers, not \w+.* \[type\]'):
            csat(pl.LazyFrame({"score": values}))

    @pytest.mark.parametrize("scale", [{}, "1-10", {"good": 6}, {"good": "5"}, {"good": True}])
    def test_a_mapping_gives_scores(self, scale: Any) -> None:
        assert "[scale]" in error_of("good", scale=scale)

    def test_an_unanswered_survey_is_blank(self) -> None:
        found = score_of("good", "offered", "unoffered", columns="zendesk-ratings", scale={"good": 5, "bad": 1})
        assert (found.n, found.quality.not_counted) == (1, {"blank": 2})


class TestResults:
    def test_the_mean_and_the_interval_are_those_of_the_rows(self) -> None:
        rows = [5] * 30 + [4] * 40 + [3] * 20 + [2] * 7 + [1] * 3
        found = score_of(*rows)
        assert found.mean == statistics.fmean(rows)
        half = 1.9842169515864 * statistics.stdev(rows) / 10  # Student's quantile at 0.975 with 99 degrees of freedom
        assert found.interval == pytest.approx((found.mean - half, found.mean + half), abs=1e-9)
        assert found.bootstrap == pytest.approx(found.interval, abs=0.02)
        assert found.top_two_interval == pytest.approx((0.6002, 0.7876), abs=1e-4)
        assert score_of(*rows).bootstrap == found.bootstrap

    def test_an_interval_stays_on_the_scale_and_needs_two_answers(self) -> None:
        assert score_of(5, 4).interval == (1.0, 5.0)
        assert (score_of(5).interval, score_of(5).bootstrap) == (None, None)

    def test_without_answers_there_is_no_score(self) -> None:
        assert "none of 2 rows counts as an answer: 2 blank" in error_of(None, "")
        assert csat(pa.table({"score": pa.array([], pa.int64())})).score is None

    @pytest.mark.parametrize(("invited", "rate"), [(10, 0.2), ("rows", 0.5), (None, None)])
    def test_a_response_rate_needs_invitations(self, invited: Any, rate: float | None) -> None:
        assert score_of(5, 4, None, None, invited=invited).response_rate == rate

    @pytest.mark.parametrize("invited", [1, -1, "all", True, 2.5])
    def test_fewer_invitations_than_answers_are_refused(self, invited: Any) -> None:
        assert "[range]" in error_of(5, 4, invited=invited)

    def test_months_need_dates_and_a_score_alone_does_not(self) -> None:
        with pytest.raises(dsg.InputError, match="no column for answered"):
            score_of(5, by="month")
        assert score_of(5).date_parsing == "all dates"


class TestShown:
    def test_the_text_fits_in_80_columns_and_is_complete(self) -> None:
        facts = {"coverage": "every closed case", "method": "e-mail", "period": "monthly"}
        found = csat(ANSWERS, "2026-Q1", by="country", invited=10, program=facts)
        assert max(map(len, str(found).split("\n"))) <= 80
        for message in ("4.00 of 5", "75.0%", "40.0% of 10", "every closed case", "8 read, 4 counted", "AT"):
            assert message in str(found)
        assert found.to_dict()["program"] == facts
        assert pickle.loads(pickle.dumps(found)) == found

    def test_facts_of_the_program_are_recognized_by_name(self) -> None:
        assert 'did you mean "coverage"?' in error_of(5, program={"coverag": "all"})
        assert "must be text, not 5" in error_of(5, program={"method": 5})

    def test_a_threshold_comes_from_the_user(self) -> None:
        found = score_of(*[5] * 50, *[4] * 50).check_threshold({"thresholds": {"csat": {"at_least": 4.45}}})
        assert (found.within, found.interval_within, found.to_dict()["kind"]) == (True, False, "policy")
        with pytest.raises(dsg.InputError, match="no threshold for csat"):
            score_of(5).check_threshold({})

    def test_readiness_becomes_an_event_with_the_given_outcome(self) -> None:
        event = score_of(5, 4).csat_evaluated("2026-05-20", "fail")
        assert (event.type, event.outcome, event.score) == ("csat_evaluated", "fail", 4.5)
