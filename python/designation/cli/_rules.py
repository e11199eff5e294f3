"""The rulebook and the policy that a user named."""

from __future__ import annotations

import argparse
import datetime
import os

from designation import _core
from designation._answers.timeline import default_span
from designation._days import day_or_today, years_after
from designation.cli._errors import UsageError, label
from designation.cli._input import read


def rulebook_of(name: str, max_bytes: int = _core.MAX_BYTES) -> _core.Rulebook:
    """Give a built-in edition, or read a rulebook's file."""
    builtin = _core.builtin_rulebook(name) if name.isprintable() and name.isascii() else None
    if builtin is not None:
        return builtin
    if name != "-" and not os.path.lexists(name):
        editions = ", ".join(_core.editions())
        raise UsageError(f"{label(name)}: no such edition and no such file; editions: {editions} [edition]")
    return _core.parse_rulebook(read(name, max_bytes), label(name), max_bytes)


def policy_of(options: argparse.Namespace) -> tuple[_core.Policy | None, _core.Rulebook | None]:
    """Give the policy and the rulebook that the options name."""
    rulebook = None if options.rulebook is None else rulebook_of(options.rulebook)
    if options.policy is None:
        return None, rulebook
    text = read(options.policy, _core.MAX_BYTES)
    return _core.parse_policy(text, label(options.policy), rulebook=rulebook), rulebook


def rules_of(options: argparse.Namespace) -> _core.Rules:
    """Give the rules that the options name."""
    return _core.rules(*policy_of(options))


def day_of(options: argparse.Namespace) -> datetime.date:
    """Give the day of the answer; today where none was given."""
    return day_or_today(options.as_of)


def span_of(
    options: argparse.Namespace, partner: _core.Partner, first: datetime.date | None = None
) -> tuple[datetime.date, datetime.date]:
    """Give the days of a timeline; those that were not given from ``first``, or else the first fact, on."""
    default_first, default_last = default_span(partner, day_of(options))
    span = (options.from_ or first or default_first, options.through or default_last)
    if span[1] < span[0]:
        raise UsageError(f"designation: the span from {span[0]} through {span[1]} ends before it begins")
    return span


def through_of(options: argparse.Namespace, years: int) -> datetime.date:
    """Give the last day of a plan; so many years after the day of the answer where none was given."""
    day = day_of(options)
    last: datetime.date = options.through or years_after(day, years)
    if last < day:
        raise UsageError(f"designation: a plan from {day} through {last} ends before it begins")
    return last
