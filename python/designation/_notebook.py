"""The display of values in notebooks: their pages as HTML, and the timeline that the report draws."""

from __future__ import annotations

import datetime
from typing import Any

from designation import _core
from designation._answers.timeline import Timeline
from designation._days import today
from designation._lazy import MissingExtraError, lazy
from designation._text import pages
from designation._text.html import page, tree

drawing = lazy("designation._report._drawing")
report_pages = lazy("designation._report._pages")

text = pages.text


def html(value: Any) -> str:
    """Return the page of a value as HTML: for an explanation a collapsible tree, for a timeline with its drawing."""
    if isinstance(value, _core.Explanation):
        return tree(value)
    return page(pages.lines(value), _draw(value) if isinstance(value, Timeline) else "")


def _draw(timeline: Timeline) -> str:
    """Return a timeline as SVG with a line at today, or else at its first day; empty without the extra ``report``."""
    first, last = timeline.segments[0].from_, timeline.segments[-1].through
    day: datetime.date = today() if first <= today() <= last else first
    partner = timeline.segments[0].assessment.partner
    try:
        model = {"timeline": drawing.draw_timeline(partner, timeline.segments, day)}
        svg: str = report_pages.render("timeline.svg", report_pages.make_printable(model))
    except MissingExtraError:
        return ""
    return f'<div class="scroll">{svg}</div>'
