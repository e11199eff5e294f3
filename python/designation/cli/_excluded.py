"""Partners that are excluded because of errors, named on standard error: nothing is dropped silently."""

from __future__ import annotations

from typing import Any

from designation._lazy import lazy
from designation._messages import quote, several
from designation._text.wording import format_count
from designation.cli._errors import print_error

pc = lazy("pyarrow.compute", "table")

MOST = 5


class Excluded:
    """The rows that are excluded, and the first partners with their problems.

    Args:
        what: What a row is called.
        verb: What happened to it.
    """

    def __init__(self, what: str = "row", verb: str = "excluded") -> None:
        self._what, self._verb = what, verb
        self.rows = 0
        self._problems: dict[str, str] = {}

    def add(self, partner: str | None, problems: str = "") -> None:
        """Add a partner; its problems are empty if they are already printed."""
        self.rows += 1
        self._problems.setdefault(partner or "", problems)

    def add_rows(self, result: Any) -> None:
        """Add the rows of a result that have an error."""
        for row in result.select(["id", "error"]).filter(pc.is_valid(result["error"])).to_pylist():
            self.add(row["id"], row["error"])

    def report(self) -> None:
        """Print the problems of the first partners, and how many rows there are, with their ids."""
        for partner, problems in list(self._problems.items())[:MOST]:
            if problems:
                print_error(f"{quote(partner)}: {problems}")
        if self.rows:
            count, ids = format_count(self.rows, self._what), several(map(quote, self._problems), MOST)
            print_error(f"designation: note: {count} {self._verb} because of errors: {ids}", "warn")
