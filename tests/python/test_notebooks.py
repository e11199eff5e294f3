"""The notebooks run as scripts and in Jupyter; their assertions check their text."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.py"))
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def run(path: Path, folder: Path) -> str:
    """Run a notebook as a script in a new process, and return its output."""
    done = subprocess.run(
        [sys.executable, path],
        cwd=folder,
        env={**os.environ, "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@each
def test_a_notebook_runs_as_a_script_and_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    run(path, tmp_path)
    assert list(tmp_path.iterdir()) == []


@each
def test_a_notebook_produces_output_in_jupyter(path: Path, tmp_path: Path) -> None:
    pytest.importorskip("ipykernel")
    jupytext, nbclient = pytest.importorskip("jupytext"), pytest.importorskip("nbclient")
    notebook: Any = jupytext.read(path)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output for output in outputs if output.get("name") == "stderr"] == []
    shown = {form for output in outputs for form in output.get("data", ())}
    assert shown >= ({"text/html"} if "05_" in path.name else {"text/html", "image/png"})


@each
def test_the_site_runs_the_assertions_of_a_notebook_and_hides_them(path: Path) -> None:
    spec = importlib.util.spec_from_file_location("notebooks_of_site", path.parents[1] / "docs" / "_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    notebook = module.read(path.read_text("utf-8"))
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = "\n".join(cell.source for cell in cells if cell.metadata.get("tags") != ["remove-cell"])
    assert not [one for one in ast.parse(shown).body if isinstance(one, ast.Assert)]
    everything = "\n".join(cell.source for cell in cells)
    assert everything.count("assert ") == path.read_text("utf-8").count("assert ")


@pytest.mark.spark
def test_the_notebook_on_spark_gives_the_same_results_in_spark(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="an environment of its own: scripts/test --all")
    assert "Spark, local[2]" in run(next(path for path in NOTEBOOKS if "spark" in path.stem), tmp_path)
