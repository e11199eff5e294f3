"""Every kind of frame is returned as the same kind, and a row can be explained like a document."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import designation as dsg
from designation import _core
from designation._tables.assess_table import partner_at_row
from support.portfolio_tables import row_of, rows_of, scalar_row, table_of

AS_OF = "2026-09-15"
PARTNERS: list[dict[str, Any]] = [
    {
        "id": "contoso",
        "csp_authorizations": [{"type": "direct_bill", "from": "2024-01-01"}],
        "support_contracts": [
            {"type": "psfp", "from": "2026-01-01", "annual_value": {"amount": 58000, "currency": "USD"}},
            {"type": "asfp", "from": "2025-01-01", "through": "2025-12-31"},
        ],
        "solutions_partner_designations": [{"area": "security", "from": "2024-01-01", "through": None}],
        "events": [
            {"on": "2026-03-02", "type": "badge_awarded"},
            {"on": "2026-01-20", "type": "capability_evaluated", "outcome": "pass"},
        ],
    },
    {"id": "fabrikam", "csp_authorizations": [], "events": []},
    {"id": "nobody"},
]
TABLE = table_of(PARTNERS)
WANTED = [scalar_row(partner, AS_OF) for partner in PARTNERS]


class Foreign:
    """An unknown producer of Arrow streams."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return TABLE.__arrow_c_stream__(requested_schema)


def of_pandas_objects() -> pd.DataFrame:
    """Return a pandas frame without Arrow types: objects, and dates as timestamps."""
    frame = pd.DataFrame([row_of(partner) for partner in PARTNERS])
    converted: pd.DataFrame = frame.convert_dtypes()
    return converted


FRAMES: dict[str, tuple[Callable[[], Any], type]] = {
    "pandas": (TABLE.to_pandas, pd.DataFrame),
    "pandas of Python objects": (of_pandas_objects, pd.DataFrame),
    "pandas of Arrow": (lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype), pd.DataFrame),
    "polars": (lambda: pl.DataFrame(TABLE), pl.DataFrame),
    "polars lazy": (lambda: pl.DataFrame(TABLE).lazy(), pl.LazyFrame),
    "polars sliced": (lambda: pl.concat([pl.DataFrame(TABLE)] * 3).slice(3, 3), pl.DataFrame),
    "pyarrow table": (lambda: TABLE, pa.Table),
    "pyarrow batch": (lambda: TABLE.combine_chunks().to_batches()[0], pa.Table),
    "pyarrow reader": (TABLE.to_reader, pa.Table),
    "duckdb": (lambda: duckdb.connect().from_arrow(TABLE), duckdb.DuckDBPyRelation),
    "another": (Foreign, _core.PortfolioResult),
}


def arrow(frame: Any) -> pa.Table:
    return pa.table(frame.collect() if isinstance(frame, pl.LazyFrame) else frame)


