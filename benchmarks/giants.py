"""Inputs that are far larger than any real one: each is a command for Python, and what it reads."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable, Iterator
from itertools import islice

Given = Callable[[], Iterator[bytes]] | None
Giant = Callable[[], tuple[list[str], Given]]

COMMAND = ["-m", "designation"]
AS_OF = ["--as-of", "2026-09-15"]
AWARD = '{"on": "2026-03-02", "type": "badge_awarded"}'


def _document(events: int, *more: str) -> list[str]:
    text = ", ".join([AWARD] * events)
    pathlib.Path("giant.json").write_text('{"id": "p", "events": [' + text + "]}", "utf-8")
    return [*COMMAND, "assess", "giant.json", *AS_OF, *more]


def document_of_100_megabytes() -> tuple[list[str], Given]:
    """A document of 100 MB, which --max-bytes allows."""
    return _document(2_200_000, "--max-bytes", "200000000"), None


def refused_document() -> tuple[list[str], Given]:
    """The same document without the option."""
    return _document(2_200_000), None


def records() -> tuple[list[str], Given]:
    """A million contracts of one partner."""
    contract = '{"type": "psfp", "from": "2026-01-01", "through": "2026-12-31"}'
    text = ", ".join([contract] * 1_000_000)
    pathlib.Path("giant.json").write_text('{"id": "p", "support_contracts": [' + text + "]}", "utf-8")
    return [*COMMAND, "timeline", "giant.json", *AS_OF, "--max-bytes", "200000000"], None


def columns() -> tuple[list[str], Given]:
    """A CSV file with 100,000 columns that are not read."""
    names = ",".join(f"c{number}" for number in range(100_000))
    pathlib.Path("giant.csv").write_text(f"id,{names}\np{',' * 100_000}\n", "utf-8")
    return [*COMMAND, "portfolio", "giant.csv", *AS_OF, "-o", "giant.parquet", "--quiet"], None


def arrow_columns() -> tuple[list[str], Given]:
    """An Arrow table with a million columns that are not read."""
    program = """
import warnings, pyarrow as pa, designation as dsg
warnings.simplefilter("ignore")
one = pa.array([1])
table = pa.table([pa.array(["p"])] + [one] * 1_000_000, names=["id"] + [f"c{n}" for n in range(1_000_000)])
print(len(dsg.assess_table(table, as_of="2026-09-15")))
"""
    return ["-c", program], None


def dictionary() -> tuple[list[str], Given]:
    """A column of ids and one of types with a dictionary of a million words each."""
    program = """
import pyarrow as pa, designation as dsg
words = pa.array([f"w{n}" for n in range(1_000_000)] + ["badge_awarded"])
types = pa.DictionaryArray.from_arrays(pa.array([1_000_000] * 1000, pa.int32()), words)
days = pa.array([20500] * 1000, pa.int32()).cast(pa.date32())
events = pa.ListArray.from_arrays(range(1001), pa.StructArray.from_arrays([days, types], ["on", "type"]))
ids = pa.DictionaryArray.from_arrays(pa.array(range(1000), pa.int32()), words)
print(len(dsg.assess_table(pa.table({"id": ids, "events": events}), as_of="2026-09-15")))
"""
    return ["-c", program], None


def nested_types() -> tuple[list[str], Given]:
    """A column whose Arrow type nests 3,000 lists; PyArrow itself crashes at 10,000."""
    program = """
import warnings, pyarrow as pa, designation as dsg
warnings.simplefilter("ignore")
kind = pa.int8()
for _ in range(3_000): kind = pa.list_(kind)
try:
    print(len(dsg.assess_table(pa.table({"id": ["p"], "events": pa.nulls(1, kind)}), as_of="2026-09-15")))
except dsg.InputError as error:
    raise SystemExit(str(error))
"""
    return ["-c", program], None


def blocked_days() -> tuple[list[str], Given]:
    """A plan with 100,000 blocked periods."""
    period = '{"from": "2027-01-01", "through": "2027-01-02"}'
    periods = ", ".join([period] * 100_000)
    pathlib.Path("blocked.json").write_text('{"planning": {"blocked": [' + periods + "]}}", "utf-8")
    pathlib.Path("p.json").write_text('{"id": "p", "events": [' + AWARD + "]}", "utf-8")
    return [*COMMAND, "plan", "p.json", *AS_OF, "--policy", "blocked.json"], None


def renewals_by_decision() -> tuple[list[str], Given]:
    """A plan of 50 years in which each term begins with the decision."""
    pathlib.Path("anchor.json").write_text(json.dumps({"interpretations": {"renewal_anchor": "decision"}}), "utf-8")
    pathlib.Path("p.json").write_text('{"id": "p", "events": [' + AWARD + "]}", "utf-8")
    return [*COMMAND, "plan", "p.json", *AS_OF, "--policy", "anchor.json", "--through", "2076-09-14"], None


def report_of_a_million() -> tuple[list[str], Given]:
    """A report of a million partners."""
    pathlib.Path("million.csv").write_text("id\n" + "".join(f"p{number}\n" for number in range(1_000_000)), "utf-8")
    return [*COMMAND, "report", "million.csv", *AS_OF, "-o", "report.html"], None


def ten_million_documents() -> tuple[list[str], Given]:
    """Ten million documents on standard input."""

    def given() -> Iterator[bytes]:
        numbers = iter(range(10_000_000))
        while chunk := list(islice(numbers, 10_000)):
            yield "".join(f'{{"id": "p{number}", "events": [{AWARD}]}}\n' for number in chunk).encode()

    return [*COMMAND, "portfolio", "-", "--ndjson", *AS_OF, "-o", "giant.parquet"], given


GIANTS: dict[str, Giant] = {
    "a document of 100 MB": refused_document,
    "a document of 100 MB with 2,200,000 events, and `--max-bytes`": document_of_100_megabytes,
    "a million contracts, and their timeline": records,
    "a CSV file with 100,000 columns": columns,
    "an Arrow table with a million columns": arrow_columns,
    "dictionaries of a million words": dictionary,
    "3,000 nested lists as the type of a column": nested_types,
    "100,000 blocked periods": blocked_days,
    "a plan of 50 years with `renewal_anchor: decision`": renewals_by_decision,
    "a report of a million partners": report_of_a_million,
    "ten million documents on standard input": ten_million_documents,
}
