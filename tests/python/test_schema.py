"""The JSON Schemas and the reader accept the same documents, except for what a schema cannot express."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

import designation as dsg
from conformance.cases import all_cases
from designation import _core
from support.bad_documents import BAD, ROOT, diagnostics_of, name_of, strict_json

KINDS = ("partner", "policy", "rulebook", "assessment", "record")
EXAMPLES = sorted((ROOT / "python" / "designation" / "examples").glob("*.json"))
RULEBOOKS = sorted((ROOT / "cpp" / "rulebooks" / "support-services").glob("*.json"))

NO_SCHEMA_KNOWS = {
    "partner/amount-with-five-decimal-places": "multipleOf is not exact for decimals",
    "partner/cases-written-as-a-decimal": "JSON Schema takes 2.0 for an integer",
    "partner/dimension-score-above-its-maximum": "no schema compares two members",
    "partner/key-twice": "duplicate keys are gone once JSON is read",
    "partner/key-twice-by-an-escape": "duplicate keys are gone once JSON is read",
    "partner/through-before-from": "no schema compares two days",
    "policy/availability-announced-before-it-can-be-there": "no schema compares two days",
    "policy/availability-does-not-fit-the-edition": "the other day stands in the edition",
    "policy/blocked-through-before-from": "no schema compares two days",
    "policy/budgets-of-one-year": "uniqueItems compares whole items, not one of their members",
    "policy/edition-unknown": "a rulebook of one's own may have any edition",
    "rulebook/extends-unknown": "the built-in editions are files, not words of the schema",
    "policy/fee-with-five-decimal-places": "multipleOf is not exact for decimals",
    "policy/fees-from-one-day": "uniqueItems compares whole items, not one of their members",
    "policy/key-twice": "duplicate keys are gone once JSON is read",
    "rulebook/availability-announced-before-it-can-be-there": "the other day stands in the base",
    "rulebook/benefit-before-the-renewal-of-no-contract": "the flag stands in the base",
    "rulebook/bundle-of-a-bundle": "the other bundle stands in the base",
    "rulebook/bundle-with-days-of-its-own": "the bundle stands in the base",
    "rulebook/journey-that-does-not-end-with-the-award": "no schema names the last item",
    "rulebook/key-twice-over-the-base": "duplicate keys are gone once JSON is read",
    "rulebook/window-longer-than-a-term": "no schema adds two members",
}


@cache
def validator(kind: str) -> Draft202012Validator:
    path = ROOT / "cpp" / "rulebooks" / "schema" / f"{kind}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors(kind: str, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(document)]


def subschemas(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            yield from subschemas(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from subschemas(value, f"{path}/{index}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_describes_each_member(kind: str) -> None:
    schema = validator(kind).schema
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:designation:schema:{kind}@1"
    for path, part in subschemas(schema):
        is_object = "properties" in part and part.get("type") in ("object", ["object", "null"])
        if not is_object or path.endswith("/properties"):
            continue
        assert part["additionalProperties"] is False, path
        for name, member in part["properties"].items():
            assert member.get("title"), f"{path}/properties/{name}"
            assert member.get("description"), f"{path}/properties/{name}"


def test_schema_and_reader_accept_the_conformance_cases() -> None:
    count = 0
    for case in all_cases():
        assert errors("partner", case["partner"]) == [], case["name"]
        assert errors("policy", case["policy"] or {}) == [], case["name"]
        partner = dsg.parse_partner(json.dumps(case["partner"]))
        policy = dsg.parse_policy(json.dumps(case["policy"] or {}))
        assert errors("partner", partner.to_dict()) == [], case["name"]
        assert errors("policy", policy.to_dict()) == [], case["name"]
        assessment = dsg.assess(partner, as_of=case["as_of"], policy=policy).to_dict()
        assert errors("assessment", assessment) == [], case["name"]
        count += 1
    assert count >= 400


def test_the_assessment_schema_requires_every_key_and_allows_no_other() -> None:
    assessment = dsg.assess(dsg.parse_partner({"id": "contoso", "events": []}), as_of="2026-09-15").to_dict()
    assert errors("assessment", assessment) == []
    assert errors("assessment", {**assessment, "more": 1})
    for key in assessment:
        assert errors("assessment", {name: value for name, value in assessment.items() if name != key}), key


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_schema_and_reader_accept_the_examples(path: Path) -> None:
    kind = "policy" if path.stem == "policy" else "partner"
    assert errors(kind, json.loads(path.read_text(encoding="utf-8"))) == []
    assert dsg.load_policy(path) if kind == "policy" else dsg.load(path)


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.stem)
def test_schema_and_reader_accept_the_built_in_rulebooks(path: Path) -> None:
    assert errors("rulebook", json.loads(path.read_text(encoding="utf-8"))) == []
    assert dsg.rulebooks.load(path).edition == path.stem


def test_a_rulebook_that_extends_an_edition_may_omit_anything(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    for edition in dsg.rulebooks.editions():
        document = {"extends": edition, "edition": "mine", "term": {"renewal_window": {"opens_days_before": 90}}}
        path.write_text(json.dumps(document))
        assert errors("rulebook", document) == []
        assert dsg.rulebooks.load(path).edition == "mine"


def shape_of(field: _core.RecordField) -> Any:
    """Return what the schema of a required field holds beside its title and description."""
    shapes: dict[str, Any] = {
        "word": {"enum": sorted(field.words)},
        "integer": {"type": "integer"},
        "number": {"type": "number"},
        **{kind: {"$ref": f"#/$defs/{kind}"} for kind in ("day", "dimensions", "money", "text")},
    }
    return shapes[field.kind]


def without_limits(schema: Any) -> Any:
    """Leave out null, ranges and aliases."""
    shape = next((each for each in schema.get("anyOf", ()) if each != {"type": "null"}), schema)
    if "oneOf" in shape:
        shape = {"enum": [word["const"] for word in shape["oneOf"] if "x-read-as" not in word]}
    shape = {key: shape[key] for key in ("enum", "type", "$ref") if key in shape}
    if "enum" in shape:
        shape["enum"] = sorted(word for word in shape["enum"] if word is not None)
    if isinstance(shape.get("type"), list):
        (shape["type"],) = (kind for kind in shape["type"] if kind != "null")
    return shape


@pytest.mark.parametrize(("name", "fields"), _core.record_fields().items())
def test_the_schema_has_the_fields_that_records_have(name: str, fields: tuple[_core.RecordField, ...]) -> None:
    schema = validator("partner").schema
    record = schema["$defs"][schema["properties"][name]["items"]["$ref"].removeprefix("#/$defs/")]
    properties = record["properties"]
    assert list(properties) == [field.name for field in fields]
    assert record["required"] == [field.name for field in fields if field.required]
    assert [properties[field.name]["description"] for field in fields] == [field.meaning for field in fields]
    for field in fields:
        assert without_limits(properties[field.name]) == shape_of(field), field.name
        assert (
            Draft202012Validator({"$defs": schema["$defs"], **properties[field.name]}).is_valid(None) != field.required
        )


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_the_schema_refuses_what_the_reader_refuses(path: Path) -> None:
    try:
        document = strict_json(path.read_bytes())
    except ValueError:
        # The document is not JSON, so a schema does not apply.
        assert {each.code for each in diagnostics_of(path)} <= {"syntax", "encoding", "nul"}
        return
    assert bool(errors(path.parent.name, document)) is (name_of(path) not in NO_SCHEMA_KNOWS)


def test_the_list_of_exceptions_names_existing_documents() -> None:
    assert set(NO_SCHEMA_KNOWS) <= {name_of(path) for path in BAD}


COUNT = 400
VALUES = json.loads(
    '[null, true, 0, -1, 3, 2.5, "", "x", "pass", "2026-02-30", "2026-03-02", [], {}, [null], {"from": 1}]'
)


def changed(document: Any, random: Random) -> Any:
    """Return the document with one member removed, renamed, or replaced."""
    document = copy.deepcopy(document)
    places: list[tuple[Any, Any]] = []
    todo = [document]
    while todo:
        value = todo.pop()
        items = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        places += [(value, key) for key, _ in items]
        todo += [child for _, child in items if isinstance(child, dict | list)]
    parent, key = random.choice(places)
    match random.randrange(4):
        case 0:
            del parent[key]
        case 1 if isinstance(parent, dict):
            parent[f"{key}s"] = parent.pop(key)
        case _:
            parent[key] = copy.deepcopy(random.choice(VALUES))
    return document


NO_SCHEMA_SAYS = (
    "a dimension's score must be from 0 to its out_of",
    "another amount already applies from",
    "already has a budget",
    "must not be before not_before",
    "no step may come after award",
    "must be a key of /sources",
    "the journey must begin with register_interest and end with award",
    "the renewal windows of two anniversaries must not overlap",
    "through must not be before from",
)


def is_beyond_a_schema(diagnostic: dsg.Diagnostic) -> bool:
    """Return whether NO_SCHEMA_KNOWS lists the kind of problem."""
    is_edition = diagnostic.pointer == "/edition" and diagnostic.code == "unknown_value"
    return is_edition or any(text in diagnostic.message for text in NO_SCHEMA_SAYS)


@pytest.mark.parametrize("kind", ["partner", "policy", "rulebook"])
def test_schema_and_reader_agree_on_a_document_with_one_change(kind: str, tmp_path: Path) -> None:
    paths = {
        "partner": [path for path in EXAMPLES if path.stem != "policy"],
        "policy": [path for path in EXAMPLES if path.stem == "policy"],
        "rulebook": RULEBOOKS[:1],
    }[kind]
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    path = tmp_path / "changed.json"
    random = Random(kind)
    refused = 0
    for _ in range(COUNT):
        document = changed(random.choice(documents), random)
        path.write_text(json.dumps(document))
        told = diagnostics_of(path, kind)
        if not told or not all(map(is_beyond_a_schema, told)):
            assert bool(errors(kind, document)) is bool(told), (told, document)
        refused += bool(told)
    assert COUNT / 4 < refused < COUNT
