"""Values compare, hash, copy, pickle, and print as users expect."""

from __future__ import annotations

import copy
import datetime
import decimal
import enum
import json
import pickle
from typing import Any

import pytest

import designation as dsg

STORY: dict[str, Any] = {
    "id": "contoso",
    "name": "Contoso",
    "csp_authorizations": [{"type": "indirect_provider", "from": "2020-01-01"}],
    "support_contracts": [
        {"type": "psfp", "from": "2025-01-01", "annual_value": {"amount": 100.5, "currency": "EUR"}, "notes": "n"}
    ],
    "solutions_partner_designations": [{"area": "security", "from": "2024-01-01", "through": "2030-01-01"}],
    "events": [
        {"on": "2026-03-02", "type": "badge_awarded"},
        {
            "on": "2026-02-01",
            "type": "capability_evaluated",
            "outcome": "pass",
            "dimensions": {
                "support_function": {"score": 80, "out_of": 100},
                "support_staff_skills": {"score": 4.5, "out_of": 5},
                "support_performance_metrics": {"score": 9, "out_of": 10},
            },
        },
        {"on": "2026-02-02", "type": "csat_evaluated", "outcome": "pass", "score": 4.5},
        {"on": "2026-02-03", "type": "case_volume_validated", "cases": 12},
        {"on": "2026-02-04", "type": "case_rate_determined", "outcome": "fail", "rate": 3.25},
    ],
}


@pytest.fixture
def partner() -> dsg.Partner:
    return dsg.parse_partner(STORY)


@pytest.fixture
def assessment(partner: dsg.Partner) -> dsg.Assessment:
    return dsg.assess(partner, as_of="2027-01-15")


def values(partner: dsg.Partner, assessment: dsg.Assessment) -> list[Any]:
    assert partner.csp_authorizations is not None
    assert partner.support_contracts is not None
    assert partner.solutions_partner_designations is not None
    assert partner.events is not None
    with pytest.raises(dsg.InputError) as error:
        dsg.parse_partner({})
    return [
        partner,
        *partner.csp_authorizations,
        *partner.support_contracts,
        *partner.solutions_partner_designations,
        *partner.events,
        dsg.parse_policy({"fees": {"csat": [{"from": "2027-01-01", "amount": 550.25}]}, "notes": "ours"}),
        dsg.rulebooks.load("2026-04"),
        *error.value.diagnostics,
        assessment,
        assessment.eligibility,
        assessment.evaluations,
        assessment.evaluations.csat,
        assessment.term,
        assessment.renewal,
        assessment.journey,
        assessment.fees,
        assessment.benefits,
        *assessment.findings,
        dsg.Verdict.met,
        dsg.Outcome.pass_,
    ]


def test_values_copy_pickle_compare_and_hash(partner: dsg.Partner, assessment: dsg.Assessment) -> None:
    for value in values(partner, assessment):
        for twin in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert twin == value
            assert hash(twin) == hash(value)
            assert repr(twin) == repr(value)
            assert type(twin) is type(value)
        assert value != object()
        assert value in {value: 1}


def test_an_assessment_under_a_policy_survives_a_pickle(partner: dsg.Partner) -> None:
    policy = {"edition": "2026-04", "interpretations": {"leap_day": "roll_forward"}}
    assessment = dsg.assess(partner, as_of="2027-01-15", policy=policy)
    twin = pickle.loads(pickle.dumps(assessment))
    assert twin == assessment
    assert twin.to_dict() == assessment.to_dict()
    assert twin != dsg.assess(partner, as_of="2027-01-15")


def test_errors_survive_a_pickle() -> None:
    with pytest.raises(dsg.InputError) as error:
        dsg.parse_partner('{"id": 1, "nome": 2}', file="p.json")
    twin = pickle.loads(pickle.dumps(error.value))
    assert twin.diagnostics == error.value.diagnostics
    assert str(twin) == str(error.value)
    assert str(twin).splitlines()[0] == "p.json:1:8: /id: must be a string, not 1 [type]"


