"""Budgets: a table of partners and fiscal years, what it does not count, what it assumes, and other policies."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import designation as dsg
from designation.cli import main

EXAMPLES = Path(dsg.__file__).parent / "examples"
FILES = [str(EXAMPLES / f"{name}.json") for name in ("contoso", "fabrikam", "litware")]
AS_OF, THROUGH = "2026-09-15", "2028-06-30"
SPAN = ["--as-of", AS_OF, "--through", THROUGH]
OTHER = {"fees": {"csat": [{"from": "2027-01-01", "amount": 600}]}}
REPEATING = {
    "interpretations": {"pass_reference_day": "decision"},
    "fees": {"csat": [{"from": "2027-02-02", "amount": 550}]},
}
Capture = pytest.CaptureFixture[str]


def attained(on: str, *events: dsg.Event, **facts: Any) -> dsg.Partner:
    return dsg.Partner(id="p", events=[dsg.Event(on=on, type="badge_awarded"), *events], **facts)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def budget_of(*args: str, capsys: Capture) -> str:
    assert main(["budget", *FILES, *SPAN, *args]) == 0
    return capsys.readouterr().out


def test_the_table_has_a_row_per_partner_a_column_per_fiscal_year_and_a_footer(capsys: Capture) -> None:
    lines = [line.split() for line in budget_of("--by", "fiscal-year", capsys=capsys).splitlines()]
    assert ["Partner", "FY2027", "FY2028", "Total"] in lines
    assert ["Contoso", "Cloud", "1,850", "3,350", "5,200"] in lines
    assert ["Fabrikam", "Managed", "Services", "0", "3,350", "3,350"] in lines
    assert ["Total", "5,200", "8,550", "13,750"] in lines


def test_many_months_stand_in_tables_of_80_columns_that_add_up(capsys: Capture) -> None:
    text = budget_of("--by", "month", "--through", "2031-06-30", capsys=capsys)
    assert max(map(len, text.splitlines())) <= 80
    footers = [line.split()[1:] for line in text.splitlines() if line.startswith("Total")]
    amounts = [int(amount.replace(",", "")) for footer in footers for amount in footer]
    assert len(footers) > 1
    assert sum(amounts[:-1]) == amounts[-1]


def test_csv_and_workbook_hold_the_same_table(tmp_path: Path, capsys: Capture) -> None:
    for name in ("b.csv", "b.xlsx"):
        assert main(["budget", *FILES, *SPAN, "-o", str(tmp_path / name)]) == 0
    rows = read_csv(tmp_path / "b.csv")
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    header, *sheet, footer = book["budget"].values
    assert [row["partner_id"] for row in rows] == [row[0] for row in sheet] == ["contoso", "fabrikam", "litware"]
    for row, cells in zip(rows, sheet, strict=True):
        found = dict(zip(header, cells, strict=True))
        for column in ("FY2027", "FY2028", "total", "later_fees"):
            assert Decimal(row[column]) == found[column]
    assert dict(zip(header, footer, strict=True))["total"] == 13750
    notes = " ".join(str(row[0]).strip() for row in book["notes"].values)
    assert "fees after 2028-06-30 are not counted" in notes


def test_a_csv_holds_no_formula_and_names_partners_without_a_plan(tmp_path: Path) -> None:
    documents = [
        {"id": "=1+1", "name": "=cmd", "events": [{"on": "2025-12-12", "type": "badge_awarded"}]},
        {"id": "unknown"},
    ]
    file = tmp_path / "p.ndjson"
    file.write_text("".join(json.dumps(one) + "\n" for one in documents), "utf-8")
    assert main(["budget", str(file), *SPAN, "-o", str(tmp_path / "b.csv")]) == 0
    first, second = read_csv(tmp_path / "b.csv")
    assert (first["partner_id"], first["name"]) == ("'=1+1", "'=cmd")
    assert (second["total"], second["note"]) == ("", "no plan: needs /events")


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_a_frame_by_fiscal_year_agrees_with_the_sums(kind: str) -> None:
    budget = dsg.budget(FILES, AS_OF, THROUGH)
    frame: Any = budget.to_frame(kind, by="fiscal_year")
    for year, amount in budget.by_fiscal_year.items():
        assert sum(frame[f"FY{year}"]) == amount
    with pytest.raises(ValueError, match="must be one of fiscal_year, month"):
        budget.to_frame(kind, by="week")


def test_fees_after_the_last_day_are_named_and_are_those_of_a_longer_plan(capsys: Capture) -> None:
    text = " ".join(budget_of(capsys=capsys).split())
    assert "fees after 2028-06-30 are not counted; 7,050 USD fall due by 2028-12" in text
    short, long = dsg.budget(FILES, AS_OF, THROUGH), dsg.budget(FILES, AS_OF, "2028-12-31")
    assert short.total + short.later_total == long.total
    assert str(short.later_by) == "2028-12-12"


def test_the_contract_that_breaks_the_plan_is_named_with_its_end() -> None:
    ending = {"type": "psfp", "from": "2025-01-01", "through": "2027-02-28"}
    rest: dict[str, Any] = {
        "csp_authorizations": [{"type": "direct_bill", "from": "2020-01-01"}],
        "solutions_partner_designations": [{"area": "security", "from": "2020-01-01"}],
    }
    broken = dsg.budget(attained("2026-03-02", support_contracts=[ending], **rest), AS_OF, THROUGH)
    (gap,) = broken.gaps
    assert (str(gap.on), gap.record, str(gap.by)) == ("2027-03-01", "psfp", "2027-03-02")
    assert "PSfP contract ends on 2027-02-28; the renewal needs one by 2027-03-02" in " ".join(str(broken).split())
    following = {"type": "asfp", "from": "2027-03-01"}
    assert not dsg.budget(attained("2026-03-02", support_contracts=[ending, following], **rest), AS_OF, THROUGH).gaps
    late = {**ending, "through": "2028-03-02"}  # the last decision is on that day at the latest
    assert not dsg.budget(attained("2026-03-02", support_contracts=[late], **rest), AS_OF, THROUGH).gaps


def test_the_total_says_how_many_partners_have_no_plan() -> None:
    planned = attained("2026-03-02")
    assert "\nTotal  " in str(dsg.budget([planned], AS_OF, THROUGH))
    page = str(dsg.budget([planned, dsg.Partner(id="unknown")], AS_OF, THROUGH))
    assert "\nTotal without 1 partner" in page
    assert "unknown: needs /events" in page.split("(see below)")[1]


def test_what_is_missing_when_a_plan_begins_is_needed_first() -> None:
    page = " ".join(str(dsg.budget(dsg.Partner(id="p", events=[], csp_authorizations=[]), AS_OF, THROUGH)).split())
    assert f"CSP authorization is not met on {AS_OF}; the award needs one first" in page


def test_the_form_and_the_eligibility_decision_are_assumed_toward_the_badge_only() -> None:
    toward, held = (str(dsg.budget(file, AS_OF, THROUGH)) for file in (FILES[2], FILES[0]))
    assert "the form is registered" in toward
    assert "the form is registered" not in held


def test_another_policy_has_an_effect_by_prices_and_one_by_schedule() -> None:
    change = dsg.budget(FILES, AS_OF, THROUGH, against=OTHER).against
    assert change is not None
    before, after = (dsg.budget(FILES, AS_OF, THROUGH, policy) for policy in (None, OTHER))
    assert (change.before, change.after) == (before.total, after.total)
    plans = [dsg.plan(file, AS_OF, THROUGH).recommended for file in FILES]
    assert change.prices == sum(dsg.reprice(plan, OTHER).fees - plan.fees for plan in plans if plan)
    assert change.prices > 0 > change.schedule
    for parts in (change.by_fiscal_year, change.by_partner):
        for name in ("before", "prices", "schedule", "after"):
            assert sum(getattr(part, name) for part in parts.values()) == getattr(change, name), name
    assert {year: one.after for year, one in change.by_fiscal_year.items()} == after.by_fiscal_year


def test_a_partner_with_a_plan_under_one_policy_only_is_left_out_and_named() -> None:
    blocked = {"planning": {"blocked": [{"from": "2026-10-01", "through": "2027-01-31"}]}}
    change = dsg.budget(FILES, AS_OF, THROUGH, against=blocked).against
    assert change is not None
    assert "contoso" in change.left_out
    assert "contoso" not in change.by_partner
    assert "Not compared" in str(change)


@pytest.mark.parametrize("command", ["budget", "plan"])
def test_the_command_line_compares_policies_in_one_call(command: str, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(OTHER), "utf-8")
    words = [command, FILES[0], *SPAN, "--against", str(other)]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "other prices on the same schedule" in text
    assert main([*words, "--format", "json"]) == 0
    against = json.loads(capsys.readouterr().out)["against"]
    assert against["before"] + against["prices"] + against["schedule"] == against["after"]


def test_repeats_are_named_and_worth_avoids_them(tmp_path: Path, capsys: Capture) -> None:
    partner = attained("2026-03-02", dsg.Event(on="2026-12-01", type="csat_evaluated", outcome="pass"))
    for name, document in (("p.json", partner.to_dict()), ("policy.json", REPEATING)):
        (tmp_path / name).write_text(json.dumps(document), "utf-8")
    words = [str(tmp_path / "p.json"), "--as-of", "2027-02-01", "--through", "2028-12-31"]
    words += ["--policy", str(tmp_path / "policy.json")]
    assert main(["plan", *words]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "Repeats CSAT on 2027-02-01: saves 50 USD against 4,750 USD without repeats" in text
    assert main(["plan", *words, "--worth", "51"]) == 0
    # The column of the plans may be there; the row about the repeats of the recommended plan is not.
    assert not any(line.startswith("Repeats ") for line in capsys.readouterr().out.splitlines())
    totals = []
    for worth in ("50", "51"):
        assert main(["budget", *words, "--worth", worth, "--format", "json"]) == 0
        totals.append(json.loads(capsys.readouterr().out)["total"])
    assert totals == [4700, 4750]
    assert main(["budget", *words, "--worth", "-1"]) == 2


def test_a_plan_shows_the_last_day_for_a_second_try() -> None:
    policy = {"planning": {"retry_days": {"csat": 30, "performance": 70}}}
    lines = str(dsg.plan(FILES[0], AS_OF, "2026-12-31", policy)).splitlines()
    dates = [line[line.index("2026-10-13") :].split()[:3] for line in lines if "  2026-10-13" in line]
    assert any("Safe by" in line for line in lines)
    assert dates[0] == ["2026-10-13", "2026-12-12", "none"]
    assert dates[1] == ["2026-10-13", "2026-12-12", "2026-11-12"]
    assert "Safe by" not in str(dsg.plan(FILES[0], AS_OF, "2026-12-31"))
