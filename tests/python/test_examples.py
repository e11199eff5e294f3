"""Every example shows what its notes say, and together the examples show every situation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import designation as dsg

FOLDER = Path(dsg.__file__).parent / "examples"
PARTNERS = sorted(path.stem for path in FOLDER.glob("*.json") if path.stem != "policy")
TODAY = "2026-09-15"

# Status, step, actor, missing evaluations of the renewal, and codes of findings.
Row = tuple[str, str | None, str | None, list[str] | None, list[str]]
BOTH = ["performance", "csat"]
SHOWN: dict[tuple[str, str], Row] = {
    ("contoso", TODAY): ("active", None, None, BOTH, []),
    ("fabrikam", TODAY): ("renewal_open", None, None, [], ["award_before_launch"]),
    ("northwind-traders", TODAY): ("renewal_overdue", None, None, BOTH, ["award_before_launch"]),
    ("adatum", TODAY): ("expired", "eligibility_validation", "microsoft", None, ["award_before_launch"]),
    ("tailspin-toys", TODAY): ("unknown", None, None, None, []),
    ("wingtip-toys", TODAY): ("unknown", None, None, None, []),
    ("litware", TODAY): ("not_attained", "register_interest", "partner", None, []),
    ("proseware", TODAY): (
        "not_attained",
        "eligibility_validation",
        "partner",
        None,
        ["registered_without_prerequisites"],
    ),
    ("woodgrove", TODAY): ("not_attained", "capability", "issi", None, []),
    ("lamna", TODAY): (
        "not_attained",
        "eligibility_validation",
        "microsoft",
        None,
        ["registered_without_prerequisites"],
    ),
    ("fourth-coffee", TODAY): ("not_attained", "capability", "issi", None, []),
    ("relecloud", TODAY): ("not_attained", "performance", "issi", None, []),
    ("trey-research", TODAY): ("not_attained", "performance", "microsoft", None, []),
    ("vanarsdel", TODAY): ("not_attained", "csat", "issi", None, []),
    ("alpine-ski-house", TODAY): ("not_attained", "award", "microsoft", None, []),
    ("humongous-insurance", TODAY): ("active", None, None, BOTH, ["prerequisite_lapsed"]),
    ("wide-world-importers", TODAY): ("active", None, None, BOTH, ["step_out_of_order", "award_without_csat"]),
    ("consolidated-messenger", "2026-06-30"): (
        "not_attained",
        "capability",
        "issi",
        None,
        ["registered_without_prerequisites", "eligibility_differs"],
    ),
    ("consolidated-messenger", TODAY): (
        "active",
        None,
        None,
        BOTH,
        ["registered_without_prerequisites", "eligibility_differs"],
    ),
    ("consolidated-messenger", "2027-07-01"): (
        "active",
        None,
        None,
        BOTH,
        ["registered_without_prerequisites", "eligibility_differs"],
    ),
    ("margies-travel", TODAY): ("active", None, None, BOTH, []),
    ("margies-travel", "2027-02-01"): (
        "active",
        None,
        None,
        ["capability", "performance"],
        ["renewal_outside_window"],
    ),
    ("bellows", TODAY): ("active", None, None, BOTH, []),
    ("bellows", "2028-02-15"): ("active", None, None, BOTH, ["renewal_gap"]),
    ("graphic-design-institute", TODAY): ("not_attained", "register_interest", "partner", None, []),
    ("graphic-design-institute", "2029-02-28"): ("renewal_overdue", None, None, BOTH, []),
}


@cache
def partner(name: str) -> dsg.Partner:
    return dsg.load(FOLDER / f"{name}.json")


def assess(name: str, as_of: str = TODAY, **interpretations: str) -> dsg.Assessment:
    return dsg.assess(partner(name), as_of=as_of, policy={"interpretations": interpretations})


@pytest.mark.parametrize("name", PARTNERS)
def test_an_example_explains_itself_and_is_named_after_its_partner(name: str) -> None:
    assert partner(name).id == name
    assert partner(name).name
    assert len(partner(name).notes) >= 80
    assert (name, TODAY) in SHOWN


@pytest.mark.parametrize(("name", "as_of"), SHOWN, ids=" ".join)
def test_an_example_is_assessed_as_listed(name: str, as_of: str) -> None:
    a = assess(name, as_of).to_dict()
    missing = a["renewal"]["missing"] if a["renewal"] else None
    codes = [finding["code"] for finding in a["findings"]]
    assert (a["term"]["status"], a["journey"]["step"], a["journey"]["waiting_on"], missing, codes) == SHOWN[name, as_of]
    assert as_of == TODAY or as_of in partner(name).notes


def test_there_are_at_least_18_examples() -> None:
    assert len(PARTNERS) >= 18


def test_the_examples_show_every_status_on_one_day() -> None:
    assert {row[0] for (_, day), row in SHOWN.items() if day == TODAY} == {str(status) for status in dsg.Status}


def test_the_examples_show_every_step_and_every_actor() -> None:
    rows = [row for (_, day), row in SHOWN.items() if day == TODAY]
    assert {row[1] for row in rows} == {None, *map(str, dsg.Step)}
    assert {row[2] for row in rows} == {None, *map(str, dsg.Actor)}


@pytest.mark.parametrize(
    ("name", "prerequisite"),
    [("proseware", "csp_authorization"), ("woodgrove", "support_contract"), ("lamna", "solutions_partner")],
)
def test_each_prerequisite_fails_alone_in_one_example(name: str, prerequisite: str) -> None:
    verdicts = assess(name).to_dict()["eligibility"]["prerequisites"]
    assert [key for key, verdict in verdicts.items() if verdict != "met"] == [prerequisite]
    assert verdicts[prerequisite] == "unmet"


@pytest.mark.parametrize(
    ("name", "as_of", "evaluation", "outstanding"),
    [
        ("margies-travel", "2027-02-01", "capability", 2850),
        ("relecloud", TODAY, "performance", 1850),
        ("vanarsdel", TODAY, "csat", 500),
        ("fourth-coffee", TODAY, "capability", 3350),
    ],
)
def test_each_evaluation_is_missing_in_one_example(name: str, as_of: str, evaluation: str, outstanding: int) -> None:
    a = assess(name, as_of).to_dict()
    assert a["fees"]["outstanding"] == outstanding
    missing = a["renewal"]["missing"] if a["renewal"] else [a["journey"]["step"]]
    assert missing[0] == evaluation


def test_contoso_is_in_force_and_the_renewal_is_ahead() -> None:
    a = assess("contoso").to_dict()
    assert a["term"]["in_force"] == "met"
    assert a["term"]["expires_on"] == "2026-12-12"
    assert (a["term"]["renewal_opens_on"], a["term"]["renewal_closes_on"]) == ("2026-10-13", "2027-01-11")
    assert a["days_left"] == 88
    assert a["evaluations"]["csat"]["valid_through"] < a["term"]["expires_on"]
    assert (a["fees"]["outstanding"], a["fees"]["due"], a["fees"]["incurred"]) == (1850, 0, 3350)
    assert assess("contoso", "2026-10-13").fees.due == 1850
    assert assess("contoso", "2026-12-01").eligibility.support_contract == "unmet"


def test_the_early_adoption_discount_is_a_share_of_the_contract() -> None:
    a = assess("contoso").to_dict()
    assert a["benefits"]["early_adoption_discount"] == "unknown"
    assert a["amounts"]["early_adoption_discount"] == {"amount": 6000, "currency": "USD"}


def test_an_example_shows_a_renewal_that_is_ready() -> None:
    assert assess("fabrikam").to_dict()["renewal"] == {"verdict": "met", "missing": []}


def test_overdue_is_not_in_force_by_the_default_reading() -> None:
    assert assess("northwind-traders").term.in_force == "unmet"
    assert assess("northwind-traders", after_anniversary="in_force").term.in_force == "met"


def test_a_lapsed_prerequisite_puts_the_term_at_risk() -> None:
    assert assess("humongous-insurance").term.at_risk
    assert assess("humongous-insurance").term.in_force == "met"
    assert assess("humongous-insurance", prerequisite_lapse="suspend").term.in_force == "unmet"
    assert [name for name in PARTNERS if assess(name).term.at_risk] == ["humongous-insurance"]


def test_unknown_facts_give_unknown_verdicts() -> None:
    assert assess("tailspin-toys").eligibility.verdict == "met"
    assert assess("tailspin-toys").fees.outstanding is None
    assert assess("wingtip-toys").eligibility.verdict == "unknown"


@pytest.mark.parametrize(
    ("as_of", "contract", "benefit"),
    [("2026-06-30", "unmet", "unmet"), (TODAY, "unknown", "unknown"), ("2027-07-01", "met", "met")],
)
def test_unified_for_partners_is_unmet_unknown_then_met(as_of: str, contract: str, benefit: str) -> None:
    a = assess("consolidated-messenger", as_of).to_dict()
    assert a["eligibility"]["prerequisites"]["support_contract"] == contract
    assert a["benefits"]["elevated_support"] == a["benefits"]["performance_credits"] == benefit


def test_a_failed_evaluation_costs_its_fee_and_stays_unmet() -> None:
    assert assess("fourth-coffee").fees.incurred == 1500
    assert assess("fourth-coffee").evaluations.capability.passed_on is None
    assert assess("relecloud").evaluations.performance.verdict == "unmet"


def test_a_late_renewal_does_not_move_the_anniversary() -> None:
    assert assess("margies-travel", "2027-02-01").to_dict()["term"]["expires_on"] == "2027-12-10"
    assert assess("margies-travel", "2027-02-01", late_renewal="ignored").term.status == "expired"


def test_a_renewal_after_a_gap_counts_for_its_own_window() -> None:
    assert assess("bellows", "2028-02-13").term.status == "expired"
    assert assess("bellows", "2028-02-15").to_dict()["term"]["expires_on"] == "2029-02-23"


def test_the_reading_decides_the_anniversary_of_a_leap_day() -> None:
    a = assess("graphic-design-institute", "2029-02-28").to_dict()
    assert (a["term"]["attained_on"], a["term"]["expires_on"]) == ("2028-02-29", "2029-02-28")
    b = assess("graphic-design-institute", "2029-02-28", leap_day="roll_forward").to_dict()
    assert (b["term"]["status"], b["term"]["expires_on"]) == ("renewal_open", "2029-03-01")


def test_the_example_policy_changes_answers() -> None:
    policy = dsg.load_policy(FOLDER / "policy.json")
    assert policy.to_dict()["notes"]
    a = dsg.assess(partner("humongous-insurance"), as_of=TODAY, policy=policy)
    assert a.term.in_force == "unmet"
    a = dsg.assess(partner("margies-travel"), as_of="2027-02-01", policy=policy)
    assert a.term.status == "expired"
    a = dsg.assess(partner("consolidated-messenger"), as_of="2027-02-28", policy=policy)
    assert a.eligibility.verdict == "unmet"
    a = dsg.assess(partner("consolidated-messenger"), as_of="2027-03-01", policy=policy)
    assert a.eligibility.verdict == "met"
    assert a.benefits.elevated_support == "met"
    assert a.fees.outstanding == 1900
