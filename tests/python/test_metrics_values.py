"""No wrong figure: what a mapping or a user states about values has an effect everywhere, or is an error."""

from __future__ import annotations

import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import designation as dsg
from designation.metrics import CaseRate, Csat, case_rate, csat
from designation.metrics._languages import LANGUAGES
from designation.metrics._occurrence import nearly_equal
from support.dataframes import ENGINES

DAY = "2026-01-05"


def rate_of(table: dict[str, Any], **options: Any) -> CaseRate:
    found = {"id": list(range(len(next(iter(table.values())))))} | table
    found = {"created": [DAY] * len(found["id"])} | found
    given: dict[str, Any] = {"unit": "seats", "escalated": "every", "period": "2026-Q1"} | options
    return case_rate(pa.table(found), given.pop("business", 10), given.pop("period"), **given)


def error_of(table: dict[str, Any], **options: Any) -> str:
    with pytest.raises(dsg.InputError) as caught:
        rate_of(table, **options)
    return str(caught.value)


class TestValuesThatNeverOccur:
    STATES = ("Vendor", "vendor ", "Closed", "Vendor")

    @pytest.mark.parametrize(
        ("value", "occurs", "near"),
        [
            ("vendor", "Vendor", True),
            ("Stra\u00dfe", "STRASSE", True),
            ("\uff36\uff45ndor", "vendor", True),
            ("Vendors", "Vendor", True),
            ("Vendro", "Vendor", False),
            ("vend", "vends", False),
            ("Team 12", "Team 13", False),
            ("level", "lever", True),
            ("p1", "P1", True),
        ],
    )
    def test_only_nearly_equal_values_are_suggested(self, value: str, occurs: str, near: bool) -> None:
        assert (nearly_equal(value, [occurs]) is not None) is near

    def test_a_value_that_differs_in_case_is_an_error(self) -> None:
        message = error_of({"state": self.STATES}, escalated="state=Closed,VENDOR")
        assert message.endswith('"VENDOR" never occurs in column "state"; did you mean "Vendor"? [value]')
        found = rate_of({"state": self.STATES}, escalated="state=Closed,VENDOR", exact_values=True)
        assert found.cases == 1

    def test_any_other_value_counts_0_and_the_result_says_so(self) -> None:
        found = rate_of({"state": self.STATES}, escalated="state=Microsoft")
        note = '"Microsoft" never occurs in column "state", which has "Vendor", "Closed", "vendor"'
        assert (found.cases, found.notes, found.to_dict()["notes"]) == (0, (note,), [note])
        assert "Note            " + note[:30] in str(found)
        assert rate_of({"state": self.STATES}, escalated="state!=Microsoft").notes == (note,)
        assert rate_of({"state": self.STATES}, escalated="state=Vendor").notes == ()

    def test_a_value_of_a_scale_that_never_occurs_is_named(self) -> None:
        answers = pa.table({"score": ["good", "satisfied", "good"]})
        scale: dict[str, float] = {"good": 5, "bad": 1, "satisfiedd": 4}
        with pytest.raises(dsg.InputError, match=r'"satisfiedd" never occurs .* did you mean "satisfied"'):
            csat(answers, scale=scale, off_scale="exclude")
        found = csat(answers, scale=scale, off_scale="exclude", exact_values=True)
        assert [note.partition(" ")[0] for note in found.notes] == ['"bad"', '"satisfiedd"']


