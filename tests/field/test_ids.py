"""Ids of cases: the same rule as for partners."""

from __future__ import annotations

import io

import pytest

import designation as dsg

SPACES = ["\u00a0", " ", "\t", "\u200b", "\ufeff", "\u2003", "\u3000"]


def cases_of(text: str) -> int:
    stream = io.BytesIO(text.encode())
    return dsg.metrics.case_rate(stream, 12, "2026-Q1", unit="seats", escalated="every").cases


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("form", ["{}INC1", "INC1{}", "{}INC1{}"])
def test_spaces_of_every_kind_do_not_make_another_id(space: str, form: str) -> None:
    other = form.format(*[space] * form.count("{}"))
    assert cases_of(f'id,created\nINC1,2026-01-02\n"{other}",2026-01-03\n') == 1


@pytest.mark.parametrize("space", SPACES)
def test_an_id_of_spaces_is_no_id(space: str) -> None:
    assert cases_of(f'id,created\nINC1,2026-01-02\n"{space}",2026-01-03\n') == 1


def test_letters_beyond_ascii_are_kept() -> None:
    assert cases_of("id,created\nÄ1é,2026-01-02\n1é,2026-01-03\n~,2026-01-03\n") == 3


@pytest.mark.parametrize("damaged", ["6.2601E+14", "6,2601E+14", "1e+20"])
def test_ids_that_a_spreadsheet_rounded_are_an_error(damaged: str) -> None:
    with pytest.raises(dsg.InputError, match="a spreadsheet rounded") as caught:
        cases_of(f'id,created\nINC1,2026-01-02\n"{damaged}",2026-01-03\n')
    assert damaged in str(caught.value)
