"""The stub of the bound module declares exactly the contents of the module."""

from __future__ import annotations

import ast
import enum
import inspect
import pathlib

import pytest

from designation import _core

STUB = ast.parse((pathlib.Path(__file__).parents[2] / "python" / "designation" / "_core.pyi").read_text("utf-8"))
CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}
IMPLIED = set(dir(object)) | {"__module__", "__annotations__", "__getstate__", "__setstate__", "__reduce__"}


def names(body: list[ast.stmt]) -> set[str]:
    found = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in body:
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_the_stub_declares_everything_and_nothing_else() -> None:
    inside = {name for name in vars(_core) if not name.startswith("__")} | {"__version__"}
    assert names(STUB.body) - {"_Value"} == inside


def bound_classes() -> list[type]:
    return [thing for thing in vars(_core).values() if inspect.isclass(thing) and not issubclass(thing, enum.Enum)]


@pytest.mark.parametrize("bound", bound_classes(), ids=lambda bound: bound.__name__)
def test_each_class_has_the_members_of_its_stub(bound: type) -> None:
    inside = {name for name in vars(bound) if not name.startswith("_pybind11")} - IMPLIED
    assert names(CLASSES[bound.__name__].body) - IMPLIED == inside


@pytest.mark.parametrize("bound", bound_classes(), ids=lambda bound: bound.__name__)
def test_each_class_and_property_has_a_docstring(bound: type) -> None:
    assert bound.__doc__
    for name, member in vars(bound).items():
        if isinstance(member, property):
            assert member.__doc__, f"{bound.__name__}.{name}"


@pytest.mark.parametrize(
    "words", [thing for thing in vars(_core).values() if inspect.isclass(thing) and issubclass(thing, enum.Enum)]
)
def test_each_enumeration_has_the_members_of_its_stub(words: type[enum.Enum]) -> None:
    listed = {
        target.id: ast.literal_eval(node.value)
        for node in CLASSES[words.__name__].body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert listed == {member.name: member.value for member in words}
