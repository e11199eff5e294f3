"""The same input gives the same bytes with any threads, locale, time zone, and hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from support.commands import tool

HERE = Path(__file__).resolve().parent
FACES = 60 + 60 + 7 + 5 + 8


def digests(threads: int, **variables: str) -> dict[str, str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))},
        "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)]),
        "PYTHONWARNINGS": "error",
        **variables,
    }
    command = [sys.executable, str(HERE / "support" / "digest_outputs.py"), str(threads)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def as_it_is() -> dict[str, str]:
    found = digests(1, LC_ALL="C.UTF-8", TZ="UTC", PYTHONHASHSEED="0")
    assert len(found) == FACES
    return found


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile locales with a decimal comma, and with a dotless i."""
    folder = tmp_path_factory.mktemp("locales")
    for name in ("de_DE", "tr_TR"):
        compiler = tool("localedef")
        if compiler is None or not Path("/usr/share/i18n/locales", name).exists():
            pytest.skip("localedef is missing; test_json.cpp tests a decimal comma everywhere")
        subprocess.run([compiler, "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"], check=True, capture_output=True)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("threads", [2, 7])
def test_any_number_of_threads_gives_the_same_bytes(as_it_is: dict[str, str], threads: int) -> None:
    assert digests(threads, LC_ALL="C.UTF-8", TZ="UTC", PYTHONHASHSEED="0") == as_it_is


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Adak"])
@pytest.mark.parametrize("seed", ["1", "4294967295"])
def test_any_time_zone_and_seed_of_hashes_gives_the_same_bytes(as_it_is: dict[str, str], zone: str, seed: str) -> None:
    assert digests(2, LC_ALL="C.UTF-8", TZ=zone, PYTHONHASHSEED=seed) == as_it_is


@pytest.mark.slow
@pytest.mark.parametrize("name", ["de_DE.UTF-8", "tr_TR.UTF-8"])
def test_any_locale_gives_the_same_bytes(as_it_is: dict[str, str], places: Path, name: str) -> None:
    assert digests(2, LOCPATH=str(places), LC_ALL=name, TZ="Europe/Berlin") == as_it_is


def test_an_assessment_names_its_engine_rulebook_and_policy() -> None:
    partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
    book = dsg.rulebooks.load("2026-04")

    def provenance(**asked: Any) -> dict[str, str]:
        assessment = dsg.assess(partner, "2026-09-15", **asked)
        assert json.loads(assessment.to_json())["provenance"] == assessment.to_dict()["provenance"]
        named: dict[str, str] = assessment.to_dict()["provenance"]
        return named

    default = provenance()
    assert default["engine"] == dsg.__version__
    assert default["rulebook"] == dsg.rulebooks.load("2025-11").digest
    assert provenance(rulebook=book) == {**default, "rulebook": book.digest}
    policy = {"interpretations": {"after_anniversary": "in_force"}}
    assert provenance(policy=policy)["policy"] != default["policy"]
    assert provenance(policy=policy) == provenance(policy=dsg.parse_policy(policy))
