"""Builds and pages that several test files share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.commands import ROOT, run, run_unchecked, tool

# The module package_readme, which is not installed; an installed package comes before the one in the tree.
sys.path.append(str(ROOT / "python"))


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
    """Build a wheel from the sdist and its build requirements, without a network, like `pip install .` in isolation.

    To save time, several sources are compiled at once, without optimization or information for debuggers.
    """
    folder, requirements = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("requirements")
    pip = (sys.executable, "-m", "pip")
    # The build backend asks for CMake and Ninja too, since those of this environment do not work in isolation.
    run(*pip, "download", "--dest", requirements, "--group", "build")
    # A namespace of its own has no network; some machines do not allow one, and there pip alone must not use it.
    unshare = ("unshare", "--map-root-user", "--net")
    offline = unshare if tool("unshare") and run_unchecked(*unshare, "true").returncode == 0 else ()
    options: list[str | Path] = ["--no-index", "--find-links", requirements]
    quick = ("build-type=Debug", "define.CMAKE_CXX_FLAGS_DEBUG=", "define.CMAKE_UNITY_BUILD=ON")
    options += [f"--config-settings=cmake.{each}" for each in quick]
    run(*offline, *pip, "wheel", "--no-deps", *options, "--wheel-dir", folder, sdist)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder for PYTHONPATH."""
    folder = tmp_path_factory.mktemp("site")
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, wheel)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium."""
    from support.report_pages import CHROMIUM

    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write a report of each kind, and a folder of reports; return their addresses."""
    from support.report_pages import build_reports

    folder, addresses = tmp_path_factory.mktemp("reports"), {}
    for name, report in build_reports().items():
        report.save(folder / f"{name}.html")
        addresses[name] = (folder / f"{name}.html").as_uri()
        if name == "hostile-portfolio":
            report.save(f"{folder}/site/")
            addresses["site"] = (folder / "site" / "index.html").as_uri()
    return addresses


@pytest.fixture
def visit(browser: Any, pages: dict[str, str]) -> Iterator[Any]:
    """Open a report; at the end check that the console is empty and that nothing but the file was loaded."""
    contexts, messages, requests = [], [], []

    def open_(name: str, width: int = 1280, scheme: str = "light", **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("dialog", lambda dialog: messages.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(pages[name])
        return page

    yield open_
    assert messages == []
    folder = pages["site"].rpartition("/")[0]
    opened = {request.partition("#")[0] for request in requests}
    assert [one for one in opened if one not in pages.values() and not one.startswith((folder, "blob:"))] == []
    for context in contexts:
        context.close()