class TestYesAndNo:
    def test_words_of_another_language_are_declared(self) -> None:
        table = {"sent": ["Ja", "nein", "JA", None]}
        message = error_of(table, escalated="sent")
        assert 'no row is known to be escalated or not: column "sent" has' in message
        assert "state language=da" in message or "state language=de" in message
        found = rate_of(table, escalated="sent", columns={"language": "de"})
        assert (found.cases, found.quality.not_counted) == (2, {"escalation_unknown": 1, "not_escalated": 1})

    def test_a_total_below_the_answers_does_not_hide_their_language(self) -> None:
        assert "state language=de" in error_of({"sent": ["ja", "nein", "2"]}, escalated="sent")

    def test_other_words_are_compared_and_a_blank_column_is_an_error(self) -> None:
        assert 'or compare it: escalated="sent=maybe"' in error_of({"sent": ["maybe", "maybe"]}, escalated="sent")
        assert 'column "sent" is blank' in error_of({"sent": ["", None]}, escalated="sent!=x")

    @pytest.mark.parametrize("name", LANGUAGES)
    def test_a_language_has_twelve_months_and_no_word_for_both(self, name: str) -> None:
        language = LANGUAGES[name]
        stems = [stem for month in language.months for stem in month.split("|")]
        assert len(language.months) == 12
        assert not {*language.yes} & {*language.no}
        assert not [(a, b) for a in stems for b in stems if a != b and b.startswith(a)]


class TestLists:
    @pytest.mark.parametrize(
        ("tags", "value", "found"),
        [
            ('["a", "b"]', "b", True),
            ('["a, b"]', "b", False),
            ('["a\\",\\"b"]', "b", False),
            ("[1,2]", "2", True),
            ("[12]", "2", False),
            ("[]", "b", False),
            ('["c++"]', "c++", True),
            ('["ä"]', "ä", True),
            ("b", "b", True),
        ],
    )
    def test_a_list_in_json_has_its_elements(self, tags: str, value: str, found: bool) -> None:
        table = {"tags": [tags, value]}
        assert rate_of(table, escalated={"tags": [value]}).cases == 1 + found
        assert rate_of(table, escalated={"tags!": [value]}).cases == 1 - found

    @pytest.mark.parametrize("engine", ["polars lazy", "duckdb", "pyarrow"])
    def test_a_list_in_a_frame_has_its_elements(self, engine: str) -> None:
        table = pa.table({"id": [1, 2, 3], "created": [DAY] * 3, "tags": [["x", "y"], [], ["y"]]})
        for escalated, cases in (("tags=x", 1), ("tags!=x", 2), ("tags=*", 2), ("tags=z", 0)):
            found = case_rate(ENGINES[engine](table), 1, "2026-01", unit="seats", escalated=escalated)
            assert found.cases == cases, escalated

    def test_objects_are_no_groups(self, tmp_path: Path) -> None:
        path = tmp_path / "cases.json"
        path.write_text('[{"id": 1, "created": "2026-01-05", "company": {"link": "x", "value": "y"}}]', "utf-8")
        with pytest.raises(dsg.InputError, match="holds objects; name one of their members, such as"):
            case_rate(path, 1, "2026-01", unit="seats", escalated="every", by="company")
        found = case_rate(path, 1, "2026-01", unit="seats", escalated="every", by="company.value")
        assert found.by["company.value"][0].key == "y"


