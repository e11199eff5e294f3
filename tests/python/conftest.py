"""Builds that several test files share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.commands import run


@pytest.fixture(scope="session")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the core into a folder."""
    # This reuses the build of the C++ tests, which does not use Python.
    place = tmp_path_factory.mktemp("a prefix") / "installed"
    run("cmake", "--preset", "dev")
    run("cmake", "--build", "--preset", "dev", "--target", "designation")
    run("cmake", "--install", "build/dev", "--prefix", place)
    assert not list(place.rglob("*python*")), "the core does not use Python"
    return place


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist of the tree."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-c", "import sys, scikit_build_core.build as b; b.build_sdist(sys.argv[1])", folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel from the sdist, in isolation like `pip install .`, but without optimization to save time."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--config-settings=cmake.build-type=Debug")
    run(*pip, "--wheel-dir", folder, sdist)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder for PYTHONPATH."""
    folder = tmp_path_factory.mktemp("site")
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, wheel)
    return folder
