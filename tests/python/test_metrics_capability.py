"""Capability readiness (SSD-M1): counts of the user's evidence, and the auditor's scores unchanged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation.metrics import Capability, capability

DAY = "2026-09-15"
ITEMS = [
    {"dimension": "support_function", "item": "Process", "status": "ready", "owner": "Kim", "link": "process.pdf"},
    {"dimension": "support_function", "item": "Tooling", "status": "in_progress", "link": "https://example.com/x"},
    {"dimension": "support_staff_skills", "item": "Exams", "status": "ready", "expires": "2026-09-14"},
    {"dimension": "support_staff_skills", "item": "Courses", "status": "ready", "expires": "2026-09-15"},
    {"dimension": "support_performance_metrics", "item": "CSAT report", "status": "missing"},
]
SCORES = {name: {"score": 40, "out_of": 50} for name in dict.fromkeys(item["dimension"] for item in ITEMS)}


def readiness_of(**options: Any) -> Capability:
    return capability(ITEMS, **{"as_of": DAY, **options})


def problems(evidence: Any, **options: Any) -> list[str]:
    with pytest.raises(dsg.InputError) as caught:
        capability(evidence, **{"as_of": DAY, **options})
    return [f"{one.pointer}: {one.message} [{one.code}]" for one in caught.value.diagnostics]


def test_readiness_counts_evidence_by_dimension() -> None:
    readiness = readiness_of().readiness
    assert readiness["support_function"] == {"ready": 1, "in_progress": 1, "missing": 0, "expired": 0, "no_file": 0}
    assert readiness["support_staff_skills"] == {"ready": 1, "in_progress": 0, "missing": 0, "expired": 1, "no_file": 0}
    assert sum(sum(counts.values()) for counts in readiness.values()) == len(ITEMS)


def test_evidence_is_valid_through_its_last_day() -> None:
    assert [item.item for item in readiness_of().evidence_in("expired")] == ["Exams"]
    assert [item.item for item in readiness_of(as_of="2026-09-16").evidence_in("expired")] == ["Exams", "Courses"]
    assert readiness_of(as_of="2026-09-14").evidence_in("expired") == ()


def test_links_must_be_files_in_the_folder(tmp_path: Path) -> None:
    assert [item.item for item in readiness_of(folder=tmp_path).evidence_in("no_file")] == ["Process"]
    (tmp_path / "process.pdf").touch()
    assert readiness_of(folder=tmp_path).evidence_in("no_file") == ()
    outside = [{**ITEMS[0], "link": "../process.pdf"}]
    (tmp_path / "evidence").mkdir()
    assert len(capability(outside, as_of=DAY, folder=tmp_path / "evidence").evidence_in("no_file")) == 1
    with pytest.raises(NotADirectoryError):
        readiness_of(folder=tmp_path / "nowhere")


def test_json_csv_and_python_values_give_the_same_readiness(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"evidence": ITEMS, "scores": SCORES}), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps(ITEMS), "utf-8")
    lines = ["dimension,item,status,owner,link,expires"]
    lines += [",".join(item.get(key, "") for key in lines[0].split(",")) for item in ITEMS]
    (tmp_path / "c.csv").write_text("\ufeff" + "\n".join(lines), "utf-8")
    found = [capability(tmp_path / name, scores=SCORES, as_of=DAY) for name in ("a.json", "b.json", "c.csv")]
    assert found == [readiness_of(scores=SCORES)] * 3


def test_every_problem_is_named_with_its_location() -> None:
    wrong = [
        {"dimension": "support_functions", "item": "x", "status": "done"},
        {"item": "x", "status": "ready", "expires": "2026-02-30", "due": "soon"},
        "Process",
    ]
    assert problems(wrong) == [
        "/evidence/0/dimension: must be one of support_function, support_staff_skills, support_performance_metrics, "
        'not "support_functions" [unknown_value]',
        '/evidence/0/status: must be one of ready, in_progress, missing, not "done" [unknown_value]',
        '/evidence/1: unknown key "due"; must be one of dimension, item, status, owner, link, expires [unknown_key]',
        '/evidence/1: "dimension" is required [missing_key]',
        '/evidence/1/expires: "2026-02-30" is not a valid date [date]',
        '/evidence/2: must be an object, not "Process" [type]',
    ]
    assert problems({"evidence": [], "score": {}}) == [
        '/score: unknown key "score"; did you mean "scores"? [unknown_key]'
    ]
    assert problems({}) == ["/evidence: must be a list of items [type]"]


@pytest.mark.parametrize(
    "scores",
    [{"support_function": {"score": 1, "out_of": 2}}, {**SCORES, "support_function": {"score": 3, "out_of": 2}}, 5],
)
def test_scores_have_the_range_of_an_event(scores: Any) -> None:
    assert all(one.startswith("/scores") for one in problems(ITEMS, scores=scores))


def test_a_file_that_is_not_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{")
    (tmp_path / "b.json").write_bytes(b"\xff")
    (tmp_path / "c.csv").write_text('dimension,item,status\n"a', "utf-8")
    (tmp_path / "d.csv").write_text("", "utf-8")
    (tmp_path / "e.csv").write_text("dimension;status\n", "utf-8")
    codes = {"a.json": "syntax", "b.json": "encoding", "c.csv": "syntax", "d.csv": "unreadable", "e.csv": "column"}
    for name, code in codes.items():
        with pytest.raises(dsg.InputError, match=rf"{name}:.* .*\[{code}\]"):
            capability(tmp_path / name, as_of=DAY)


def test_a_problem_of_a_table_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "evidence.csv"
    path.write_text("dimension,item,status\nsupport_function,Plan,ready\nsupport_function,Exams,redy\n", "utf-8")
    with pytest.raises(dsg.InputError, match=r"evidence\.csv:3:1: /status: must be one of ready"):
        capability(path)
    path.write_text("Dimention,item,state\n", "utf-8")
    with pytest.raises(dsg.InputError, match='it has dimention, item, state; did you mean "dimension" for "dimention"'):
        capability(path)


def test_a_text_file_has_any_form(tmp_path: Path) -> None:
    text = "Dimension;Item;Status;\r\nsupport_function;Plan;ready\r\n"
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "evidence.csv").write_bytes(text.encode(encoding))
        found = capability(tmp_path / "evidence.csv", as_of=DAY)
        assert [item.item for item in found.evidence] == ["Plan"]


def test_the_readiness_is_shown_without_a_score() -> None:
    text = str(readiness_of(scores=SCORES))
    assert max(map(len, text.split("\n"))) <= 80
    assert "Support staff skills: 1 of 2 items ready, 40 of 50 points" in text


def test_readiness_becomes_an_event_with_the_given_outcome() -> None:
    event = readiness_of(scores=SCORES).capability_evaluated("2026-10-01", "pass")
    assert event.dimensions == SCORES
    assert readiness_of().capability_evaluated("2026-10-01", "fail").dimensions is None
