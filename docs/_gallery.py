"""Run the code of the gallery, which writes its plots and sample reports: python docs/_gallery.py PLOTS REPORTS."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from designation.cli._examples import write_examples

GALLERY = Path(__file__).with_name("gallery.md")


def run(folder: Path) -> None:
    """Run the blocks of the gallery in a folder with the examples; test_pages.py checks what they print."""
    write_examples(str(folder))
    os.chdir(folder)
    names: dict[str, object] = {}
    for language, block in re.findall(r"^```(pycon|console)\n(.*?)^```$", GALLERY.read_text("utf-8"), re.M | re.S):
        if language == "console":
            for command in re.findall(r"^\$ (.*)", block, re.MULTILINE):
                subprocess.run(["bash", "-c", command], check=True, stdout=subprocess.DEVNULL)
        else:
            for example in doctest.DocTestParser().get_examples(block):
                exec(example.source, names)


def main(plots: Path, reports: Path) -> None:
    """Write the plots into one folder, and the reports into another."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "examples")
        run(folder)
        for target, ending in ((plots, "svg"), (reports, "html")):
            target.mkdir(parents=True, exist_ok=True)
            for path in folder.glob(f"*.{ending}"):
                shutil.copy(path, target)


if __name__ == "__main__":
    main(*(Path(folder).resolve() for folder in sys.argv[1:3]))
