"""Frames as people have them: what is right is read, and what is wrong is named with its row, column, and value."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import designation as dsg

AS_OF = "2026-09-15"
DAY = datetime.date(2026, 3, 2)
DAYS: dict[str, Any] = {
    "a date": DAY,
    "ISO text": "2026-03-02",
    "ISO text at midnight": "2026-03-02 00:00:00",
    "a datetime": datetime.datetime(2026, 3, 2),
    "a pandas timestamp": pd.Timestamp("2026-03-02"),
    "a NumPy day": np.datetime64("2026-03-02"),
}
FOREIGN = ("Arrow", "Traceback", "convert", "dtype", "numpy")


def statuses(frame: Any, **options: Any) -> list[str | None]:
    result = dsg.assess_table(frame, AS_OF, columns=["status"], **options)
    return [row["status"] for row in pa.table(result).to_pylist()]


def error_of(frame: Any, **options: Any) -> str:
    with pytest.raises(dsg.InputError) as caught:
        statuses(frame, **options)
    text = str(caught.value)
    assert not [word for word in FOREIGN if word in text]
    return text


def events(on: Any, **more: Any) -> list[dict[str, Any]]:
    return [{"on": on, "type": "badge_awarded", **more}]


class TestPartnerFrames:
    @pytest.mark.parametrize("day", DAYS)
    def test_a_day_has_any_form(self, day: str) -> None:
        frame = pd.DataFrame({"id": ["a", "b"], "events": [events(DAYS[day]), float("nan")]})
        assert statuses(frame) == ["active", "unknown"]

    def test_the_forms_may_be_mixed(self) -> None:
        frame = pd.DataFrame({"id": list("abcdef"), "events": [events(day) for day in DAYS.values()]})
        assert statuses(frame) == ["active"] * 6

    @pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
    def test_timestamps_at_midnight_have_any_unit(self, unit: str) -> None:
        kind = pa.list_(pa.struct([("on", pa.timestamp(unit)), ("type", pa.string())]))
        table = pa.table({"id": ["a"], "events": pa.array([events(datetime.datetime(2026, 3, 2))], kind)})
        for frame in (table, pl.DataFrame(table), pd.DataFrame(table.to_pylist())):
            assert statuses(frame) == ["active"]

    @pytest.mark.parametrize("missing", [None, float("nan"), "", pd.NaT, np.nan])
    def test_an_optional_member_is_missing_in_many_ways(self, missing: Any) -> None:
        award = events(
            "2026-03-02", outcome=None if missing is pd.NaT else missing, score=missing if missing != "" else None
        )
        assert statuses(pd.DataFrame({"id": ["a"], "events": [award]})) == ["active"]
        contract = {"type": "psfp", "from": "2024-12-01", "through": missing}
        assert statuses(pd.DataFrame({"id": ["a"], "support_contracts": [[contract]]})) == ["unknown"]

    def test_columns_without_values_and_frames_without_rows_have_any_type(self) -> None:
        assert statuses(pd.DataFrame({"id": ["a"], "events": [np.nan]})) == ["unknown"]
        assert statuses(pd.DataFrame({"id": [], "events": []})) == []
        assert statuses(pl.DataFrame({"id": [], "events": []})) == []

    def test_lists_may_be_json_text(self) -> None:
        text = 'id,events\na,"[{""on"": ""2026-03-02"", ""type"": ""badge_awarded""}]"\nb,\n'
        assert statuses(pd.read_csv(io.StringIO(text))) == ["active", "unknown"]

    def test_columns_that_are_not_asked_for_are_not_looked_at(self) -> None:
        frame = pd.DataFrame([["a", 1, 2, 3, object()]], columns=["id", "x", "x", 0, "thing"])
        with pytest.warns(UserWarning, match=r"ignored columns: x\[1\], x\[2\], thing"):
            assert statuses(frame) == ["unknown"]

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (46083, "must be dates"),
            ("2026-02-30", '/0/events/0/on: must be a date as "YYYY-MM-DD", not "2026-02-30" (row 0, id "a") [type]'),
            (
                "2.3.2026",
                '/0/events/0/on: must be a date as "YYYY-MM-DD", not "2.3.2026", which can mean 2026-02-03 or '
                '2026-03-02 (row 0, id "a") [type]',
            ),
            (datetime.datetime(2026, 3, 2, 12), "/0/events/0/on: must be a date; a timestamp must be at midnight"),
        ],
    )
    def test_what_is_no_day_is_named(self, value: Any, message: str) -> None:
        assert message in error_of(pd.DataFrame({"id": ["a"], "events": [events(value)]}))

    def test_one_bad_day_among_texts_is_named_with_its_row(self) -> None:
        frame = pl.DataFrame({"id": ["a", "b"], "events": [events("2026-03-02"), events("soon")]})
        assert error_of(frame) == '/1/events/0/on: must be a date as "YYYY-MM-DD", not "soon" (row 1, id "b") [type]'
        assert statuses(frame, on_error="null") == ["active", None]
        with pytest.warns(UserWarning, match="1 rows have problems and are excluded"):
            assert statuses(frame, on_error="exclude") == ["active"]
        row = pa.table(dsg.assess_table(frame, AS_OF, on_error="null")).to_pylist()[1]
        assert (row["id"], row["error"][:40]) == ("b", '/1/events/0/on: must be a date as "YYYY-')

    def test_a_mixed_column_names_row_column_and_value(self) -> None:
        frame = pd.DataFrame({"id": ["a", "b"], "events": [events(DAY), "none"]})
        assert error_of(frame).startswith("/1/events: must be a list of records")
        frame = pd.DataFrame({"id": ["a", 7], "events": [None, None]})
        assert error_of(frame) == "/1/id: must be text, not 7 (row 1, id 7) [type]"

    def test_booleans_are_no_numbers(self) -> None:
        scored = [{"on": DAY, "type": "csat_evaluated", "outcome": "pass", "score": True}]
        assert "must be a number, not true" in error_of(pd.DataFrame({"id": ["a"], "events": [scored]}))

    @pytest.mark.parametrize(
        "amount", [1234.56, 13201.199999999999, 13201.2, np.float32(1234.56), Decimal("1.2345"), 7]
    )
    def test_an_amount_has_fifteen_digits(self, amount: Any) -> None:
        contract = {"type": "psfp", "from": DAY, "annual_value": {"amount": amount, "currency": "USD"}}
        assert statuses(pd.DataFrame({"id": ["a"], "support_contracts": [[contract]]})) == ["unknown"]

    def test_an_amount_without_currency_and_value_is_missing(self) -> None:
        contract = {"type": "psfp", "from": DAY, "annual_value": {"amount": np.nan, "currency": None}}
        assert statuses(pd.DataFrame({"id": ["a"], "support_contracts": [[contract]]})) == ["unknown"]

    def test_columns_are_carried_through(self) -> None:
        frame = pd.DataFrame({"id": ["a", "b"], "region": ["north", None], "name": ["A", "B"]})
        result = dsg.assess_table(frame, [AS_OF, "2026-09-16"], columns=["id", "name", "days_left"], keep=["region"])
        assert list(result.columns) == ["id", "name", "days_left", "region"]
        assert list(result["region"].fillna("")) == ["north", "north", "", ""]
        assert list(result["name"]) == ["A", "A", "B", "B"]

    def test_the_days_left_are_those_of_an_assessment(self) -> None:
        frame = pd.DataFrame({"id": ["a", "b"], "events": [events(DAY), events("2020-03-02")]})
        found = pa.table(dsg.assess_table(frame, AS_OF, columns=["days_left"])).to_pylist()
        partner = dsg.parse_partner({"id": "a", "events": events(DAY)})
        assert [row["days_left"] for row in found] == [dsg.assess(partner, AS_OF).days_left, None]


PARTNERS = pd.DataFrame({"id": ["a"]})


def documents(**tables: Any) -> list[dict[str, Any]]:
    return list(dsg.portfolio.from_tables(PARTNERS, **tables).documents())


class TestLongTables:
    @pytest.mark.parametrize("kind", [pl.Int32, pl.Int64, pl.Int16, pl.Float64])
    def test_a_number_is_no_day(self, kind: Any) -> None:
        value = 460 if kind == pl.Int16 else 46083
        table = pl.DataFrame({"partner_id": ["a"], "type": ["badge_awarded"], "on": pl.Series([value], dtype=kind)})
        with pytest.raises(dsg.InputError, match='column "on" must be a date as "YYYY-MM-DD", not the number 46'):
            documents(events=table)

    def test_a_boolean_is_no_number(self) -> None:
        table = pl.DataFrame(
            {
                "partner_id": ["a"],
                "type": ["csat_evaluated"],
                "on": ["2026-01-01"],
                "outcome": ["pass"],
                "score": [True],
            }
        )
        with pytest.raises(dsg.InputError, match='column "score" must be a number, not true'):
            documents(events=table)

    @pytest.mark.parametrize("kind", [pa.float64(), pa.float32(), pa.decimal128(20, 6)])
    def test_no_amount_with_cents_is_refused(self, kind: Any) -> None:
        amounts = [Decimal(cents) / 100 for cents in range(1, 100_000, 997)]
        given = (
            pa.array([float(one) for one in amounts], pa.float64()).cast(kind)
            if kind != pa.decimal128(20, 6)
            else pa.array(amounts, kind)
        )
        size = len(amounts)
        contracts = pa.table(
            {
                "partner_id": ["a"] * size,
                "type": ["psfp"] * size,
                "from": [DAY] * size,
                "annual_value": given,
                "currency": ["USD"] * size,
            }
        )
        (document,) = documents(contracts=contracts)
        found = [Decimal(str(record["annual_value"]["amount"])) for record in document["support_contracts"]]
        assert found == amounts

    def test_a_fifth_place_is_named_with_its_row(self) -> None:
        contracts = pd.DataFrame(
            {
                "partner_id": ["a", "a"],
                "type": "psfp",
                "from": [DAY, DAY],
                "annual_value": [1.5, 1.23456],
                "currency": "USD",
            }
        )
        with pytest.raises(
            dsg.InputError,
            match=r'contracts:2:4: column "annual_value" must have at most four decimal places, not 1\.23456',
        ):
            documents(contracts=contracts)

    def test_columns_without_values_have_any_type(self) -> None:
        contracts = pd.read_csv(io.StringIO("partner_id,type,from,through\na,psfp,2024-12-01,\n"))
        assert documents(contracts=contracts)[0]["support_contracts"] == [{"type": "psfp", "from": "2024-12-01"}]
        table = pd.read_csv(io.StringIO("partner_id,on,type,outcome,cases\na,2026-03-02,badge_awarded,,\n"))
        assert documents(events=table)[0]["events"] == [{"on": "2026-03-02", "type": "badge_awarded"}]
        assert documents(events=pd.DataFrame({"partner_id": [], "type": [], "on": []}))[0]["events"] == []

    def test_ids_are_trimmed_of_every_space(self) -> None:
        table = pd.DataFrame({"partner_id": [" a\u00a0", "\u200ba"], "on": "2026-03-02", "type": "badge_awarded"})
        assert len(documents(events=table)[0]["events"]) == 2

    def test_a_near_name_is_named(self) -> None:
        table = pd.DataFrame({"Partner ID": ["a"], "on": ["2026-03-02"], "type": ["badge_awarded"]})
        with pytest.raises(dsg.InputError, match='missing column "partner_id"; did you mean "Partner ID"'):
            documents(events=table)
        table = pd.DataFrame(
            {"partner_id": ["a"], "on": ["2026-03-02"], "type": ["badge_awarded"], "Outcome": ["pass"]}
        )
        with pytest.raises(dsg.InputError, match='unknown column "Outcome"; did you mean "outcome"'):
            documents(events=table)


class TestMetricsFrames:
    def test_columns_that_nobody_asked_for_may_be_anything(self) -> None:
        frame = pd.DataFrame(
            [["1", "2026-01-02", 1, "x", {"a": 1}], ["2", "2026-01-03", "y", 2, [1]]],
            columns=["id", "created", "mixed", "mixed", 0],
        )
        rate = dsg.metrics.case_rate(frame, 12, "2026-Q1", unit="seats", escalated="every")
        assert (rate.cases, list(rate.quality.records("counted").columns)) == (
            2,
            ["id", "created", "mixed[1]", "mixed[2]"],
        )

    def test_mixed_ids_and_days_are_read_as_text(self) -> None:
        frame = pd.DataFrame({"id": [1, "a2", 1], "created": [pd.Timestamp("2026-01-02"), "2026-01-03", DAY]})
        assert dsg.metrics.case_rate(frame, 12, "2026-Q1", unit="seats", escalated="every").cases == 2


class TestScalars:
    def test_a_document_may_hold_scalars_of_numpy_and_pandas(self) -> None:
        event = {
            "on": pd.Timestamp("2026-01-01"),
            "type": "case_volume_validated",
            "cases": np.int64(4),
            "outcome": np.nan,
        }
        partner = dsg.parse_partner({"id": np.str_("a"), "events": [event]})
        assert partner.to_dict()["events"] == [{"on": "2026-01-01", "type": "case_volume_validated", "cases": 4}]
