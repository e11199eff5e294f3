"""The summary of a portfolio agrees with the assessment of each partner."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import designation as dsg
from conformance.cases import all_cases
from designation.cli import main

Json = dict[str, Any]
AS_OF = "2026-09-15"
EXAMPLES = files("designation") / "examples"
PARTNERS = [
    dsg.parse_partner(example.read_bytes())
    for example in sorted(EXAMPLES.iterdir(), key=lambda example: example.name)
    if example.name.endswith(".json") and example.name != "policy.json"
]
LISTS = ("csp_authorizations", "support_contracts", "solutions_partner_designations", "events")
LAPSED, IN_FORCE = ({"interpretations": {"after_anniversary": reading}} for reading in ("lapsed", "in_force"))

FRAMES: dict[str, Callable[[pa.Table], Any]] = {
    "pyarrow": lambda table: table,
    "polars": pl.DataFrame,
    "polars lazy": lambda table: pl.DataFrame(table).lazy(),
    "pandas": lambda table: table.to_pandas(),
    "duckdb": lambda table: duckdb.connect().from_arrow(table),
}


def table_of(partners: list[dsg.Partner]) -> pa.Table:
    return dsg.portfolio.from_documents(partners).table


def assessed(policy: Json | None = None, as_of: str = AS_OF) -> list[dsg.Assessment]:
    return [dsg.assess(partner, as_of, policy) for partner in PARTNERS]


@pytest.mark.parametrize("kind", FRAMES)
def test_any_kind_of_frame_gives_the_summary_of_its_assessments(kind: str) -> None:
    partners = FRAMES[kind](table_of(PARTNERS))
    answers = dsg.assess_table(partners, as_of=AS_OF)
    assert dsg.summarize(answers, partners) == dsg.summarize(assessed())
    alone = dsg.summarize(answers)
    assert alone.actions is None
    assert alone.facts_needed is None
    assert {row.contracts for row in alone.ending} == {None}
    assert alone.missing == dsg.summarize(assessed()).missing
    names = {partner.id: partner.name for partner in PARTNERS}
    assert all(row.name == names[row.id] for row in dsg.summarize(assessed()).deadlines)
    assert {row.name for row in alone.deadlines} == {None}


def test_the_counts_agree_with_the_partners() -> None:
    each = assessed()
    summary = dsg.summarize(each)
    assert summary.partners == sum(summary.status.values()) == len(PARTNERS)
    for word, count in summary.status.items():
        assert count == sum(a.term.status == word for a in each)
    for word, count in summary.in_force.items():
        assert count == sum(a.term.in_force == word for a in each)
    assert summary.eligibility["unmet"] == sum(a.eligibility.verdict == "unmet" for a in each) > 0
    at_risk = [a.partner.id for a in each if a.term.at_risk]
    assert summary.at_risk == len(at_risk) > 0
    assert summary.first_at_risk == tuple(at_risk[:5])
    assert f"held, but the prerequisites are not met {at_risk[0]}" in " ".join(str(summary).split())
    for row in summary.missing:
        held = not_held = unknown = 0
        for one in each:
            verdicts = {**one.eligibility.prerequisites, **{name: e.verdict for name, e in one.evaluations.items()}}
            unknown += verdicts[row.item] == "unknown"
            if one.renewal is None:
                not_held += verdicts[row.item] == "unmet"
            elif row.item in one.eligibility.prerequisites:
                held += verdicts[row.item] == "unmet"
            else:
                held += row.item in one.renewal.missing
        assert row == (row.item, held, not_held, unknown)


def test_fees_add_up_by_month_and_by_fiscal_year() -> None:
    each = assessed()
    summary = dsg.summarize(each)
    assert summary.outstanding == sum(a.fees.outstanding or 0 for a in each) > 0
    assert summary.due == sum(a.fees.due or 0 for a in each) > 0
    assert summary.incurred == sum(a.fees.incurred or 0 for a in each) > 0
    assert summary.fees_unknown == sum(a.fees.outstanding is None for a in each) > 0
    for rows in (summary.fees_by_month, summary.fees_by_fiscal_year):
        assert sum(row.outstanding for row in rows) == summary.outstanding
        assert sum(row.due for row in rows) == summary.due
        assert sum(row.partners for row in rows) == sum(bool(a.fees.outstanding) for a in each)
    for row in summary.fees_by_month:
        if isinstance(row.when, str):
            year, month = map(int, row.when.split("-"))
            assert year + (month >= 7) in {row.when for row in summary.fees_by_fiscal_year}


def fees_by_month(assessment: dsg.Assessment) -> Counter[str | None]:
    """Return the outstanding fees by the month of the deadline; before unmet prerequisites, no action has a fee."""
    fees: Counter[str | None] = Counter()
    for action in assessment.actions:
        if action.fee:
            fees[None if action.by is None else f"{action.by:%Y-%m}"] += int(action.fee)
    is_ineligible = assessment.renewal is None and assessment.eligibility.verdict == "unmet"
    if is_ineligible and assessment.fees.outstanding:
        fees[None] = int(assessment.fees.outstanding)
    return fees


@pytest.mark.parametrize("policy", [LAPSED, IN_FORCE, {"interpretations": {"prerequisite_lapse": "suspend"}}])
@pytest.mark.parametrize("as_of", ["2025-12-30", AS_OF, "2026-12-31", "2027-06-30"])
def test_the_month_of_a_fee_is_that_of_the_deadline_of_its_action(policy: Json, as_of: str) -> None:
    wanted: Counter[str | None] = Counter()
    for one in assessed(policy, as_of):
        wanted += fees_by_month(one)
    summary = dsg.summarize(assessed(policy, as_of))
    assert {row.when: row.outstanding for row in summary.fees_by_month} == wanted


def test_expirations_are_counted_in_their_month() -> None:
    each, wanted = assessed(), Counter[tuple[str, str]]()
    for one in each:
        if one.renewal is not None:
            wanted[f"{one.term.expires_on:%Y-%m}", "badges"] += 1
        for name, evaluation in one.evaluations.items():
            if evaluation.verdict == "met":
                wanted[f"{evaluation.valid_through:%Y-%m}", name] += 1
        for contract in one.partner.support_contracts or ():
            if contract.through and contract.from_ <= one.as_of <= contract.through:
                wanted[f"{contract.through:%Y-%m}", "contracts"] += 1
    found = Counter(
        {
            (row.month, name): count
            for row in dsg.summarize(each).ending
            for name, count in row._asdict().items()
            if isinstance(count, int) and count
        }
    )
    assert found == wanted
    assert {name for _, name in found} == {"badges", "capability", "performance", "csat", "contracts"}


def test_the_actions_agree_with_the_partners() -> None:
    wanted: dict[tuple[str, str], list[dsg.Action]] = {}
    for one in assessed():
        for action in one.actions:
            wanted.setdefault((action.actor, action.do), []).append(action)
    rows = dsg.summarize(assessed()).actions or ()
    assert len(rows) == len(wanted)
    for row in rows:
        actions = wanted[row.actor, row.do]
        deadlines = [action.by for action in actions if action.by is not None]
        fees = sum(action.fee or Decimal(0) for action in actions)
        assert row[3:] == (len(actions), fees, min(deadlines, default=None))
    assert [row.actor for row in rows] == sorted(row.actor for row in rows)


def test_a_fact_that_decides_alone_leaves_nothing_unknown() -> None:
    partners = [
        dsg.parse_partner({"id": str(unknown), **{name: None if name in unknown else [] for name in LISTS}})
        for count in range(5)
        for unknown in combinations(LISTS, count)
    ]
    settled: Counter[str] = Counter()
    for partner in partners:
        before = dsg.assess(partner, AS_OF).explain().facts_needed
        for name in LISTS:
            if getattr(partner, name) is None:
                given = dsg.parse_partner({**partner.to_dict(), name: []})
                settled[f"/{name}"] += not dsg.assess(given, AS_OF).explain().facts_needed
        assert bool(before) == any(getattr(partner, name) is None for name in LISTS)
    rows = dsg.summarize([dsg.assess(partner, AS_OF) for partner in partners]).facts_needed or ()
    assert {row.fact: row.settles for row in rows} == settled == {f"/{name}": 1 for name in LISTS}
    assert {row.needed_by for row in rows} == {8}


def test_conformance_cases_have_their_facts_needed_and_fees_by_month() -> None:
    for case in all_cases():
        one = dsg.assess(dsg.parse_partner(case["partner"]), case["as_of"], case["policy"])
        summary = dsg.summarize([one])
        assert [row.fact for row in summary.facts_needed or ()] == sorted(one.explain().facts_needed), case["name"]
        assert {row.when: row.outstanding for row in summary.fees_by_month} == fees_by_month(one), case["name"]


def test_the_fact_that_decides_most_comes_first() -> None:
    known: Json = {name: [] for name in LISTS}
    partners = [dsg.parse_partner({"id": str(i), **known, "events": None}) for i in range(3)]
    partners += [dsg.parse_partner({"id": "no contracts", **known, "support_contracts": None})]
    partners += [dsg.parse_partner({"id": f"nothing {i}", **known, LISTS[0]: None, LISTS[1]: None}) for i in range(9)]
    rows = dsg.summarize([dsg.assess(partner, AS_OF) for partner in partners]).facts_needed
    assert rows == (("/events", 3, 3), ("/support_contracts", 1, 10), ("/csp_authorizations", 0, 9))


def test_a_date_in_a_policy_can_be_the_deciding_fact() -> None:
    contracts = [{"type": "ufp", "from": "2026-08-01"}]
    award = [{"on": "2026-03-02", "type": "badge_awarded"}]
    known: Json = {LISTS[0]: [], LISTS[2]: [], "support_contracts": contracts, "events": award}
    partner = dsg.parse_partner({"id": "contoso", **known})
    fact = "/availability/unified_for_partners/available_from"
    assert dsg.summarize([dsg.assess(partner, AS_OF)]).facts_needed == ((fact, 1, 1),)
    policy = {"availability": {"unified_for_partners": {"available_from": "2027-03-01"}}}
    assert dsg.summarize([dsg.assess(partner, AS_OF, policy)]).facts_needed == ()


def test_partners_are_found_by_their_ids() -> None:
    answers = dsg.assess_table(table_of(PARTNERS), as_of=AS_OF)
    some = answers.take([5, 2, 9])
    wanted = dsg.summarize([dsg.assess(PARTNERS[at], AS_OF) for at in (5, 2, 9)])
    assert dsg.summarize(some, PARTNERS) == dsg.summarize(some, table_of(PARTNERS)) == wanted


def test_a_row_without_an_assessment_is_counted_separately() -> None:
    partners = table_of(PARTNERS[:3])
    ids = pa.array([PARTNERS[0].id, None, PARTNERS[2].id])
    broken = partners.set_column(0, "id", ids)
    answers = dsg.assess_table(broken, as_of=AS_OF, on_error="null")
    summary = dsg.summarize(answers, broken)
    assert (summary.partners, summary.unanswered, sum(summary.status.values())) == (3, 1, 2)
    assert "1 of them without a result" in str(summary)


def test_each_partner_may_have_a_date_of_its_own() -> None:
    days = [datetime.date(2026, 1, 1) + datetime.timedelta(30 * i) for i in range(len(PARTNERS))]
    partners = table_of(PARTNERS).append_column("day", pa.array(days))
    summary = dsg.summarize(dsg.assess_table(partners, as_of="day"), partners)
    assert summary == dsg.summarize([dsg.assess(p, day) for p, day in zip(PARTNERS, days, strict=True)])
    assert summary.days == (days[0], days[-1])
    assert "as of dates from 2026-01-01 to" in str(summary)


def test_an_empty_portfolio_has_a_summary() -> None:
    summary = dsg.summarize([])
    assert (summary.partners, summary.days, int(summary.outstanding), len(summary.ending)) == (0, None, 0, 0)
    assert summary == dsg.summarize(dsg.assess_table(table_of([]), as_of=AS_OF), [])
    assert str(summary).startswith("0 partners, edition 2025-11\n")


def test_derived_dates_beyond_the_supported_range_have_months() -> None:
    partner = dsg.parse_partner({"id": "late", "events": [{"on": "2199-08-01", "type": "badge_awarded"}]})
    summary = dsg.summarize([dsg.assess(partner, "2199-09-15")])
    assert [row.when for row in summary.fees_by_month] == ["2200-08"]
    assert [row.when for row in summary.fees_by_fiscal_year] == [2201]


def test_assessments_under_another_policy_or_on_several_dates_are_refused() -> None:
    partners = table_of(PARTNERS)
    later = dsg.assess_table(partners, as_of=AS_OF, policy={"edition": "2026-04"})
    with pytest.raises(dsg.InputError, match="the results are of edition 2026-04, not 2025-11; pass their policy"):
        dsg.summarize(later)
    assert dsg.summarize(later, partners, policy={"edition": "2026-04"}).edition == "2026-04"
    dearer = {"fees": {"csat": [{"from": "2026-01-01", "amount": 550}]}}
    strict = dsg.assess_table(partners, as_of=AS_OF, policy=dearer)
    with pytest.raises(ValueError, match="pass the partners, policy, and rulebook of the results"):
        dsg.summarize(strict, partners)
    with pytest.raises(ValueError, match="a partner has results for several dates"):
        dsg.summarize(dsg.assess_table(partners, as_of="2026-01-01..2026-01-02"))
    with pytest.raises(ValueError, match="the assessments have different rules"):
        dsg.summarize([*assessed()[:1], *assessed(IN_FORCE)[:1]])


def test_a_value_that_cannot_be_summarized_is_refused() -> None:
    partners = table_of(PARTNERS)
    answers = dsg.assess_table(partners, as_of=AS_OF)
    with pytest.raises(dsg.InputError) as error:
        dsg.summarize(answers.drop_columns(["status"]).set_column(1, "as_of", pa.array(["soon"] * len(answers))))
    assert [one.pointer for one in error.value.diagnostics] == ["/as_of", "/status"]
    with pytest.raises(ValueError, match=f'no partner has the id "{PARTNERS[1].id}"; {len(PARTNERS) - 1} results'):
        dsg.summarize(answers, PARTNERS[:1])
    with pytest.raises(ValueError, match="the ids of the partners must be unique"):
        dsg.summarize(answers, [*PARTNERS, PARTNERS[0]])
    with pytest.raises(TypeError, match="a list to summarize must hold assessments, not Partner"):
        dsg.summarize(PARTNERS)
    with pytest.raises(TypeError, match=r"a table must be .*, not int"):
        dsg.summarize(7)


def test_the_parts_of_a_summary_are_frames() -> None:
    summary = dsg.summarize(assessed())
    frame = summary.to_frame("fees_by_month", "polars")
    assert frame.columns == ["when", "partners", "outstanding", "due"]
    assert frame["outstanding"].sum() == summary.outstanding
    assert list(summary.to_frame("actions").columns) == ["actor", "do", "rule", "partners", "fees", "by"]
    assert isinstance(summary.to_frame("missing"), pd.DataFrame)
    with pytest.raises(ValueError, match="part must be one of deadlines, missing, fees_by_month"):
        summary.to_frame("status")
    with pytest.raises(ValueError, match='not "spark"'):
        summary.to_frame("missing", "spark")
    with pytest.raises(ValueError, match="actions needs the partners"):
        dsg.summarize(dsg.assess_table(table_of(PARTNERS), as_of=AS_OF)).to_frame("actions")


def test_the_page_fits_in_80_columns() -> None:
    summary = dsg.summarize(assessed())
    assert max(map(len, str(summary).splitlines())) <= 80
    assert repr(summary) == f"<Summary: {len(PARTNERS)} partners, edition 2025-11>"
    alone = str(dsg.summarize(dsg.assess_table(table_of(PARTNERS), as_of=AS_OF)))
    assert alone.endswith("require the partners.")


@pytest.mark.parametrize("ending", ["ndjson", "parquet", "csv", "xlsx"])
def test_the_command_gives_the_same_summary(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"partners.{ending}"
    partners: list[dsg.Partner] = PARTNERS
    if ending == "ndjson":
        dsg.portfolio.to_documents(table_of(PARTNERS), path)
    elif ending == "parquet":
        import pyarrow.parquet

        pyarrow.parquet.write_table(table_of(PARTNERS), path)
    elif ending == "csv":
        rows = [{name: json.dumps(value) for name, value in partner.to_dict().items()} for partner in PARTNERS]
        frame = pl.DataFrame([{name: row.get(name) for name in ("id", "name", *LISTS)} for row in rows])
        frame.with_columns(pl.col("id", "name").str.strip_chars('"')).write_csv(path)
    else:
        dsg.portfolio.write_workbook(path)
        partners = [dsg.parse_partner(one) for one in dsg.portfolio.from_excel(path).documents()]
    wanted = dsg.summarize([dsg.assess(partner, AS_OF) for partner in partners])
    assert main(["portfolio", str(path), "--as-of", AS_OF, "--summary", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == wanted.to_dict()
    assert main(["portfolio", str(path), "--as-of", AS_OF, "--summary", "-o", str(tmp_path / "out.csv")]) == 0
    page, written = capsys.readouterr()
    assert page == f"{wanted}\n"
    assert f"out.csv: {len(partners)} row{'' if len(partners) == 1 else 's'}, " in written
    assert len((tmp_path / "out.csv").read_text().splitlines()) == len(partners) + 1


@pytest.mark.parametrize("ending", ["ndjson", "csv"])
def test_the_command_counts_rows_that_it_cannot_read(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"partners.{ending}"
    rows = {
        "ndjson": '{"id": "a", "events": []}\n{"id": "b", "events": 7}\n',
        "csv": "id,events,day\na,[],2026-01-01\nb,7,2026-01-01\n",
    }
    path.write_text(rows[ending])
    day = AS_OF if ending == "ndjson" else "day"
    command = ["portfolio", str(path), "--as-of", day, "--summary", "--format", "json"]
    assert main(command) == 2
    assert "events" in capsys.readouterr().err
    assert main([*command, "--on-error", "null"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["partners"], summary["unanswered"], summary["status"]["not_attained"]) == (2, 1, 1)


@pytest.mark.parametrize("more", [["--columns", "id"], ["--as-of", "2026-01-01..2026-01-02"]])
def test_a_summary_of_some_columns_is_refused(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "partners.ndjson"
    path.write_text('{"id": "a"}\n')
    assert main(["portfolio", str(path), "--summary", *more]) == 2
    message = "designation portfolio: --summary needs all columns and one date per partner\nTry: designation portfolio"
    assert capsys.readouterr().err == f"{message} --help\n"


def test_a_repeated_partner_is_an_error_that_names_both_rows() -> None:
    assessed = dsg.assess_table(pa.table({"id": ["a", "b", "a"]}), "2026-09-15")
    with pytest.raises(dsg.InputError, match='/2/id: id "a" is in row 0 and in row 2'):
        dsg.summarize(assessed)
