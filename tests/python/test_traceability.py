"""Every statement of the article has its rules and parameters, every rule has a test, and the pages are up to date."""

from __future__ import annotations

import pytest

import support.rule_pages as pages
from designation._rulebooks.rule_index import RULES_BY_LOCATION
from support.golden import check_golden
from support.rulebook_mutations import PARAMETERS
from support.traceability import (
    ARTICLE,
    DOCS,
    LAUNCH,
    READINGS,
    RULES,
    Statement,
    cases_of,
    holders,
    holders_of,
    leaves,
    statements,
    value_at,
)

# The article does not state the interpretations; docs/readings.md does.
NOT_OF_THE_ARTICLE = "/interpretations/"


@pytest.mark.parametrize("each", statements(), ids=lambda each: f"{each.number}")
class TestStatements:
    def test_a_statement_names_its_rules_or_why_it_is_not_a_rule(self, each: Statement) -> None:
        assert each.says.endswith(".")
        if each.no_rule:
            assert (each.rules, each.rulebook) == ([], [])
        else:
            assert each.rules
            assert each.rulebook

    def test_the_rules_and_parameters_of_a_statement_exist(self, each: Statement) -> None:
        assert set(each.rules) <= set(RULES)
        assert len({*each.rules, *each.rulebook}) == len(each.rules) + len(each.rulebook)
        for pointer in each.rulebook:
            value_at(LAUNCH, pointer)


def test_every_section_that_the_rulebook_cites_has_a_statement() -> None:
    cited = {
        citation["section"]
        for section in ("rules", "availability")
        for entry in LAUNCH[section].values()
        for citation in entry["citations"]
        if citation["source"] == ARTICLE["source"]
    }
    assert cited - {each.section for each in statements()} == set()


def test_every_parameter_of_the_first_edition_belongs_to_a_statement() -> None:
    carriers = {pointer for each in statements() for pointer in each.rulebook}
    places = {place for section in PARAMETERS for place in leaves(f"/{section}")}
    bare = {
        place
        for place in places
        if not any(f"{place}/".startswith(f"{one}/") or one.startswith(f"{place}/") for one in carriers)
    }
    assert {place for place in bare if not place.startswith(NOT_OF_THE_ARTICLE)} == set()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_test_that_names_it(rule: str) -> None:
    assert holders_of([rule])


def test_tests_name_existing_rules() -> None:
    assert {rule for test in holders() for rule in test.rules} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_belongs_to_a_statement_of_the_article(rule: str) -> None:
    assert any(rule in each.rules for each in statements())


@pytest.mark.parametrize("name", READINGS)
def test_an_interpretation_has_a_case_that_notices_its_default(name: str) -> None:
    assert cases_of([f"/interpretations/{name}/default"])


def test_a_rule_or_planning_reads_every_parameter() -> None:
    places = {place for section in PARAMETERS for place in leaves(f"/{section}")}
    unread = {place for place in places if not any(f"{place}/".startswith(f"{one}/") for one in RULES_BY_LOCATION)}
    assert unread == {"/fiscal_year/first_month"}


def test_the_pages_are_up_to_date() -> None:
    check_golden(DOCS / "article.md", pages.article())
    check_golden(DOCS / "rules.md", pages.rules())
    page = DOCS / "not-public.md"
    check_golden(page, pages.with_part(page.read_text("utf-8"), pages.not_public()))
