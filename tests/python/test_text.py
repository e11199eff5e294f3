"""The page of an assessment fits in 80 columns, without color, for every name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import designation as dsg
from conformance.cases import named_cases
from designation._text.layout import cells, pad, replace_controls, wrap
from support.golden import check_golden

EXAMPLES = Path(dsg.__file__).parent / "examples"
PAGES = Path(__file__).parent / "pages"
AS_OF = "2026-09-15"
PARTNERS = sorted(path.stem for path in EXAMPLES.glob("*.json") if path.stem != "policy")
STORIES = ["contoso", "humongous-insurance", "trey-research", "consolidated-messenger", "wingtip-toys"]


def assessed(name: str, **options: Any) -> dsg.Assessment:
    return dsg.assess(dsg.load(EXAMPLES / f"{name}.json"), as_of=AS_OF, **options)


def lines_of(**facts: Any) -> list[str]:
    return str(dsg.assess(dsg.parse_partner(facts), as_of=AS_OF)).split("\n")


@pytest.mark.parametrize("name", STORIES)
def test_the_page_of_an_example_is_up_to_date(name: str) -> None:
    check_golden(PAGES / f"{name}.txt", f"{assessed(name)}\n")


def test_a_policy_and_a_custom_edition_are_named() -> None:
    page = str(assessed("contoso", policy=dsg.load_policy(EXAMPLES / "policy.json")))
    assert "late renewal: ignored" in page
    assert "overridden fees: CSAT" in page


def test_an_action_names_the_last_day_for_a_second_try() -> None:
    policy = {"planning": {"retry_days": {"csat": 30}}}
    page = " ".join(str(assessed("contoso", policy=policy)).split())
    assert "Repeat the CSAT evaluation, 500 USD, safe by 2026-11-12" in page


def test_the_wording_comes_from_the_rulebook_of_the_assessment(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(
        '{"extends": "2025-11", "edition": "mine", "rules": {"SSD-R4": {"title": "t", "text": "x", '
        '"remedy": {"do": "Ask the customers", "actor": "partner"}, '
        '"citations": [{"source": "article", "section": "CSAT Evaluation"}]}}}'
    )
    page = str(assessed("contoso", rulebook=dsg.rulebooks.load(own)))
    assert "Partner    by 2026-12-12  Ask the customers, 500 USD" in page
    assert "edition mine" in page


@pytest.mark.parametrize("name", PARTNERS)
def test_no_line_is_wider_than_80_columns_or_ends_in_a_space(name: str) -> None:
    lines = str(assessed(name)).split("\n")
    assert [line for line in lines if cell_len(line) > 80 or line != line.rstrip()] == []


def test_every_named_case_has_a_page() -> None:
    for case in named_cases():
        partner, policy = dsg.parse_partner(case["partner"]), case["policy"]
        page = str(dsg.assess(partner, case["as_of"], policy))
        assert page.isprintable() or set(page) - {"\n"} == {c for c in page if c.isprintable()}
        assert max(map(cell_len, page.split("\n"))) <= 80, case["name"]


def test_cjk_names_keep_the_columns() -> None:
    heading = lines_of(id="c1", name="株式会社コントソ・クラウド", events=[])[0]
    latin = lines_of(id="c1", name="Contoso", events=[])[0]
    assert cell_len(heading) == cell_len(latin) == 80
    assert heading.endswith(latin[-len("as of 2026-09-15, edition 2025-11") :])


def test_a_long_cjk_name_is_wrapped_without_spaces() -> None:
    lines = lines_of(id="c1", name="漢字" * 60, events=[])
    assert max(map(cell_len, lines)) <= 80
    assert "".join(line.split("  ")[0] for line in lines[:7]).count("漢") == 60


def test_a_name_cannot_control_the_terminal() -> None:
    page = "\n".join(lines_of(id="x", name="red\x1b[31m\u202eback\u2028line\x07", events=[]))
    assert set(page) & set("\x1b\u202e\u2028\x07") == set()


def test_the_id_is_shown_if_there_is_no_name() -> None:
    assert lines_of(id="lonely", events=[])[0].startswith("lonely  ")


def test_a_long_id_moves_the_date_to_the_next_line() -> None:
    lines = lines_of(id="x" * 200, events=[])
    assert max(map(cell_len, lines)) <= 80
    assert "as of 2026-09-15" in " ".join(lines[:8])


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_wrapped_text_fits_and_keeps_every_letter(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(cells(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(map(replace_controls, text.split())).replace(" ", "")


@given(st.text(alphabet="ab漢字é", max_size=10))
def test_padding_counts_cells(text: str) -> None:
    assert cells(pad(text, 30)) == 30
