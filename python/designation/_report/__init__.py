"""Reports: one page of HTML that needs nothing else, about a partner or a portfolio."""

from __future__ import annotations

import datetime
import functools
import os
import warnings
from collections.abc import Mapping
from html import escape
from typing import Any

from designation import _core
from designation._api import rules_of
from designation._days import day_or_today
from designation._io import replacing
from designation._report import _pages
from designation._report._partner import of_partner
from designation._report._portfolio import of_partners
from designation._tables.assess_table import note, partners_of


class Report:
    """A report: ``model`` is what it says as plain values, ``html`` the page: the same bytes for the same input."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model: dict[str, Any] = _pages.shown(model)

    @functools.cached_property
    def html(self) -> str:
        """The page: one file that opens from disk, prints, and asks the network for nothing."""
        return _pages.page(self.model)

    @property
    def timeline_svg(self) -> str | None:
        """The timeline as a picture of its own; None for a portfolio, which has none."""
        return _pages.rendered("timeline.svg", self.model) if "timeline" in self.model else None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file, as a whole or not at all."""
        with replacing(path) as draft, open(draft, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.html)

    def __repr__(self) -> str:
        return f"<Report {self.model['title']!r} as of {self.model['as_of']}>"

    def _repr_html_(self) -> str:
        return f'<iframe title="Report" srcdoc="{escape(self.html)}" style="width:100%;height:40em;border:0"></iframe>'


def report(
    partners: Any,
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> Report:
    """Make a report of a partner, or of a portfolio.

    Of a partner: where it stands, who acts next, a timeline, plan and fees, benefits over time, findings, what is
    unknown, the readings, and the explanation down to facts and sources. Of a portfolio: counts, what expires when,
    fees by month, and a table to search, sort and open.

    Args:
        partners: A partner; or a portfolio: a list of partners, or a table as `assess_table` takes it.
        as_of: A date or ``"YYYY-MM-DD"``; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: The day is none, the policy does not fit the rulebook, or every problem of the table's rows.
        ValueError: The portfolio is empty, or has more partners than a page shows (100,000).
        ImportError: A package is missing (``pip install 'designation[report]'``).

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> report = dsg.report(partner, as_of="2026-09-15")
        >>> report.model["status"], report.model["tiles"][0]["value"]
        ('Active', '168')
        >>> report.html[:15], report.timeline_svg[:4]
        ('<!doctype html>', '<svg')
    """
    day, rules = day_or_today(as_of), rules_of(policy, rulebook)
    if isinstance(partners, _core.Partner):
        return Report(of_partner(partners, day, rules))
    if isinstance(partners, list | tuple):
        return Report(of_partners(partners, day, rules))
    each, unread = partners_of(partners)
    if unread:
        warnings.warn(note(unread), stacklevel=2)
    return Report(of_partners(each, day, rules))
