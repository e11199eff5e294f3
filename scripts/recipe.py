#!/usr/bin/env python3
"""Print the conda recipe of a released sdist: scripts/recipe.py dist/designation-VERSION.tar.gz"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "python"))  # an installed package comes first

from package_readme import repository  # noqa: E402


def recipe(sdist: Path, address: str, summary: str) -> str:
    """Return the recipe of an sdist that the repository at `address` has as a file of its release."""
    text = (ROOT / "packaging" / "conda" / "recipe.yaml.in").read_text("utf-8")
    values = {
        "VERSION": sdist.name.removeprefix("designation-").removesuffix(".tar.gz"),
        "REPOSITORY": address,
        "SHA256": hashlib.sha256(sdist.read_bytes()).hexdigest(),
        "SUMMARY": summary,
    }
    return re.sub("@([A-Z0-9]+)@", lambda match: values[match[1]], text.partition("\n")[2]).lstrip("\n")


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    address = repository(project.get("urls", {}))
    if address is None:
        sys.exit("recipe: pyproject.toml has no [project.urls] with the entry Source")
    print(recipe(Path(sys.argv[1]), address, project["description"]), end="")


if __name__ == "__main__":
    main()
