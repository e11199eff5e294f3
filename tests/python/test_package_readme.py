"""The README of the package has absolute links, because a package index does not have the files of the repository."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

from package_readme import absolute_links, dynamic_metadata, repository
from support.commands import ROOT, run

ADDRESS = "https://example.org/designation"


@pytest.fixture(autouse=True)
def in_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_no_relative_link_is_left() -> None:
    metadata = dynamic_metadata({}, {"urls": {"Source": f"{ADDRESS}/"}})["readme"]
    assert metadata["content-type"] == "text/markdown"
    targets = re.findall(r"\]\(([^)]+)\)", metadata["text"])
    assert len(targets) == len(re.findall(r"\]\(", (ROOT / "README.md").read_text("utf-8"))) > 20
    assert [target for target in targets if not target.startswith("https://")] == []


def test_an_absolute_link_leads_to_the_same_file() -> None:
    text = "![a](docs/pictures/readme.png) [b](docs/why.md#a-spreadsheet) [c](docs/cli) [d](https://e.org) [f](#set-up)"
    assert absolute_links(text, ADDRESS) == (
        f"![a]({ADDRESS}/raw/HEAD/docs/pictures/readme.png) [b]({ADDRESS}/blob/HEAD/docs/why.md#a-spreadsheet) "
        f"[c]({ADDRESS}/tree/HEAD/docs/cli) [d](https://e.org) [f](#set-up)"
    )


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ({}, None),
        ({"Documentation": "https://docs.example.org"}, None),
        ({"Homepage": "https://example.org", "Source Code": ADDRESS}, ADDRESS),
        ({"repository": f"{ADDRESS}/"}, ADDRESS),
    ],
)
def test_the_address_is_that_of_the_repository(urls: dict[str, str], expected: str | None) -> None:
    assert repository(urls) == expected


def test_without_an_address_the_text_is_the_readme() -> None:
    assert dynamic_metadata({}, {})["readme"]["text"] == (ROOT / "README.md").read_text("utf-8")


def test_the_build_uses_it(tmp_path: Path) -> None:
    build = "import sys, scikit_build_core.build as b; print(b.prepare_metadata_for_build_wheel(sys.argv[1]))"
    name = run(sys.executable, "-c", build, tmp_path).splitlines()[-1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    expected = dynamic_metadata({}, project)["readme"]["text"]
    assert (tmp_path / name / "METADATA").read_text("utf-8").endswith(f"\n\n{expected}")