def test_words_are_their_strings(assessment: dsg.Assessment) -> None:
    status = assessment.term.status
    assert status is dsg.Status.renewal_open
    assert status == "renewal_open"
    assert hash(status) == hash("renewal_open")
    assert {"renewal_open": 1}[status] == 1
    assert f"{status}|{status:>14}|{status!s}" == "renewal_open|  renewal_open|renewal_open"
    assert json.dumps([status]) == '["renewal_open"]'
    assert dsg.Outcome("pass") is dsg.Outcome.pass_
    assert hash(dsg.Outcome.pass_) == hash("pass")
    assert isinstance(dsg.Status, enum.EnumMeta)


def test_a_verdict_has_no_truth_value(assessment: dsg.Assessment) -> None:
    with pytest.raises(TypeError, match="compare it"):
        bool(assessment.eligibility.verdict)
    with pytest.raises(TypeError):
        assert not assessment.term.in_force


def test_days_are_dates_and_amounts_are_decimals(partner: dsg.Partner) -> None:
    policy = {"fees": {"csat": [{"from": "2026-01-01", "amount": decimal.Decimal("550.10")}]}}
    assessment = dsg.assess(partner, datetime.date(2028, 1, 1), policy)
    assert assessment.as_of == datetime.date(2028, 1, 1)
    assert assessment.term.expires_on == datetime.date(2027, 3, 2)
    assert assessment.fees.outstanding == decimal.Decimal("1900.1")
    assert isinstance(assessment.fees.outstanding, decimal.Decimal)
    assert assessment.to_dict()["fees"] == {"currency": "USD", "outstanding": 1900.1, "due": 0, "incurred": 3400.1}
    assert '"outstanding":1900.1,"due":0,' in assessment.to_json()


def test_constructors_read_like_the_document(partner: dsg.Partner) -> None:
    built = dsg.Partner(
        id="contoso",
        name="Contoso",
        csp_authorizations=[dsg.Authorization(type="distributor", from_=datetime.date(2020, 1, 1))],
        support_contracts=STORY["support_contracts"],
        solutions_partner_designations=[
            dsg.SolutionsPartnerDesignation(area="security", from_="2024-01-01", through="2030-01-01")
        ],
        events=[dsg.Event(on=datetime.date(2026, 3, 2), type=dsg.EventType.badge_awarded), *STORY["events"][1:]],
    )
    assert built == partner
    assert built.events is not None
    assert built.events[1].outcome is dsg.Outcome.pass_
    assert built.events[1].dimensions == STORY["events"][1]["dimensions"]
    assert (built.events[3].cases, built.events[4].rate, built.events[2].score) == (12, 3.25, 4.5)
    assert built.support_contracts is not None
    value = built.support_contracts[0].annual_value
    assert value is not None
    assert (value.amount, value.currency) == (decimal.Decimal("100.5"), "EUR")
    assert built.support_contracts[0].through is None
    assert repr(built.events[0]) == "Event(on='2026-03-02', type='badge_awarded')"
    assert eval(repr(built.events[4]), {"Event": dsg.Event}) == built.events[4]


