"""The one way to put off an import: a module that is named at the top of a file and loaded when it is first used."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from designation._errors import MissingExtraError


class Module:
    """Stands for a module, which is imported when one of its names is first used."""

    def __init__(self, name: str, extra: str) -> None:
        self._name = name
        self._extra = extra

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # doctest, copy and pickle look for such names everywhere: no reason to import
        return getattr(need(self._name, self._extra), name)


def lazy(name: str, extra: str = "") -> Any:
    """Return a module that is imported when one of its names is first used.

    Args:
        name: The module, such as ``rich.text`` or ``designation.metrics``.
        extra: The extra of designation that installs it, if one does.
    """
    return Module(name, extra)


def need(name: str, extra: str = "") -> Any:
    """Import a module now.

    Raises:
        MissingExtraError: The library is not installed; the message names the extra.

    Example:
        >>> need("a_library_that_is_not_there", "table")
        Traceback (most recent call last):
        designation._errors.MissingExtraError: this needs a_library_that_is_not_there: pip install 'designation[table]'
    """
    try:
        return sys.modules.get(name) or importlib.import_module(name)
    except ModuleNotFoundError as error:
        if not extra or not f"{name}.".startswith(f"{error.name}."):
            raise  # the library is there, and what it needs itself is not: no extra of ours cures that
        library = name.partition(".")[0]
        raise MissingExtraError(f"this needs {library}: pip install 'designation[{extra}]'", name=library) from None
