"""What-if changes are strict and leave the given partner unchanged."""

from __future__ import annotations

import datetime
import pathlib
from typing import Any

import pytest

import designation as dsg

EXAMPLES = pathlib.Path(dsg.__file__).parent / "examples"
CONTOSO = dsg.load(EXAMPLES / "contoso.json")
PASS = {"on": "2026-12-01", "type": "csat_evaluated", "outcome": "pass"}


def test_adding_an_event_does_not_change_the_partner() -> None:
    before = CONTOSO.to_dict()
    for change in (PASS, {**PASS, "on": datetime.date(2026, 12, 1)}, dsg.Event(**PASS)):  # type: ignore[arg-type]
        taken = dsg.what_if(CONTOSO, [change])
        assert taken == dsg.parse_partner({**before, "events": [*before["events"], PASS]})
        assert dsg.assess(taken, "2026-12-15").evaluations.csat.verdict == "met"
    assert CONTOSO.to_dict() == before
    assert dsg.what_if(CONTOSO, []) == CONTOSO


@pytest.mark.parametrize(
    ("records", "fact"),
    [
        ("support_contracts", {"type": "ufp", "from": "2026-12-01"}),
        ("csp_authorizations", {"type": "distributor", "from": "2026-12-01"}),
        ("solutions_partner_designations", {"area": "security", "from": "2026-12-01"}),
    ],
)
def test_a_record_is_added_to_its_list(records: str, fact: dict[str, Any]) -> None:
    made = dsg.what_if(CONTOSO, [fact]).to_dict()
    assert made[records] == [*CONTOSO.to_dict()[records], fact]


def test_facts_are_removed_moved_and_extended_in_order() -> None:
    made = dsg.what_if(
        CONTOSO,
        [
            {"remove": {"area": "modern_work"}},
            {"move": {"type": "csat_evaluated", "on": "2025-12-10"}, "to": datetime.date(2025, 12, 11)},
            {"extend": {"type": "psfp"}, "through": "2027-11-30"},
            PASS,
            {"remove": {"type": "csat_evaluated", "on": datetime.date(2025, 12, 11)}},
        ],
    )
    assert made.solutions_partner_designations is not None
    assert [held.area for held in made.solutions_partner_designations] == ["azure_infrastructure"]
    assert made.support_contracts is not None
    assert made.support_contracts[0].through == datetime.date(2027, 11, 30)
    assert made.events is not None
    assert [event.on for event in made.events if event.type == "csat_evaluated"] == [datetime.date(2026, 12, 1)]
    (contract,) = dsg.what_if(CONTOSO, [{"extend": {"type": "psfp"}, "through": None}]).support_contracts or ()
    assert contract.through is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"remove": {"type": "ufp"}}, "/0/remove: no fact has type ufp [match]"),
        (
            {"remove": {"from": "2019-05-01", "type": "asfp"}},
            "/0/remove: no fact has from 2019-05-01, type asfp [match]",
        ),
        ({"move": {"outcome": "pass"}, "to": "2026-01-01"}, "/0/move: several facts have outcome pass: /events/2, "),
        ({"move": {"area": "modern_work"}, "to": "2026-01-01"}, "/0/move: no fact has area modern_work [match]"),
        ({"move": {"type": "badge_awarded"}, "to": "2026-02-30"}, '/0/to: "2026-02-30" is not a valid date'),
        ({"extend": {"type": "psfp"}, "through": 5}, '/0/through: "5" is not a valid date'),
        ({"extend": {"type": "psfp"}}, "/0: a change must be an event, a record, or one of"),
        ({"remove": {}}, "/0/remove: the members of a fact must be an object that is not empty [type]"),
        ({**PASS, "outcome": "maybe"}, "/0/outcome: "),
        ({**PASS, "from": "2026-01-01"}, "/0: a change must be an event, a record, or one of"),
        ({}, "/0: a change must be an event, a record, or one of"),
    ],
)
def test_an_ambiguous_change_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(dsg.InputError) as caught:
        dsg.what_if(CONTOSO, [change])
    assert str(caught.value).startswith(said)


def test_adding_to_an_unknown_list_is_refused() -> None:
    with pytest.raises(dsg.InputError, match="the events are unknown"):
        dsg.what_if(dsg.parse_partner({"id": "x"}), [PASS])


def test_a_change_to_an_invalid_partner_is_refused() -> None:
    with pytest.raises(dsg.InputError):
        dsg.what_if(CONTOSO, [{"extend": {"type": "psfp"}, "through": "2020-01-01"}])


@pytest.mark.parametrize("changes", [PASS, "csat", [5]])
def test_changes_are_a_list_of_dicts(changes: Any) -> None:
    with pytest.raises(TypeError):
        dsg.what_if(CONTOSO, changes)
