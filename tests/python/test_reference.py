"""The reference of the documentation site shows every public name once."""

from __future__ import annotations

import enum
import inspect
import re
from types import ModuleType

import designation
from support.commands import ROOT

REFERENCE = ROOT / "docs" / "reference"
SCHEMAS = ROOT / "cpp" / "rulebooks" / "schema"
INDEX = REFERENCE / "python" / "index.rst"
WITHOUT_PAGE = {"designation", "export", "version"}


def directives(folder: str, names: str) -> list[str]:
    texts = (path.read_text("utf-8") for path in sorted((REFERENCE / folder).glob("*.rst")))
    return [match for text in texts for match in re.findall(rf"^\.\. (?:{names}):: (\S+)", text, re.MULTILINE)]


def test_the_reference_shows_each_public_python_name_once() -> None:
    shown = directives("python", "autoclass|autofunction|autodata")
    modules = [name.removeprefix("designation.") for name in directives("python", "automodule")]
    public = designation.__all__
    assert sorted(shown) == sorted(name for name in public if not inspect.ismodule(getattr(designation, name)))
    assert {name for name in public if inspect.ismodule(getattr(designation, name))} <= set(modules)


def test_the_index_has_each_public_name_once() -> None:
    tables = re.findall(
        r"^\.\. autosummary::\n   :nosignatures:\n\n((?:   \S+\n)+)", INDEX.read_text("utf-8"), re.MULTILINE
    )
    shown = [name for table in tables for name in table.split()]
    public = {name for name in designation.__all__ if not inspect.ismodule(getattr(designation, name))}
    words = {name for name in public if isinstance(getattr(designation, name), enum.EnumType)}  # on a page of their own
    modules = {name.partition(".")[0]: getattr(designation, name.partition(".")[0]) for name in shown if "." in name}
    functions = {f"{module}.{name}" for module, one in modules.items() for name in functions_of(one)}
    assert sorted(shown) == sorted((public - words - {"__version__"}) | functions)


def test_the_index_shows_each_header_once() -> None:
    index = (REFERENCE / "cpp" / "index.rst").read_text("utf-8")
    shown = [name for line in re.findall(r"^\.\. cpp-index:: (.+)$", index, re.MULTILINE) for name in line.split()]
    assert sorted(f"{name}.hpp" for name in shown) == sorted(directives("cpp", "doxygenfile"))


def functions_of(module: ModuleType) -> list[str]:
    return [name for name in module.__all__ if inspect.isfunction(getattr(module, name))]


def test_the_reference_shows_each_public_header_once() -> None:
    headers = {path.name.partition(".")[0] for path in (ROOT / "cpp" / "include" / "designation").iterdir()}
    shown = [name.removesuffix(".hpp") for name in directives("cpp", "doxygenfile")]
    assert sorted(shown) == sorted(headers - WITHOUT_PAGE)


def test_the_reference_shows_each_schema() -> None:
    pages = [path.read_text("utf-8") for path in sorted((REFERENCE / "schemas").glob("*.rst"))]
    shown = [name for text in pages for name in re.findall(r"^\.\. schema:: (\w+)", text, re.MULTILINE)]
    assert sorted(shown) == sorted(path.name.partition(".")[0] for path in SCHEMAS.iterdir())
