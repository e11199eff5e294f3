"""Exports of cases and answers: files, column mappings, dates, time zones, and numbers; nothing is guessed."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import designation as dsg
from designation.metrics import MAPPINGS, CaseRate, case_rate, csat
from support.dataframes import ENGINES

SHARED = {"escalated": "every", "unit": "USD", "by": "month"}


def rate_of(source: Any, columns: Any = None, period: str = "2026", **options: Any) -> CaseRate:
    return case_rate(source, 1_000_000, period, columns=columns, **{**SHARED, **options})


def months(*days: str | None, engine: str = "pyarrow", **columns: Any) -> dict[str | None, int]:
    table = pa.table({"id": list(range(len(days))), "created": pa.array(days, pa.string())})
    return {group.key: group.cases for group in rate_of(ENGINES[engine](table), columns).months if group.cases}


def error_of(*days: str, **columns: Any) -> str:
    with pytest.raises(dsg.InputError) as caught:
        months(*days, **columns)
    return str(caught.value)


class TestDays:
    @pytest.mark.parametrize("engine", ["polars lazy", "duckdb"])
    @pytest.mark.parametrize(
        ("day", "month"),
        [
            ("2026-01-31", "2026-01"),
            (" 2026-01-31 ", "2026-01"),
            ("2026/1/31", "2026-01"),
            ("2026-01-31T23:59:59.999", "2026-01"),
            ("2026-01-31 23:59", "2026-01"),
            ("2026-01-31T23:59:59Z", "2026-01"),
            ("2026-01-31T23:59:59-0800", "2026-01"),
            ("31.01.2026 23:59", "2026-01"),
            ("1/31/2026 11:59:59 PM", "2026-01"),
        ],
    )
    def test_dates_are_read_in_common_formats(self, engine: str, day: str, month: str) -> None:
        assert months(day, engine=engine) == {month: 1}

    @pytest.mark.parametrize(
        "day",
        [
            *("2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "31-01-26", "20260131", "2026-01", "46000"),
            *("2026-01-31 24:00", "2026-01-31 10:60", "2026-01-31 13:00 PM", "1-Foo-2026", "2026-01-31T6: 41: 12Z"),
        ],
    )
    def test_an_invalid_date_is_counted_in_the_row_report(self, day: str) -> None:
        table = pa.table({"id": [1, 2], "created": [day, "2026-05-05"]})
        assert rate_of(table).quality.not_counted == {"unreadable_date": 1}

    @pytest.mark.parametrize("day", ["", " ", None, "0001-01-01T00:00:00", "1/1/0001 12:00:00 AM"])
    def test_a_date_that_does_not_exist_is_invalid(self, day: str | None) -> None:
        table = pa.table({"id": [1, 2], "created": [day, "2026-05-05"]})
        assert rate_of(table).quality.not_counted == {"no_date": 1}

    def test_the_order_of_day_and_month_is_declared_or_proven(self) -> None:
        assert months("03/04/2026", "13/04/2026") == {"2026-04": 2}
        assert months("03/04/2026", "04/13/2026") == {"2026-03": 1, "2026-04": 1}
        assert months("03/04/2026", dates="day_first") == {"2026-04": 1}
        assert months("03/04/2026", dates="month_first") == {"2026-03": 1}
        assert '"03/04/2026", can have the day or the month first; state dates=day_first' in error_of("03/04/2026")
        assert "dates with the day first and dates with the month first" in error_of("13/04/2026", "04/13/2026")

    def test_the_result_states_how_dates_were_read(self) -> None:
        table = pa.table({"id": [1], "created": ["13/04/2026"]})
        assert rate_of(table).date_parsing == "day first (proved by the data), dates as written"

    def test_a_column_without_dates_is_refused(self) -> None:
        assert 'column "created" has no valid date, for example "soon"' in error_of("soon", "later")
        for nothing in (pa.nulls(1), pa.array([None], pa.float64())):
            assert rate_of(pa.table({"id": [1], "created": nothing})).quality.not_counted == {"no_date": 1}
        with pytest.raises(dsg.InputError, match='column "created" must hold dates, not Int64'):
            rate_of(pa.table({"id": [1], "created": [46000]}))


class TestFramesThatCannotBeComputed:
    def test_a_day_that_the_engine_cannot_write(self) -> None:
        far = pa.table({"id": ["a"], "created": pa.array([2**31 - 1], pa.date32())})
        with pytest.raises(dsg.InputError, match=r"^cases: the table cannot be computed \[unreadable\]$"):
            rate_of(ENGINES["polars lazy"](far))

    @pytest.mark.parametrize("engine", ["polars", "duckdb"])
    def test_a_lazy_frame_of_a_file_that_is_not_utf8(self, engine: str, tmp_path: Path) -> None:
        path = tmp_path / "cases.csv"
        path.write_bytes(b"id,created\n1,2026-01-31\n" * 5_000 + b"\xff,2026-01-31\n")
        with pytest.raises(dsg.InputError, match="the table cannot be computed"):
            rate_of(pl.scan_csv(path) if engine == "polars" else duckdb.read_csv(str(path), all_varchar=True))


class TestZones:
    DAY = "2026-01-31T23:30:00+01:00"

    @pytest.mark.parametrize("engine", ["polars lazy", "duckdb"])
    @pytest.mark.parametrize(
        ("zone", "month"),
        [(None, "2026-01"), ("as-written", "2026-01"), ("UTC", "2026-01"), ("Asia/Tokyo", "2026-02")],
    )
    def test_a_day_begins_in_the_stated_time_zone(self, engine: str, zone: str | None, month: str) -> None:
        assert months(self.DAY, engine=engine, zone=zone) == {month: 1}

    def test_daylight_saving_time_is_applied(self) -> None:
        days = ("2026-03-31T22:30:00Z", "2026-10-31T22:30:00Z", "2026-11-30T22:30:00Z", "2026-11-30T23:30:00Z")
        assert months(*days, zone="Europe/Berlin") == {"2026-04": 1, "2026-10": 1, "2026-11": 1, "2026-12": 1}

    def test_times_in_several_zones_need_a_stated_zone(self) -> None:
        message = error_of(self.DAY, "2026-01-31T23:30:00Z", "2026-01-31T23:30:00")
        assert "several time zones (+0 h, +1 h and none); state the time zone of dates" in message
        assert months(self.DAY, "2026-02-01T00:00:00Z", zone="as-written") == {"2026-01": 1, "2026-02": 1}

    def test_times_without_a_zone_are_in_the_stated_zone(self) -> None:
        assert 'such as naive_zone="UTC", to convert to UTC' in error_of("2026-01-31T23:30:00", zone="UTC")
        day = "2026-01-31T23:30:00"
        assert months(day, zone="UTC", naive_zone="America/New_York") == {"2026-02": 1}
        assert months("2026-02-01", zone="UTC", naive_zone="Asia/Tokyo") == {"2026-02": 1}

    @pytest.mark.parametrize("engine", ENGINES)
    def test_instants_need_a_zone(self, engine: str) -> None:
        instants = pa.array([datetime.datetime(2026, 1, 31, 23, 30)], pa.timestamp("us", "UTC"))
        frame = ENGINES[engine](pa.table({"id": [1], "created": instants}))
        with pytest.raises(dsg.InputError, match=r"has times with a time zone; state|set the session to UTC"):
            rate_of(frame)
        if engine != "duckdb":  # there it depends on the session
            assert [group.cases for group in rate_of(frame, {"zone": "Asia/Tokyo"}, "2026-02").months] == [1]
            assert [group.cases for group in rate_of(frame, {"zone": "UTC"}, "2026-01").months] == [1]

    @pytest.mark.parametrize("engine", ENGINES)
    def test_naive_timestamps_need_two_zones(self, engine: str) -> None:
        table = pa.table({"id": [1], "created": [datetime.datetime(2026, 1, 31, 23, 30)]})
        frame = ENGINES[engine](table)
        with pytest.raises(dsg.InputError, match="state it, such as naive_zone="):
            rate_of(frame, {"zone": "Asia/Tokyo"})
        found = rate_of(frame, {"zone": "Asia/Tokyo", "naive_zone": "Europe/Berlin"}, "2026-02")
        assert found.cases == 1

    def test_an_unknown_zone_is_refused(self) -> None:
        assert '"CET+1" is not a time zone' in error_of(self.DAY, zone="CET+1")

    def test_the_order_of_times_is_judged_by_instants(self) -> None:
        table = pa.table(
            {
                "id": ["a", "b", "c"],
                "created": ["2026-01-01T12:00:00+02:00", "2026-01-01T12:00:00+02:00", "2026-01-01T12:00:00+02:00"],
                "closed": ["2026-01-01T11:00:00Z", "2026-01-01T09:00:00Z", "2026-01-01"],
            }
        )
        found = rate_of(table, {"zone": "UTC", "naive_zone": "UTC"})
        assert found.quality.not_counted == {"impossible_order": 1}
        assert found.quality.reasons[0].examples == ("b",)


def request(number: int, created: str, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "severity": "critical",
        "status": "open",
        "organization": {"id": "x", "name": "Contoso"},
        "createdDate": created,
        "lastClosedDate": "0001-01-01T00:00:00",
        **more,
    }


class TestFiles:
    ROWS = "id,created\n1,2026-01-05\n2,2026-02-05\n"

    @pytest.mark.parametrize(
        "text",
        [
            ROWS,
            "\ufeff" + ROWS,
            ROWS.replace(",", ";"),
            ROWS.replace(",", "\t"),
            ROWS.replace("\n", "\r\n"),
            f"#TYPE a.b\n{ROWS}",
        ],
        ids=["plain", "byte order mark", "semicolons", "tabs", "CRLF", "PowerShell"],
    )
    def test_csv_and_other_text_files_are_read(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "cases.csv").write_bytes(text.encode())
        (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(text.encode()))
        assert [rate_of(tmp_path / name).cases for name in ("cases.csv", "cases.csv.gz")] == [2, 2]

    def test_quoted_fields_may_contain_anything(self, tmp_path: Path) -> None:
        (tmp_path / "cases.csv").write_text('id,title,created\n1,"a, ""b""\nc",2026-01-05\n', "utf-8")
        assert rate_of(str(tmp_path / "cases.csv")).cases == 1

    def test_several_files_are_read_together(self, tmp_path: Path) -> None:
        for number in (1, 2):
            (tmp_path / f"{number}.csv").write_text(f"id,created\n{number},2026-01-05\n", "utf-8")
        assert rate_of(str(tmp_path / "*.csv")).cases == 2
        (tmp_path / "3.csv").write_text("id,opened\n", "utf-8")
        with pytest.raises(dsg.InputError, match="its header differs from that of"):
            rate_of(str(tmp_path / "*.csv"))

    def test_parquet_is_read(self, tmp_path: Path) -> None:
        table = pa.table({"id": [1, 2], "created": [datetime.date(2026, 1, 5), None]})
        pyarrow.parquet.write_table(table, tmp_path / "cases.parquet")
        assert rate_of(tmp_path / "cases.parquet").quality.not_counted == {"no_date": 1}

    @pytest.mark.parametrize("form", ["one", "list", "items", "Items", "lines"])
    def test_json_and_ndjson_are_read(self, tmp_path: Path, form: str) -> None:
        rows = [request(1, "2026-01-05T10:00:00Z"), request(2, "2026-02-05T10:00:00Z")][: 1 if form == "one" else 2]
        path = tmp_path / ("cases.ndjson" if form == "lines" else "cases.json")
        document = rows[0] if form == "one" else rows if form == "list" else {"totalCount": 2, form: rows}
        lines = "\n".join(map(json.dumps, rows)) if form == "lines" else json.dumps(document)
        path.write_text(lines, "utf-8")
        found = rate_of(path, "partner-center", by="customer", escalated=None)
        assert [(group.key, group.cases) for group in found.by["customer"]] == [("Contoso", len(rows))]

    def test_a_missing_file_raises_the_error_of_the_system(self, tmp_path: Path) -> None:
        for name in ("cases.csv", "*.csv"):
            with pytest.raises(FileNotFoundError):
                rate_of(str(tmp_path / name))

    def test_a_value_that_is_not_a_table_is_a_type_error(self) -> None:
        with pytest.raises(TypeError, match="cases must be a path or a frame, not int"):
            rate_of(5)


class TestMappings:
    def test_camel_case_and_pascal_case_columns_are_the_same(self) -> None:
        for names in (("id", "createdDate"), ("Id", "CreatedDate"), ("ID", "createddate")):
            table = pa.table(dict(zip(names, (["1"], ["2026-01-05T10:00:00Z"]), strict=True)))
            assert rate_of(table, "partner-center").cases == 1

    def test_both_spellings_can_occur_in_one_file(self, tmp_path: Path) -> None:
        rows = [{"id": "1", "createdDate": "2026-01-05"}, {"Id": "2", "CreatedDate": "2026-02-05"}]
        (tmp_path / "cases.json").write_text(json.dumps(rows), "utf-8")
        assert rate_of(tmp_path / "cases.json", "partner-center").cases == 2

    def test_columns_that_differ_by_case_only_are_refused(self) -> None:
        with pytest.raises(dsg.InputError, match="ID, id differ only in case"):
            rate_of(pa.table({"ID": [1], "id": [2], "created": ["2026-01-05"]}))

    def test_severity_and_status_can_be_words_or_numbers(self, tmp_path: Path) -> None:
        rows = [
            request(number, "2026-01-05T10:00:00Z", severity=severity, status=status)
            for number, (severity, status) in enumerate(
                [(1, 3), ("Critical", "attention_needed"), ("1", "AttentionNeeded")]
            )
        ]
        (tmp_path / "cases.json").write_text(json.dumps(rows), "utf-8")
        found = rate_of(tmp_path / "cases.json", "partner-center", by=["severity", "status"])
        assert [group.key for group in found.by["severity"]] == ["critical"]
        assert [group.key for group in found.by["status"]] == ["attention_needed"]

    def test_a_case_that_was_never_closed_counts(self, tmp_path: Path) -> None:
        (tmp_path / "cases.json").write_text(json.dumps([request(1, "2026-01-05T10:00:00Z")]), "utf-8")
        assert rate_of(tmp_path / "cases.json", "partner-center").cases == 1

    def test_powershell_dates_have_the_format_of_its_culture(self, tmp_path: Path) -> None:
        (tmp_path / "cases.csv").write_text(
            "#TYPE Microsoft.Store.PartnerCenter.PowerShell.Models.ServiceRequests.PSServiceRequest\n"
            '"ServiceRequestId","CreatedDate","LastClosedDate","Severity"\n'
            '"1","1/31/2026 11:00:00 PM","1/1/0001 12:00:00 AM","Critical"\n',
            "utf-8",
        )
        found = rate_of(tmp_path / "cases.csv", "partner-center-powershell", by=["month", "severity"], escalated=None)
        assert [group.key for group in found.months if group.cases] == ["2026-01"]
        assert found.by["severity"][0].key == "critical"

    def test_servicenow_and_zendesk_exports_need_a_stated_escalation(self) -> None:
        incidents = pa.table({"Number": ["INC1"], "Opened": ["2026-01-05 10:00:00"], "vendor": ["M-1"]})
        with pytest.raises(dsg.InputError, match="state which cases count as escalated"):
            rate_of(incidents, "servicenow", escalated=None)
        assert rate_of(incidents, "servicenow", escalated="vendor=*").cases == 1
        tickets = pa.table({"id": [1], "created_at": ["2026-01-05T10:00:00Z"], "tags": ["microsoft"]})
        assert rate_of(tickets, "zendesk", escalated="tags=microsoft").cases == 1

    def test_nested_ratings_of_tickets_are_read(self, tmp_path: Path) -> None:
        rows = [
            {"id": 1, "satisfaction_rating": {"score": "good"}},
            {"id": 2, "satisfaction_rating": {"score": "offered"}},
        ]
        (tmp_path / "tickets.ndjson").write_text("\n".join(map(json.dumps, rows)), "utf-8")
        found = csat(tmp_path / "tickets.ndjson", columns="zendesk", scale={"good": 5, "bad": 1})
        assert (found.n, found.quality.not_counted) == (1, {"blank": 1})

    @pytest.mark.parametrize(
        ("columns", "message"),
        [
            ("partner-centre", 'unknown mapping "partner-centre"; did you mean "partner-center"?'),
            ({"idd": "x"}, '/columns: unknown key "idd"; did you mean "id"?'),
            ({"like": 3}, "unknown mapping 3; must be one of plain, partner-center"),
            ({"id": ""}, "/columns/id: must be text or a list of texts"),
            ({"dates": "dmy"}, '/columns/dates: must be one of iso, day_first, month_first, not "dmy"'),
            ({"rows": "cases"}, '/columns/rows: must be one of case, event, not "cases"'),
            ({"decimal": ","}, '/columns/decimal: the key "decimal" has no effect on cases; remove it'),
        ],
    )
    def test_an_error_in_a_mapping_is_named(self, columns: Any, message: str) -> None:
        with pytest.raises(dsg.InputError) as caught:
            rate_of(pa.table({"id": [1], "created": ["2026-01-05"]}), columns)
        assert message in str(caught.value)

    def test_missing_columns_are_named_with_a_mapping_that_fits(self) -> None:
        with pytest.raises(dsg.InputError) as caught:
            rate_of(pa.table({"Number": ["1"], "opened_at": ["2026-01-05"]}))
        assert [one.pointer for one in caught.value.diagnostics] == ["/columns/id", "/columns/created"]
        assert str(caught.value).count('the columns fit the mapping "servicenow"') == 2

    @pytest.mark.parametrize(
        ("headings", "hint"),
        [
            (["Numbr", "opened"], 'did you mean "Numbr"? state id=Numbr'),
            (
                ["Issue key", "Created", "Custom field (Satisfaction date)", "Status"],
                'fit the mapping "jira-service-management"; state',
            ),
            (["number", "opened", "Number"], "the table has number[1], opened, Number[2]; name it with id=COLUMN"),
            (["Report of cases"], "the table has Report of cases; the first line must be the header [column]"),
        ],
    )
    def test_a_missing_column_has_a_hint(self, headings: list[str], hint: str) -> None:
        mapping = "servicenow" if "Numbr" in headings else None
        with pytest.raises(dsg.InputError) as caught:
            rate_of(pa.table({name: ["2026-01-05"] for name in headings}), mapping)
        assert hint in str(caught.value)

    def test_a_missing_group_is_named(self) -> None:
        with pytest.raises(dsg.InputError, match='unknown column "Contry"; did you mean "country"'):
            rate_of(pa.table({"id": [1], "created": ["2026-01-05"], "country": ["SE"]}), by="Contry")

    @pytest.mark.parametrize("name", MAPPINGS)
    def test_every_mapping_can_be_overridden(self, name: str) -> None:
        table = pa.table({"number of case": [1], "day": ["2026-01-05"]})
        columns = {"like": name, "id": "number of case", "created": "day"}
        assert rate_of(table, columns).cases == 1
