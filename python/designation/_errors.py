"""The error for a user's mistake, and the one for a library that is not installed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from designation._core import Diagnostic


class InputError(ValueError):
    """A user's mistake: every problem of the input at once.

    ``diagnostics`` holds each problem with ``code``, ``pointer`` (JSON Pointer), ``line``, ``column``, ``message`` and
    ``file``; ``str()`` gives one line each: ``file:line:column: /pointer: message [code]``.
    """

    __module__ = "designation"

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(tuple(diagnostics))
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))


class MissingExtraError(ModuleNotFoundError):
    """A feature needs a library that an extra of designation installs."""
