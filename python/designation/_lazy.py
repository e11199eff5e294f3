"""The one way to put off an import: a module is named at the top of a file, and loaded when it is first used."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

# False when a program runs, true for type checkers: `typing` has the same, but takes longer to import than the rest of
# what `import designation` needs.
TYPE_CHECKING = False


class MissingExtraError(ModuleNotFoundError):
    """A feature needs a library that an extra of designation installs."""


class Lazy(ModuleType):
    """Stands for a module, which is imported when one of its names is first used."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(name)
        self._extra = extra

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)  # doctest, copy and pickle look for such names everywhere: no reason to import
        return getattr(need(self.__name__, self._extra), name)

    def __reduce__(self) -> tuple[object, ...]:
        return Lazy, (self.__name__, self._extra)


def lazy(name: str, extra: str = "") -> ModuleType:
    """Return a module that is imported when one of its names is first used.

    Args:
        name: The module, such as ``rich.text`` or ``designation.metrics``.
        extra: The extra of designation that installs it, if one does.
    """
    return Lazy(name, extra)


def need(name: str, extra: str = "") -> ModuleType:
    """Import a module now.

    Raises:
        MissingExtraError: The library is not installed; the message names the extra.

    Example:
        >>> need("a_library_that_is_not_there", "table")
        Traceback (most recent call last):
        designation._lazy.MissingExtraError: this needs a_library_that_is_not_there: pip install 'designation[table]'
    """
    try:
        return sys.modules.get(name) or importlib.import_module(name)
    except ModuleNotFoundError as error:
        if not extra or not f"{name}.".startswith(f"{error.name}."):
            raise  # the library is there, and what it needs itself is not: no extra of ours cures that
        library = name.partition(".")[0]
        raise MissingExtraError(f"this needs {library}: pip install 'designation[{extra}]'", name=library) from None
