"""Show the classes of the compiled module with the types of its stub."""

from __future__ import annotations

import enum
import inspect
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from designation import (
    _core,
    _records,  # noqa: F401 (it reads the core before the members of the stub replace its own)
)

STUB = Path(__file__).parents[1] / "python" / "designation" / "_core.pyi"


def dress() -> None:
    """Replace the members of the bound classes by those of the stub, with the docstrings of the bound ones."""
    stub: dict[str, Any] = {"__name__": "designation"}  # the public module of the classes
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
    """Restore the sentence of a property: napoleon takes the words before a colon for its type."""
    for number, line in enumerate(lines):
        if what == "property" and line.startswith(":type: "):
            lines[0] = f"{line.removeprefix(':type: ')}: {lines[0]}"
            del lines[number]
            return


def public(  # noqa: PLR0913, PLR0917
    app: Sphinx, what: str, name: str, thing: Any, options: Any, signature: str | None, result: str | None
) -> tuple[str, str] | None:
    """Name a bound class without the module that it is compiled into."""
    return (signature.replace("_core.", ""), (result or "").replace("_core.", "")) if signature else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Replace the members before autodoc reads them, and process docstrings after napoleon."""
    dress()
    app.connect("autodoc-process-signature", public)
    app.connect("autodoc-process-docstring", whole, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
