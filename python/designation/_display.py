"""The display of values: a page of text, and in a notebook the same page as HTML."""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType

from designation._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    Class = TypeVar("Class", bound=type)


def public(cls: Class) -> Class:
    """Set the module of a class to ``designation``: pickles then do not depend on the file that defines the class."""
    cls.__module__ = "designation"
    return cls


# The module that lays out pages. Its layer is above the values, so they cannot import it; the package sets it.
pages = ModuleType("not_set")


def displayable(cls: Class) -> Class:
    """Display the values of a class as pages; see ``designation._text.pages``."""
    for name, method in {"__str__": _text, "_repr_html_": _html, "_repr_mimebundle_": _mime_bundle}.items():
        setattr(cls, name, method)
    return cls


def _text(value: object) -> str:
    text: str = pages.text(value)
    return text


def _html(value: object) -> str:
    html: str = pages.html(value)
    return html


def _mime_bundle(
    value: object, include: Collection[str] | None = None, exclude: Collection[str] | None = None
) -> dict[str, str]:
    forms = {"text/plain": _text, "text/html": _html}
    included = [name for name in forms if (not include or name in include) and name not in (exclude or ())]
    return {name: forms[name](value) for name in included}
