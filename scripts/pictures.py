#!/usr/bin/env python3
"""Write the images in docs/pictures. scripts/test-browser installs the browser that this needs.

Run it with the Python of the environment: .venv/bin/python scripts/pictures.py
"""

from __future__ import annotations

import pathlib
import shutil
import tempfile
from typing import Any, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

import designation as dsg

ROOT = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "python" / "designation" / "examples"
AS_OF = "2026-09-15"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
PICTURES: dict[str, tuple[Any, Literal["light", "dark"], int, int]] = {
    "report-partner": (dsg.load(EXAMPLES / "contoso.json"), "light", 1100, 1060),
    "report-portfolio": (PARTNERS, "dark", 1100, 1060),
}


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, (partners, scheme, width, height) in PICTURES.items():
            html, image = pathlib.Path(folder, f"{name}.html"), ROOT / "docs" / "pictures" / f"{name}.png"
            dsg.report(partners, AS_OF).save(html)
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(html.as_uri())
            page.screenshot(path=image)
            Image.open(image).convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(image, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
