"""Properties of the Python entry points: parsing, changes, comparisons, tables, and metrics."""

from __future__ import annotations

import datetime
import json
import math
import random
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import designation as dsg
from designation.metrics import case_rate, csat
from model.generator import generate
from support.portfolio_tables import rows_of, scalar_row, table_of

Json = Any

few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(some, max_examples=300)
cases = st.randoms(use_true_random=False).map(generate)
KEYS = st.sampled_from(
    [
        *("id", "name", "notes", "events", "on", "type", "outcome", "support_contracts", "from", "through"),
        *("annual_value", "amount", "edition", "interpretations", "fees", "csat", "availability", "badge"),
        *("extends", "journey", "step"),
    ]
)
WORDS = st.sampled_from(
    ["2026-03-02", "badge_awarded", "pass", "asfp", "USD", "2025-11", "clamp", "2026-02-30", "2025-11"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=6),
    max_leaves=20,
)
documents = st.dictionaries(KEYS, values, max_size=6)


def parse_outcome(parse: Any, given: Any) -> Any:
    """Return the parsed value, or the codes and pointers of its problems."""
    try:
        return parse(given)
    except dsg.InputError as error:
        wrong = error.diagnostics
    assert wrong
    return sorted((each.code, each.pointer) for each in wrong)


@given(documents | values)
@many
def test_a_value_and_its_text_are_read_alike(document: Json) -> None:
    text = json.dumps(document)
    for parse in (dsg.parse_partner, dsg.parse_policy):
        read = parse_outcome(parse, text)
        if isinstance(document, dict):
            assert parse_outcome(parse, document) == read
        if not isinstance(read, list):
            assert parse(read.to_dict()) == parse(read.to_json()) == read


@given(st.binary(max_size=200) | st.text(max_size=200))
@many
def test_any_bytes_and_any_text_give_a_value_or_diagnostics(data: bytes | str) -> None:
    for parse in (dsg.parse_partner, dsg.parse_policy):
        parse_outcome(parse, data)


@given(cases, st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
@some
def test_adding_and_removing_a_fact_restores_the_partner(case: Json, day: datetime.date) -> None:
    partner = dsg.parse_partner(case["partner"])
    assume(partner.events is not None)
    added = {"on": day.isoformat(), "type": "csat_evaluated", "outcome": "pass", "notes": "what if"}
    taken = dsg.what_if(partner, [added])
    assert len(taken.events or ()) == len(partner.events or ()) + 1
    assert dsg.what_if(taken, [{"remove": {"notes": "what if"}}]) == partner
    moved = dsg.what_if(partner, [added, {"move": {"notes": "what if"}, "to": "2150-01-01"}])
    assert moved == dsg.what_if(partner, [{**added, "on": "2150-01-01"}])
    if day.isoformat() > case["as_of"]:
        before, after = (dsg.assess(one, case["as_of"], case["policy"]) for one in (partner, taken))
        assert dsg.compare(before, after).same


@given(cases, cases)
@some
def test_differences_are_symmetric(one: Json, other: Json) -> None:
    a, b = (dsg.assess(dsg.parse_partner(case["partner"]), case["as_of"], case["policy"]) for case in (one, other))
    there = [(each.path, each.before, each.after) for each in dsg.compare(a, b).differences]
    back = [(each.path, each.after, each.before) for each in dsg.compare(b, a).differences]
    assert sorted(there, key=repr) == sorted(back, key=repr)
    assert dsg.compare(a, a).same
    assert dsg.compare(a, b).same == (not there)


@given(st.lists(cases, min_size=1, max_size=12), st.integers(1, 4), st.randoms(use_true_random=False))
@some
def test_a_table_gives_the_same_rows_in_any_order_and_slicing(
    drawn: list[Json], pieces: int, rng: random.Random
) -> None:
    partners = [{**case["partner"], "id": f"p{i}"} for i, case in enumerate(drawn)]
    as_of = drawn[0]["as_of"]
    rng.shuffle(partners)
    table = table_of(partners)
    size = -(-len(partners) // pieces)
    cut = pa.concat_tables([table.slice(first, size) for first in range(0, len(partners), size)])
    answer = rows_of(dsg.assess_table(cut, as_of, threads=pieces))
    assert answer == [scalar_row(partner, as_of) for partner in partners]


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, None, ""]), min_size=1), st.randoms(use_true_random=False))
@some
def test_a_score_counts_each_answer_once_in_any_order(scores: list[Any], rng: random.Random) -> None:
    texts = [None if score is None else str(score) for score in scores]
    counted = [float(text) for text in texts if text]
    assume(counted)
    found = csat(pa.table({"score": pa.array(texts, pa.string())}))
    assert found.quality.rows == len(scores) == found.quality.counted + sum(found.quality.not_counted.values())
    assert found.n == len(counted) == sum(found.distribution.values())
    assert found.mean is not None
    assert abs(found.mean - sum(counted) / len(counted)) < 1e-12
    assert 1 <= found.mean <= 5
    rng.shuffle(texts)
    again = csat(pa.table({"score": pa.array(texts, pa.string())}))
    assert (again.mean, again.distribution, again.top_two) == (found.mean, found.distribution, found.top_two)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.dates(datetime.date(2025, 12, 1), datetime.date(2026, 4, 30)),
            st.sampled_from(["yes", "no"]),
        ),
        max_size=40,
    )
)
@few
def test_the_cases_of_two_parts_of_a_period_add_up(rows: list[tuple[int, datetime.date, str]]) -> None:
    unique = list({number: (f"c{number}", day.isoformat(), up) for number, day, up in rows}.values())
    columns = zip(*unique, strict=True) if unique else ([], [], [])
    table = pa.table(
        dict(zip(("id", "created", "up"), (pa.array(list(each), pa.string()) for each in columns), strict=True))
    )
    revenue = {"2026-01": 1_000_000, "2026-02": 3_000_000, "2026-03": 1_000_000}

    def rate(period: str) -> Any:
        months = {month: size for month, size in revenue.items() if period == "2026-Q1" or month in period}
        return case_rate(table, months, period, unit="USD", escalated="up")

    whole, parts = rate("2026-Q1"), [rate(f"{month}..{month}") for month in revenue]
    assert whole.cases == sum(part.cases for part in parts)
    assert whole.size == sum(part.size for part in parts)
    assert math.isclose(whole.rate, whole.cases / (whole.size / whole.per))
    assert whole.interval[0] <= whole.rate <= whole.interval[1]
    assert whole.quality.rows == len(unique) == whole.quality.counted + sum(whole.quality.not_counted.values())