class TestBlanks:
    def test_words_for_blank_hold_everywhere(self) -> None:
        table = {
            "id": ["1", "2", "?", "4", "5"],
            "created": [DAY, "N/A", DAY, "?", DAY],
            "vendor": ["?", "x", "x", "x", " n/a "],
            "country": ["?", "SE", "SE", "SE", "SE"],
        }
        found = rate_of(table, escalated="vendor=*", columns={"blank": ["?", "n/a"]})
        assert found.quality.not_counted == {"no_id": 1, "no_date": 2, "not_escalated": 2}
        by = rate_of(table, by="country", columns={"blank": ["?", "n/a"]}).by["country"]
        assert {group.key: group.cases for group in by} == {None: 1, "SE": 1}

    def test_invisible_characters_are_trimmed(self) -> None:
        table = {"id": ["a", "a\u00a0", "\ufeffa", "a\u200b", "\u00a0"], "created": [f"{DAY}\u00a0"] * 5}
        found = rate_of(table, by="id")
        assert (found.cases, found.quality.not_counted) == (1, {"no_id": 1, "duplicate_id": 3})
        assert csat(pa.table({"score": ["5\u00a0", "\u00a0"]})).distribution[5] == 1

    def test_damaged_ids_are_an_error(self) -> None:
        assert 'rounded the id to "6.2601E+14"' in error_of({"id": ["1", "6.2601E+14"]})


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "decimal", "size"),
        [
            ("1,234.50", None, "1234.5"),
            ("1,234,567", None, "1234567"),
            ("1,234", ".", "1234"),
            ("1.234", ",", "1234"),
            ("1 234,5", ",", "1234.5"),
            ("1\u202f234,5", ",", "1234.5"),
            ("1'234.5", None, "1234.5"),
            ("0.125", None, "0.125"),
        ],
    )
    def test_thousands_can_be_separated(self, text: str, decimal: str | None, size: str) -> None:
        table = pa.table({"month": ["2026-01"], "seats": [text]})
        columns = {} if decimal is None else {"decimal": decimal}
        found = rate_of({"id": [1]}, business=table, unit=None, period="2026-01", business_columns=columns)
        assert found.size == Decimal(size)

    @pytest.mark.parametrize("text", ["1,234", "1,23", "12,34.5", "1.234.5", "1,,234", "12 34"])
    def test_other_separators_are_an_error(self, text: str) -> None:
        table = pa.table({"month": ["2026-01"], "seats": [text]})
        message = error_of({"id": [1]}, business=table, unit=None, period="2026-01")
        assert f'no valid number in column "seats", such as "{text}"' in message
        assert ("state decimal=. or decimal=," in message) == (text == "1,234")

    def test_an_error_of_a_business_table_has_line_and_value(self, tmp_path: Path) -> None:
        path = tmp_path / "revenue.csv"
        path.write_text('month,amount,note\n2026-01,5,"a\nb"\n\n2026-02,x,\n2026-0,3,\n', "utf-8")
        problems = error_of({"id": [1]}, business=path, unit="USD")
        assert sorted(problems.split("\n")) == [
            f'{path}:5:1: /business: 1 row has no valid number in column "amount", such as "x" [business]',
            f'{path}:6:1: /business: 1 row has no valid date, such as "2026-0" [business]',
        ]

    def test_a_small_business_is_not_rounded(self) -> None:
        found = rate_of({"id": [1]}, business=3.7, unit="USD")
        assert "Business        3.70 USD" in str(found)

    def test_numbers_of_numpy_are_numbers(self) -> None:
        numpy = pytest.importorskip("numpy")
        for business in (numpy.int64(10), numpy.float32(10), {"2026-01": numpy.int64(10)}):
            assert rate_of({"id": [1]}, business=business, period="2026-01", per=numpy.int64(10)).rate == 1
        assert csat(pa.table({"score": ["a"]}), scale={"a": numpy.int64(5)}, invited=numpy.int64(2)).mean == 5

    @pytest.mark.parametrize("value", ["4,50", "4,5"])
    def test_decimals_of_scores_are_written_as_declared(self, value: str) -> None:
        table = pa.table({"score": [value, "5"]})
        assert csat(table, columns={"decimal": ","}, scale={"4,5": 4.5, "5,0": 5}).mean == 4.75


