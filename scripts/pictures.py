#!/usr/bin/env python3
"""Write the images in docs/pictures. scripts/test-browser installs the browser that this needs.

Run it with the Python of the environment: .venv/bin/python scripts/pictures.py
With --before, it writes the images of an older version: --before PYTHON, the Python of the environment of that version.
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
AS_OF = "2026-09-15"
A4 = (794, 1123)  # pixels
MARGIN = 53

# Every version of the package can run this: it writes pages into a folder.
PAGES = f"""
import io, os, pathlib, pty, subprocess, sys
import designation as dsg
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text
folder, examples = pathlib.Path(sys.argv[1]), pathlib.Path(dsg.__file__).parent / "examples"
paths = [path for path in sorted(examples.glob("*.json")) if path.stem != "policy"]
for name in ("contoso", "humongous-insurance"):
    dsg.report(dsg.load(examples / f"{{name}}.json"), "{AS_OF}").save(folder / f"{{name}}.html")
dsg.report([dsg.load(path) for path in paths], "{AS_OF}").save(folder / "portfolio.html")
contoso = dsg.load(examples / "contoso.json")
shown = dsg.assess(contoso, "{AS_OF}")._repr_html_()
(folder / "notebook.html").write_text('<!doctype html><body data-jp-theme-light="true">' + shown, "utf-8")
dsg.plot.save(dsg.plot.timeline(contoso, as_of="{AS_OF}", ax=dsg.plot.new_axes()), folder / "plot.svg")
(folder / "plot.html").write_text('<body style="margin:0"><img src="plot.svg">', "utf-8")
def show(name, columns, *words):
    outer, inner = pty.openpty()
    variables = {{**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", "COLORTERM": "truecolor"}}
    command = subprocess.Popen([sys.executable, "-m", "designation", *words], stdout=inner, env=variables)
    os.close(inner)
    output = b""
    try:
        while piece := os.read(outer, 65536):
            output += piece
    except OSError:
        pass  # Linux says so when the other side has gone.
    command.wait()
    console = Console(record=True, width=columns, file=io.StringIO())
    console.print(Text.from_ansi(output.decode().replace("\\r", "")))
    (folder / f"{{name}}.html").write_text(console.export_html(theme=MONOKAI, inline_styles=True), "utf-8")
show("terminal", 70, "demo")
if len(sys.argv) > 2:
    dsg.report(dsg.load(examples / "humongous-insurance.json"), "{AS_OF}", brief=True).save(folder / "brief.html")
    requests, revenue = examples / "service-requests.csv", examples / "revenue.csv"
    rate = dsg.metrics.case_rate(requests, revenue, "2026-H1", columns="partner-center-powershell", by="country")
    dsg.report([rate]).save(folder / "figures.html")
    for words in ([], ["portfolio"], ["convert"]):
        show("-".join(["help", *words]), 84, *words, "--help")
"""


class Picture(NamedTuple):
    """An image of a page: its size, the place at its top (ids of this version and an older one), colors, and medium.

    What the selector `hidden` matches is not shown.
    """

    page: str
    size: tuple[int, int] = (1100, 1060)
    section: str = ""
    options: Mapping[str, Any] = MappingProxyType({})
    on_paper: bool = False
    before: bool = False
    whole: bool = False
    hidden: str = ""


DARK, FORCED = {"color_scheme": "dark"}, {"forced_colors": "active", "color_scheme": "dark"}
HELP = (820, 400)
GALLERY = {
    "readme": Picture("contoso", (1040, 563), hidden="nav"),
    "report-partner": Picture("contoso"),
    "report-portfolio": Picture("portfolio", options=DARK),
    "report-figures": Picture("figures"),
    "timeline": Picture("humongous-insurance", (1100, 700), "#timeline,#days", before=True),
    "timeline-forced-colors": Picture("humongous-insurance", (1100, 700), "#timeline,#days", FORCED),
    "phone-timeline": Picture("humongous-insurance", (390, 844), "#timeline,#days", before=True),
    "phone-portfolio": Picture("portfolio", (390, 844), "#table", DARK, before=True),
    "worklist": Picture("portfolio", (1100, 760), "#actions,#todo", before=True),
    "paper-portfolio": Picture("portfolio", A4, "#partners", on_paper=True, before=True),
    "notebook": Picture("notebook", (960, 700), before=True),
    "plot": Picture("plot", (800, 480), before=True),
    "terminal": Picture("terminal", (720, 480), before=True),
    "paper-brief": Picture("brief", A4, on_paper=True),
    "help": Picture("help", HELP, whole=True),
    "help-portfolio": Picture("help-portfolio", HELP, whole=True),
    "help-convert": Picture("help-convert", HELP, whole=True),
}


def write_pictures(browser: Any, folder: pathlib.Path, before: str | None = None) -> None:
    """Write the images into a folder; with ``before``, those of the version of another Python."""
    with tempfile.TemporaryDirectory() as pages:
        current = [] if before else ["current"]
        subprocess.run([before or sys.executable, "-c", PAGES, pages, *current], check=True, cwd=pages)
        for name, picture in GALLERY.items():
            if before and not picture.before:
                continue
            path = folder / f"{'before-' if before else ''}{name}.png"
            _take(browser, picture, pathlib.Path(pages, f"{picture.page}.html").as_uri(), path)
            image = Image.open(path).convert("RGB")
            image.convert("P", palette=Image.Palette.ADAPTIVE, colors=200).save(path, optimize=True)


def _take(browser: Any, picture: Picture, address: str, path: pathlib.Path) -> None:
    width, height = picture.size
    page = browser.new_page(viewport={"width": width, "height": height}, **picture.options)
    page.goto(address)
    if picture.on_paper:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        page.add_style_tag(content=f"body{{padding:{MARGIN}px!important}}")
    if picture.hidden:
        page.add_style_tag(content=f"{picture.hidden}{{display:none!important}}")
    if picture.section:
        page.evaluate("(place) => document.querySelector(place).scrollIntoView()", picture.section)
    page.screenshot(path=path, full_page=picture.whole)
    page.close()


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", metavar="PYTHON", help="write the images of the version that this Python has")
    before = parser.parse_args().before
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        write_pictures(browser, PICTURES, before)
        browser.close()
    if not before:
        import designation as dsg

        contoso = dsg.load(ROOT / "python" / "designation" / "examples" / "contoso.json")
        dsg.plot.save(dsg.plot.timeline(contoso, as_of=AS_OF, ax=dsg.plot.new_axes()), ROOT / "docs" / "contoso.svg")


if __name__ == "__main__":
    main()
