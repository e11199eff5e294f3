"""The error that reports invalid input."""

from __future__ import annotations

from collections.abc import Sequence

from designation._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from designation._core import Diagnostic


def require_type(value: object, kind: type, argument: str) -> None:
    """Raise TypeError if the value of an argument has another type."""
    if not isinstance(value, kind):
        raise TypeError(f"{argument} must be {kind.__name__}, not {type(value).__name__}")


class InputError(ValueError):
    """An error in the input, with all its problems.

    ``diagnostics`` holds each problem with ``code``, ``pointer`` (JSON Pointer), ``line``, ``column``, ``message`` and
    ``file``; ``str()`` returns a line for each: ``file:line:column: /pointer: message [code]``. Python shows
    ``__notes__`` below the error: the line of JSON text that cannot be parsed.
    """

    __module__ = "designation"

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(tuple(diagnostics))
        self.diagnostics = tuple(diagnostics)
        self.__notes__: list[str] = []

    @property
    def count(self) -> int:
        """The number of problems. A long list is cut: its last diagnostic counts the problems that are not listed."""
        return sum(problem.count for problem in self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))
