"""Reports about a partner or a portfolio, each as one self-contained HTML file, a PDF, or a folder of pages."""

from __future__ import annotations

import datetime
import functools
import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from designation import _core
from designation._api import RulebookSource, as_partner, as_partners, as_rulebook, build_rules
from designation._days import day_or_today
from designation._errors import InputError
from designation._io import replace_file
from designation._lazy import lazy
from designation._report import _pages
from designation._report._brief import build_brief_model
from designation._report._figures import build_figures_model, is_figure
from designation._report._impact import build_impact_model
from designation._report._partner import build_partner_model
from designation._report._pdf import print_pdf
from designation._report._portfolio import build_portfolio_model
from designation._report._site import Rules, write_page, write_site
from designation._tables.assess_table import collect_table, read_partners, unread_columns_message
from designation._tables.impact import Impact
from designation._text.style import follow_theme
from designation._text.svg import draw

pa = lazy("pyarrow", "table")
loader = lazy("designation._input.loader")


class Report:
    """A report: ``model`` is its content as plain values, and ``html`` is the page, with the same bytes every time."""

    def __init__(
        self, model: dict[str, Any], partners: Sequence[_core.Partner] = (), rules: Rules | None = None
    ) -> None:
        self._ids = model.pop("ids", [])
        self.model: dict[str, Any] = _pages.make_printable(model)
        self._partners, self._rules = partners, rules

    @functools.cached_property
    def html(self) -> str:
        """The page, which opens from disk, prints, and makes no network requests."""
        return _pages.render_page(self.model)

    @property
    def timeline_svg(self) -> str | None:
        """The timeline as an SVG image; None for a portfolio, which has no timeline."""
        return draw(self.model["timeline"], standalone=True) if "timeline" in self.model else None

    def pdf(self) -> bytes:
        """Return the report on paper, with all partners of a portfolio.

        Raises:
            NoPrinterError: There is neither Chromium nor WeasyPrint; the message says how to print.
        """
        return print_pdf(_pages.render_page(self.model, static_rows=len(self.model.get("rows", ()))))

    def save(self, path: str | os.PathLike[str], *, processes: int = 1) -> None:
        """Write the report to a file, which is replaced as a whole or not at all.

        Args:
            path: A file of HTML; a ``.pdf`` file; or, for a portfolio, a folder, which ends with a separator or exists:
                it gets the page of the portfolio, ``index.html``, and the report of each partner, to which it links.
            processes: The number of processes that write the reports of a folder. With more than one, call this below
                ``if __name__ == "__main__"``, as `multiprocessing` requires.

        Raises:
            ValueError: The path is a folder, and the report is about one partner.
        """
        name = os.fspath(path)
        if is_folder(name):
            if self._rules is None:
                raise ValueError(f"{name} is a folder; the report of a partner is one file")
            write_site(self.model | {"ids": self._ids}, self._partners, self._rules, name, processes)
        elif name.lower().endswith(".pdf"):
            with replace_file(path) as draft, open(draft, "wb") as file:
                file.write(self.pdf())
        else:
            write_page(path, self.html)

    def __repr__(self) -> str:
        return f"<Report {self.model['title']!r} as of {self.model['as_of']}>"

    def _repr_html_(self) -> str:
        style = follow_theme(".dsg-report", "", "") + ".dsg-report{width:100%;height:40em;border:0}"
        frame = f'<iframe class="dsg-report" title="Report" srcdoc="{escape(self.html)}"></iframe>'
        return f"<style>{style}</style>{frame}"


def is_folder(path: str) -> bool:
    """Return whether a path names a folder: it ends with a separator, or the folder exists."""
    return path.endswith(os.sep) or os.path.isdir(path)


