"""Each document in tests/bad has exactly the diagnostics of the file beside it, and all codes occur."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import designation as dsg
from support.bad_documents import BAD, LOADERS, ROOT, diagnostics_of, name_of


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_bad_document_has_exactly_the_expected_diagnostics(path: Path) -> None:
    with pytest.raises(dsg.InputError) as caught:
        LOADERS[path.parent.name](path)
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert str(caught.value).replace(f"{path}:", f"{path.name}:").split("\n") == expected


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_diagnostics_are_complete_and_sorted_by_location(path: Path) -> None:
    diagnostics = diagnostics_of(path)
    for each in diagnostics:
        assert each.file == str(path)
        assert each.line >= 1
        assert each.column >= 1
        assert str(each).startswith(f"{path}:{each.line}:{each.column}: ")
        assert str(each).endswith(f"{each.message} [{each.code}]")
    places = [(each.line, each.column) for each in diagnostics]
    assert places == sorted(places)


def test_every_file_of_expected_diagnostics_belongs_to_a_document() -> None:
    lists = sorted((ROOT / "tests" / "bad").glob("*/*.txt"))
    assert lists == [path.with_suffix(".txt") for path in BAD]


def test_a_document_over_the_size_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b'{"id": "contoso"}')
    assert dsg.load(path, max_bytes=17).id == "contoso"
    with pytest.raises(dsg.InputError) as caught:
        dsg.load(path, max_bytes=16)
    assert str(caught.value) == f"{path}:1:1: the document has more than the limit of 16 bytes [size]"


def test_the_default_size_limit_is_16_mebibytes(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b'{"id": "contoso"}'.ljust(16 * 1024 * 1024))
    assert dsg.load(path).id == "contoso"
    path.write_bytes(b'{"id": "contoso"}'.ljust(16 * 1024 * 1024 + 1))
    with pytest.raises(dsg.InputError, match=r"more than the limit of 16777216 bytes \[size\]"):
        dsg.load(path)


def test_a_policy_for_another_edition_than_the_rulebook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text('{"edition": "2025-11"}')
    with pytest.raises(dsg.InputError) as caught:
        dsg.load_policy(path, rulebook=dsg.rulebooks.load("2026-04"))
    message = "the policy is for edition 2025-11, but the rulebook is edition 2026-04"
    assert str(caught.value) == f"{path}:1:13: /edition: {message} [edition]"


def test_a_byte_order_mark_and_crlf_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "partner.json"
    path.write_bytes(b'\xef\xbb\xbf{\r\n"id": "contoso"\r\n}\r\n')
    assert dsg.load(path).id == "contoso"


# No document alone can have these codes; the tests above cover them.
OF_TESTS = {"arrow", "citation", "edition", "size", "more"}


def codes_in(source: str) -> Iterator[str]:
    """Return the codes in C++ text: the second last argument of report(...), and the first member of a Diagnostic."""
    for call in re.finditer(r"\breport(?:_syntax)?\(", source):
        arguments, depth = [""], 1
        for token in re.findall(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|.', source[call.end() :], re.DOTALL):
            depth += (token in "([{") - (token in ")]}")
            if depth == 0:
                break
            if token == "," and depth == 1:
                arguments.append("")
            else:
                arguments[-1] += token
        if len(arguments) > 1:
            without_calls = re.sub(r"\w+\([^()]*\)", "", arguments[-2])
            yield from re.findall(r'"([a-z_]+)"', without_calls)
    yield from re.findall(r'(?:push_back\(|InputError\()\s*\{+\s*"([a-z_]+)"', source)


def test_a_document_covers_every_code_in_the_sources() -> None:
    sources = [*ROOT.glob("cpp/src/**/*.cpp"), *ROOT.glob("bindings/*.cpp")]
    known = {code for path in sources for code in codes_in(path.read_text(encoding="utf-8"))}
    assert len(known) >= 15
    exercised = {each.code for path in BAD for each in diagnostics_of(path)}
    assert exercised | OF_TESTS == known
    assert not exercised & OF_TESTS
