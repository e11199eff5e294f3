#!/usr/bin/env python3
"""Write the images in docs. scripts/test-browser installs the browser that this needs.

Run it with the Python of the environment: .venv/bin/python scripts/pictures.py
"""

from __future__ import annotations

import pathlib
import shutil
import tempfile
from collections.abc import Callable
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

import designation as dsg

ROOT = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "python" / "designation" / "examples"
AS_OF = "2026-09-15"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
CONTOSO = dsg.load(EXAMPLES / "contoso.json")
PICTURES: dict[str, tuple[Callable[[], str], Literal["light", "dark"], int, int]] = {
    "report-partner": (lambda: dsg.report(CONTOSO, AS_OF).html, "light", 1100, 1060),
    "report-portfolio": (lambda: dsg.report(PARTNERS, AS_OF).html, "dark", 1100, 1060),
    "notebook": (lambda: notebook(dsg.assess(CONTOSO, AS_OF)), "light", 960, 700),
}


def notebook(value: Any) -> str:
    """Return a value as JupyterLab displays it."""
    return f'<!doctype html><body data-jp-theme-light="true">{value._repr_html_()}'


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (build, scheme, width, height) in PICTURES.items():
            html, image = pathlib.Path(folder, f"{name}.html"), ROOT / "docs" / "pictures" / f"{name}.png"
            html.write_text(build(), "utf-8")
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(html.as_uri())
            page.screenshot(path=image)
            Image.open(image).convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(image, optimize=True)
        browser.close()
    dsg.plot.save(dsg.plot.timeline(CONTOSO, as_of=AS_OF, ax=dsg.plot.new_axes()), ROOT / "docs" / "contoso.svg")


if __name__ == "__main__":
    main()
