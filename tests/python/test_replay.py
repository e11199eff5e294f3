"""Records of assessments and their replays: the same result, a changed one, and damaged records."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

import designation as dsg
from conformance.cases import all_cases
from designation._answers.record import digest
from designation._input.locations import locate
from designation.cli._main import main
from support.commands import ROOT

EXAMPLES = Path(dsg.__file__).parent / "examples"
CONTOSO = dsg.assess(
    EXAMPLES / "contoso.json", "2026-09-15", {"fees": {"csat": [{"from": "2026-01-01", "amount": 600.5}]}}
)
SCHEMA = json.loads((ROOT / "cpp" / "rulebooks" / "schema" / "record.schema.json").read_text("utf-8"))


@pytest.fixture
def record() -> Any:
    return json.loads(json.dumps(dsg.record(CONTOSO)))


def sealed(document: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """Return a record with other parts and their digests."""
    digests = document["digests"] | {name: digest(part) for name, part in parts.items()}
    return document | parts | {"digests": digests}


def test_a_record_matches_its_schema_and_replays_the_same_for_every_tenth_case() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for case in list(all_cases())[::10]:
        document = dsg.record(dsg.assess(case["partner"], case["as_of"], case["policy"]))
        validator.validate(document)
        replay = dsg.replay(json.loads(json.dumps(document)))
        assert replay.same, case["name"]
        assert replay.digests == {}


def test_the_digests_are_those_of_the_documented_bytes(record: Any) -> None:
    for name in ("partner", "policy", "assessment"):
        text = json.dumps(record[name], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert record["digests"][name] == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    assert record["rulebook"] is None
    whole = dsg.rulebooks.load("2025-11").to_dict()
    assert record["digests"]["rulebook"] == digest(whole)


def test_a_custom_rulebook_is_in_the_record(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"extends": "2025-11", "edition": "mine", "term": {"years": 2}}', "utf-8")
    document = dsg.record(dsg.assess(EXAMPLES / "contoso.json", "2026-09-15", rulebook=dsg.rulebooks.load(path)))
    assert document["rulebook"]["term"]["years"] == 2
    assert dsg.replay(json.loads(json.dumps(document))).same


def test_a_result_that_differs_is_named_by_its_pointer_with_both_values(record: Any) -> None:
    other = json.loads(json.dumps(record["assessment"]))
    other["term"]["status"], other["actions"][0]["do"], other["provenance"]["engine"] = "expired", "x", "0.0.1"
    replay = dsg.replay(sealed(record, assessment=other) | {"engine": "0.0.1"})
    assert [(one.pointer, one.before) for one in replay.differences] == [
        ("/term/status", "expired"),
        ("/actions/0/do", "x"),
    ]
    assert replay.differences[0].after == "active"
    assert replay.engine == ("0.0.1", dsg.__version__)
    assert list(replay.digests) == ["assessment"]
    assert not replay.same
    page = " ".join(str(replay).split())
    assert "contoso, as of 2026-09-15: 2 values differ" in page
    assert f"Engine 0.0.1 -> {dsg.__version__}" in page
    assert replay.to_dict()["engine"] == {"before": "0.0.1", "after": dsg.__version__}


def test_another_wording_of_an_edition_shows_as_a_digest_and_not_as_a_difference(record: Any) -> None:
    replay = dsg.replay(record | {"digests": record["digests"] | {"rulebook": "sha256:" + "0" * 64}})
    assert replay.same
    assert list(replay.digests) == ["rulebook"]


def test_all_problems_of_a_record_are_named_with_line_column_and_pointer(record: Any, tmp_path: Path) -> None:
    record["partner"]["name"] = "Somebody else"
    del record["engine"]
    damaged = record | {"format": "designation/record@2", "as_of": 1, "more": {}}
    path = tmp_path / "record.json"
    path.write_text(json.dumps(damaged, indent=2), "utf-8")
    with pytest.raises(dsg.InputError) as raised:
        dsg.replay(path)
    found = {one.pointer: (one.code, one.line, one.column) for one in raised.value.diagnostics}
    lines = path.read_text("utf-8").split("\n")
    rows = {
        key: next(number for number, line in enumerate(lines, 1) if line.startswith(f'  "{key}"')) for key in damaged
    }
    assert found["/format"] == ("format", rows["format"], 3)
    assert found["/as_of"] == ("type", rows["as_of"], 3)
    assert found["/more"] == ("unknown_key", rows["more"], 3)
    assert found[""] == ("missing_key", 1, 1)
    assert found["/digests/partner"][0] == "digest"
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"partner": {"id": "a", "events": [{"on": "2026-02-30", "type": "badge_awarded"}]}}, "/partner/events/0/on"),
        ({"policy": {"edition": "2030-01"}}, "/policy/edition"),
        ({"rulebook": {"extends": "2025-11", "edition": ""}}, "/rulebook/edition"),
    ],
)
def test_a_sealed_part_with_problems_is_an_error_of_that_part(record: Any, changes: Any, problem: str) -> None:
    with pytest.raises(dsg.InputError, match=problem):
        dsg.replay(sealed(record, **changes))


@pytest.mark.parametrize("changes", [{"edition": "2030-01"}, {"as_of": "2026-02-30"}, {"digests": {}}, {"partner": []}])
def test_a_wrong_member_is_an_error(record: Any, changes: Any) -> None:
    with pytest.raises(dsg.InputError, match=f"/{next(iter(changes)).replace('edition', 'rulebook')}"):
        dsg.replay(record | changes)


@pytest.mark.parametrize("value", [None, 1.5, [None]], ids=repr)
def test_another_type_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="must be a record"):
        dsg.replay(value)


def test_a_place_in_json_text_is_found() -> None:
    text = '{"a": [1, {"b~/": 2}],\n "\u00e9": {"c": [\n3]}}'
    assert locate(text, "") == (1, 1)
    assert locate(text, "/a/1/b~0~1") == (1, 12)
    assert locate(text, "/\u00e9/c/0") == (3, 1)
    assert locate(text, "/\u00e9/missing") == (2, 8)
    assert locate(text, "/a/7") == (1, 7)


def test_the_commands_write_and_replay_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = [str(EXAMPLES / name) for name in ("contoso.json", "northwind-traders.json")]
    assert main(["assess", files[0], "--as-of", "2026-09-15", "--record", "one.json", "-o", "page.txt"]) == 0
    assert main(["assess", *files, "--as-of", "2026-09-15", "--record", "two.ndjson", "-o", "pages.txt"]) == 0
    capsys.readouterr()
    assert main(["replay", "one.json"]) == 0
    assert "Contoso" not in (page := capsys.readouterr().out)
    assert "contoso, as of 2026-09-15: the same as recorded" in page
    assert main(["replay", "two.ndjson", "--format", "json"]) == 0
    assert [json.loads(line)["same"] for line in capsys.readouterr().out.splitlines()] == [True, True]

    first, second = Path("two.ndjson").read_text("utf-8").splitlines()
    changed = json.loads(first)
    changed["assessment"]["fees"]["due"] = 1
    Path("differs.ndjson").write_text(json.dumps(sealed(changed, assessment=changed["assessment"])) + "\n", "utf-8")
    assert main(["replay", "differs.ndjson"]) == 1
    assert "/fees/due  1         0" in capsys.readouterr().out
    Path("tampered.ndjson").write_text(f"{second}\n{json.dumps(changed)}\n", "utf-8")
    assert main(["replay", "tampered.ndjson"]) == 2
    out, err = capsys.readouterr()
    assert "northwind-traders, as of 2026-09-15: the same as recorded" in out
    assert err.startswith("tampered.ndjson:2:")
    assert "/digests/assessment: is not the digest of /assessment" in err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "r.json:1:1: contains no record"),
        (b"[]", "r.json:1:1: must be a record, an object [type]"),
        (b'{"format": }', "r.json:1:12: must be JSON: "),
        (b"\xff", "r.json:1:1: must be UTF-8 [encoding]"),
    ],
)
def test_a_file_that_is_no_record_is_named(
    text: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.json").write_bytes(text)
    assert main(["replay", "r.json"]) == 2
    assert message in capsys.readouterr().err


def test_a_record_is_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    partner = tmp_path / "contoso.json"
    partner.write_text('{"id": "contoso"}', "utf-8")
    for path, message in (("-", "--record must be a file of its own"), (str(partner), "is an input")):
        assert main(["assess", str(partner), "--record", path]) == 2
        assert message in capsys.readouterr().err
    assert main(["assess", str(tmp_path / "missing.json"), "--record", str(tmp_path / "r.json")]) == 2
    assert not (tmp_path / "r.json").exists()
