"""The rulebook, the policy, and the dates of the options."""

from __future__ import annotations

import argparse
import datetime
import os

from designation import _core
from designation._answers.timeline import default_span
from designation._api import parse_policy
from designation._days import day_or_today, years_after
from designation._input.strict import parse_text
from designation.cli._errors import UsageError, label
from designation.cli._input import read_bytes


def load_rulebook(name: str, max_bytes: int = _core.MAX_BYTES) -> _core.Rulebook:
    """Return a built-in edition, or read the file of a rulebook."""
    builtin = find_builtin(name)
    if builtin is not None:
        return builtin
    return parse_text(_core.parse_rulebook, read_rulebook(name, max_bytes), label(name), max_bytes)


def find_builtin(name: str) -> _core.Rulebook | None:
    """Return a built-in edition by its name, or None."""
    return _core.builtin_rulebook(name) if name.isprintable() and name.isascii() else None


def read_rulebook(name: str, max_bytes: int) -> bytes:
    """Return the text of a rulebook's file."""
    if name != "-" and not os.path.lexists(name):
        editions = ", ".join(_core.editions())
        raise UsageError(f"{label(name)}: no such edition or file; the editions are {editions} [edition]")
    return read_bytes(name, max_bytes)


def load_policy(options: argparse.Namespace) -> tuple[_core.Policy | None, _core.Rulebook | None]:
    """Read the policy and the rulebook of the options."""
    rulebook = None if options.rulebook is None else load_rulebook(options.rulebook)
    return None if options.policy is None else _read_policy(options.policy, rulebook), rulebook


def _read_policy(path: str, rulebook: _core.Rulebook | None) -> _core.Policy:
    return parse_policy(read_bytes(path, _core.MAX_BYTES), file=label(path), rulebook=rulebook)


def load_other_rules(options: argparse.Namespace) -> _core.Rules | None:
    """Read the policy of ``--against`` and compile it to rules, with the rulebook of the options."""
    if options.against is None:
        return None
    rulebook = None if options.rulebook is None else load_rulebook(options.rulebook)
    return _core.rules(_read_policy(options.against, rulebook), rulebook)


def load_rules(options: argparse.Namespace) -> _core.Rules:
    """Read the policy and the rulebook of the options, and compile them to rules."""
    return _core.rules(*load_policy(options))


def as_of_or_today(options: argparse.Namespace) -> datetime.date:
    """Return the date of ``--as-of``; default: today."""
    return day_or_today(options.as_of)


def timeline_span(
    options: argparse.Namespace, partner: _core.Partner, first: datetime.date | None = None
) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a timeline; it begins by default on ``first``, or on the first fact."""
    default_first, default_last = default_span(partner, as_of_or_today(options))
    span = (options.from_ or first or default_first, options.through or default_last)
    if span[1] < span[0]:
        raise UsageError(f"designation: the last day, {span[1]}, is before the first day, {span[0]}")
    return span


def plan_end(options: argparse.Namespace, years: int) -> datetime.date:
    """Return the last day of a plan; default: ``years`` years after ``--as-of``."""
    day = as_of_or_today(options)
    last: datetime.date = options.through or years_after(day, years)
    if last < day:
        raise UsageError(f"designation: the last day, {last}, is before the first day, {day}")
    return last
