"""Libraries that only some features need: loaded when a feature is used, named where they are missing."""

from __future__ import annotations

import importlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


class MissingExtraError(ModuleNotFoundError):
    """A feature needs a library that an extra of designation installs."""


def need(module: str, extra: str) -> ModuleType:
    """Import a library of an extra.

    Args:
        module: The module to import, ``pyarrow`` or ``scipy.stats``.
        extra: The extra of designation that installs it.

    Raises:
        MissingExtraError: The library is not installed; the message names the extra.

    Example:
        >>> need("a_library_that_is_not_there", "table")
        Traceback (most recent call last):
        designation._extras.MissingExtraError: this needs a_library_that_is_not_there: pip install 'designation[table]'
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if not f"{module}.".startswith(f"{error.name}."):
            raise  # the library is there, and what it needs itself is not: no extra of ours cures that
        library = module.partition(".")[0]
        raise MissingExtraError(f"this needs {library}: pip install 'designation[{extra}]'", name=library) from None
