"""This version reads what released versions saved in `tests/saved`, and saves the values of its own folder.

``REGENERATE=1`` rewrites the folder of this version while the changelog calls it unreleased.
"""

from __future__ import annotations

import json
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from designation import _core
from support.commands import ROOT

SAVED = ROOT / "tests" / "saved"
ON = "2026-09-15"
PROTOCOL = 4  # read by every Python from 3.4 on
EXAMPLES = Path(dsg.__file__).parent / "examples"
RULEBOOK = {"format": "designation/rulebook@1", "extends": "2025-11", "edition": "two years", "term": {"years": 2}}


def partner() -> dsg.Partner:
    return dsg.load(EXAMPLES / "contoso.json")


def policy() -> dsg.Policy:
    return dsg.load_policy(EXAMPLES / "policy.json")


def rulebook() -> dsg.Rulebook:
    return _core.parse_rulebook(json_of(RULEBOOK))


def assessment() -> dsg.Assessment:
    return dsg.assess(partner(), as_of=ON, policy=policy())


def error() -> dsg.InputError:
    with pytest.raises(dsg.InputError) as caught:
        dsg.parse_partner('{"id": 1, "nome": 2}', file="p.json")
    return caught.value


def comparison() -> Any:
    return dsg.compare(assessment(), dsg.assess(partner(), as_of="2027-01-15", policy=policy()))


VALUES: dict[str, Callable[[], Any]] = {
    "partner": partner,
    "policy": policy,
    "rulebook": rulebook,
    "assessment": assessment,
    "own_rulebook": lambda: dsg.assess(partner(), as_of=ON, rulebook=rulebook()),
    "timeline": lambda: dsg.timeline(partner(), from_="2026-01-01", through="2027-12-31"),
    "change": lambda: assessment().next_change,
    "comparison": comparison,
    "error": error,
    "facts": lambda: (*(partner().events or ()), *(partner().support_contracts or ())),
    "words": lambda: (dsg.Verdict.met, dsg.Status.active, dsg.Outcome.pass_, dsg.Evaluation.csat),
}


def contents(value: Any) -> Any:
    """Return the contents of a value as JSON values."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, dsg.Timeline):
        return [[str(one.from_), str(one.through), contents(one.assessment)] for one in value.segments]
    return [contents(one) for one in value] if isinstance(value, tuple) else str(value)


def json_of(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def contains(now: Any, then: Any) -> bool:
    """Return whether a value still has its saved contents; it may have more members."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(
            key in now and (key == "provenance" or contains(now[key], value)) for key, value in then.items()
        )
    if isinstance(then, list):
        return isinstance(now, list) and len(now) == len(then) and all(map(contains, now, then))
    return bool(now == then)


def folders() -> list[Path]:
    return sorted(path for path in SAVED.iterdir() if path.is_dir()) if SAVED.exists() else []


def is_released(version: str) -> bool:
    heading = re.search(
        rf"^## {re.escape(version)} \((.+)\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert heading, f"CHANGELOG.md has no heading for {version}"
    return heading[1] != "unreleased"


def test_this_version_has_saved_every_value() -> None:
    folder = SAVED / dsg.__version__
    if os.environ.get("REGENERATE") and not is_released(dsg.__version__):
        folder.mkdir(parents=True, exist_ok=True)
        for name, make in VALUES.items():
            value = make()
            (folder / f"{name}.pickle").write_bytes(pickle.dumps(value, PROTOCOL))
            (folder / f"{name}.json").write_text(json_of(contents(value)), "utf-8")
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.{kind}" for name in VALUES for kind in ("json", "pickle")
    }


@pytest.mark.parametrize("path", [path for folder in folders() for path in sorted(folder.glob("*.pickle"))], ids=str)
def test_a_saved_pickle_is_read_with_the_same_contents(path: Path) -> None:
    value = pickle.loads(path.read_bytes())
    assert type(value) is type(VALUES[path.stem]())
    assert contains(json.loads(json_of(contents(value))), json.loads(path.with_suffix(".json").read_text("utf-8")))


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_saved_documents_give_the_saved_assessment(folder: Path) -> None:
    saved, own = dsg.load(folder / "partner.json"), dsg.rulebooks.load(folder / "rulebook.json")
    for name, answer in {
        "assessment": dsg.assess(saved, as_of=ON, policy=dsg.load_policy(folder / "policy.json")),
        "own_rulebook": dsg.assess(saved, as_of=ON, rulebook=own),
    }.items():
        assert contains(answer.to_dict(), json.loads((folder / f"{name}.json").read_text("utf-8")))


def test_a_lost_member_is_noticed() -> None:
    then = {"a": [1, {"b": 2}], "provenance": {"engine": "0.1.0"}}
    assert contains({"a": [1, {"b": 2, "c": 3}], "provenance": {"engine": "0.2.0"}, "d": 4}, then)
    for now in ({"a": [1, {"b": 3}], "provenance": {}}, {"a": [1], "provenance": {}}, {"a": [1, {"b": 2}]}, {}):
        assert not contains(now, then)
