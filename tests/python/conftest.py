"""What is built once for several files of tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import run


@pytest.fixture(scope="session")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the core into a folder of its own."""
    # The build of the C++ tests is used, where there is one; it has no Python either.
    place = tmp_path_factory.mktemp("a prefix") / "installed"
    run("cmake", "--preset", "dev")
    run("cmake", "--build", "--preset", "dev", "--target", "designation")
    run("cmake", "--install", "build/dev", "--prefix", place)
    assert not list(place.rglob("*python*")), "the core needs no Python"
    return place
