"""Deferred imports: a file names a module at its top, and the first use of the module imports it."""

from __future__ import annotations

import importlib
from types import ModuleType

# False at run time, true for type checkers, like `typing.TYPE_CHECKING`; importing `typing` would take longer than the
# rest of `import designation`.
TYPE_CHECKING = False


class MissingExtraError(ModuleNotFoundError):
    """An error: a feature needs a library that an extra of designation installs."""


class Lazy(ModuleType):
    """A proxy for a module; the first use of one of its names imports the module."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(name)
        self._extra = extra

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)  # doctest, copy, and pickle look up such names on every object
        return getattr(need(self.__name__, self._extra), name)

    def __reduce__(self) -> tuple[object, ...]:
        return Lazy, (self.__name__, self._extra)


def lazy(name: str, extra: str = "") -> ModuleType:
    """Return a proxy that imports a module when one of its names is first used.

    Args:
        name: The module, such as ``rich.text`` or ``designation.metrics``.
        extra: The extra of designation that installs it, if any.
    """
    return Lazy(name, extra)


def need(name: str, extra: str = "") -> ModuleType:
    """Import a module and return it.

    Raises:
        MissingExtraError: The library is not installed; the message names the extra.

    Example:
        >>> need("a_library_that_is_not_there", "table")
        Traceback (most recent call last):
        designation._lazy.MissingExtraError: this needs a_library_that_is_not_there: pip install 'designation[table]'
    """
    try:
        return importlib.import_module(name)  # waits if another thread is importing the module
    except ModuleNotFoundError as error:
        if not extra or not f"{name}.".startswith(f"{error.name}."):
            raise  # The library is installed, but one of its own dependencies is not; our extra would not help.
        library = name.partition(".")[0]
        raise MissingExtraError(f"this needs {library}: pip install 'designation[{extra}]'", name=library) from None
