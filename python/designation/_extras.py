"""Libraries that the base install does not bring."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def require(module: str, extra: str) -> Any:
    """Import a library, or say which extra brings it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        what = f'{error.name} is not installed; pip install "designation[{extra}]" brings it'
        raise ModuleNotFoundError(what, name=error.name) from None
