"""Reports about a partner or a portfolio, each as one self-contained HTML file."""

from __future__ import annotations

import datetime
import functools
import os
import warnings
from collections.abc import Mapping
from html import escape
from typing import Any

from designation import _core
from designation._api import as_partner, as_partners, build_rules
from designation._days import day_or_today
from designation._io import replace_file
from designation._report import _pages
from designation._report._partner import build_partner_model
from designation._report._portfolio import build_portfolio_model
from designation._tables.assess_table import read_partners, unread_columns_message


class Report:
    """A report: ``model`` is its content as plain values, and ``html`` is the page, with the same bytes every time."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model: dict[str, Any] = _pages.make_printable(model)

    @functools.cached_property
    def html(self) -> str:
        """The page, which opens from disk, prints, and makes no network requests."""
        return _pages.render_page(self.model)

    @property
    def timeline_svg(self) -> str | None:
        """The timeline as an SVG image; None for a portfolio, which has no timeline."""
        return _pages.render("timeline.svg", self.model) if "timeline" in self.model else None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file, which is replaced as a whole or not at all."""
        with replace_file(path) as draft, open(draft, "w", encoding="utf-8", newline="\n") as file:
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
    """Build a report about a partner or a portfolio.

    A partner's report shows where the partner stands, who acts next, a timeline, plan and fees, benefits over time,
    findings, unknown facts, interpretations, and explanations down to facts and sources. A portfolio's report shows
    counts, what expires when, fees by month, and a table to search, sort and expand.

    Args:
        partners: A partner; or a portfolio: a list of partners, a table that `assess_table` accepts, or a file.
        as_of: A date or ``"YYYY-MM-DD"``; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.

    Raises:
        InputError: The date is not valid, the policy does not fit the rulebook, or rows of the table have problems.
        ValueError: The portfolio is empty, or has more partners than a page can show (100,000).
        ImportError: The extra ``report`` is not installed.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> report = dsg.report(partner, as_of="2026-09-15")
        >>> report.model["status"], report.model["tiles"][0]["value"]
        ('Active', '168')
        >>> report.html[:15], report.timeline_svg[:4]
        ('<!doctype html>', '<svg')
    """
    day, rules = day_or_today(as_of), build_rules(policy, rulebook)
    if isinstance(partners, _core.Partner):
        return Report(build_partner_model(partners, day, rules))
    if isinstance(partners, Mapping):
        return Report(build_partner_model(as_partner(partners), day, rules))
    if isinstance(partners, str | os.PathLike):
        found = as_partners(partners)
        is_one = len(found) == 1 and os.fspath(partners).lower().endswith(".json")
        return Report(build_partner_model(found[0], day, rules) if is_one else build_portfolio_model(found, day, rules))
    if isinstance(partners, list | tuple):
        return Report(build_portfolio_model(as_partners(partners), day, rules))
    table_partners, unread = read_partners(partners)
    if unread:
        warnings.warn(unread_columns_message(unread), stacklevel=2)
    return Report(build_portfolio_model(table_partners, day, rules))
