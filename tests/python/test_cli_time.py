"""The commands for time: timelines, comparisons, what-if, readings, and upcoming changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import designation as dsg
from designation.cli import main

EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO = str(EXAMPLES / "contoso.json")
DAY = ["--as-of", "2026-09-15"]
SPAN = ["--from", "2026-01-01", "--through", "2027-12-31"]
WHAT_IF_HEADING = """\
Contoso Cloud (contoso), as of 2026-09-15: active, in force
examined from 2026-09-15 through 2028-09-15, edition 2025-11
"""
Capture = pytest.CaptureFixture[str]


class TestTimeline:
    def test_the_band_and_the_changes_fit_the_page(self, capsys: Capture) -> None:
        assert main(["timeline", CONTOSO, *SPAN]) == 0
        printed = capsys.readouterr().out
        assert max(map(len, printed.splitlines())) <= 80
        assert "2026-01 2026-04   2026-08   2026-12   2027-04   2027-08" in printed
        assert "Status              ========================ooooo!!xxxx" in printed
        assert "\nactive, in force on 2026-01-01, then expired, not in force on 2027-12-31\n" in printed
        ends = "2026-12-01 the PSfP contract ends: support contract no longer met, the designation is at risk"
        assert ends in " ".join(printed.split())

    def test_paths_are_shown_instead_of_words(self, capsys: Capture) -> None:
        assert main(["timeline", CONTOSO, *SPAN, "--paths"]) == 0
        printed = capsys.readouterr().out
        assert max(map(len, printed.splitlines())) <= 80
        assert "\n2026-12-12\nSSD-T6  /term/status                      renewal_open -> renewal_overdue\n" in printed

    def test_a_state_shorter_than_a_column_is_visible(self, capsys: Capture, tmp_path: Path) -> None:
        contract = {"type": "asfp", "from": "2030-07-20", "through": "2030-08-02"}
        path = tmp_path / "x.json"
        path.write_text(json.dumps({"id": "x", "support_contracts": [contract]}), "utf-8")
        assert main(["timeline", str(path), "--from", "2020-01-01", "--through", "2039-12-31"]) == 0
        (row,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Support contract ")]
        assert row.split()[-1] == 31 * "." + "=" + 28 * "."

    @pytest.mark.parametrize("path", sorted(EXAMPLES.glob("[!p]*.json")), ids=lambda path: path.stem)
    def test_every_example_fits(self, capsys: Capture, path: Path) -> None:
        assert main(["timeline", str(path), *DAY]) == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 80

    def test_json_contains_the_segments(self, capsys: Capture) -> None:
        assert main(["timeline", CONTOSO, *SPAN, "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        line = dsg.timeline(dsg.load(CONTOSO), "2026-01-01", "2027-12-31")
        assert (answer["from"], answer["through"]) == ("2026-01-01", "2027-12-31")
        assert [(s["from"], s["assessment"]) for s in answer["segments"]] == [
            (str(s.from_), json.loads(s.assessment.to_json())) for s in line.segments
        ]
        assert answer["segments"][0]["changes"] == []
        assert all(segment["changes"] for segment in answer["segments"][1:])

    @pytest.mark.parametrize(
        ("document", "as_of", "span"),
        [
            (EXAMPLES.joinpath("contoso.json").read_text("utf-8"), "2026-09-15", ("2025-11-19", "2028-09-15")),
            ('{"id": "x"}', "2026-09-15", ("2026-09-15", "2028-09-15")),
            ('{"id": "x", "events": []}', "2199-06-01", ("2199-06-01", "2199-12-31")),
        ],
    )
    def test_the_default_span_runs_from_the_first_event_to_two_years_later(
        self, capsys: Capture, tmp_path: Path, document: str, as_of: str, span: tuple[str, str]
    ) -> None:
        file = tmp_path / "partner.json"
        file.write_text(document, "utf-8")
        assert main(["timeline", str(file), "--as-of", as_of, "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["from"], answer["through"]) == span

    def test_an_error_is_reported_on_one_line(self, capsys: Capture) -> None:
        assert main(["timeline", CONTOSO, "--from", "2027-01-01", "--through", "2026-01-01"]) == 2
        assert "the last day, 2026-01-01, is before the first day, 2027-01-01\n" in capsys.readouterr().err
        assert main(["timeline", "missing.json"]) == 2
        assert capsys.readouterr().err == "missing.json: cannot be read: No such file or directory [unreadable]\n"

    def test_a_span_of_one_day_is_valid(self, capsys: Capture) -> None:
        assert main(["timeline", CONTOSO, "--from", "2026-09-15", "--through", "2026-09-15"]) == 0
        assert "\nStatus              =\n" in capsys.readouterr().out


class TestCompare:
    def test_one_document_is_compared_on_two_dates(self, capsys: Capture) -> None:
        words = ["compare", CONTOSO, *DAY, "--new-as-of", "2026-12-12"]
        assert main(words) == 1
        expected = dsg.compare(*(dsg.assess(dsg.load(CONTOSO), day) for day in ("2026-09-15", "2026-12-12")))
        assert capsys.readouterr().out == f"{expected}\n"
        assert main([*words, "--format", "json"]) == 1
        assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(expected.to_dict()))

    def test_two_documents_are_compared(self, capsys: Capture, tmp_path: Path) -> None:
        new = tmp_path / "new.json"
        document = json.loads(Path(CONTOSO).read_text("utf-8"))
        document["support_contracts"][0]["through"] = "2026-09-01"
        new.write_text(json.dumps(document))
        assert main(["compare", CONTOSO, str(new), *DAY]) == 1
        assert capsys.readouterr().out == (
            "Contoso Cloud (contoso), 2026-09-15: active, in force -> active, in force, at\nrisk\n"
            "  support contract not met, the designation is at risk\n"
        )
        assert main(["compare", CONTOSO, str(new), *DAY, "--paths"]) == 1
        assert "SSD-P2  /eligibility/prerequisites/support_contract  met -> unmet\n" in capsys.readouterr().out

    def test_no_difference_gives_status_0(self, capsys: Capture) -> None:
        assert main(["compare", CONTOSO, CONTOSO, *DAY]) == 0
        assert capsys.readouterr().out == "Contoso Cloud (contoso), 2026-09-15: active, in force\nno differences\n"
        assert main(["compare", CONTOSO, CONTOSO, *DAY, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out) == {"same": True, "differences": []}

    def test_one_document_on_one_date_is_refused(self, capsys: Capture) -> None:
        assert main(["compare", CONTOSO, *DAY]) == 2
        message = "designation compare: NEW or --new-as-of is required"
        assert capsys.readouterr().err == f"{message}\nTry: designation compare --help\n"
        assert main(["compare", "-", "-", *DAY]) == 2


def test_within_reports_the_deadline_of_an_action(capsys: Capture, tmp_path: Path) -> None:
    # The contract is in force for the last time in 30 days.
    path = tmp_path / "p.json"
    contract = {"type": "asfp", "from": "2026-01-01", "through": "2026-10-15"}
    path.write_text(json.dumps({"id": "p", "support_contracts": [contract], "events": []}), "utf-8")
    assert main(["assess", str(path), *DAY, "--fail-on", "within=30d"]) == 1
    assert main(["assess", str(path), *DAY, "--fail-on", "within=29d"]) == 0


def test_a_band_is_labeled_by_years_months_or_days(capsys: Capture) -> None:
    for first, last, dates in (
        ("2026-01-01", "2029-06-30", ["2026", "2027", "2028", "2029"]),
        ("2026-01-01", "2026-12-31", ["2026-01", "2026-03", "2026-05", "2026-07", "2026-09", "2026-11"]),
        ("2026-12-01", "2026-12-14", ["2026-12-01"]),
    ):
        assert main(["timeline", CONTOSO, "--from", first, "--through", last]) == 0
        assert capsys.readouterr().out.split("\n\n")[1].splitlines()[0].split() == dates


class TestWhatIf:
    def test_differences_are_shown_now_and_over_time(self, capsys: Capture) -> None:
        change = ["--add", "on=2026-09-01", "type=csat_evaluated", "outcome=pass", "score=4.5"]
        assert main(["what-if", CONTOSO, *DAY, *change]) == 0
        printed = capsys.readouterr().out
        assert printed.startswith(f"{WHAT_IF_HEADING}\nas of 2026-09-15\n  CSAT pass with the last day 2027-08-31,")
        assert "\n  2026-12-10 through 2027-08-31: CSAT evaluation met\n" in printed
        assert max(map(len, printed.splitlines())) <= 80
        assert main(["what-if", CONTOSO, *DAY, *change, "--paths"]) == 0
        printed = capsys.readouterr().out
        assert "as of 2026-09-15\nSSD-E3  /evaluations/csat/passed_on      2025-12-10 -> 2026-09-01\n" in printed
        assert "\n2026-12-10 to 2027-08-31\nSSD-E3  /evaluations/csat/verdict        unmet -> met\n" in printed
        assert max(map(len, printed.splitlines())) <= 80

    def test_changes_are_applied_in_order_to_a_copy(self, capsys: Capture, tmp_path: Path) -> None:
        listed = tmp_path / "changes.json"
        listed.write_text(json.dumps([{"remove": {"type": "badge_awarded"}}]), "utf-8")
        changes = ["--add", "on=2026-01-05", "type=badge_awarded", "--move", "type=badge_awarded", "to=2026-02-02"]
        extended = ["--extend", "type=psfp", "through="]
        words = ["what-if", CONTOSO, *DAY, *changes, "--changes", str(listed), *extended, "--format", "json"]
        before = Path(CONTOSO).read_bytes()
        assert main(words) == 0
        answer = json.loads(capsys.readouterr().out)
        expected = dsg.what_if(
            dsg.load(CONTOSO),
            [
                {"remove": {"type": "badge_awarded"}},
                {"on": "2026-01-05", "type": "badge_awarded"},
                {"move": {"type": "badge_awarded"}, "to": "2026-02-02"},
                {"extend": {"type": "psfp"}, "through": None},
            ],
        )
        assert dsg.parse_partner(answer["partner"]) == expected
        assert (answer["from"], answer["through"]) == ("2026-09-15", "2028-09-15")
        now = dsg.compare(dsg.assess(dsg.load(CONTOSO), "2026-09-15"), dsg.assess(expected, "2026-09-15"))
        assert answer["now"] == now.to_dict()["differences"]
        span = ("2026-09-15", "2028-09-15")
        later = dsg.compare(dsg.timeline(dsg.load(CONTOSO), *span), dsg.timeline(expected, *span))
        assert answer["over_time"] == later.to_dict()["differences"]
        assert Path(CONTOSO).read_bytes() == before

    def test_a_change_without_effect_is_reported(self, capsys: Capture) -> None:
        change = ["--add", "on=2026-08-01", "type=case_volume_validated", "cases=12"]
        assert main(["what-if", CONTOSO, *DAY, *change]) == 0
        printed = capsys.readouterr().out
        nothing = "Nothing changes as of 2026-09-15, or on any day from 2026-09-15 through\n2028-09-15.\n"
        assert printed == f"{WHAT_IF_HEADING}\n{nothing}"

    @pytest.mark.parametrize(
        ("words", "complaint"),
        [
            ([], "designation what-if: a change is required: --add, --remove, --move, --extend, or --changes"),
            (["--add", "on"], 'designation what-if: argument --add: must be KEY=VALUE, not "on"'),
            (["--move", "type=badge_awarded"], "designation what-if: argument --move: to=DATE is missing"),
            (["--remove", "type=nothing"], "--remove type=nothing: no fact has type nothing [match]"),
            (
                ["--add", "on=2026-13-01", "type=badge_awarded"],
                '--add on=2026-13-01 type=badge_awarded: "2026-13-01" is not a valid date [date]',
            ),
        ],
    )
    def test_an_invalid_change_is_refused(self, capsys: Capture, words: list[str], complaint: str) -> None:
        assert main(["what-if", CONTOSO, *DAY, *words]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.splitlines()[0] == complaint

    @pytest.mark.parametrize(("text", "code"), [("[", "syntax"), ("{}", "type"), ("[1]", "type"), ("\xff", "encoding")])
    def test_an_invalid_file_of_changes_is_refused(self, capsys: Capture, tmp_path: Path, text: str, code: str) -> None:
        path = tmp_path / "changes.json"
        path.write_bytes(text.encode("latin-1"))
        assert main(["what-if", CONTOSO, "--changes", str(path)]) == 2
        assert capsys.readouterr().err.rstrip().endswith(f"[{code}]")


class TestReadings:
    def test_both_outcomes_are_shown_with_their_dates(self, capsys: Capture) -> None:
        assert main(["readings", CONTOSO, *DAY]) == 0
        printed = capsys.readouterr().out
        assert printed == f"{dsg.readings(dsg.load(CONTOSO), '2026-09-15')}\n"
        assert printed.startswith(
            "Contoso Cloud (contoso), as of 2026-09-15: active, in force\nexamined from 2019-05-01 through"
        )
        assert "\n  2026-12-12 through 2027-01-11: the designation is in force\n" in printed
        assert max(map(len, printed.splitlines())) <= 80
        assert main(["readings", CONTOSO, *DAY, "--paths"]) == 0
        printed = capsys.readouterr().out
        assert "lapsed -> in_force\n\n2026-12-12 to 2027-01-11\nSSD-T7  /term/in_force " in printed
        assert max(map(len, printed.splitlines())) <= 80

    def test_json_is_the_value_as_a_dict(self, capsys: Capture) -> None:
        assert main(["readings", CONTOSO, *DAY, *SPAN, "--format", "json"]) == 0
        found = dsg.readings(dsg.load(CONTOSO), "2026-09-15", span=("2026-01-01", "2027-12-31"))
        assert json.loads(capsys.readouterr().out) == found.to_dict()

    def test_it_is_reported_that_no_reading_matters(self, capsys: Capture, tmp_path: Path) -> None:
        path = tmp_path / "x.json"
        path.write_text('{"id": "x", "events": []}', "utf-8")
        assert main(["readings", str(path), *DAY]) == 0
        assert "\n\nNo other reading changes the assessment as of 2026-09-15," in capsys.readouterr().out
