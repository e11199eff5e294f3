"""The notebooks on the site: run when the site is built, without the cells that only check the text."""

from __future__ import annotations

import ast
from typing import Any

import jupytext


def read(text: str) -> Any:
    """Return the notebook of a Python file in the percent format; cells that only check run, and are not shown."""
    notebook = jupytext.reads(text, fmt="py:percent")
    for cell in notebook.cells:
        if cell.cell_type == "code" and _only_checks(cell.source):
            cell.metadata["tags"] = ["remove-cell"]
    return notebook


def _only_checks(source: str) -> bool:
    """Return whether a cell ends with an assertion or a loop over some, and shows and imports nothing."""
    statements = ast.parse(source).body
    kinds = {type(statement) for statement in statements}
    last = statements[-1].body[-1] if isinstance(statements[-1], ast.For) else statements[-1]
    return isinstance(last, ast.Assert) and kinds <= {ast.Assert, ast.Assign, ast.For}
