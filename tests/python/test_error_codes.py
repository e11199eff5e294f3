"""Every code of an error has a section in docs/errors: its cause, an example that raises it, and the fix."""

from __future__ import annotations

import re

import pytest

from support.error_codes import ROOT, codes_of_core, codes_of_package

PAGES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs" / "errors").glob("*.md"))}
SECTIONS = {
    code: (page, text)
    for page, whole in PAGES.items()
    for code, text in re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", whole, re.MULTILINE | re.DOTALL)
}
# Only a C++ program can cause it: it passes a document that it could not read (portfolio.hpp).
WITHOUT_EXAMPLE = {"document"}
# A member of a row whose code is the one of its problem, in row_errors.cpp.
NO_CODES = {"as_of"}


def test_every_code_in_the_sources_has_a_section() -> None:
    core = codes_of_core() - NO_CODES
    assert core > {"unknown_key", "arrow", "gap"}
    package = codes_of_package()
    assert package > {"column", "formula", "config", "grade", "match"}
    assert sorted((core | package) - SECTIONS.keys() - WITHOUT_EXAMPLE) == []


@pytest.mark.parametrize("code", SECTIONS)
def test_a_section_has_the_cause_an_example_and_the_fix(code: str) -> None:
    cause, example, fix = re.fullmatch(
        r"(.+?)\n\n```(?:pycon|console)\n(.*?)```\n\n\*\*Fix\*\*: (.+?)\n+", SECTIONS[code][1], re.DOTALL
    ).groups()  # type: ignore[union-attr]
    assert cause[0].isupper() or cause[0] == "`"
    assert f"[{code}]" in example  # test_pages.py runs it
    assert fix.endswith(".")


def test_the_index_lists_each_code_with_its_section() -> None:
    index = (ROOT / "docs" / "errors.md").read_text("utf-8")
    listed = re.findall(r"^\| \[`(\w+)`\]\(errors/(\w+)\.md#(\w+)\) \| .+ \|$", index, re.MULTILINE)
    assert listed == [(code, SECTIONS[code][0], code) for code in sorted(SECTIONS)]
