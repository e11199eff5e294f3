"""Arguments of the package: whatever a caller passes, the error is one about an argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from support.hostile_arguments import is_refusal, problems_of

DAY = "2026-09-15"
PARTNER = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
TABLE = pa.table({"id": ["contoso", "fabrikam"], "events": [[{"on": "2026-03-02", "type": "badge_awarded"}], []]})
ASSESSED = dsg.assess(PARTNER, DAY)
LATER: dict[str, Any] = {"as_of": DAY, "through": "2027-03-15"}
POLICIES = {"before": "after_anniversary=lapsed", "after": "after_anniversary=in_force"}
CALLS: dict[Callable[..., Any], dict[str, Any]] = {
    dsg.assess: {"partner": PARTNER, "as_of": DAY},
    dsg.assess_table: {"table": TABLE, "as_of": DAY},
    dsg.budget: {"partners": [PARTNER], **LATER},
    dsg.calendar: {"partners": [PARTNER], **LATER},
    dsg.check: {"source": [PARTNER]},
    dsg.compare: {"a": ASSESSED, "b": ASSESSED},
    dsg.convert: {"source": [PARTNER], "path": "partners.ndjson"},
    dsg.explain_row: {"table": TABLE, "row": 0, "as_of": DAY},
    dsg.impact: {"portfolio": [PARTNER], "as_of": DAY, **POLICIES},
    dsg.load: {"path": "partners.ndjson"},
    dsg.load_policy: {"path": "policy.json"},
    dsg.next_change: {"partner": PARTNER, "as_of": DAY},
    dsg.parse_partner: {"source": {"id": "contoso"}},
    dsg.parse_policy: {"source": {"edition": "2025-11"}},
    dsg.plan: {"partner": PARTNER, **LATER},
    dsg.readings: {"partner": PARTNER, "as_of": DAY},
    dsg.record: {"assessment": ASSESSED},
    dsg.replay: {"record": dsg.record(ASSESSED)},
    dsg.report: {"partners": [PARTNER], "as_of": DAY},
    dsg.reprice: {"plan": dsg.plan(PARTNER, **LATER).recommended},
    dsg.summarize: {"assessed": dsg.assess_table(TABLE, DAY)},
    dsg.timeline: {"partner": PARTNER, "from_": DAY, "through": "2027-03-15"},
    dsg.what_if: {"partner": PARTNER, "changes": []},
    dsg.portfolio.from_csv: {"path": "partners.csv"},
    dsg.portfolio.from_documents: {"source": "partners.ndjson"},
    dsg.portfolio.from_excel: {"path": "partners.xlsx"},
    dsg.portfolio.from_tables: {"partners": TABLE.select(["id"])},
    dsg.portfolio.load: {"source": [PARTNER]},
    dsg.portfolio.readings: {"portfolio": [PARTNER], "as_of": DAY},
    dsg.portfolio.to_documents: {"table": TABLE, "path": "partners.ndjson"},
    dsg.portfolio.to_excel: {"assessed": dsg.assess_table(TABLE, DAY), "path": "assessed.xlsx"},
    dsg.portfolio.write_workbook: {"source": [PARTNER], "path": "partners.xlsx"},
    dsg.rulebooks.check: {"path": "rulebook.json"},
    dsg.rulebooks.diff: {"old": "2025-11", "new": "2025-11"},
    dsg.rulebooks.load: {"edition": "2025-11"},
    dsg.rulebooks.new: {"edition": "2027-01"},
    dsg.rulebooks.weaker: {"what": "2025-11", "than": "article"},
}


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the files that the calls name."""
    monkeypatch.chdir(tmp_path)
    dsg.convert([PARTNER], "partners.ndjson")
    dsg.portfolio.write_workbook([PARTNER], "partners.xlsx")
    Path("partners.csv").write_text("partner_id,kind\ncontoso,partner\n", encoding="utf-8")
    Path("policy.json").write_text("{}", encoding="utf-8")
    Path("rulebook.json").write_text("{}", encoding="utf-8")


def test_every_function_is_tried() -> None:
    named = [getattr(module, name) for module in (dsg, dsg.portfolio, dsg.rulebooks) for name in module.__all__]
    functions = {one for one in named if inspect.isfunction(one) and inspect.signature(one).parameters}
    assert functions <= set(CALLS)


@pytest.mark.usefixtures("files")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.__module__}.{call.__name__}")
def test_functions_refuse_wrong_arguments(call: Callable[..., Any]) -> None:
    assert not problems_of(call, CALLS[call], is_refusal)


def test_a_workbook_is_written_from_partners(tmp_path: Path) -> None:
    path = tmp_path / "partners.xlsx"
    dsg.portfolio.write_workbook([PARTNER, {"id": "fabrikam", "events": []}], path)
    first, second = dsg.portfolio.from_excel(path).documents()
    assert (first["id"], first["events"]) == ("contoso", [{"on": "2026-03-02", "type": "badge_awarded"}])
    assert (second["id"], second["events"]) == ("fabrikam", [])


def test_partners_of_a_summary_can_be_dicts() -> None:
    assessed = dsg.assess_table(TABLE, DAY)
    documents = [PARTNER.to_dict(), {"id": "fabrikam", "events": []}]
    assert dsg.summarize(assessed, documents) == dsg.summarize(assessed, list(map(dsg.parse_partner, documents)))


def test_unknown_keys_of_a_record_are_named_in_their_order() -> None:
    with pytest.raises(dsg.InputError) as caught:
        dsg.replay({**dsg.record(ASSESSED), **dict.fromkeys("abcdefgh", 1)})
    assert "".join(one.pointer[-1] for one in caught.value.diagnostics) == "abcdefgh"
