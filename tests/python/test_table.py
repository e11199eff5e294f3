"""A table, its rows assessed alone, and the model agree for every memory layout of the table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import designation as dsg
from conformance.cases import all_cases
from designation import _core
from model.generator import generate
from support.portfolio_tables import LISTS, SCHEMA, TYPES, answer_row, by_policy, rows_of, scalar_row, table_of
from support.tables import compare

Json = dict[str, Any]

AS_OF = "2026-09-15"


def generated(seed: str, count: int) -> list[Json]:
    return [generate(Random(f"{seed}/{i}")) for i in range(count)]


# Without policies, so that one table has all cases, and in the years of the program, in which most rules apply.
PARTNERS = [case["partner"] | {"id": f"p{i}"} for i, case in enumerate(generated("table", 300))]
TABLE = table_of(PARTNERS)
WANTED = [scalar_row(partner, AS_OF) for partner in PARTNERS]


def assessed(table: Any, as_of: Any = AS_OF, **options: Any) -> list[Json]:
    return rows_of(dsg.assess_table(table, as_of, **options))


class TestAgreement:
    def test_table_single_assessment_and_model_agree(self) -> None:
        assert not compare(3000, "portfolio")

    def test_the_conformance_cases_as_tables_give_the_expected_rows(self) -> None:
        for policy, group in by_policy(all_cases()):
            table = table_of([case["partner"] for case in group], day=[date.fromisoformat(c["as_of"]) for c in group])
            for case, row in zip(group, assessed(table, "day", policy=policy), strict=True):
                assert row == answer_row(case["expected"], row["next_change_on"])

    def test_a_custom_rulebook_is_used(self) -> None:
        rulebook = dsg.rulebooks.load("2026-04")
        assert {row["edition"] for row in assessed(TABLE.slice(0, 3), rulebook=rulebook)} == {"2026-04"}

    def test_the_date_of_a_table_defaults_to_today(self) -> None:
        assert rows_of(dsg.assess_table(TABLE.slice(0, 1)))[0]["as_of"] == date.today().isoformat()


def with_types(table: pa.Table, change: Any) -> pa.Table:
    """Return the table with each type replaced by `change`, including members of structs."""

    def retype(kind: pa.DataType) -> pa.DataType:
        if pa.types.is_struct(kind):
            return change(pa.struct([(field.name, retype(field.type)) for field in kind]))
        if pa.types.is_list(kind):
            return change(pa.list_(retype(kind.value_type)))
        return change(kind)

    schema = pa.schema([(field.name, retype(field.type)) for field in table.schema])
    if schema.field("id").type == pa.string_view():  # A cast gives invalid arrays in older versions of PyArrow.
        return pa.Table.from_pylist(table.to_pylist(), schema)
    return table.cast(schema)


def strings_as(kind: pa.DataType) -> Any:
    return lambda old: kind if pa.types.is_string(old) else old


def days_as(kind: pa.DataType) -> Any:
    return lambda old: kind if pa.types.is_date32(old) else old


def large(old: pa.DataType) -> pa.DataType:
    return pa.large_list(old.value_type) if pa.types.is_list(old) else old


def with_dictionaries(table: pa.Table, index: pa.DataType, words: pa.DataType | None = None) -> pa.Table:
    """Return the table with dictionary-encoded words; each dictionary has an unused word."""

    def encode(values: Any) -> Any:
        if pa.types.is_string(values.type):
            known = ["unused", *sorted(set(values.to_pylist()) - {None})]
            indices = pa.array([None if v is None else known.index(v) for v in values.to_pylist()], index)
            return pa.DictionaryArray.from_arrays(indices, pa.array(known, words or pa.string()))
        return values

    columns: dict[str, Any] = {"id": table["id"]}
    for name in LISTS:
        column = table[name].combine_chunks()
        items = column.values
        members = [encode(items.field(i)) for i in range(items.type.num_fields)]
        struct = pa.StructArray.from_arrays(members, names=[field.name for field in items.type])
        columns[name] = pa.ListArray.from_arrays(column.offsets, struct, mask=column.is_null())
    return pa.table(columns)


VARIANTS = {
    "large strings": with_types(TABLE, strings_as(pa.large_string())),
    "string views": with_types(TABLE, strings_as(pa.string_view())),
    "large lists": with_types(TABLE, large),
    "timestamps in s": with_types(TABLE, days_as(pa.timestamp("s"))),
    "timestamps in ms": with_types(TABLE, days_as(pa.timestamp("ms"))),
    "timestamps in us": with_types(TABLE, days_as(pa.timestamp("us"))),
    "date64": with_types(TABLE, days_as(pa.date64())),
    "dictionaries of int8": with_dictionaries(TABLE, pa.int8()),
    "dictionaries of uint8": with_dictionaries(TABLE, pa.uint8()),
    "dictionaries of int16": with_dictionaries(TABLE, pa.int16()),
    "dictionaries of uint16": with_dictionaries(TABLE, pa.uint16()),
    "dictionaries of int32": with_dictionaries(TABLE, pa.int32()),
    "dictionaries of uint32": with_dictionaries(TABLE, pa.uint32()),
    "dictionaries of int64": with_dictionaries(TABLE, pa.int64()),
    "dictionaries of large strings": with_dictionaries(TABLE, pa.int8(), pa.large_string()),
    "dictionaries of string views": with_dictionaries(TABLE, pa.int8(), pa.string_view()),
    "many batches": pa.Table.from_batches([b for i in range(300) for b in TABLE.slice(i, 1).to_batches()]),
}


class TestLayouts:
    @pytest.mark.parametrize("name", VARIANTS)
    def test_the_results_do_not_depend_on_the_memory_layout(self, name: str) -> None:
        assert assessed(VARIANTS[name]) == WANTED

    @pytest.mark.parametrize("name", VARIANTS)
    @pytest.mark.parametrize(("start", "size"), [(1, 3), (7, 64), (63, 65), (299, 1), (300, 0)])
    def test_a_slice_gives_the_results_of_its_rows(self, name: str, start: int, size: int) -> None:
        assert assessed(VARIANTS[name].slice(start, size)) == WANTED[start : start + size]

    def test_slices_of_lists_and_of_their_items_are_respected(self) -> None:
        events = TABLE["events"].combine_chunks()
        padding = events.values.slice(0, 5)
        items = pa.concat_arrays([padding, events.values]).slice(5)
        moved = pa.ListArray.from_arrays(events.offsets, items, mask=events.is_null())
        assert items.offset == 5
        assert assessed(TABLE.set_column(4, "events", moved)) == WANTED

    def test_the_offset_of_a_record_batch_is_respected(self) -> None:
        batch = pa.StructArray.from_arrays(TABLE.combine_chunks().to_batches()[0].columns, names=TABLE.column_names)
        part = batch.slice(11, 100)

        class Stream:
            def __arrow_c_stream__(self, requested_schema: object = None) -> object:
                return pa.chunked_array([part]).__arrow_c_stream__(requested_schema)

        assert rows_of(dsg.assess_table(Stream(), AS_OF)) == WANTED[11:111]

    def test_items_under_a_null_list_are_not_read(self) -> None:
        events = pa.array([[{"on": None, "type": "nonsense", "outcome": None}]], TYPES["events"])
        hidden = pa.ListArray.from_arrays(events.offsets, events.values, mask=pa.array([True]))
        assert len(hidden.values) == 1
        assert assessed(pa.table({"id": ["p"], "events": hidden}))[0]["status"] == "unknown"

    def test_absent_lists_null_lists_and_columns_of_nulls_are_unknown(self) -> None:
        wanted = [scalar_row({"id": "p"}, AS_OF)]
        assert assessed(pa.table({"id": ["p"]})) == wanted
        assert assessed(table_of([{"id": "p"}])) == wanted
        assert assessed(pa.table({"id": ["p"], **{name: pa.nulls(1) for name in LISTS}})) == wanted

    def test_empty_lists_of_any_type_are_known_to_be_empty(self) -> None:
        wanted = [scalar_row({"id": "p", **{name: [] for name in LISTS}}, AS_OF)]
        assert assessed(table_of([{"id": "p", **{name: [] for name in LISTS}}])) == wanted
        nothing = pa.array([[]], pa.list_(pa.null()))
        assert assessed(pa.table({"id": ["p"], **dict.fromkeys(LISTS, nothing)})) == wanted

    def test_members_may_have_any_order_and_optional_ones_may_be_absent_or_null(self) -> None:
        contract = pa.struct([("from", pa.date32()), ("type", pa.string())])
        event = pa.struct([("outcome", pa.null()), ("type", pa.string()), ("on", pa.date32())])
        table = pa.table(
            {
                "events": pa.array([[{"on": date(2026, 3, 2), "type": "badge_awarded"}]], pa.list_(event)),
                "support_contracts": pa.array([[{"from": date(2026, 1, 1), "type": "psfp"}]], pa.list_(contract)),
                "id": ["p"],
            }
        )
        row = assessed(table)[0]
        assert (row["status"], row["support_contract"]) == ("active", "met")

    def test_the_former_name_of_a_distributor_is_read(self) -> None:
        table = table_of([{"id": "p", "csp_authorizations": [{"type": "indirect_provider", "from": "2026-01-01"}]}])
        assert assessed(table)[0]["csp_authorization"] == "met"
        assert assessed(with_dictionaries(table, pa.int8()))[0]["csp_authorization"] == "met"

    @pytest.mark.parametrize(
        "amount", [pa.float64(), pa.float32(), pa.decimal128(20, 2), pa.decimal128(38, 18), pa.int32()]
    )
    def test_annual_values_are_read_as_floats_and_decimals(self, amount: pa.DataType) -> None:
        money = pa.struct([("amount", amount), ("currency", pa.string())])
        kind = pa.list_(pa.struct([("type", pa.string()), ("from", pa.date32()), ("annual_value", money)]))
        values = pa.array(
            [[{"type": "psfp", "from": date(2026, 1, 1), "annual_value": {"amount": 58000, "currency": "USD"}}]], kind
        )
        assert assessed(pa.table({"id": ["p"], "support_contracts": values}))[0]["support_contract"] == "met"

    @pytest.mark.parametrize("rows", [0, 1, 255, 256, 257, 32767, 32768, 32769])
    def test_every_row_has_its_result_at_the_boundaries_of_blocks_and_chunks(self, rows: int) -> None:
        table = pa.concat_tables([TABLE] * (rows // 300 + 1)).slice(0, rows).combine_chunks()
        columns = ["id", "status", "findings", "renewal_missing", "next_change_on", "at_risk"]
        answer = assessed(table, columns=columns)
        assert len(answer) == rows
        wanted = [{name: row[name] for name in columns} for row in WANTED]
        assert all(row == wanted[i % 300] for i, row in enumerate(answer))

    def test_a_reader_is_consumed_once(self) -> None:
        reader = pa.RecordBatchReader.from_batches(SCHEMA, TABLE.to_batches(max_chunksize=100))
        assert assessed(reader) == WANTED
        assert assessed(reader) == []

    def test_the_error_of_a_reader_is_reported(self) -> None:
        def batches() -> Any:
            yield from TABLE.to_batches()
            raise OSError("the line is down")

        reader = pa.RecordBatchReader.from_batches(SCHEMA, batches())
        with pytest.raises(RuntimeError, match="the line is down"):
            dsg.assess_table(reader, AS_OF)

    def test_a_stream_that_was_consumed_is_refused(self) -> None:
        capsule = TABLE.__arrow_c_stream__()

        class Consumed:
            def __arrow_c_stream__(self, requested_schema: object = None) -> object:
                return capsule

        dsg.assess_table(Consumed(), AS_OF)
        with pytest.raises(ValueError, match="already consumed"):
            dsg.assess_table(Consumed(), AS_OF)


class TestColumns:
    def test_the_result_has_the_columns_of_the_format_in_order(self) -> None:
        answer = dsg.assess_table(TABLE, AS_OF)
        assert tuple(answer.column_names) == _core.PORTFOLIO_COLUMNS[:-1]
        assert set(answer.column_names) == set(WANTED[0])
        kinds = {name: str(answer.schema.field(name).type) for name in answer.column_names}
        assert kinds["status"] == "dictionary<values=string, indices=int8, ordered=0>"
        assert (kinds["id"], kinds["as_of"], kinds["fees_due"], kinds["at_risk"]) == (
            "string",
            "date32[day]",
            "double",
            "bool",
        )
        assert kinds["renewal_missing"] == "list<item: string>"
        assert kinds["findings"] == "list<item: struct<code: string, on: date32[day]>>"
        answer.validate(full=True)

    @pytest.mark.parametrize("name", _core.PORTFOLIO_COLUMNS[:-1])
    def test_a_single_column_equals_that_column_of_the_whole_result(self, name: str) -> None:
        assert assessed(TABLE, columns=[name]) == [{name: row[name]} for row in WANTED]

    def test_columns_come_in_the_requested_order(self) -> None:
        assert dsg.assess_table(TABLE, AS_OF, columns=["status", "id"]).column_names == ["status", "id"]

    @pytest.mark.parametrize(
        ("columns", "error", "message"),
        [
            (["staus"], ValueError, "no column 'staus'; it has id, as_of"),
            (["id", "id"], ValueError, "columns names id twice"),
            ([], ValueError, "columns must not be empty"),
            ("id", TypeError, "a list of names"),
        ],
    )
    def test_invalid_columns_are_refused(self, columns: Any, error: type[Exception], message: str) -> None:
        with pytest.raises(error, match=message):
            dsg.assess_table(TABLE, AS_OF, columns=columns)


class TestThreads:
    def test_any_number_of_threads_gives_the_same_bytes(self) -> None:
        table = pa.concat_tables([TABLE] * 400).combine_chunks()
        one = pa.table(dsg.assess_table(table, AS_OF, threads=1))
        for threads in (2, 7, None):
            other = pa.table(dsg.assess_table(table, AS_OF, threads=threads))
            assert other.equals(one)
            assert [c.num_chunks for c in other.columns] == [c.num_chunks for c in one.columns]

    @pytest.mark.parametrize("threads", [0, -1])
    def test_a_thread_count_of_zero_is_refused(self, threads: int) -> None:
        with pytest.raises(ValueError, match="threads must be at least 1"):
            dsg.assess_table(TABLE, AS_OF, threads=threads)


DAYS = [date(2026, 9, 1) + timedelta(3 * i) for i in range(200)]
SHUFFLED = Random(1).sample(DAYS, 90)


class TestDays:
    @pytest.mark.parametrize(
        "days", [DAYS, DAYS[::-1], SHUFFLED, SHUFFLED + DAYS[:9]], ids=["sorted", "backwards", "shuffled", "twice"]
    )
    def test_dates_give_a_row_for_each_partner_and_date_in_order(self, days: list[date]) -> None:
        partners = PARTNERS[:12]
        wanted = [scalar_row(partner, day.isoformat()) for partner in partners for day in days]
        assert assessed(table_of(partners), days) == wanted

    def test_a_date_range_covers_each_of_its_days(self) -> None:
        span = assessed(TABLE.slice(0, 5), "2026-08-30..2026-09-15")
        assert span == assessed(TABLE.slice(0, 5), [date(2026, 8, 30) + timedelta(i) for i in range(17)])
        assert assessed(TABLE, "2026-09-15..2026-09-15") == WANTED

    @pytest.mark.parametrize(
        "make",
        [
            tuple,
            iter,
            lambda days: [day.isoformat() for day in days],
            pd.DatetimeIndex,
            lambda days: pd.DatetimeIndex(days).values.astype("M8[D]"),
            pl.Series,
            pa.array,
        ],
        ids=["tuple", "iterator", "texts", "pandas", "numpy", "polars", "pyarrow"],
    )
    def test_dates_come_from_any_sequence_of_dates(self, make: Any) -> None:
        days = DAYS[:3]
        assert assessed(TABLE.slice(0, 2), make(days)) == assessed(TABLE.slice(0, 2), days)

    def test_a_column_of_timestamps_at_midnight_is_accepted(self) -> None:
        table = TABLE.append_column("day", pa.array([datetime(2026, 9, 15)] * 300, pa.timestamp("ns")))
        assert assessed(table, "day") == WANTED

    @pytest.mark.parametrize(
        ("as_of", "error", "message"),
        [
            ("2026-02-30", ValueError, "not a valid date"),
            ("2026-09-15..2026-09-14", ValueError, "ends before it begins"),
            ([], ValueError, "as_of must have at least one date"),
            (datetime(2026, 9, 15), TypeError, "datetime"),
            (["2026-02-30"], ValueError, "not a valid date"),
            (7, TypeError, "int"),
            ("nowhere", dsg.InputError, "/nowhere: missing column"),
            ("id", dsg.InputError, "/id: must be dates"),
        ],
    )
    def test_an_invalid_date_is_refused(self, as_of: Any, error: type[Exception], message: str) -> None:
        with pytest.raises(error, match=message):
            dsg.assess_table(TABLE, as_of)

    def test_a_date_with_a_time_zone_is_refused(self) -> None:
        table = TABLE.append_column("day", pa.array([datetime(2026, 9, 15, tzinfo=UTC)] * 300))
        with pytest.raises(dsg.InputError, match="a timestamp with a time zone"):
            dsg.assess_table(table, "day")


def test_the_deadline_of_the_renewal_is_there_on_request() -> None:
    columns = ["id", "as_of", "deadline", "overdue_since"]
    days = [date(2026, 1, 1) + timedelta(13 * i) for i in range(120)]
    for policy in (None, {"interpretations": {"after_anniversary": "in_force"}}):
        rows = iter(rows_of(dsg.assess_table(TABLE.slice(0, 40), days, policy=policy, columns=columns)))
        for partner in PARTNERS[:40]:
            for day in days:
                alone = dsg.assess(dsg.parse_partner(partner), day, policy)
                found = [alone.deadline, alone.overdue_since]
                expected = [None if one is None else one.isoformat() for one in found]
                assert list(next(rows).values()) == [partner["id"], day.isoformat(), *expected]
