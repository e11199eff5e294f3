"""A C++ program builds against an install prefix and against the wheel, and needs nothing else."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shlex
import sys
import tarfile
from pathlib import Path

import pytest

import designation as dsg
from support.commands import ROOT, configure, run, tool

CONSUMER = ROOT / "tests" / "consumer"
EXAMPLE = Path(dsg.__file__).parent / "examples" / "contoso.json"

pytestmark = pytest.mark.builds


def folder_in(site: Path, which: str) -> Path:
    printed = run(sys.executable, "-m", "designation", "config", f"--{which}", PYTHONPATH=str(site))
    folder = Path(printed.rstrip("\n"))
    assert folder.is_relative_to(site)
    return folder


def check(program: Path) -> None:
    version, *findings, assessment = run(program, EXAMPLE).splitlines()
    expected = dsg.assess(dsg.load(EXAMPLE), as_of="2026-09-15")
    assert version == dsg.__version__
    assert findings == [f"{finding.on} {finding.code}" for finding in expected.findings]
    assert json.loads(assessment) == expected.to_dict()


def build_by_cmake(package: Path, place: Path) -> Path:
    configure(CONSUMER, place, f"-DCMAKE_PREFIX_PATH={package}")
    run("cmake", "--build", place)
    packages = re.findall(r"^(\w+)_DIR:PATH=", (place / "CMakeCache.txt").read_text("utf-8"), re.MULTILINE)
    assert packages == ["designation"], "find_package looks for no other package"
    return place / "consumer"


def build_by_pkg_config(folder: Path, place: Path) -> Path:
    if not tool("pkg-config"):
        pytest.skip("there is no pkg-config")

    def flags(which: str) -> list[str]:
        return shlex.split(run("pkg-config", "--static", which, "designation", PKG_CONFIG_PATH=str(folder)))

    assert [flag for flag in flags("--cflags") if not flag.startswith("-I")] == [], "the program chooses its standard"
    compile_ = (os.environ.get("CXX", "c++"), "-std=c++20", *flags("--cflags"), "-c")
    run(*compile_, CONSUMER / "main.cpp", "-o", place / "main.o")
    # A C compiler does not know the C++ runtime, so the flags must name it.
    run(os.environ.get("CC", "cc"), place / "main.o", "-o", place / "consumer", *flags("--libs"))
    return place / "consumer"


def test_cmake_finds_the_prefix(prefix: Path, tmp_path: Path) -> None:
    check(build_by_cmake(prefix, tmp_path))


def test_cmake_finds_the_wheel(site: Path, tmp_path: Path) -> None:
    check(build_by_cmake(folder_in(site, "cmakedir"), tmp_path))


def test_a_python_package_with_cmake_finds_the_wheel_without_settings(site: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["designation", "scikit-build-core"]\nbuild-backend = "scikit_build_core.build"\n'
        '[project]\nname = "downstream"\nversion = "1"\n',
        "utf-8",
    )
    (tmp_path / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.24)\nproject(downstream LANGUAGES CXX)\n"
        "find_package(designation 0.1 CONFIG REQUIRED)\n"
        f'add_executable(consumer "{CONSUMER}/main.cpp")\n'
        "target_link_libraries(consumer PRIVATE designation::designation)\n"
        "install(TARGETS consumer DESTINATION ${SKBUILD_SCRIPTS_DIR})\n",
        "utf-8",
    )
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path)
    run(*pip, tmp_path, PYTHONPATH=str(site))
    (wheel,) = tmp_path.glob("*.whl")
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--target", tmp_path / "installed", wheel)
    check(tmp_path / "installed" / "bin" / "consumer")


@pytest.mark.parametrize(
    ("which", "holds"),
    [
        ("cmakedir", "designation-config.cmake"),
        ("includedir", "designation/designation.hpp"),
        ("libdir", "libdesignation.a"),
        ("pkgconfigdir", "designation.pc"),
    ],
)
def test_each_printed_folder_contains_the_expected_file(site: Path, which: str, holds: str) -> None:
    assert (folder_in(site, which) / holds).is_file()


def test_pkg_config_finds_the_prefix(prefix: Path, tmp_path: Path) -> None:
    check(build_by_pkg_config(prefix / "lib" / "pkgconfig", tmp_path))


def test_pkg_config_finds_the_wheel(site: Path, tmp_path: Path) -> None:
    check(build_by_pkg_config(folder_in(site, "pkgconfigdir"), tmp_path))


@pytest.mark.parametrize(("asked", "found"), [("0.1", 1), ("", 1), ("99", 0), ("0.0", 0), ("0.1 COMPONENTS core", 0)])
def test_find_package_checks_the_version_and_refuses_components(
    prefix: Path, tmp_path: Path, asked: str, found: int
) -> None:
    (tmp_path / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.24)\nproject(other LANGUAGES CXX)\n"
        f"find_package(designation {asked} CONFIG QUIET)\nmessage(STATUS found=${{designation_FOUND}})\n",
        "utf-8",
    )
    printed = run("cmake", "-S", tmp_path, "-B", tmp_path / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}")
    assert f"found={found}" in printed


WITHOUT_JSON = ("-DCMAKE_DISABLE_FIND_PACKAGE_Python=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON")


@pytest.fixture(scope="module")
def around() -> Path:
    """Write a project that includes the sources, in a folder that is kept: a second run compiles only changes."""
    # With this option FetchContent downloads nothing for designation and calls add_subdirectory.
    around = ROOT / "build" / "around"
    around.mkdir(parents=True, exist_ok=True)
    (around / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.24)\nproject(around LANGUAGES CXX)\ninclude(FetchContent)\n"
        f'set(FETCHCONTENT_SOURCE_DIR_DESIGNATION "{ROOT}")\n'
        "FetchContent_Declare(designation URL designation.tar.gz)\nFetchContent_MakeAvailable(designation)\n"
        f'add_executable(consumer "{CONSUMER}/main.cpp")\n'
        "target_link_libraries(consumer PRIVATE designation::designation)\ninstall(TARGETS consumer)\n",
        "utf-8",
    )
    return around


@pytest.fixture(scope="module")
def json_archive(around: Path) -> tuple[str, ...]:
    """Pack nlohmann_json as its releases do; return the options that choose the archive."""
    package = importlib.util.find_spec("nlohmann_json")
    assert package is not None
    assert package.origin is not None
    with tarfile.open(around / "json.tar", "w") as archive:
        archive.add(Path(package.origin).parent / "include", "json/include")
    digest = hashlib.sha256((around / "json.tar").read_bytes()).hexdigest()
    return (f"-DDESIGNATION_JSON_URL={around / 'json.tar'}", f"-DDESIGNATION_JSON_SHA256={digest}")


def test_a_project_that_includes_the_sources_installs_none_of_them(
    around: Path, json_archive: tuple[str, ...], tmp_path: Path
) -> None:
    configure(around, around / "build", *WITHOUT_JSON, *json_archive, "-DCMAKE_UNITY_BUILD=ON")
    run("cmake", "--build", around / "build")
    used = [line for line in (around / "build" / "build.ninja").read_text("utf-8").splitlines() if "-isystem" in line]
    assert used
    assert [line for line in used if "/_deps/nlohmann_json-src/include" not in line] == []
    run("cmake", "--install", around / "build", "--prefix", tmp_path / "installed")
    installed = [path for path in (tmp_path / "installed").rglob("*") if path.is_file()]
    assert installed == [tmp_path / "installed" / "bin" / "consumer"]
    check(installed[0])


def test_an_archive_with_another_digest_is_refused(around: Path, json_archive: tuple[str, ...], tmp_path: Path) -> None:
    wrong = f"-DDESIGNATION_JSON_SHA256={'0' * 64}"
    with pytest.raises(AssertionError, match=r"does not match expected value"):
        configure(around, tmp_path, *WITHOUT_JSON, json_archive[0], wrong)


def test_without_the_json_library_a_builder_can_forbid_the_download(around: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="nlohmann_json is needed to build"):
        configure(around, tmp_path, *WITHOUT_JSON, "-DDESIGNATION_FETCH_JSON=OFF")


def test_a_shared_library_exports_only_what_the_headers_declare(tmp_path: Path) -> None:
    build, place = ROOT / "build" / "shared", tmp_path / "installed"
    settings = ("BUILD_SHARED_LIBS=ON", "CMAKE_BUILD_TYPE=Debug", "CMAKE_UNITY_BUILD=ON", "DESIGNATION_WERROR=ON")
    configure(ROOT, build, *(f"-D{each}" for each in settings))
    run("cmake", "--build", build)
    run("cmake", "--install", build, "--prefix", place)
    check(build_by_cmake(place, tmp_path / "build"))

    (library,) = (path for path in place.rglob("libdesignation.so.*") if not path.is_symlink())
    assert library.name == f"libdesignation.so.{dsg.__version__}"
    short = ".".join(dsg.__version__.split(".")[:2])
    assert f"soname: [libdesignation.so.{short}]" in run("readelf", "-d", library)
    shown = run("nm", "-DC", "--defined-only", "--format=just-symbols", library).splitlines()
    ours = [name for name in shown if re.match(r"(\w+ for )?designation::", name)]
    assert "designation::assess(designation::PartnerView const&, designation::Day, designation::Rules const&)" in ours
    private = re.compile(r"nlohmann|designation::(json|\(anonymous)|Sink|Reader|Document\b")
    assert [name for name in shown if private.search(name)] == []


def test_a_document_error_reaches_the_program_as_one_exception(prefix: Path, tmp_path: Path) -> None:
    program = build_by_cmake(prefix, tmp_path / "build")
    (tmp_path / "bad.json").write_text('{"id": "", "event": []}', "utf-8")
    with pytest.raises(AssertionError, match=r"bad.json:1:\d+: /event: unknown key"):
        run(program, tmp_path / "bad.json")
