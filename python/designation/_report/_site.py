"""A folder of reports: the page of a portfolio, and the page of each partner, which it links to."""

from __future__ import annotations

import concurrent.futures
import datetime
import hashlib
import multiprocessing
import os
import pathlib
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from designation import _core
from designation._api import build_rules
from designation._io import replace_file
from designation._report._pages import make_printable, render_page
from designation._report._partner import build_partner_model

INDEX, PARTNERS = "index.html", "partners"
CHUNK = 50  # partners that a process writes at once
SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class Rules(NamedTuple):
    """The date of a site and its rules, in the form that another process can receive."""

    as_of: datetime.date
    policy: _core.Policy | Mapping[str, Any] | None
    rulebook: _core.Rulebook | None


def page_name(id: str) -> str:
    """Return the file name of a partner's page; an id that is no plain name gets its digest, so names are unique."""
    if SAFE_NAME.fullmatch(id):
        return f"{id}.html"
    plain = re.sub(r"[^a-z0-9_-]+", "-", id.lower()).strip("-")[:40]
    return f"{plain or 'partner'}.{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.html"


def write_site(
    model: dict[str, Any], partners: Sequence[_core.Partner], rules: Rules, folder: str, processes: int
) -> None:
    """Write the page of a portfolio and those of its partners; the page of the portfolio is the last.

    Args:
        model: The model of the portfolio.
        partners: Its partners.
        rules: The date and the rules.
        folder: The folder, which is created if it does not exist.
        processes: The number of processes that write pages.
    """
    pages = pathlib.Path(folder, PARTNERS)
    pages.mkdir(parents=True, exist_ok=True)
    waiting = iter(partners)
    chunks = iter(lambda: list(islice(waiting, CHUNK)), [])
    if processes == 1 or len(partners) <= CHUNK:
        for chunk in chunks:
            _write_pages(chunk, rules, str(pages))
    else:
        spawned = multiprocessing.get_context("spawn")  # a fork would copy the locks of other threads
        with concurrent.futures.ProcessPoolExecutor(processes, mp_context=spawned) as pool:
            written = [pool.submit(_write_pages, chunk, rules, str(pages)) for chunk in chunks]
            for one in written:
                one.result()
    links = [f"{PARTNERS}/{page_name(id)}" for id in model["ids"]]
    write_page(os.path.join(folder, INDEX), render_page(model, links=links))


def write_page(path: str | os.PathLike[str], html: str) -> None:
    """Write a page to a file, which is replaced as a whole or not at all."""
    with replace_file(path) as draft, open(draft, "w", encoding="utf-8", newline="\n") as file:
        file.write(html)


def _write_pages(partners: Sequence[_core.Partner], rules: Rules, folder: str) -> None:
    built = build_rules(rules.policy, rules.rulebook)
    for partner in partners:
        model = make_printable(build_partner_model(partner, rules.as_of, built))
        # To replace a file as a whole takes a look at all files of its folder, which is too slow for so many.
        html = render_page(model, home=f"../{INDEX}")
        pathlib.Path(folder, page_name(partner.id)).write_text(html, "utf-8", newline="\n")
