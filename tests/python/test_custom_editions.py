"""An edition that a user writes: from a new document to every command and function that takes a rulebook."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation._rulebooks.schema import describe_locations
from designation.cli import main
from test_schema import errors

Capture = pytest.CaptureFixture[str]
EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO = str(EXAMPLES / "contoso.json")
AS_OF = "2026-09-15"
EDITION = "a draft"
CITED = {"SSD-F1": {"citations": [{"source": "price_list"}]}}
MINE = {
    "format": "designation/rulebook@1",
    "extends": "2026-09",
    "edition": EDITION,
    "fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": 500}, {"from": "2026-01-01", "amount": 550}]}},
    "rules": CITED,
    "sources": {"price_list": {"title": "Price list", "grade": "announcement"}},
}


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write an edition and a policy that adopts it, into the current folder."""
    monkeypatch.chdir(tmp_path)
    Path("mine.json").write_text(json.dumps(MINE), "utf-8")
    limits = json.loads((EXAMPLES / "policy.json").read_text("utf-8"))["thresholds"]
    Path("policy.json").write_text(json.dumps({"edition": EDITION, "thresholds": limits}), "utf-8")
    return "mine.json"


class TestNew:
    @pytest.mark.parametrize("base", dsg.rulebooks.editions())
    def test_a_new_edition_is_valid_and_changes_nothing(self, base: str, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "mine.json"
        assert main(["rulebook", "new", "--from", base, "--edition", EDITION, "-o", str(path)]) == 0
        document = json.loads(path.read_text("utf-8"))
        assert document == dsg.rulebooks.new(EDITION, base)
        assert errors("rulebook", document) == []
        assert dsg.rulebooks.check(path) == ()
        assert main(["rulebook", "check", str(path)]) == 0
        assert {one.path for one in dsg.rulebooks.diff(base, path).differences if one.before != one.after} <= {
            "/edition",
            "/title",
        }
        assert max(map(len, path.read_text("utf-8").splitlines())) < 400

    def test_the_notes_say_what_each_location_holds(self) -> None:
        notes = dsg.rulebooks.new(EDITION)["notes"]
        assert set(notes) < set(describe_locations())
        assert notes["/availability/*/available_from"].endswith("The first date on which the offer is available.")
        assert all(notes.values())
        document = dsg.rulebooks.new(EDITION)
        for section in set(document) - {"format", "extends", "edition", "title", "notes"}:
            assert any(place.startswith(f"/{section}") for place in notes), section

    def test_the_newest_edition_is_the_default(self) -> None:
        assert dsg.rulebooks.new(EDITION)["extends"] == dsg.rulebooks.editions()[-1]

    @pytest.mark.parametrize(("edition", "base"), [("2026-09", "2026-04"), ("", "2026-04"), (EDITION, "2026-08")])
    def test_a_name_that_is_taken_or_a_base_that_is_not_there_is_refused(self, edition: str, base: str) -> None:
        with pytest.raises(ValueError, match=r"must be a new one|extends a built-in one"):
            dsg.rulebooks.new(edition, base)


# One wrong rulebook for each kind of problem: what it changes, and the line that `check` prints.
CHECKS: dict[str, tuple[dict[str, Any], str, int]] = {
    "a fee that begins too late": (
        {"fees": {"schedule": {"csat": [{"from": "2026-01-01", "amount": 550}]}}, "rules": CITED},
        "/fees/schedule/csat: the first amount must apply from 1900-01-01 [gap]",
        2,
    ),
    "two fees from one day": (
        {"fees": {"schedule": {"csat": [{"from": "1900-01-01", "amount": one} for one in (1, 2)]}}, "rules": CITED},
        "/fees/schedule/csat/1/from: another amount already applies from 1900-01-01 [overlap]",
        2,
    ),
    "a step after the award": (
        {
            "journey": [
                {"step": "register_interest", "actor": "partner"},
                {"step": "performance", "actor": "issi"},
                {"step": "capability", "actor": "issi"},
                {"step": "award", "actor": "microsoft"},
                {"step": "csat", "actor": "issi"},
            ],
            "rules": {"SSD-J2": CITED["SSD-F1"]},
        },
        "/journey/4/step: no step may come after award [unreachable]",
        2,
    ),
    "a step that is missing": (
        {
            "journey": [
                {"step": "register_interest", "actor": "partner"},
                {"step": "performance", "actor": "issi"},
                {"step": "capability", "actor": "issi"},
                {"step": "award", "actor": "microsoft"},
            ],
            "rules": {"SSD-J2": CITED["SSD-F1"]},
        },
        "/journey: the journey must have the step csat [missing_key]",
        2,
    ),
    "a change without a source": (
        {"term": {"years": 2}},
        "/term/years: differs from the edition that this one extends; cite a source in /rules/SSD-T2/citations "
        "[citation]",
        1,
    ),
    "an offer without a date": (
        {"availability": {"marketplace_visibility": {"not_before": None, "announced_by": None, **CITED["SSD-F1"]}}},
        "/availability/marketplace_visibility: no date says when the offer is available [gap]",
        1,
    ),
    "an offer that is available too early": (
        {"availability": {"unified_for_partners": {"available_from": "2026-12-01", **CITED["SSD-F1"]}}},
        "/availability/unified_for_partners/available_from: available_from (2026-12-01) must not be before not_before "
        "(2027-01-01) [order]",
        1,
    ),
}


class TestCheck:
    @pytest.mark.parametrize("name", CHECKS)
    def test_each_kind_of_problem_has_its_line(self, name: str, tmp_path: Path, capsys: Capture) -> None:
        changes, line, status = CHECKS[name]
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({**MINE, "fees": {}, "rules": {}, **changes}), "utf-8")
        assert main(["rulebook", "check", str(path)]) == status
        printed = capsys.readouterr()
        (found,) = [each for each in (printed.out + printed.err).splitlines() if "[" in each]
        assert found.startswith(f"{path}:1:")
        assert found.endswith(f": {line}")
        assert [str(one) for one in dsg.rulebooks.check(path)] == [found]
        assert main(["check", str(path)]) == 2
        assert capsys.readouterr().out == f"{found}\n1 rulebook checked, 1 problem\n"

    def test_all_problems_come_at_once(self, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({**MINE, "fees": {}, "term": {"years": 2}, "notes": 1}))
        assert main(["rulebook", "check", str(path)]) == 2
        assert [one.rpartition(" ")[2] for one in capsys.readouterr().err.splitlines()] == [*("[citation]", "[type]")]

    def test_json_lists_the_problems(self, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "mine.json"
        path.write_text(json.dumps({**MINE, "term": {"years": 2}}), "utf-8")
        assert main(["rulebook", "check", str(path), "--format", "json"]) == 1
        (problem,) = json.loads(capsys.readouterr().out)["problems"]
        assert (problem["code"], problem["pointer"], problem["line"]) == ("citation", "/term/years", 1)

    def test_check_reads_rulebooks_beside_partners(self, mine: str, capsys: Capture) -> None:
        assert main(["check", mine, CONTOSO]) == 0
        assert capsys.readouterr().out == "1 rulebook checked, 1 partner can be read, 0 problems\n"


ANSWERS, REQUESTS, REVENUE = (str(EXAMPLES / f"{name}.csv") for name in ("answers", "service-requests", "revenue"))
COMMANDS: dict[str, list[str]] = {
    "assess": [CONTOSO, "--as-of", AS_OF],
    "budget": [CONTOSO, "--as-of", AS_OF],
    "calendar": [CONTOSO, "--as-of", AS_OF, "-o", "calendar.ics"],
    "case-rate": [REQUESTS, "--business", REVENUE, "--period", "2026-H1", "--columns", "partner-center-powershell"],
    "compare": [CONTOSO, "--as-of", AS_OF, "--new-as-of", "2027-01-15"],
    "demo": ["--as-of", AS_OF],
    "csat": [ANSWERS, "--period", "2026-H1"],
    "explain": [CONTOSO, "--as-of", AS_OF],
    "plan": [CONTOSO, "--as-of", AS_OF],
    "portfolio": [CONTOSO, "--as-of", AS_OF, "-o", "out.csv"],
    "readings": [CONTOSO, "--as-of", AS_OF],
    "report": [CONTOSO, "--as-of", AS_OF, "-o", "report.html"],
    "timeline": [CONTOSO],
    "what-if": [CONTOSO, "--as-of", AS_OF, "--add", "on=2026-12-01", "type=interest_registered"],
}


LITTLE = (dsg.portfolio.load(CONTOSO).table, AS_OF)
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "assess": lambda book: dsg.assess(CONTOSO, AS_OF, None, book),
    "assess_table": lambda book: dsg.assess_table(
        dsg.portfolio.load(CONTOSO).table, AS_OF, rulebook=book, columns=["status", "fees_due"]
    ).to_pylist(),
    "budget": lambda book: dsg.budget(CONTOSO, AS_OF, rulebook=book),
    "calendar": lambda book: dsg.calendar(CONTOSO, AS_OF, rulebook=book).to_ical(),
    "explain_row": lambda book: dsg.explain_row(dsg.portfolio.load(CONTOSO).table, 0, AS_OF, rulebook=book).to_dict(),
    "next_change": lambda book: dsg.next_change(CONTOSO, AS_OF, rulebook=book),
    "parse_policy": lambda book: dsg.parse_policy({"edition": EDITION}, rulebook=book),
    "load_policy": lambda book: dsg.load_policy("policy.json", rulebook=book),
    "plan": lambda book: dsg.plan(CONTOSO, AS_OF, rulebook=book),
    "reprice": lambda book: dsg.reprice(dsg.plan(CONTOSO, AS_OF).front[0], rulebook=book),
    "readings": lambda book: dsg.readings(CONTOSO, AS_OF, rulebook=book).to_dict(),
    "report": lambda book: dsg.report(CONTOSO, AS_OF, rulebook=book).html,
    "summarize": lambda book: dsg.summarize(dsg.assess_table(*LITTLE, rulebook=book), LITTLE[0], rulebook=book),
    "timeline": lambda book: dsg.timeline(CONTOSO, AS_OF, "2027-12-31", rulebook=book),
    "weaker": lambda book: dsg.rulebooks.weaker(book, than="article"),
}


