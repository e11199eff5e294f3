"""The notebooks on the site: run when the site is built, without the assertions that check their text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import jupytext
import nbformat


def read(text: str) -> Any:
    """Return the notebook of a Python file in the percent format; its assertions run in cells that are not shown."""
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.cells = [
        part for number, cell in enumerate(notebook.cells) for part in _split(cell, notebook.cells[number:])
    ]
    return notebook


def _split(cell: Any, cells: list[Any]) -> Iterator[Any]:
    """Yield a cell without its assertions, and one of the assertions; or a cell of checks that is not shown."""
    statements = ast.parse(cell.source).body if cell.cell_type == "code" else []
    checks = [statement for statement in statements if isinstance(statement, ast.Assert)]
    if _only_checks(statements) and not _assigned(statements) & _used(cells[1:]):
        yield _hidden(cell.source)
    elif checks:
        lines = cell.source.splitlines()
        inside = {number for one in checks for number in range(one.lineno - 1, one.end_lineno or one.lineno)}
        cell.source = "\n".join(line for number, line in enumerate(lines) if number not in inside)
        yield cell
        yield _hidden("\n".join(lines[number] for number in sorted(inside)))
    else:
        yield cell


def _only_checks(statements: list[ast.stmt]) -> bool:
    """Return whether statements assert, and otherwise only name, delete, or loop; nothing that shows anything."""
    has_check = any(isinstance(node, ast.Assert) for one in statements for node in ast.walk(one))
    return has_check and all(isinstance(one, ast.Assert | ast.Assign | ast.Delete | ast.For) for one in statements)


def _assigned(statements: list[ast.stmt]) -> set[str]:
    assigned = (one for one in statements if isinstance(one, ast.Assign))
    return {
        node.id for one in assigned for target in one.targets for node in ast.walk(target) if isinstance(node, ast.Name)
    }


def _used(cells: list[Any]) -> set[str]:
    trees = [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _hidden(source: str) -> Any:
    return nbformat.v4.new_code_cell(source, metadata={"tags": ["remove-cell"]})
