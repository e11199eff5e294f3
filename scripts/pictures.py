#!/usr/bin/env python3
"""Write the images in docs/pictures. scripts/test-browser installs the browser that this needs.

Run it with the Python of the environment: .venv/bin/python scripts/pictures.py
"""

from __future__ import annotations

import contextlib
import io
import os
import pathlib
import shutil
import tempfile
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

import designation as dsg
from designation.cli import main as cli
from designation.cli._streams import set_color

ROOT = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "python" / "designation" / "examples"
AS_OF = "2026-09-15"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
PICTURES: dict[str, tuple[Any, Literal["light", "dark"], int, int]] = {
    "report-partner": (dsg.load(EXAMPLES / "contoso.json"), "light", 1100, 1060),
    "report-portfolio": (PARTNERS, "dark", 1100, 1060),
}
HELP: list[list[str]] = [[], ["portfolio"], ["convert"]]
WIDTH = 84


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (partners, scheme, width, height) in PICTURES.items():
            html, image = pathlib.Path(folder, f"{name}.html"), ROOT / "docs" / "pictures" / f"{name}.png"
            dsg.report(partners, AS_OF).save(html)
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(html.as_uri())
            page.screenshot(path=image)
            shrink(image)
        for command in HELP:
            show_help(browser, command)
        browser.close()


def show_help(browser: Browser, command: list[str]) -> None:
    """Write an image of a help page, as a terminal shows it."""
    set_color("always")
    os.environ["COLUMNS"] = str(WIDTH)
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        cli([*command, "--help"])
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    console.print(Text.from_ansi(shown.getvalue().rstrip()))
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_content(console.export_svg(title=" ".join(["designation", *command, "--help"])))
    image = ROOT / "docs" / "pictures" / f"{'-'.join(['help', *command])}.png"
    page.locator("svg").first.screenshot(path=image)
    shrink(image)


def shrink(image: pathlib.Path) -> None:
    """Write an image again with 128 colors."""
    Image.open(image).convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(image, optimize=True)


if __name__ == "__main__":
    main()
