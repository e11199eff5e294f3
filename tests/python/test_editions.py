"""A file in the folder of editions is a built-in edition, and an entry of the partner's schema is a word: nothing else
lists them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import designation as dsg
from support.commands import ROOT, configure, run

EDITIONS = ROOT / "cpp" / "rulebooks" / "support-services"
PROGRAM = """
#include <cstdio>
#include <designation/designation.hpp>

int main() {
    for (const auto name : designation::editions()) std::printf("%s\\n", std::string(name).c_str());
    const auto rules = designation::make_rules(designation::parse_policy(R"({"edition": "2027-01"})"));
    std::printf("%s\\n", rules.rulebook->title.c_str());
    const auto partner = designation::parse_partner(
        R"({"id": "contoso", "support_contracts": [{"type": "premier", "from": "2026-01-01"}]})");
    const auto contract = partner.record().support_contracts->front();
    std::printf("%s\\n", std::string(designation::to_string(contract.type)).c_str());
}
"""
PROJECT = """
cmake_minimum_required(VERSION 3.24)
project(editions LANGUAGES CXX)
find_package(designation REQUIRED)
add_executable(editions main.cpp embedded.cpp)
target_link_libraries(editions PRIVATE designation::designation)
"""


def test_the_built_in_editions_are_the_files_of_the_folder() -> None:
    assert dsg.rulebooks.editions() == sorted(path.stem for path in EDITIONS.glob("*.json"))
    for edition in dsg.rulebooks.editions():
        assert dsg.rulebooks.load(edition).edition == edition


@pytest.mark.builds
def test_a_file_more_is_an_edition_more_and_an_entry_more_is_an_alias_more(prefix: Path, tmp_path: Path) -> None:
    rulebooks = shutil.copytree(EDITIONS.parent, tmp_path / "rulebooks")
    later = {"extends": "2026-09", "edition": "2027-01", "title": "Later"}
    (rulebooks / "support-services" / "2027-01.json").write_text(json.dumps(later), "utf-8")
    schema = rulebooks / "schema" / "partner.schema.json"
    before = '{"const": "asfp"'
    alias = '{"const": "premier", "title": "Premier Support for Partners", "x-read-as": "psfp"},'
    schema.write_text(schema.read_text("utf-8").replace(before, alias + before), "utf-8")
    (tmp_path / "main.cpp").write_text(PROGRAM, "utf-8")
    (tmp_path / "CMakeLists.txt").write_text(PROJECT, "utf-8")
    generated = tmp_path / "embedded.cpp"
    run("cmake", f"-DOUTPUT={generated}", f"-DFOLDER={rulebooks}", "-P", ROOT / "cmake" / "embed.cmake")
    configure(tmp_path, tmp_path / "build", f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", tmp_path / "build")
    assert run(tmp_path / "build" / "editions").split() == [*dsg.rulebooks.editions(), "2027-01", "Later", "psfp"]
