"""How values show themselves: a page of text, and in a notebook the same page as HTML."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any, TypeVar

    Class = TypeVar("Class", bound=type)


def shown(layout: str) -> Callable[[Class], Class]:
    """Make a class show itself by the function ``lines`` of a module, which is loaded when a value is first shown."""

    def text(value: Any) -> str:
        from designation._layout import plain

        return "\n".join(plain(importlib.import_module(layout).lines(value)))

    def html(value: Any) -> str:
        from designation import _html

        return _html.html(value, importlib.import_module(layout).lines)

    def mime_bundle(
        value: Any, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        forms = {"text/plain": text, "text/html": html}
        wanted = [name for name in forms if (not include or name in include) and name not in (exclude or ())]
        return {name: forms[name](value) for name in wanted}

    def decorate(cls: Class) -> Class:
        for name, method in {"__str__": text, "_repr_html_": html, "_repr_mimebundle_": mime_bundle}.items():
            setattr(cls, name, method)
        return cls

    return decorate
