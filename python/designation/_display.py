"""How values show themselves: a page of text, and in a notebook the same page as HTML."""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType

from designation._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    Class = TypeVar("Class", bound=type)


def public(cls: Class) -> Class:
    """Name a class by the path that users know, so that pickles do not depend on the file that it is in."""
    cls.__module__ = "designation"
    return cls


# The module that lays out pages. It lies above the values that it shows: the package sets it, and no value imports it.
pages = ModuleType("none yet")


def shown(cls: Class) -> Class:
    """Let a class show itself by its page; see ``designation._text.pages``."""
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
    wanted = [name for name in forms if (not include or name in include) and name not in (exclude or ())]
    return {name: forms[name](value) for name in wanted}
