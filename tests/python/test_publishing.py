"""What publishes the package agrees with the package: workflows, the conda recipe, licenses, and the lock file."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import package_readme
import recipe
from support.commands import ROOT, run

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ADDRESS = "https://example.org/owner/designation"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_names_each_action_by_its_commit_and_has_no_permission_by_default(path: Path) -> None:
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", name)] == []
    assert re.search(r"^permissions: \{(contents: read)?\}$", text, re.MULTILINE)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_only_the_publishing_job_can_sign_and_it_stores_no_password() -> None:
    text = "".join(path.read_text("utf-8") for path in WORKFLOWS)
    assert text.count("id-token: write") == 1
    assert "secrets." not in text
    (job,) = re.findall(r"^  publish:\n(?:    .*\n|  +.*\n)+", text, re.MULTILINE)
    assert "id-token: write" in job
    assert "startsWith(github.ref, 'refs/tags/v')" in job
    assert "actions/attest-build-provenance@" in job


def test_the_recipe_names_the_sdist_and_the_requirements_of_the_package(tmp_path: Path) -> None:
    sdist = tmp_path / "designation-1.2.3.tar.gz"
    sdist.write_bytes(b"an sdist")
    text = recipe.recipe(sdist, ADDRESS, PROJECT["description"])
    assert f'sha256: "{hashlib.sha256(b"an sdist").hexdigest()}"' in text
    assert f'repository: "{ADDRESS}"' in text
    assert 'version: "1.2.3"' in text
    (run_part,) = re.findall(r"^  run:\n((?:    - .*\n)+)", text, re.MULTILINE)
    named = {line.removeprefix("    - ").replace(" ", "") for line in run_part.splitlines()}
    assert named == {"python", *PROJECT["dependencies"]}
    files = re.findall(r"^    - (LICENSE|licenses/.*)$", text, re.MULTILINE)
    assert files == ["LICENSE", *sorted(f"licenses/{path.name}" for path in (ROOT / "licenses").iterdir())]
    for path in files:
        assert (ROOT / path).is_file()


def test_the_home_of_the_project_is_one_setting(tmp_path: Path) -> None:
    assert PROJECT.get("urls", {}).keys() <= {"Source"}
    assert package_readme.repository({"Source": ADDRESS}) == ADDRESS
    if "urls" not in PROJECT:
        sdist = tmp_path / "designation-1.2.3.tar.gz"
        sdist.write_bytes(b"")
        with pytest.raises(AssertionError, match=r"pyproject.toml has no \[project.urls\] with the entry Source"):
            run(sys.executable, "scripts/recipe.py", sdist)


def test_the_license_of_each_part_is_the_one_of_its_installed_version() -> None:
    files = importlib.metadata.files("pybind11") or []
    (text,) = (path.read_text("utf-8") for path in files if path.name == "LICENSE")
    assert (ROOT / "licenses" / "pybind11.txt").read_text("utf-8") == text
    # The Python package of nlohmann_json has the license of its packagers, so the years come from the headers.
    headers = importlib.metadata.files("nlohmann_json") or []
    (header,) = (path.read_text("utf-8") for path in headers if path.name == "json.hpp")
    years = re.search(r"SPDX-FileCopyrightText: (\d+) - (\d+) Niels Lohmann", header)
    assert years
    license_ = (ROOT / "licenses" / "nlohmann_json.txt").read_text("utf-8")
    assert f"Copyright (c) {years[1]}-{years[2]} Niels Lohmann" in license_


def test_the_lock_file_satisfies_the_requirements_with_digests_and_names_no_host() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    entries = re.findall(r"^([\w.-]+)==(\S+)(.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)*)", text, re.MULTILINE)
    assert [name for name, _, rest in entries if "--hash=" not in rest] == []
    locked: dict[str, list[str]] = {}
    for name, version, _ in entries:
        locked.setdefault(canonicalize_name(name), []).append(version)
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    wanted = [*PROJECT["dependencies"]]
    for group in ("build", "test", "lint", "docs", "coverage", "browser", "release"):
        wanted += [entry for entry in groups[group] if isinstance(entry, str)]
    for requirement in map(Requirement, wanted):
        versions = locked[canonicalize_name(requirement.name)]
        assert [version for version in versions if version not in requirement.specifier] == [], requirement
