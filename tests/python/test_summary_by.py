"""A summary of each value of a column that the results kept."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import designation as dsg

AS_OF = "2026-09-15"
ROWS = (("a", "north"), ("b", "south"), ("c", "north"), ("d", None))


def table_of_regions() -> Any:
    events = [[{"on": datetime.date(2026, 3, 2), "type": "badge_awarded"}], [], None, None]
    ids, regions = zip(*ROWS, strict=True)
    return pa.table({"id": ids, "events": events, "region": regions})


@pytest.mark.parametrize("with_partners", [True, False])
def test_each_value_has_the_summary_of_its_rows(with_partners: bool) -> None:
    table = table_of_regions()
    partners = table if with_partners else None
    found = dsg.summarize(dsg.assess_table(table, AS_OF, keep=["region"]), partners, by="region")
    assert found.partners == 4
    assert list(found.by) == ["region"]
    for value in ("", "north", "south"):
        mask = [(region or "") == value for _, region in ROWS]
        part = table.filter(pa.array(mask))
        expected = dsg.summarize(dsg.assess_table(part, AS_OF, keep=["region"]), part if with_partners else None)
        assert found.by["region"][value] == expected
    assert found.to_dict()["by"]["region"]["north"]["partners"] == 2
    assert "by" not in dsg.summarize(dsg.assess_table(table, AS_OF, keep=["region"])).to_dict()


def test_frames_of_pandas_and_numbers_are_grouped() -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c"], "owner": [7, 8, 7]})
    found = dsg.summarize(dsg.assess_table(frame, AS_OF, keep=["owner"]), by="owner")
    assert {value: part.partners for value, part in found.by["owner"].items()} == {"7": 2, "8": 1}


def test_a_column_that_is_not_kept_is_named() -> None:
    with pytest.raises(dsg.InputError, match=r'no column "region"; keep it with assess_table\(..., keep='):
        dsg.summarize(dsg.assess_table(table_of_regions().drop_columns(["region"]), AS_OF), by="region")
    with pytest.raises(ValueError, match="by needs results with columns"):
        dsg.summarize([dsg.assess(dsg.Partner(id="a"), AS_OF)], by="region")


def test_the_page_names_each_value_without_its_control_characters() -> None:
    table = pa.table({"id": ["a", "b"], "region": ["no\x1b[31mrth", None]})
    page = str(dsg.summarize(dsg.assess_table(table, AS_OF, keep=["region"]), table, by="region"))
    assert "\nregion: no\ufffd[31mrth\n" in page
    assert "\nregion: (blank)\n" in page