class TestEverywhere:
    def test_every_command_with_a_policy_is_in_the_list(self) -> None:
        folder = Path(__file__).parents[2] / "docs" / "cli"
        pages = {page.stem.removeprefix("designation-"): page.read_text("utf-8") for page in folder.glob("*.txt")}
        assert {name for name, page in pages.items() if "\n  --policy" in page} == set(COMMANDS)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_takes_an_edition_and_the_policy_that_adopts_it(
        self, command: str, mine: str, capsys: Capture
    ) -> None:
        words = [command, *COMMANDS[command], "--policy", "policy.json"]
        assert main([*words, "--rulebook", mine]) in (0, 1), capsys.readouterr().err
        assert main(words) == 2
        assert EDITION in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["assess", "case-rate"])
    def test_settings_adopt_an_edition_for_a_folder(self, command: str, mine: str, capsys: Capture) -> None:
        Path("designation.toml").write_text(f'policy = "policy.json"\nrulebook = "{mine}"\n', "utf-8")
        assert main([command, *COMMANDS[command]]) == 0, capsys.readouterr().err

    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_every_function_takes_the_path_of_an_edition(self, name: str, mine: str) -> None:
        function = FUNCTIONS[name]
        assert function(mine) == function(Path(mine)) == function(dsg.rulebooks.load(mine))

    def test_a_name_is_a_built_in_edition(self, mine: str) -> None:
        assert dsg.assess(CONTOSO, AS_OF, rulebook="2026-04").rulebook.edition == "2026-04"
        with pytest.raises(FileNotFoundError):
            dsg.assess(CONTOSO, AS_OF, rulebook="2026-05")

    def test_the_new_fee_is_in_the_answer(self, mine: str) -> None:
        northwind = str(EXAMPLES / "northwind-traders.json")
        fees = [dsg.assess(northwind, AS_OF, rulebook=book).fees.due for book in ("2026-09", mine)]
        assert fees == [1850, 1900]