class TestGroups:
    def test_the_earliest_row_sets_the_group_by_instant_and_then_by_order(self) -> None:
        times = ["2026-01-05T12:00:00Z", "2026-01-05T13:00:00+02:00", "2026-01-05T11:30:00Z"]
        table = {"id": ["a"] * 3, "created": times, "team": ["x", "z", "y"]}
        options: dict[str, Any] = {"by": "team", "columns": {"zone": "UTC"}}
        assert rate_of(table, **options).by["team"][0].key == "z"
        assert rate_of(table, **options, group_of="last").by["team"][0].key == "x"
        days = {"id": ["a"] * 3, "created": [DAY] * 3, "team": ["z", "x", "y"]}
        assert rate_of(days, by="team").by["team"][0].key == "z"
        assert rate_of(days, by="team", group_of="last").by["team"][0].key == "y"

    @pytest.mark.parametrize("engine", ENGINES)
    def test_rows_outside_of_the_period_set_no_group(self, engine: str) -> None:
        days = ["2025-12-31", "2026-01-02", "2026-01-03", "2026-04-01"]
        table = pa.table({"id": ["a"] * 4, "created": days, "team": ["x", "z", None, "y"]})
        for group_of, key in (("first", "z"), ("last", None)):
            found = case_rate(
                ENGINES[engine](table), 1, "2026-Q1", unit="seats", escalated="every", by="team", group_of=group_of
            )
            assert [group.key for group in found.by["team"]] == [key]

    def test_a_group_without_a_size_says_why(self) -> None:
        business = pa.table({"month": ["2026-01"] * 2, "seats": ["5", "0"], "country": ["SE", "FI"]})
        table = {"id": [1, 2, 3], "country": ["SE", "DK", "FI"]}
        found = rate_of(table, business=business, unit=None, period="2026-01", by="country")
        reasons = {group.key: group.reason for group in found.by["country"]}
        assert reasons == {"SE": None, "DK": "no business of its own", "FI": "its business is 0"}
        assert "no business of its own" in str(found)

    @pytest.mark.parametrize(("day", "cases"), [("2026-01-31", 1), (None, 0), ("2026-04-01", 0)])
    def test_the_date_of_the_escalation_counts_in_an_event_log(self, day: str | None, cases: int) -> None:
        table = {
            "id": ["a", "a", "a"],
            "created": ["2025-11-01", "2025-12-01", "2025-12-02"],
            "escalated_on": pa.array([None, day, "2026-05-01" if day else None], pa.string()),
            "level": ["1", "2", "2"],
        }
        found = rate_of(table, columns={"rows": "event"}, escalated="level=2", on="escalated")
        assert found.cases == cases
        quality = found.quality
        assert quality.rows == 3 == quality.counted + sum(quality.not_counted.values())


class TestMappingKeys:
    @pytest.mark.parametrize("key", ["score", "answered", "amount", "decimal"])
    def test_a_key_without_effect_on_cases_is_an_error(self, key: str) -> None:
        assert f'the key "{key}" has no effect on cases' in error_of({"id": [1]}, columns={key: "."})

    @pytest.mark.parametrize("key", ["rows", "escalated", "closed"])
    def test_a_key_without_effect_on_answers_is_an_error(self, key: str) -> None:
        with pytest.raises(dsg.InputError, match=f'the key "{key}" has no effect on answers'):
            csat(pa.table({"score": [5]}), columns={key: "case"})


class TestEmptyExports:
    @pytest.mark.parametrize(("name", "text"), [("a.csv", "score,answered\n"), ("a.json", "[]"), ("a.ndjson", "")])
    def test_an_empty_export_has_no_score_and_says_so(self, tmp_path: Path, name: str, text: str) -> None:
        (tmp_path / name).write_text(text, "utf-8")
        found: Csat = csat(tmp_path / name, "2026")
        assert (found.score, found.answers, found.top_two, found.interval) == (None, 0, None, None)
        assert found.notes == ("the export is empty: it has no rows",)
        assert "none, 0 answers" in str(found)
        assert found.to_dict()["mean"] is None
        with pytest.raises(dsg.InputError, match="no score to compare"):
            found.check_threshold({"thresholds": {"csat": {"at_least": 4.0}}})

    def test_an_empty_export_has_no_case_and_says_so(self) -> None:
        found = rate_of({"id": pa.array([], pa.string()), "state": pa.array([], pa.string())}, escalated="state=x")
        assert (found.cases, found.notes) == (0, ("the export is empty: it has no rows",))


def test_an_interrupted_query_ends_with_130(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("id,created\n" + "".join(f"{n},2026-01-05 10:00\n" for n in range(1_500_000)), "utf-8")
    command = [sys.executable, "-m", "designation", "case-rate", str(path), "--business", "1", "--unit", "seats"]
    script = (
        "import _thread, sys, threading\nfrom designation.cli import main\n"
        "import duckdb, narwhals\nthreading.Timer(1.5, _thread.interrupt_main).start()\nsys.exit(main(sys.argv[1:]))"
    )
    arguments = [*command[3:], "--period", "2026", "--escalated", "every", "--by", "id", "--by", "created"]
    started = time.monotonic()
    ended = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (130, ""), time.monotonic() - started
