"""Every example in a docstring runs, and every public name has a docstring."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

import designation

MODULES = ["designation", *(module.name for module in pkgutil.walk_packages(designation.__path__, "designation."))]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.endswith("__main__")])
def test_the_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), raise_on_error=False).failed == 0


WITH_EXAMPLES = [
    "Assessment",
    "Authorization",
    "Event",
    "Partner",
    "Policy",
    "Rulebook",
    "SolutionsPartnerDesignation",
    "SupportContract",
    "assess",
    "parse_partner",
    "parse_policy",
]


@pytest.mark.parametrize("name", designation.__all__)
def test_every_public_name_has_a_docstring(name: str) -> None:
    thing = getattr(designation, name)
    if inspect.isclass(thing) or callable(thing):
        assert inspect.getdoc(thing)
    if name in WITH_EXAMPLES:
        assert ">>>" in thing.__doc__
