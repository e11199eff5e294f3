"""The error for a user's mistake."""

from __future__ import annotations

from collections.abc import Sequence

from designation._lazy import TYPE_CHECKING

if TYPE_CHECKING:
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

    @property
    def count(self) -> int:
        """How many problems there are: of very many, only the first are listed, and the last line counts the rest."""
        rest = [int(one.message.split()[1]) for one in self.diagnostics if one.code == "more"]
        return len(self.diagnostics) - len(rest) + sum(rest)

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))
