"""All problems of a table are reported with column, row, and id; an invalid row can be kept without a result."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from support.portfolio_tables import PERIOD, TYPES, rows_of, table_of

Json = dict[str, Any]

AS_OF = "2026-09-15"
LATE = date(2200, 1, 1)


def problems_of(table: Any, as_of: Any = AS_OF, **options: Any) -> list[str]:
    with pytest.raises(dsg.InputError) as caught:
        dsg.assess_table(table, as_of, **options)
    return str(caught.value).splitlines()


def of_events(*events: Json | None) -> pa.Table:
    return pa.table({"id": ["a", "b"], "events": pa.array([[], list(events)], TYPES["events"])})


def of_contract(**contract: Any) -> pa.Table:
    record = {"type": "psfp", "from": date(2026, 1, 1)} | contract
    return pa.table({"id": ["a"], "support_contracts": pa.array([[record]], TYPES["support_contracts"])})


ON = date(2026, 3, 2)
EVENT_TYPES = (
    '"interest_registered", "eligibility_decided", "capability_evaluated", "case_volume_validated", '
    '"case_rate_determined", "csat_evaluated", "badge_awarded", "renewal_approved"'
)

EVENTS = [
    ({"on": None, "type": "badge_awarded"}, '/1/events/0/on: must not be null (row 1, id "b") [missing_key]'),
    ({"on": ON, "type": None}, '/1/events/0/type: must not be null (row 1, id "b") [missing_key]'),
    (
        {"on": ON, "type": "badge"},
        f'/1/events/0/type: must be one of {EVENT_TYPES}, not "badge" (row 1, id "b") [unknown_value]',
    ),
    (
        {"on": ON, "type": "badge_awarded", "outcome": "pass"},
        '/1/events/0/outcome: badge_awarded has no outcome (row 1, id "b") [unknown_key]',
    ),
    (
        {"on": ON, "type": "csat_evaluated"},
        '/1/events/0/outcome: csat_evaluated requires an outcome, "pass" or "fail" (row 1, id "b") [missing_key]',
    ),
    (
        {"on": ON, "type": "csat_evaluated", "outcome": "eligible"},
        '/1/events/0/outcome: the outcome of csat_evaluated must be "pass" or "fail", not "eligible" '
        '(row 1, id "b") [unknown_value]',
    ),
    (
        {"on": ON, "type": "csat_evaluated", "outcome": "none"},
        '/1/events/0/outcome: must be one of "eligible", "ineligible", "pass", "fail", not "none" '
        '(row 1, id "b") [unknown_value]',
    ),
    (
        {"on": LATE, "type": "badge_awarded"},
        '/1/events/0/on: a date must be from 1900-01-01 to 2199-12-31, not 2200-01-01 (row 1, id "b") [range]',
    ),
    (None, '/1/events/0: must be a record, not null (row 1, id "b") [type]'),
]

CONTRACTS = [
    ({"from": None}, "/0/support_contracts/0/from: must not be null"),
    ({"type": "PSFP"}, '/0/support_contracts/0/type: must be one of "asfp", "psfp", "ufp", not "PSFP"'),
    ({"type": ""}, '/0/support_contracts/0/type: must be one of "asfp", "psfp", "ufp", not ""'),
    ({"through": date(2025, 12, 31)}, "/0/support_contracts/0/through: through must not be before from (2026-01-01)"),
    ({"through": LATE}, "/0/support_contracts/0/through: a date must be from 1900-01-01"),
    ({"from": date(1899, 12, 31)}, "/0/support_contracts/0/from: a date must be from 1900-01-01"),
    (
        {"annual_value": {"amount": -1.0, "currency": "USD"}},
        "/0/support_contracts/0/annual_value/amount: must be from 0",
    ),
    ({"annual_value": {"amount": float("nan"), "currency": "USD"}}, "/0/support_contracts/0/annual_value/amount: must"),
    ({"annual_value": {"amount": 1.00001, "currency": "USD"}}, "/0/support_contracts/0/annual_value/amount: must be"),
    ({"annual_value": {"amount": None, "currency": "USD"}}, "/0/support_contracts/0/annual_value/amount: must not be"),
    ({"annual_value": {"amount": 1.0, "currency": "usd"}}, "/0/support_contracts/0/annual_value/currency: must be a"),
    ({"annual_value": {"amount": 1.0, "currency": None}}, "/0/support_contracts/0/annual_value/currency: must not be"),
]


class TestRows:
    @pytest.mark.parametrize(("event", "message"), EVENTS)
    def test_an_invalid_event_has_its_location(self, event: Json, message: str) -> None:
        assert problems_of(of_events(event)) == [message]

    @pytest.mark.parametrize(("contract", "message"), CONTRACTS)
    def test_an_invalid_record_has_its_location(self, contract: Json, message: str) -> None:
        (line,) = problems_of(of_contract(**contract))
        assert line.startswith(message)
        assert '(row 0, id "a")' in line

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            (None, "/0/id: must not be null (row 0) [missing_key]"),
            ("", "/0/id: must not be empty (row 0) [range]"),
            ("a\0b", '/0/id: must not contain a NUL character (row 0, id "a\0b") [nul]'),
        ],
    )
    def test_a_missing_id_is_named(self, name: str | None, message: str) -> None:
        assert problems_of(pa.table({"id": pa.array([name], pa.string())})) == [message]

    def test_an_id_beyond_ascii_is_valid(self) -> None:
        assert rows_of(dsg.assess_table(pa.table({"id": ["münchen"]}), AS_OF))[0]["id"] == "münchen"

    def test_an_id_that_is_not_utf8_is_named(self) -> None:
        bad = pa.array([b"\xff"], pa.binary()).view(pa.string())
        assert problems_of(pa.table({"id": bad})) == ['/0/id: must be UTF-8 (row 0, id "?") [encoding]']

    def test_a_long_id_is_cut_between_characters(self) -> None:
        table = pa.table({"id": ["ä" * 20 + "x" + "ä" * 100], "day": pa.nulls(1)})
        (line,) = problems_of(table, "day")
        assert line.endswith('id "' + "ä" * 20 + "x" + "ä" * 19 + '") [missing_key]')

    def test_a_time_of_day_is_not_a_date(self) -> None:
        events = pa.array(
            [[{"on": datetime(2026, 3, 2, 12), "type": "badge_awarded"}]],
            pa.list_(pa.struct([("on", pa.timestamp("us")), ("type", pa.string())])),
        )
        (line,) = problems_of(pa.table({"id": ["a"], "events": events}))
        assert line.startswith("/0/events/0/on: must be a date; a timestamp must be at midnight")

    @pytest.mark.parametrize("ends", [2**31 - 1, -(2**31)])
    def test_the_smallest_and_largest_integers_are_neither_dates_nor_null(self, ends: int) -> None:
        kind = pa.list_(pa.struct([("type", pa.string()), *PERIOD]))
        record = {"type": "psfp", "from": 0, "through": ends}
        number = pa.list_(pa.struct([("type", pa.string()), ("from", pa.int32()), ("through", pa.int32())]))
        (line,) = problems_of(pa.table({"id": ["a"], "support_contracts": pa.array([[record]], number).cast(kind)}))
        assert line.startswith("/0/support_contracts/0/through: must be a date")

    @pytest.mark.parametrize(("day", "message"), [(None, "must not be null"), (LATE, "a date must be from 1900-01-01")])
    def test_an_invalid_as_of_date_is_named(self, day: date | None, message: str) -> None:
        (line,) = problems_of(pa.table({"id": ["a"], "day": pa.array([day], pa.date32())}), "day")
        assert line.startswith(f"/0/as_of: {message}")

    def test_every_problem_is_reported_in_order(self) -> None:
        table = of_events({"on": None, "type": "x"}, {"on": ON, "type": "badge_awarded"}, {"on": ON, "type": None})
        places = [line.split(":")[0] for line in problems_of(table)]
        assert places == ["/1/events/0/on", "/1/events/0/type", "/1/events/2/type"]

    @pytest.mark.parametrize("threads", [1, 2])
    def test_a_hundred_problems_are_listed_and_the_rest_is_counted(self, threads: int) -> None:
        bad = [{"on": "2026-03-02", "type": "badge"}, {"on": "2026-03-02", "type": "medal"}]
        table = table_of([{"id": f"p{i}", "events": bad if i % 2 else []} for i in range(80_000)])
        lines = problems_of(table, threads=threads)
        assert len(lines) == 101
        assert [line.split(":")[0] for line in lines[:3]] == [
            "/1/events/0/type",
            "/1/events/1/type",
            "/3/events/0/type",
        ]
        assert lines[-1] == "and 79900 more problems (80000 in 40000 rows) [more]"
        with pytest.raises(dsg.InputError) as caught:
            dsg.assess_table(table, threads=threads)
        assert caught.value.count == 80_000


class TestTypes:
    @pytest.mark.parametrize(
        ("columns", "message"),
        [
            ({"name": ["a"]}, "/id: missing column [missing_key]"),
            ({"id": [1]}, "/id: must be text (utf8, large_utf8, utf8_view or a dictionary of these), not int64 [type]"),
            ({"id": ["a"], "events": ["x"]}, "/events: must be a list of structs, not utf8 [type]"),
            ({"id": ["a"], "events": [[1]]}, "/events: must be a list of structs, not of int64 [type]"),
            (
                {"id": ["a"], "events": [[{"on": 46083, "type": "badge_awarded"}]]},
                "/events/on: must be dates (date32, or timestamps at midnight without a time zone), not int64 [type]",
            ),
            (
                {"id": ["a"], "events": [[{"type": "badge_awarded"}]]},
                "/events/on: missing column [missing_key]",
            ),
            (
                {"id": ["a"], "support_contracts": [[{"type": 1, "from": ON}]]},
                "/support_contracts/type: must be text (utf8, large_utf8, utf8_view or a dictionary of these), "
                "not int64 [type]",
            ),
            (
                {"id": ["a"], "support_contracts": [[{"type": "psfp", "from": ON, "annual_value": 1.0}]]},
                "/support_contracts/annual_value: must be a struct, not float64 [type]",
            ),
            (
                {"id": ["a"], "solutions_partner_designations": [[{"type": "security", "from": ON}]]},
                "/solutions_partner_designations/area: missing column [missing_key]",
            ),
        ],
    )
    @pytest.mark.filterwarnings("ignore:ignored columns")
    def test_a_wrong_type_is_an_error_of_its_column_even_if_rows_may_fail(self, columns: Any, message: str) -> None:
        for on_error in ("raise", "null"):
            assert problems_of(pa.table(columns), on_error=on_error) == [message]

    def test_all_wrong_types_are_reported_together(self) -> None:
        table = pa.table({"id": [1], "events": [[{"on": 2.5, "type": True}]], "support_contracts": [b"x"]})
        assert [line.split(":")[0] for line in problems_of(table)] == [
            "/id",
            "/support_contracts",
            "/events/on",
            "/events/type",
        ]

    def test_a_duplicate_column_is_refused(self) -> None:
        table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["id", "id"])
        assert problems_of(table) == ["/id: duplicate column [duplicate_key]"]

    @pytest.mark.parametrize("table", [None, 1, {"id": ["a"]}, [{"id": "a"}]])
    def test_a_value_that_is_not_a_table_is_refused(self, table: Any) -> None:
        with pytest.raises(TypeError, match="a table must be a DataFrame"):
            dsg.assess_table(table, AS_OF)

    def test_a_stream_that_is_not_a_table_is_refused(self) -> None:
        class Numbers:
            def __arrow_c_stream__(self, requested_schema: object = None) -> object:
                return pa.chunked_array([[1, 2]]).__arrow_c_stream__(requested_schema)

        with pytest.raises(dsg.InputError, match="must be a table, not int64"):
            dsg.assess_table(Numbers(), AS_OF)

    @pytest.mark.parametrize("on_error", ["ignore", ""])
    def test_errors_are_raised_or_null(self, on_error: str) -> None:
        with pytest.raises(ValueError, match='on_error must be "raise", "null", or "exclude"'):
            dsg.assess_table(of_events(), AS_OF, on_error=on_error)

    def test_ignored_columns_are_named_once(self) -> None:
        event = pa.struct(
            [("on", pa.date32()), ("type", pa.string()), ("comment", pa.string()), ("score", pa.float64())]
        )
        table = pa.table({"id": ["a"], "name": ["A"], "region": [1], "events": pa.array([[]], pa.list_(event))})
        with pytest.warns(UserWarning, match="ignored columns") as warned:
            dsg.assess_table(table, AS_OF)
        wanted = "ignored columns: region, events.comment"
        assert [str(w.message) for w in warned] == [wanted]
        assert warned[0].filename == __file__

    @pytest.mark.parametrize(
        ("name", "near"),
        [("event", "events"), ("Name", "name"), ("ID", "id"), ("Support Contracts", "support_contracts")],
    )
    def test_a_column_with_nearly_a_known_name_is_refused_unless_it_is_kept(self, name: str, near: str) -> None:
        table = pa.table({**({"id": ["a"]} if near != "id" else {"id": ["a"], "x": [1]}), name: ["b"]})
        if near == "id":
            table = table.drop_columns(["id"])
        assert problems_of(table) == [
            f'unknown column "{name}"; did you mean "{near}"? To ignore it, name it in keep [unknown_column]'
        ]
        if near != "id":
            assert rows_of(dsg.assess_table(table, AS_OF, columns=["id"], keep=[name])) == [{"id": "a", name: "b"}]


class TestNull:
    def test_an_invalid_row_is_kept_with_nulls_and_its_problems(self) -> None:
        table = table_of([{"id": "a", "events": []}, {"id": "b", "events": [{"on": "2026-03-02", "type": "badge"}]}])
        good, bad = rows_of(dsg.assess_table(table, AS_OF, on_error="null"))
        assert good == rows_of(dsg.assess_table(table.slice(0, 1), AS_OF))[0] | {"error": None}
        assert (bad.pop("id"), bad.pop("as_of")) == ("b", AS_OF)
        assert bad.pop("error").startswith("/events/0/type: must be one of")
        assert set(bad.values()) == {None}

    def test_the_error_column_comes_where_requested_even_alone(self) -> None:
        table = of_events(None)
        answer = dsg.assess_table(table, AS_OF, on_error="null", columns=["error", "id"])
        assert rows_of(answer)[1] == {"error": "/events/0: must be a record, not null [type]", "id": "b"}
        answer = dsg.assess_table(table, AS_OF, on_error="null", columns=["id"])
        assert answer.column_names == ["id", "error"]

    def test_a_row_without_an_id_or_a_date_has_null_for_both(self) -> None:
        table = pa.table({"id": pa.array([None, "b"], pa.string()), "day": pa.array([ON, None], pa.date32())})
        first, second = rows_of(dsg.assess_table(table, "day", on_error="null", columns=["id", "as_of", "status"]))
        assert (first["id"], first["as_of"], first["status"]) == (None, "2026-03-02", None)
        assert (second["id"], second["as_of"], second["status"]) == ("b", None, None)
        assert second["error"] == "/as_of: must not be null [missing_key]"

    def test_every_date_of_an_invalid_row_is_null(self) -> None:
        answer = rows_of(dsg.assess_table(of_events(None), [ON, date(2026, 4, 1)], on_error="null"))
        assert [(row["id"], row["as_of"], row["status"], row["error"] is None) for row in answer] == [
            ("a", "2026-03-02", "not_attained", True),
            ("a", "2026-04-01", "not_attained", True),
            ("b", "2026-03-02", None, False),
            ("b", "2026-04-01", None, False),
        ]

    def test_each_of_many_invalid_rows_has_its_own_problems(self) -> None:
        bad = [{"on": "2026-03-02", "type": "badge"}]
        table = table_of([{"id": f"p{i}", "events": [] if i % 3 else bad} for i in range(70_000)])
        answer = pa.table(dsg.assess_table(table, AS_OF, on_error="null"))
        answer.validate(full=True)
        assert answer["status"].to_pylist() == [("not_attained" if i % 3 else None) for i in range(70_000)]
        assert answer["at_risk"].null_count == answer["findings"].null_count == 23_334