class TestFrames:
    @pytest.mark.parametrize("name", FRAMES)
    def test_the_same_kind_of_frame_comes_back_with_the_same_answers(self, name: str) -> None:
        make, kind = FRAMES[name]
        answer = dsg.assess_table(make(), AS_OF)
        assert isinstance(answer, kind)
        assert [{k: v for k, v in row.items() if not (v == [] or v is pd.NaT)} for row in rows_of(arrow(answer))] == [
            {k: v for k, v in row.items() if v != []} for row in WANTED
        ]

    @pytest.mark.parametrize("name", [name for name in FRAMES if name not in ("another", "pandas of Python objects")])
    def test_an_empty_frame_gives_an_empty_frame(self, name: str) -> None:
        frame = FRAMES[name][0]()
        nothing = {
            "pyarrow reader": lambda: TABLE.slice(0, 0).to_reader(),
            "duckdb": lambda: frame.limit(0),
            "pandas of Python objects": lambda: frame.iloc[:0],
        }
        empty = nothing.get(name, lambda: frame.iloc[:0] if hasattr(frame, "iloc") else frame.slice(0, 0))()
        answer = arrow(dsg.assess_table(empty, AS_OF))
        assert (answer.num_rows, tuple(answer.column_names)) == (0, _core.PORTFOLIO_COLUMNS[:-1])

    def test_pandas_keeps_its_index_and_has_timestamps_and_categories(self) -> None:
        frame = TABLE.to_pandas()
        frame.index = pd.Index(["x", "y", "z"], name="key")
        answer = dsg.assess_table(frame, AS_OF)
        assert list(answer.index) == ["x", "y", "z"]
        assert answer["expires_on"].dtype.kind == "M"
        assert answer.loc["x", "expires_on"] == pd.Timestamp("2027-03-02")
        assert str(answer["status"].dtype) == "category"
        assert answer["fees_due"].dtype == float

    def test_duckdb_returns_a_relation_of_the_same_connection(self) -> None:
        connection = duckdb.connect()
        connection.execute("CREATE TABLE regions AS SELECT 'contoso' AS id, 'north' AS region")
        answer = dsg.assess_table(connection.from_arrow(TABLE), AS_OF)
        joined = answer.join(connection.table("regions"), "id").select("region, status")
        assert joined.fetchall() == [("north", "active")]
        assert answer.filter("status = 'unknown'").select("id").fetchall() == [("nobody",)]
        assert answer.select("unnest(findings).code").fetchall() != []

    def test_polars_has_native_dates_lists_and_structs(self) -> None:
        answer = dsg.assess_table(pl.DataFrame(TABLE), AS_OF)
        assert answer.schema["findings"] == pl.List(pl.Struct({"code": pl.String, "on": pl.Date}))
        assert answer.schema["renewal_missing"] == pl.List(pl.String)
        assert answer.group_by("status").len().sort("len").height == 3
        assert answer.filter(pl.col("status") == "active")["id"].to_list() == ["contoso"]

    def test_the_result_outlives_the_table_and_can_be_exported_many_times(self) -> None:
        answer = dsg.assess_table(Foreign(), AS_OF)
        first, second = pa.table(answer), pa.table(answer)
        del answer
        assert first.equals(second)
        assert len(first) == 3

    def test_a_missing_frame_library_is_named_with_its_extra(self) -> None:
        code = (
            "import sys, pandas, designation as dsg\n"
            "frame = pandas.DataFrame({'id': ['a']})\n"
            "class Frame(pandas.DataFrame):\n"
            "    def __arrow_c_stream__(self, requested_schema=None):\n"
            "        return stream\n"
            "import pyarrow\n"
            "stream = pyarrow.table({'id': ['a']}).__arrow_c_stream__()\n"
            "frame = Frame({'id': ['a']})\n"
            "sys.modules['pyarrow'] = None\n"
            "try:\n"
            "    dsg.assess_table(frame, '2026-09-15')\n"
            "except ImportError as error:\n"
            "    print(error)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "this needs pyarrow: pip install 'designation[table]'\n"


class TestRowAsPartner:
    @pytest.mark.parametrize("name", FRAMES)
    @pytest.mark.parametrize("row", [0, 1, 2])
    def test_a_row_gives_the_partner_of_its_document(self, name: str, row: int) -> None:
        partner = partner_at_row(FRAMES[name][0](), row)
        wanted = dsg.parse_partner(PARTNERS[row])
        if name == "pandas" and row == 1:
            assert partner.csp_authorizations == ()
        assert dsg.assess(partner, AS_OF).to_dict() == dsg.assess(wanted, AS_OF).to_dict()

    @pytest.mark.parametrize("name", ["pandas", "polars", "polars lazy", "duckdb", "pyarrow table"])
    @pytest.mark.parametrize("row", [-1, 3])
    def test_a_missing_row_is_an_error(self, name: str, row: int) -> None:
        with pytest.raises(IndexError, match=f"no row {row}"):
            partner_at_row(FRAMES[name][0](), row)

    def test_other_members_of_a_document_are_kept_and_other_columns_are_omitted(self) -> None:
        event = {"on": date(2026, 3, 2), "type": "csat_evaluated", "outcome": "pass", "score": 4.5, "comment": "good"}
        table = pa.table({"id": ["a"], "name": ["A"], "region": ["north"], "events": [[event]]})
        partner = partner_at_row(table, 0)
        assert (partner.name, partner.events and partner.events[0].score) == ("A", 4.5)

    def test_an_invalid_row_is_refused_like_its_document(self) -> None:
        table = pa.table({"id": ["a"], "events": [[{"on": date(2026, 3, 2), "type": "badge"}]]})
        with pytest.raises(dsg.InputError, match="/events/0/type"):
            partner_at_row(table, 0)

    def test_a_row_is_explained_like_its_document(self) -> None:
        wanted = dsg.assess(dsg.parse_partner(PARTNERS[0]), AS_OF).explain()
        assert dsg.explain_row(pl.DataFrame(TABLE), 0, as_of=AS_OF).to_dict() == wanted.to_dict()
        days = TABLE.append_column("day", pa.array([date(2026, 9, 15)] * 3)).to_pandas()
        assert dsg.explain_row(days, 0, as_of="day").to_dict() == wanted.to_dict()
        with pytest.raises(ValueError, match='no column "nowhere"'):
            dsg.explain_row(TABLE, 0, as_of="nowhere")
