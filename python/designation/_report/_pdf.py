"""Pages as PDF, printed by Chromium or WeasyPrint, whichever is there."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from designation._lazy import lazy
from designation._text.svg import STYLE
from designation._text.tokens import css_variables

weasyprint = lazy("weasyprint")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
SECONDS = 300
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
DRAWING = re.compile(r'<svg class="drawing[^>]*>')
HOW_TO_PRINT = (
    "a PDF needs Chromium on the PATH, or WeasyPrint (pip install weasyprint); "
    "or write the report as HTML, open it in a browser, and print it"
)


class NoPrinterError(RuntimeError):
    """An error: nothing can print a page; the message says how to print it by hand."""


def print_pdf(html: str) -> bytes:
    """Return a page as PDF, on paper of the size that the page names, or of the printer's.

    Raises:
        NoPrinterError: There is neither Chromium nor WeasyPrint, or Chromium fails.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is not None:
        return _print_by_browser(browser, html)
    try:
        pdf: bytes = weasyprint.HTML(string=style_drawings(html)).write_pdf()
    except (ImportError, OSError):
        raise NoPrinterError(HOW_TO_PRINT) from None
    return pdf


def style_drawings(html: str) -> str:
    """Return a page whose drawings have a style of their own, without variables: WeasyPrint applies no other to them.

    It would also draw the outlines of texts over the texts, so they have none.
    """
    colors = dict(pair.split(":", 1) for pair in css_variables("light").split(";"))
    style = STYLE.partition("@media")[0] + ".drawing .bar text{stroke:none!important}"
    resolved = VARIABLE.sub(lambda found: colors[found[1]], style)
    return DRAWING.sub(lambda found: f"{found[0]}<style>{resolved}</style>", html)


def _print_by_browser(browser: str, html: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = pathlib.Path(folder, "report.html"), pathlib.Path(folder, "report.pdf")
        page.write_text(html, "utf-8", newline="\n")
        options = [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
        # Chromium has no sandbox for the superuser; the page loads nothing, and runs no script but its own.
        options += ["--no-sandbox"] if os.geteuid() == 0 else []
        try:
            subprocess.run(
                [browser, "--headless", "--disable-gpu", *options, page.as_uri()],
                capture_output=True,
                check=True,
                timeout=SECONDS,
            )
            return pdf.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise NoPrinterError(f"{browser} did not print the page; {HOW_TO_PRINT}") from None