def test_a_constructor_reports_every_problem() -> None:
    with pytest.raises(dsg.InputError) as error:
        dsg.Event(on="2026-02-30", type="csat_evaluated", score=9)
    assert [(d.code, d.pointer) for d in error.value.diagnostics] == [
        ("date", "/on"),
        ("missing_key", ""),
        ("range", "/score"),
    ]
    with pytest.raises(dsg.InputError, match='unknown key "evnts"; did you mean "events"'):
        dsg.Partner(id="x", evnts=[])  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("as_of", "error", "message"),
    [
        (datetime.datetime(2026, 1, 1), TypeError, "not a datetime"),
        (20260101, TypeError, "not int"),
        ("2026-02-29", dsg.InputError, "not a valid date"),
        ("1.1.2026", dsg.InputError, "YYYY-MM-DD"),
        ("1899-12-31", dsg.InputError, "from 1900-01-01 to 2199-12-31"),
        ("2200-01-01", dsg.InputError, "from 1900-01-01 to 2199-12-31"),
    ],
)
def test_a_value_that_is_not_a_date_is_refused(
    partner: dsg.Partner, as_of: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        dsg.assess(partner, as_of=as_of)


def test_python_values_are_read_as_strictly_as_text() -> None:
    document: dict[Any, Any] = {
        "id": "x",
        "events": [
            {"on": datetime.datetime(2026, 1, 1), "type": "badge_awarded"},
            {"on": datetime.date(1800, 1, 1), "type": "csat_evaluated", "outcome": "pass", "score": float("nan")},
            {"on": "2026-01-01", "type": "case_volume_validated", "cases": 2.0},
            {"on": "2026-01-01", "type": "case_volume_validated", "cases": True},
            {"on": "2026-01-01", "type": "case_volume_validated", "cases": 10**30},
        ],
        "notes": "a\0b",
        "name": "\ud800",
        7: None,
    }
    with pytest.raises(dsg.InputError) as error:
        dsg.parse_partner(document)
    assert [(d.pointer, d.line) for d in error.value.diagnostics] == [
        ("/7", 0),
        ("/name", 0),
        ("/events/0/on", 0),
        ("/events/1/on", 0),
        ("/events/1/score", 0),
        ("/events/2/cases", 0),
        ("/events/3/cases", 0),
        ("/events/4/cases", 0),
        ("/notes", 0),
    ]


def test_a_dict_that_contains_itself_is_refused() -> None:
    endless: dict[str, Any] = {"id": "x"}
    endless["events"] = [endless]
    with pytest.raises(dsg.InputError, match="nested deeper than 64"):
        dsg.parse_partner(endless)


def test_the_default_day_is_today_by_pythons_clock(partner: dsg.Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime.date):
        @classmethod
        def today(cls) -> Clock:
            return cls(2031, 5, 6)

    monkeypatch.setattr(datetime, "date", Clock)
    assert dsg.assess(partner).as_of.isoformat() == "2031-05-06"


def test_a_custom_rulebook_has_its_name_and_digest(partner: dsg.Partner, tmp_path: Any) -> None:
    path = tmp_path / "ours.json"
    path.write_text(
        '{"format": "designation/rulebook@1", "extends": "2025-11", "edition": "ours", "term": {"years": 2}}',
        encoding="utf-8",
    )
    rulebook = dsg.rulebooks.load(path)
    assessment = dsg.assess(partner, as_of="2027-01-15", rulebook=rulebook)
    assert assessment.edition == "ours"
    assert assessment.term.expires_on == datetime.date(2028, 3, 2)
    assert assessment.provenance["rulebook"] == rulebook.digest
    assert rulebook.to_dict()["term"]["renewal_window"] == {"opens_days_before": 60, "closes_days_after": 30}
    with pytest.raises(dsg.InputError, match="the policy is for edition 2025-11, but the rulebook is edition ours"):
        dsg.assess(partner, as_of="2027-01-15", rulebook=rulebook, policy={"edition": "2025-11"})


def test_days_left_counts_the_days_to_the_anniversary(partner: dsg.Partner) -> None:
    assert dsg.assess(partner, "2027-03-01").days_left == 1
    assert dsg.assess(partner, "2027-03-02").days_left is None
    assert dsg.assess(partner, "2026-01-01").days_left is None


def test_the_early_adoption_discount_is_shown_unless_it_is_unmet(partner: dsg.Partner) -> None:
    assert dsg.assess(partner, "2026-06-01").to_dict()["amounts"] == {
        "early_adoption_discount": {"amount": 5.02, "currency": "EUR"}
    }
    assert dsg.assess(partner, "2028-06-01").to_dict()["amounts"] == {"early_adoption_discount": None}
