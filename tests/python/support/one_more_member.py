"""Print, as JSON, what the package does if the core describes one more optional member of `support_contracts`.

It is a program of its own, because the package reads the description once, when a module is imported.
"""

from __future__ import annotations

import contextlib
import copy
import datetime
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pyarrow as pa

import designation as dsg
from designation import _api, _core

Json = dict[str, Any]
START = datetime.date(2024, 12, 1)
CONTRACT = {"type": "psfp", "from": str(START), "reference": "PO-17"}


class Field(NamedTuple):
    """A stand-in for `RecordField`."""

    name: str = "reference"
    kind: str = "text"
    required: bool = False
    words: tuple[str, ...] = ()
    meaning: str = "The number of the `contract` at the partner."


class Document:
    """A stand-in for a partner, because the core refuses a member that it does not have."""

    def __init__(self, document: Json) -> None:
        self.id, self.name, self.notes = document["id"], document.get("name"), document.get("notes", "")
        self._document = copy.deepcopy(document)

    def to_dict(self) -> Json:
        return copy.deepcopy(self._document)


def describe_one_more() -> dict[str, tuple[Any, ...]]:
    *others, notes = FIELDS["support_contracts"]
    return {**FIELDS, "support_contracts": (*others, Field(), notes)}


assert "designation._records" not in sys.modules
FIELDS = _core.record_fields()
_core.record_fields = describe_one_more
parsed: list[Json] = []


def parse_partner(document: Json, **_: Any) -> Document:
    parsed.append(document)
    return Document(document)


def read_partner(document: Json, _file: str) -> Document:
    return parse_partner(document)


_api.parse_partner = parse_partner  # type: ignore[assignment]
_core.read_partner = read_partner  # type: ignore[assignment]

from designation._answers.what_if import what_if  # noqa: E402 (it reads the description)
from designation._text.page_layout import text_lines  # noqa: E402
from designation._text.partner import lines  # noqa: E402
from designation.cli._commands import build_parser  # noqa: E402


def references(portfolio: Any) -> list[str | None]:
    return [contract.get("reference") for one in portfolio.documents() for contract in one["support_contracts"]]


def results(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield what each part of the package does with the member."""
    dsg.portfolio.write_workbook(folder / "template.xlsx")
    book = openpyxl.load_workbook(folder / "template.xlsx")
    header = list(book["contracts"][1])
    yield "sheet", [cell.value for cell in header]
    column = next(cell for cell in header if cell.value == "reference")
    yield "hint", column.comment.text
    book["contracts"].cell(2, column.column, "PO-17")
    book.save(folder / "filled.xlsx")
    yield "excel", references(dsg.portfolio.from_excel(folder / "filled.xlsx"))

    rows = "partner_id,kind,type,from,reference\na,contract,psfp,2024-12-01,17\n"
    (folder / "facts.csv").write_text(rows, "utf-8")
    yield "csv", references(dsg.portfolio.from_csv(folder / "facts.csv"))

    partners, contracts = pa.table({"id": ["a"]}), pa.Table.from_pylist([{"partner_id": "a", **CONTRACT}])
    portfolio = dsg.portfolio.from_tables(partners, contracts=contracts)
    record = portfolio.table.schema.field("support_contracts").type.value_type
    yield "arrow", {field.name: str(field.type) for field in record if field.name != "annual_value"}
    yield "tables", references(portfolio)
    parsed.clear()
    with contextlib.suppress(TypeError):  # The core refuses the stand-in, after the row was read.
        dsg.explain_row(portfolio, 0)
    yield "row", [contract["reference"] for contract in parsed[0]["support_contracts"]]
    contract = {"type": "psfp", "from": START, "refrence": "PO-17"}
    try:
        dsg.assess_table(pa.table({"id": ["a"], "support_contracts": [[contract]]}))
    except dsg.InputError as error:
        yield "misspelled", str(error)

    partner: Any = Document({"id": "a", "support_contracts": [CONTRACT]})
    options = ["--extend", "reference=PO-17", "through=2026-11-30", "--add", "type=ufp", "from=2026-12-01"]
    changes = [
        change for change, _ in build_parser().parse_args(["what-if", "a.json", *options, "reference=18"]).changes
    ]
    yield "what_if", what_if(partner.to_dict(), changes).to_dict()["support_contracts"]
    yield "page", list(text_lines(lines(partner)))


with tempfile.TemporaryDirectory() as name:
    print(json.dumps(dict(results(Path(name)))))
