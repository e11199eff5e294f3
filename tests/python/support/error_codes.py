"""The codes of errors, as the sources have them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The functions that build a problem, with the position of its code.
BUILDERS = {
    "Diagnostic": 0,
    "IdProblem": 0,
    "_error": 0,
    "_problem": 0,
    "_row_problems": 3,
    "cell_problem": 0,
    "diagnostic": 0,
    "input_error": 0,
    "problem": 0,
    "source_error": 0,
}
CODE = re.compile("[a-z]+(_[a-z]+)*")
CPP_PROBLEM = re.compile(r"\b(?:report\(|(?:push_back|add|InputError)\(\s*\{)[^;]*;")
CPP_CODE = re.compile(r'"([a-z_]+)",\s')
SHOWN = re.compile(r" \[([a-z]+(?:_[a-z]+)*)\]['\"]*$")  # a code at the end of a message


def codes_of_core() -> set[str]:
    """Return the codes in the C++ sources: the last word before the message."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "cpp" / "src").rglob("*.cpp"))]
    found = (CPP_CODE.findall(statement) for text in texts for statement in CPP_PROBLEM.findall(text))
    return {words[-1] for words in found if words}


def codes_of_package() -> set[str]:
    """Return the codes in the Python sources."""
    return {code for path in (ROOT / "python").rglob("*.py") for code in _codes(ast.parse(path.read_text("utf-8")))}


def _codes(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield from _codes_of_call(node)
        elif isinstance(node, ast.Return | ast.Yield) and isinstance(node.value, ast.Tuple):
            parts = node.value.elts  # a code, a message, and the location before or after it
            if len(parts) == 3 and any(isinstance(part, ast.JoinedStr | ast.Constant | ast.Call) for part in parts[1:]):
                yield from _word(parts[0])
        elif isinstance(node, ast.JoinedStr):
            yield from SHOWN.findall(ast.unparse(node))


def _codes_of_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if name in BUILDERS:
        yield from _word(named[0] if named else dict(enumerate(call.args)).get(BUILDERS[name]))
    elif name == "add" and getattr(call.func, "value", None) is not None and len(call.args) > 2:
        if ast.unparse(call.func).endswith("problems.add"):
            yield from _word(call.args[1])
    elif name == "append" and call.args and isinstance(call.args[0], ast.Tuple) and len(call.args[0].elts) == 3:
        yield from _word(call.args[0].elts[0])


def _word(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value
