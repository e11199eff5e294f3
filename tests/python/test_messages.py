"""The phrases of messages: each has one behavior, wherever a message uses it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

import designation as dsg
from designation import _core
from designation._convert import json_object
from designation._messages import more_text, nearest, quote, several, suggestion


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("Zürich", '"Zürich"'),
        ('a "b"\n\x1b', '"a \\"b\\"\\n\\u001b"'),
        (3, "3"),
        (2.5, "2.5"),
        (None, "null"),
        (True, "true"),
        (datetime.date(2026, 3, 2), '"2026-03-02"'),
    ],
)
def test_a_value_is_quoted_without_control_characters(value: object, quoted: str) -> None:
    assert quote(value) == quoted


@pytest.mark.parametrize(
    ("word", "near"),
    [("EVNTS", "events"), ("ssd-t77", "SSD-T7"), ("event", "events"), ("comment", None), (None, None), ("", None)],
)
def test_the_nearest_word_is_found_in_upper_and_lower_case(word: object, near: str | None) -> None:
    assert nearest(word, ["outcome", "events", "SSD-T7", "SSD-P1"]) == near


def test_a_suggestion_names_the_nearest_word_or_the_valid_ones() -> None:
    assert suggestion("Evnts", ["id", "events"]) == '; did you mean "events"?'
    assert suggestion("x", ["id", "events"]) == "; must be one of id, events"
    assert suggestion("x", map(str, range(14))).endswith("10, 11 and 2 more")
    assert suggestion("x", ["id", "events"], "") == ""


def test_a_list_is_cut_and_counts_the_rest() -> None:
    assert several(range(3)) == "0, 1, 2"
    assert several(range(7), 2) == "0, 1 and 5 more"
    assert (more_text(0), more_text(-1), more_text(3, "problems")) == ("", "", "and 3 more problems")


def test_the_last_problem_of_a_cut_list_counts_those_that_are_not_listed() -> None:
    members = ",".join(f'"k{i}": 1' for i in range(1500))
    with pytest.raises(dsg.InputError) as caught:
        dsg.parse_partner(f'{{"id": "a", {members}}}')
    *listed, last = caught.value.diagnostics
    assert (last.code, last.count, {one.count for one in listed}) == ("more", 500, {1})
    assert caught.value.count == 1500


def test_a_problem_is_replaced_in_what_is_given() -> None:
    problem = dsg.Diagnostic(code="more", message="m", pointer="/a", file="f", line=2, column=3, count=4)
    assert problem.replace() == problem
    assert str(problem.replace(file="", line=7)) == "7:3: /a: m [more]"
    moved = problem.replace(message="n", pointer="/b", column=1)
    assert (str(moved), moved.count) == ("f:2:1: /b: n [more]", 4)


def test_rules_hand_out_named_values() -> None:
    rules = _core.rules()
    first = rules.fees["csat"][0]
    assert (first.from_, first.amount) == (datetime.date(1900, 1, 1), Decimal(500))
    both = rules.readings["leap_day"]
    assert (both.used, both.alternative) == ("clamp", "roll_forward")


def test_a_partner_keeps_its_id_in_json() -> None:
    fee = dsg.budget([], "2026-09-15").schedule["csat"][0]
    assert json_object({"contoso_": (fee.amount, Decimal("0.5"), fee.from_, float("inf"))}) == {
        "contoso_": [500, 0.5, "1900-01-01", None]
    }
