"""The images in the documentation show the pages of this version (scripts/test-browser)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from pictures import GALLERY, PICTURES, write_pictures

pytestmark = pytest.mark.browser

# Fonts and their smoothing differ between systems, so an image may differ in a few pixels.
MAX_SHARE = 0.05  # of the pixels
MIN_CHANGE = 64  # of 255


@pytest.fixture(scope="module")
def written(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    write_pictures(browser, folder)
    return folder


@pytest.mark.parametrize("name", GALLERY)
def test_an_image_shows_the_page_of_this_version(name: str, written: Path) -> None:
    new, old = (Image.open(folder / f"{name}.png").convert("L") for folder in (written, PICTURES))
    assert new.size == old.size
    histogram = ImageChops.difference(new, old).histogram()
    assert sum(histogram[MIN_CHANGE:]) <= MAX_SHARE * new.width * new.height


def test_every_image_is_on_a_page_of_the_documentation() -> None:
    docs = PICTURES.parent
    pages = "".join(path.read_text("utf-8") for path in (docs.parent / "README.md", *docs.glob("*.md")))
    assert [path.name for path in PICTURES.glob("*.png") if f"pictures/{path.name}" not in pages] == []
