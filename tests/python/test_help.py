"""Help pages are committed, each with an example; regenerate them with ``REGENERATE=1``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from committed import hold
from designation.cli._main import COMMANDS, parser

FOLDER = Path(__file__).parents[2] / "docs" / "cli"


def pages(made: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield made.prog, made
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from pages(inner)


PARSERS = dict(pages(parser()))


@pytest.mark.parametrize("prog", PARSERS)
def test_the_help_page_is_as_committed(prog: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    hold(FOLDER / f"{prog.replace(' ', '-')}.txt", PARSERS[prog].format_help())


@pytest.mark.parametrize("prog", PARSERS)
def test_the_help_page_shows_an_example_and_fits(prog: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = PARSERS[prog].format_help()
    assert f"\n  {prog}" in text or f"$({prog}" in text
    assert max(map(len, text.split("\n"))) <= 80
    assert "\x1b" not in text


def test_there_is_no_page_of_what_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {prog.replace(" ", "-") for prog in PARSERS}


def test_every_command_has_a_page() -> None:
    assert {prog.split()[1] for prog in PARSERS if " " in prog} == set(COMMANDS)
