"""What a bug report needs."""

from __future__ import annotations


def show_versions() -> None:
    """Print the versions of designation, its rulebooks, Python and the libraries in use."""
    import importlib.metadata
    import platform

    from designation import _core, rulebooks

    print(f"designation  {_core.__version__}")
    for edition in rulebooks.editions():
        print(f"rulebook     {edition} {rulebooks.load(edition).digest}")
    print(f"python       {platform.python_version()} ({platform.platform()})")
    for library in (
        "rich",
        "rich-argparse",
        "narwhals",
        "pyarrow",
        "pandas",
        "polars",
        "duckdb",
        "scipy",
        "pyspark",
        "matplotlib",
    ):
        try:
            print(f"{library:<12} {importlib.metadata.version(library)}")
        except importlib.metadata.PackageNotFoundError:
            continue
