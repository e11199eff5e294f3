"""Exports with random changes to their bytes are read, or refused with an `InputError`; scripts/soak reads more."""

from __future__ import annotations

import pytest

from support.mutated_exports import compare


def test_a_changed_export_is_read_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    compare(16, seed=20261129)
    assert capsys.readouterr().out == ""
