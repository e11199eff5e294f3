"""The impact of other rules or another date: the same differences as one by one, and the rule that did it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import designation as dsg
from conformance.cases import all_cases
from designation._rulebooks.rule_index import RULES_BY_PATH, rules_below
from designation._tables.changes import COLUMN_RULES, PATHS, SHOWN
from designation.cli._main import main
from model.generator import generate
from support.portfolio_tables import table_of

EXAMPLES = Path(dsg.__file__).parent / "examples"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
PRICES = {"fees": {"csat": [{"from": "2026-01-01", "amount": 600}]}}
SUSPEND = {"edition": "2026-04", "interpretations": {"prerequisite_lapse": "suspend", "after_anniversary": "in_force"}}
SIDES: list[tuple[Any, Any, str | None]] = [
    ("2025-11", "2026-04", "2026-12-20"),
    ("2026-04", "2026-09", "2027-02-01"),
    ("2025-11", dsg.parse_policy(PRICES), "2026-09-15"),
    ({}, SUSPEND, "2026-12-31"),
    ("leap_day=clamp", "leap_day=roll_forward", "2028-03-01"),
    ("2026-09-15", "2027-01-15", None),
]


def random_partners(number: int) -> list[dsg.Partner]:
    rng = Random(24)
    return [dsg.parse_partner(generate(rng)["partner"] | {"id": f"p{index}"}) for index in range(number)]


def rules_of(side: Any, as_of: str | None) -> tuple[str, Any, Any]:
    """Return the date, the policy, and the rulebook that a side stands for, as `assess` has them."""
    if isinstance(side, str) and side in dsg.rulebooks.editions():
        return str(as_of), None, dsg.rulebooks.load(side)
    if isinstance(side, str) and "=" in side:
        name, reading = side.split("=")
        return str(as_of), {"interpretations": {name: reading}}, None
    return (side, None, None) if isinstance(side, str) else (str(as_of), side, None)


def one_by_one(partner: dsg.Partner, before: Any, after: Any, as_of: str | None) -> dict[str, tuple[Any, Any]]:
    """Return the values of the compared paths that differ, by `dsg.compare`, and the deadline."""
    left, right = (dsg.assess(partner, *rules_of(side, as_of)) for side in (before, after))
    paths = {path: name for name, path in PATHS.items()}
    found = {paths[d.path]: (d.before, d.after) for d in dsg.compare(left, right).differences if d.path in paths}
    deadlines = (left.deadline, right.deadline)
    return found | ({"deadline": deadlines} if deadlines[0] != deadlines[1] else {})


def expected_rules(names: set[str]) -> list[str]:
    rules = {COLUMN_RULES[name] for name in names}
    below = {rule: rules_below(rule) for rule in rules} | {"SSD-T4": {"SSD-T1", "SSD-T2", "SSD-T3", "SSD-T6"}}
    return sorted(rule for rule in rules if not below[rule] & rules)


@pytest.mark.parametrize(("before", "after", "as_of"), SIDES, ids=str)
def test_the_changes_are_those_of_one_by_one_comparisons(before: Any, after: Any, as_of: str | None) -> None:
    partners = [*PARTNERS, *random_partners(100)]
    found = dsg.impact(partners, before, after, as_of)
    rows = {row["id"]: row for row in found.changes.to_pylist()}
    changed = 0
    for partner in partners:
        differing = one_by_one(partner, before, after, as_of)
        changed += bool(differing)
        assert (partner.id in rows) == bool(differing), partner.id
        if not differing:
            continue
        row = rows[partner.id]
        assert sorted(row["rules"]) == expected_rules(set(differing))
        for name in SHOWN:
            ends = (row[f"{name}_before"], row[f"{name}_after"])
            assert (ends[0] != ends[1]) == (name in differing), name
            if name in differing and not name.startswith("fees"):
                assert [str(end) for end in ends] == [str(end) for end in differing[name]]
            elif name in differing:
                assert ends == differing[name]
        assert row["other_differs"] == bool(differing.keys() - {*SHOWN})
        assert set(row["others"]) == differing.keys() - {*SHOWN}
    assert found.changed == changed
    assert found.partners == len(partners)
    assert changed or before == "2026-04"


def test_each_changed_result_counts_in_a_group_of_its_rule() -> None:
    found = dsg.impact([*PARTNERS, *random_partners(200)], "2026-09-15", "2027-01-15")
    rows = found.changes.to_pylist()
    for group in found.groups:
        own = [row for row in rows if group.key[0] in row["rules"]]
        assert group.partners == len(own)
        assert group.fees_before == sum(Decimal(str(row["fees_outstanding_before"] or 0)) for row in own)
        assert group.title == dsg.rulebooks.load("2025-11").to_dict()["rules"][group.key[0]]["title"]
    for name in ("status", "in_force", "eligibility", "deadline", "fees"):
        differing = sum(row[f"{name}_differs"] for row in rows)
        assert sum(getattr(group, name) for group in found.groups) >= differing
        assert not differing or max(getattr(group, name) for group in found.groups)
    assert [group.partners for group in found.groups] == sorted((one.partners for one in found.groups), reverse=True)
    moved = sum(move.partners for move in found.moves if move.result == "status")
    assert moved == sum(row["status_differs"] for row in rows)


def test_a_changed_fee_is_the_doing_of_its_rule_with_sums_before_and_after() -> None:
    found = dsg.impact(PARTNERS, "2025-11", PRICES, "2026-09-15")
    assert {rule for row in found.changes.to_pylist() for rule in row["rules"]} == {"SSD-F1", "SSD-F3"}
    sides = [
        [dsg.assess(partner, "2026-09-15", policy).fees.outstanding or 0 for partner in PARTNERS]
        for policy in (None, PRICES)
    ]
    assert found.fees["outstanding"] == (sum(sides[0]), sum(sides[1]))


def test_an_explanation_shows_no_rule_below_another_that_the_index_does_not_know() -> None:
    rules = set(RULES_BY_PATH.values())
    # A renewal's own rules are those of its readiness; what an award or a renewal relied on does not decide its date.
    evidence, same = {"SSD-T1", "SSD-T2", "SSD-T4"}, {f"SSD-R{number}": "SSD-R" for number in "1234"}
    edges = set()

    def walk(node: dsg.Explanation) -> None:
        for child in node.children:
            edges.add((same.get(node.rule, node.rule), same.get(child.rule, child.rule)))
            walk(child)

    for case in list(all_cases())[::4]:
        assessment = dsg.assess(case["partner"], case["as_of"], case["policy"])
        for rule in sorted(rules):
            walk(assessment.explain(rule))
    known = {(rule, other) for rule in rules for other in rules_below(rule)}
    shown = {
        (rule, other) for rule, other in edges if rule != other and {rule, other} <= rules and rule not in evidence
    }
    assert shown - known == set()
    assert len(shown) > 15


def test_a_partner_without_any_fact_and_an_empty_portfolio_change_nothing() -> None:
    for portfolio in ([], [{"id": "contoso"}], table_of([])):
        found = dsg.impact(portfolio, "2025-11", "leap_day=roll_forward", "2026-09-15", plans=True)
        assert (found.changed, found.groups, found.moves, found.partners) == (0, (), (), len(portfolio))
        assert [str(one) for one in found.fees["outstanding"]] == ["0", "0"]
        assert "results of 0 of" in str(found)


@pytest.mark.parametrize("kind", ["pyarrow", "pandas", "polars", "stream", "documents", "path"])
def test_every_form_of_a_portfolio_has_the_same_impact(kind: str, tmp_path: Path) -> None:
    documents = [partner.to_dict() for partner in PARTNERS]
    table = table_of(documents)
    pq.write_table(table, tmp_path / "p.parquet")
    forms = {
        "pyarrow": table,
        "pandas": table.to_pandas(),
        "polars": pl.DataFrame(table).lazy(),
        "stream": pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=5)),
        "documents": documents,
        "path": tmp_path / "p.parquet",
    }
    expected = dsg.impact(PARTNERS, "2025-11", SUSPEND, "2026-12-31", plans=True).to_dict()
    assert dsg.impact(forms[kind], "2025-11", SUSPEND, "2026-12-31", plans=True).to_dict() == expected
    assert expected["changed"] > 3


def test_groups_by_a_column_with_and_without_the_rule() -> None:
    regions = ["north" if index % 3 else None for index in range(len(PARTNERS))]
    table = table_of([partner.to_dict() for partner in PARTNERS], region=regions)
    found = dsg.impact(table, "2026-09-15", "2027-01-15", by=["region"])
    assert {group.key for group in found.groups} == {("north",), ("",)}
    assert sum(group.partners for group in found.groups) == found.changed
    assert "(blank)" in str(found)
    both = dsg.impact(table, "2026-09-15", "2027-01-15", by=["rule", "region"], keep=["region"])
    alone = {
        group.key[0]: group.partners for group in dsg.impact(table, "2026-09-15", "2027-01-15", keep=["region"]).groups
    }
    for rule, partners in alone.items():
        assert sum(group.partners for group in both.groups if group.key[0] == rule) == partners
    assert both.to_frame()["region"].isna().any()
    assert isinstance(both.to_frame(), pd.DataFrame)
    assert both.to_frame("polars").height == both.changed
    with pytest.raises(ValueError, match='kind must be "pandas" or "polars"'):
        both.to_frame("arrow")


def test_plans_are_compared_with_their_fees_and_latest_days() -> None:
    found = dsg.impact(PARTNERS, "2025-11", PRICES, "2026-09-15", plans=True, through="2029-12-31")
    assert found.plans is not None
    changes = {change.id: change for change in found.plans.changes}
    for partner in PARTNERS:
        left, right = (dsg.plan(partner, "2026-09-15", "2029-12-31", policy).recommended for policy in (None, PRICES))
        if left is None or right is None:
            continue
        latest = [[(step.type, step.latest) for step in plan.steps] for plan in (left, right)]
        is_same = (left.fees, left.lapsed_days, latest[0]) == (right.fees, right.lapsed_days, latest[1])
        assert (partner.id in changes) == (not is_same)
        if not is_same:
            assert (changes[partner.id].fees_before, changes[partner.id].fees_after) == (left.fees, right.fees)
    assert found.plans.fees_after > found.plans.fees_before
    assert found.plans.partners + found.plans.unplanned == len(PARTNERS)
    assert found.plans.to_frame().shape[0] == len(changes)
    assert "plans through 2029-12-31 differ" in " ".join(str(found).split())


@pytest.mark.parametrize(
    ("before", "after", "as_of", "problem"),
    [
        ("2026-10", "2026-04", None, "no such edition or file; must be an edition (2025-11, 2026-04, 2026-09)"),
        ("2026-09-15", "2026-04", None, '"2026-09-15" is a date, so the other side must be one too'),
        ("2026-09-15", "2026-09-16", "2026-01-01", "between two dates, as_of must not be given"),
        ("leap=clamp", "2026-04", None, '/interpretations/leap: unknown key "leap"'),
        ("leap_day=never", "2026-04", None, '/interpretations/leap_day: unknown value "never"'),
        ("2026-02-30", "2026-03-01", None, "not a valid date"),
        ({"fees": 1}, "2026-04", None, "/fees"),
    ],
)
def test_a_side_that_names_nothing_is_an_error(before: Any, after: str, as_of: str | None, problem: str) -> None:
    with pytest.raises(dsg.InputError) as raised:
        dsg.impact(PARTNERS, before, after, as_of)
    assert problem in str(raised.value)


def test_a_side_of_another_type_and_a_wrong_argument_are_errors() -> None:
    with pytest.raises(TypeError, match="must be an edition, a date, a policy, a rulebook, or a file, not int"):
        dsg.impact(PARTNERS, 1, "2026-04")
    with pytest.raises(ValueError, match='"raise" or "exclude", not "null"'):
        dsg.impact(PARTNERS, "2025-11", "2026-04", on_error="null")
    with pytest.raises(ValueError, match='no column "region"'):
        dsg.impact(PARTNERS, "2025-11", "2026-04", keep=["region"])
    with pytest.raises(ValueError, match='by must name "rule" or a column'):
        dsg.impact(PARTNERS, "2025-11", "2026-04", by=[])
    with pytest.raises(ValueError, match="is before 2027-01-15"):
        dsg.impact(PARTNERS, "2026-09-15", "2027-01-15", plans=True, through="2026-12-31")


def test_problems_are_raised_or_the_partners_excluded(tmp_path: Path) -> None:
    documents = [partner.to_dict() for partner in PARTNERS]
    bad = [*documents, {"id": "bad", "events": [{"on": "2026-09-15", "type": "nothing"}]}]
    good = dsg.impact(documents, "2026-09-15", "2027-01-15")
    for portfolio in (bad, table_of(bad)):
        with pytest.raises(dsg.InputError, match="nothing"):
            dsg.impact(portfolio, "2026-09-15", "2027-01-15")
        found = dsg.impact(portfolio, "2026-09-15", "2027-01-15", on_error="exclude", plans=True)
        assert found.plans is not None
        assert found.plans.partners + found.plans.unplanned == good.partners
        assert (found.excluded, found.partners, found.groups) == (1, good.partners, good.groups)
        assert "1 partner excluded" in str(found)


def test_files_of_policies_and_rulebooks_are_told_apart(tmp_path: Path) -> None:
    rulebook = {
        "extends": "2025-11",
        "edition": "mine",
        "fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": 700}]}},
    }
    (tmp_path / "rulebook.json").write_text(json.dumps(rulebook), "utf-8")
    (tmp_path / "policy.json").write_text(json.dumps(PRICES), "utf-8")
    (tmp_path / "bad.json").write_text('{"format": "designation/rulebook@1", "extends": 1}', "utf-8")
    base = {"interpretations": {"after_anniversary": "in_force"}, "edition": "2026-04"}
    found = dsg.impact(PARTNERS, tmp_path / "rulebook.json", tmp_path / "policy.json", "2026-09-15", policy=base)
    assert (found.before.edition, found.after.edition) == ("mine", "2025-11")
    sides = (dsg.parse_policy({"interpretations": base["interpretations"]}), None)
    book = dsg.rulebooks.load(tmp_path / "rulebook.json")
    expected = [dsg.assess(one, "2026-09-15", sides[0], book).fees.outstanding or 0 for one in PARTNERS]
    assert found.fees["outstanding"][0] == sum(expected)
    with pytest.raises(dsg.InputError, match=r"bad\.json:1:\d+: /extends"):
        dsg.impact(PARTNERS, "2025-11", tmp_path / "bad.json")


def test_the_page_shows_only_what_changes() -> None:
    dearer = {"fees": {"csat": [{"from": "2026-07-01", "amount": 650}]}}
    same = str(dsg.impact(PARTNERS, "2025-11", "2026-09", "2026-11-29"))
    other = str(dsg.impact(PARTNERS[:4], "2025-11", dearer, "2026-07-15"))
    assert "\n                fees unchanged\n\nRule                            partners  eligibility  other\n" in same
    assert "USD" not in same
    assert "fees due 4,200 -> 4,650 USD (+450)\n                fees incurred unchanged\n" in other
    assert "SSD-F1 Fees outstanding                   6,050  6,650\n" in other


def test_the_command_prints_a_page_and_writes_json_a_table_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pq.write_table(table_of([partner.to_dict() for partner in PARTNERS], region=["north"] * len(PARTNERS)), "p.parquet")
    expected = dsg.impact(PARTNERS, "2026-09-15", "2027-01-15")
    call = ["impact", "2026-09-15", "2027-01-15", "--quiet"]
    assert main([*call, "p.parquet", "--by", "rule", "--by", "region"]) == 0
    assert "SSD-T6 Status, north" in capsys.readouterr().out
    assert main([*call, *map(str, EXAMPLES.glob("*-*.json")), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["partners"] == len(list(EXAMPLES.glob("*-*.json")))
    assert main([*call, "p.parquet", "-o", "changes.csv", "--keep", "region"]) == 0
    assert capsys.readouterr() == ("", "")
    assert pd.read_csv("changes.csv")["id"].to_list() == expected.changes["id"].to_pylist()
    assert main([*call, "p.parquet", "--plans", "--on-error", "exclude", "-o", "impact.html"]) == 0
    page = Path("impact.html").read_text("utf-8")
    assert "Impact of 2026-09-15 \N{RIGHTWARDS ARROW} 2027-01-15" in page
    assert "SSD-T6 Status" in page
    assert "15 of 21 plans through 2032-01-15 differ" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2026-10", "2026-04", "p.json"], "2026-10: no such edition or file"),
        (["2025-11", "2026-04", "p.json", "--through", "2030-01-01"], "--through needs --plans"),
        (["2025-11", "2026-04", "p.json", "-o", "x.json"], "add --format json to write JSON"),
        (["2025-11", ".", "p.json"], "cannot be read"),
        (["2025-11", "2026-04", "p.json", "--on-error", "null"], "must be one of raise, exclude"),
    ],
)
def test_the_command_names_a_wrong_argument(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.json").write_text('{"id": "contoso"}', "utf-8")
    assert main(["impact", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_report_of_an_impact_shows_groups_and_partners() -> None:
    report = dsg.report(dsg.impact(PARTNERS, "2025-11", "2026-04", "2026-12-20"))
    assert [section["title"] for section in report.model["sections"]][:2] == ["What changes", "By rule"]
    assert report.html.startswith("<!doctype html>")
    nothing = dsg.report(dsg.impact(PARTNERS, "2025-11", "2025-11", "2026-12-20", plans=True))
    assert "Results of 0 of 21 partners differ." in nothing.html


def test_the_readings_of_a_portfolio_are_an_impact_for_each_interpretation(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    policy = {"interpretations": {"prerequisite_lapse": "suspend"}}
    found = dsg.portfolio.readings(PARTNERS, "2026-12-20", policy=policy)
    by_name = {impact.after.name: impact for impact in found.impacts}
    assert {"after_anniversary=in_force", "prerequisite_lapse=flag"} <= set(by_name)
    for name, impact in by_name.items():
        alone = dsg.impact(PARTNERS, impact.before.name, name, "2026-12-20", policy=policy)
        assert impact.to_dict() == alone.to_dict()
    # The partners whose deadline depends on an interpretation are one call away.
    frame = found.to_frame()
    depending = frame[frame["deadline_differs"]]
    for partner in PARTNERS:
        deciding = {
            one["interpretation"]
            for one in dsg.assess(partner, "2026-12-20", policy).deciding
            if one["path"] == "/deadline" and one["on"] == "2026-12-20"
        }
        assert deciding <= set(depending[depending["id"] == partner.id]["interpretation"]), partner.id
    assert len(depending)
    assert found.to_frame("polars").height == len(frame)
    assert str(found).startswith("21 partners as of 2026-12-20, edition 2025-11")

    path = tmp_path / "p.parquet"
    pq.write_table(table_of([partner.to_dict() for partner in PARTNERS]), path)
    (tmp_path / "policy.json").write_text(json.dumps(policy), "utf-8")
    call = ["readings", "--portfolio", str(path), "--as-of", "2026-12-20", "--policy", str(tmp_path / "policy.json")]
    assert main([*call, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(found.to_dict()))
    assert main(call) == 0
    assert "after_anniversary=in_force" in capsys.readouterr().out
    assert main([*call, "--paths"]) == 2


def test_a_portfolio_that_depends_on_no_reading_says_so() -> None:
    found = dsg.portfolio.readings([{"id": "contoso"}], "2026-09-15")
    assert found.impacts == ()
    assert "No other reading changes a result" in str(found)
    assert len(found.to_frame()) == 0
