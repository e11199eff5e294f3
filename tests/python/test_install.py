"""The sdist builds the wheel, the wheel works in an empty environment, and both contain only what they should."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import designation
from conformance.cases import all_cases
from support.commands import ROOT, run

pytestmark = pytest.mark.builds

NAME = f"designation-{designation.__version__}"


def test_the_sdist_contains_only_sources_docs_and_tests(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        held = {Path(member.name).relative_to(NAME) for member in archive.getmembers() if member.isfile()}
    assert {path.parts[0] for path in held} == {
        *("CHANGELOG.md", "CMakeLists.txt", "CMakePresets.json", "LICENSE", "PKG-INFO", "README.md", "pyproject.toml"),
        *("bindings", "cmake", "cpp", "docs", "licenses", "python", "tests"),
    }
    made = {".a", ".o", ".pyc", ".so", ".whl"}
    assert {path for path in held if path.suffix in made or "build" in path.parts} == set()
    for folder in ("bindings", "cmake", "cpp", "licenses"):
        in_the_tree = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {path for path in held if path.parts[0] == folder} == in_the_tree


def test_the_wheel_contains_the_module_the_library_and_the_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {Path(name) for name in archive.namelist()}
    assert {path.parts[0] for path in held} == {"designation", f"{NAME}.dist-info"}

    def under(folder: str) -> set[str]:
        inside = Path("designation") / folder
        return {path.relative_to(inside).as_posix() for path in held if path.is_relative_to(inside)}

    def tree(folder: str, pattern: str) -> set[str]:
        return {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob(pattern)}

    assert under("include/designation") == tree("cpp/include/designation", "*.hpp") | {"export.hpp", "version.hpp"}
    assert under("share/designation/rulebooks") == tree("cpp/rulebooks", "*.json")
    assert under("conformance") == {"generated.json", "named.json"}
    assert under("examples") == tree("python/designation/examples", "*.*")
    assert tree("python/designation", "*.py") | {"_core.pyi", "py.typed"} <= under(".")
    assert {"libdesignation.a", "pkgconfig/designation.pc", "cmake/designation/designation-config.cmake"} <= under(
        "lib"
    )
    assert len([name for name in under(".") if name.startswith("_core.") and name.endswith((".so", ".pyd"))]) == 1


def test_the_wheel_contains_the_licenses_and_the_versions_of_what_is_compiled_in(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = f"{NAME}.dist-info/licenses"
        for name in ("LICENSE", *(f"licenses/{path.name}" for path in (ROOT / "licenses").iterdir())):
            assert archive.read(f"{inside}/{name}").decode() == (ROOT / name).read_text("utf-8")
        bill = json.loads(archive.read(f"{NAME}.dist-info/sboms/designation.cdx.json"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["purl"] == f"pkg:pypi/designation@{designation.__version__}"
    assert {part["name"]: part["version"] for part in bill["components"]} == {
        name: importlib.metadata.version(name) for name in ("nlohmann_json", "pybind11")
    }
    assert [part["purl"].partition("@")[2].removeprefix("v") for part in bill["components"]] == [
        part["version"] for part in bill["components"]
    ]
    notice = (ROOT / "licenses" / "NOTICE.txt").read_text("utf-8")
    for part in bill["components"]:
        assert re.search(rf"^{part['name']} .* {part['licenses'][0]['license']['id']} ", notice, re.MULTILINE)


def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "an environment")
    python = tmp_path / "an environment" / "bin" / "python"
    run(python, "-m", "pip", "install", wheel)
    assert run(python, "-m", "designation", "--version", cwd=tmp_path).strip().endswith(designation.__version__)
    selftest = run(python, "-m", "designation", "selftest", cwd=tmp_path)
    assert selftest == f"{len(all_cases())} of {len(all_cases())} conformance cases pass\n"
    assert (
        Path(run(python, "-m", "designation", "config", "--cmakedir").strip()) / "designation-config.cmake"
    ).is_file()
    assert "Contoso" in run(python, "-m", "designation", "demo", cwd=tmp_path)
