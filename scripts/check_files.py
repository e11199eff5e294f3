#!/usr/bin/env python3
"""Check the bills of materials in a folder's wheels and its conda recipe: scripts/check_files.py [FOLDER] (dist)

It needs the dependency group `release`; scripts/package runs it.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import rattler_build
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def problems_of_wheel(path: Path) -> list[str]:
    """Return what is wrong with the bill of materials of a wheel."""
    with zipfile.ZipFile(path) as archive:
        bills = [name for name in archive.namelist() if name.endswith(".dist-info/sboms/designation.cdx.json")]
        if len(bills) != 1:
            return [f"{path.name} has {len(bills)} bills of materials, not one"]
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(archive.read(bills[0]).decode())
    return [f"{path.name}: {bills[0]}: {error}"] if error else []


def problems_of_recipe(path: Path) -> list[str]:
    """Return what rattler-build says about a recipe that it cannot read or render."""
    variants = {"c_stdlib": ["sysroot"], "c_stdlib_version": ["2.28"], "python": ["3.11", "3.14"]}
    try:
        rendered = rattler_build.Stage0Recipe.from_file(path).render(rattler_build.VariantConfig(variants))
    except rattler_build.RattlerBuildError as error:
        return [f"{path.name}: {error}"]
    return [] if rendered else [f"{path.name}: it renders to nothing"]


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
    problems = [problem for path in sorted(folder.glob("*.whl")) for problem in problems_of_wheel(path)]
    for path in folder.glob("recipe.yaml"):
        problems += problems_of_recipe(path)
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