def report(  # noqa: PLR0913 (each argument is one choice of the user, and most have a default)
    partners: Any,
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    *,
    brief: bool = False,
    keep: Sequence[str] = (),
    by: str | None = None,
) -> Report:
    """Build a report about a partner, a portfolio, or support metrics.

    A partner's report shows where the partner stands, who acts next, a timeline, plan and fees, benefits over time,
    findings, unknown facts, interpretations, and explanations down to facts and sources. A portfolio's report shows
    what to do by deadline, counts, what expires when, fees by month, and a table to search, sort and expand. A report
    about metrics shows each figure with its numerator and denominator, and which rows are left out and why.

    Args:
        partners: A partner; a portfolio: a list of partners, a table that `assess_table` accepts, or a file; or results
            of `metrics`: one, or a list, such as ``[rate, rate.ways(), rate.drivers(), score]``; or an `Impact`.
        as_of: A date or ``"YYYY-MM-DD"``; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.
        brief: Whether to build a brief of a partner: one sheet with status, deadline, actions, timeline, and fees.
        keep: Columns of the portfolio to show, such as ``"owner"``.
        by: A column of the portfolio by whose values the partners are grouped, such as ``"region"``.

    Raises:
        InputError: The date is not valid, the policy does not fit the rulebook, or the table has problems.
        ValueError: The portfolio is empty, or has more partners than a page can show (100,000); or a brief has several.
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
    if isinstance(partners, Impact):
        return Report(build_impact_model(partners))
    results = partners if isinstance(partners, list | tuple) else [partners]
    if results and all(map(is_figure, results)):
        return Report(build_figures_model(results))
    columns = list(dict.fromkeys([*keep, *([by] if by else [])]))
    found = _read_one(partners) or _read_portfolio(partners, columns)
    return build_report(found, as_of, policy, as_rulebook(rulebook), brief=brief, keep=columns, by=by)


def build_report(  # noqa: PLR0913 (the arguments of `report`)
    source: _core.Partner | Iterable[tuple[_core.Partner, Mapping[str, Any]]],
    as_of: datetime.date | str | None,
    policy: _core.Policy | Mapping[str, Any] | None,
    rulebook: _core.Rulebook | None,
    *,
    brief: bool,
    keep: Sequence[str],
    by: str | None,
) -> Report:
    """Build a report about a partner, or about partners with the columns that they keep, which include ``by``."""
    day, rules = day_or_today(as_of), build_rules(policy, rulebook)
    if isinstance(source, _core.Partner):
        return Report((build_brief_model if brief else build_partner_model)(source, day, rules))
    entries = list(source)
    if brief:
        raise ValueError(f"a brief is about one partner, not {len(entries):,}")
    model = build_portfolio_model(entries, day, rules, keep, by)
    return Report(model, [partner for partner, _ in entries], Rules(day, policy, rulebook))


def _read_one(source: Any) -> _core.Partner | None:
    """Return the partner of a source that is about one: a partner, a dict, or a document; None for a portfolio."""
    if isinstance(source, _core.Partner | Mapping):
        return as_partner(source)
    if isinstance(source, str | os.PathLike) and os.fspath(source).lower().endswith(".json"):
        found = as_partners(source)
        return found[0] if len(found) == 1 else None
    return None


def _read_portfolio(source: Any, keep: Sequence[str]) -> Iterable[tuple[_core.Partner, Mapping[str, Any]]]:
    if isinstance(source, str | os.PathLike | list | tuple):
        entries = list(loader.Loader(keep=keep).entries([source]))
        if problems := [problem for entry in entries for problem in entry.problems]:
            raise InputError(problems)
        return [(entry.partner, entry.kept) for entry in entries if entry.partner is not None]
    partners, unread = read_partners(source)
    if ignored := [name for name in unread if name not in keep]:
        warnings.warn(unread_columns_message(ignored), stacklevel=3)
    table = pa.table(collect_table(source)) if keep else None
    rows = table and table.select([name for name in keep if name in table.column_names]).to_pylist()
    return zip(partners, rows, strict=True) if rows else ((partner, {}) for partner in partners)
