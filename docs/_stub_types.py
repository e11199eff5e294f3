"""The compiled module's classes are shown with the types of their stub."""

from __future__ import annotations

import enum
import inspect
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from designation import _core

STUB = Path(__file__).parents[1] / "python" / "designation" / "_core.pyi"


def dress() -> None:
    """Put the stub's members, with the docstrings of the bound ones, in the place of those."""
    stub: dict[str, Any] = {"__name__": "designation"}  # where readers find the classes
    exec(compile("from __future__ import annotations\n" + STUB.read_text("utf-8"), STUB, "exec"), stub)
    for name, typed in stub.items():
        bound = vars(_core).get(name)
        if not inspect.isclass(bound) or not inspect.isclass(typed) or issubclass(bound, enum.Enum):
            continue
        for member, thing in vars(typed).items():
            was = vars(bound).get(member)
            if isinstance(thing, property):
                setattr(bound, member, property(thing.fget, doc=was.__doc__))
            elif member == "__init__":
                _, *parameters = inspect.signature(thing).parameters.values()
                bound.__signature__ = inspect.Signature(parameters)
            elif not member.startswith("_") and inspect.isfunction(thing):
                thing.__doc__ = (was.__doc__ or "").partition("\n\n")[2]  # pybind11 puts the signature first
                setattr(bound, member, thing)


def whole(app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:  # noqa: PLR0913, PLR0917
    """Put a property's sentence together again: napoleon takes what stands before a colon for its type."""
    for number, line in enumerate(lines):
        if what == "property" and line.startswith(":type: "):
            lines[0] = f"{line.removeprefix(':type: ')}: {lines[0]}"
            del lines[number]
            return


def public(  # noqa: PLR0913, PLR0917
    app: Sphinx, what: str, name: str, thing: Any, options: Any, signature: str | None, result: str | None
) -> tuple[str, str] | None:
    """Name a bound class as readers do, without the module that it is compiled into."""
    return (signature.replace("_core.", ""), (result or "").replace("_core.", "")) if signature else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Dress the module before autodoc looks at it, and listen after napoleon."""
    dress()
    app.connect("autodoc-process-signature", public)
    app.connect("autodoc-process-docstring", whole, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
