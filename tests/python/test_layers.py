"""The layers of the Python package: one table, held against every import, and written into ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

import designation
from support import golden
from support.commands import ROOT
from test_codebase import LAYERS as CORE_LAYERS

PACKAGE = ROOT / "python" / "designation"

# The modules and packages of `designation`, the lowest first; "designation" is what `import designation` shows.
LAYERS = (
    ("_lazy",),
    ("_enums", "_errors"),
    ("_core",),
    ("_messages",),
    ("_convert", "_days", "_display", "_io", "_records", "_start"),
    ("_input",),
    ("_api",),
    ("_rulebooks",),
    ("_answers",),
    ("_tables",),
    ("_text",),
    ("metrics", "portfolio", "rulebooks", "spark"),
    ("_versions", "plot", "_report"),
    ("designation",),
    ("cli",),
    ("__main__",),
)
RANKS = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

ONLY_TYPES = {
    ("_core", "_answers.difference"): "the package gives `Assessment.next_change` to the bound class",
    ("_errors", "_core"): "an `InputError` holds what the core found",
}


@cache
def modules() -> dict[str, Path]:
    """Return the path of each module, by its name below `designation`."""
    paths = [path for path in PACKAGE.rglob("*.py*") if path.suffix in (".py", ".pyi")]
    names = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in paths}
    return {name.removesuffix(".__init__").replace("__init__", "designation"): path for name, path in names.items()}


def room(module: str) -> str:
    return module.partition(".")[0]


def module_of(name: str) -> str:
    """Return the module that a dotted name below `designation` belongs to."""
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name or "designation"


@cache
def imports(module: str) -> frozenset[str]:
    """Return the modules of the package that a module imports: at the top, in a function, for types, or lazily."""
    found = set()
    for node in ast.walk(ast.parse(modules()[module].read_text("utf-8"))):
        found |= {name for name in names_in(node) if name.split(".")[0] == "designation"}
    if module == "designation":
        found |= {f"designation.{name}" for name in designation._LAZY}
    return frozenset(module_of(name.partition(".")[2]) for name in found) - {module}


def names_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("lazy", "need"):
        yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))


def cycle_from(module: str, path: Sequence[str], done: set[str]) -> Sequence[str] | None:
    if module in path:
        return [*path[path.index(module) :], module]
    if module in done:
        return None
    done.add(module)
    below = (other for other in sorted(imports(module)) if (module, other) not in ONLY_TYPES)
    return next((found for other in below if (found := cycle_from(other, [*path, module], done))), None)


def test_every_module_has_a_layer() -> None:
    assert {room(module) for module in modules()} == set(RANKS)


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_imports_no_higher_layer(module: str) -> None:
    rank = RANKS[room(module)]
    others = [other for other in imports(module) if room(other) != room(module) and (module, other) not in ONLY_TYPES]
    assert [other for other in others if RANKS[room(other)] >= rank] == []


def test_there_are_no_import_cycles() -> None:
    done: set[str] = set()
    assert [found for module in sorted(modules()) if (found := cycle_from(module, [], done))] == []


@pytest.mark.parametrize(("module", "other"), sorted(ONLY_TYPES))
def test_an_exception_is_used_and_only_for_types(module: str, other: str) -> None:
    assert other in imports(module)
    path = modules()[module]
    assert path.suffix == ".pyi" or "\nif TYPE_CHECKING:\n    from designation." in path.read_text("utf-8")


def test_only_one_module_defers_imports() -> None:
    assert [name for name, path in modules().items() if "import_module" in path.read_text("utf-8")] == ["_lazy"]


def test_the_bindings_import_nothing_above_the_core() -> None:
    named = [
        name
        for path in (ROOT / "bindings").glob("*.cpp")
        for name in re.findall(r'module_::import\("designation\.(\w+)"', path.read_text("utf-8"))
    ]
    assert [name for name in named if RANKS[name] > RANKS["_core"]] == []


def test_the_architecture_page_shows_the_layers() -> None:
    path = ROOT / "ARCHITECTURE.md"
    text = path.read_text("utf-8")
    for title, layers in (("Core", CORE_LAYERS), ("Python", LAYERS)):
        lines = textwrap.fill(" < ".join(", ".join(layer) for layer in layers), 110)
        text, count = re.subn(rf"(?<=\n{title}:\n\n```text\n).*?(?=\n```\n)", lines, text, flags=re.DOTALL)
        assert count == 1, f"ARCHITECTURE.md has no block of layers below `{title}:`"
    golden.check_golden(path, text)
