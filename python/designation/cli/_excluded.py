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
        self._what, self.verb = what, verb
        self.rows = 0
        self._lines: dict[str, str] = {}

    def add(self, name: str, line: str = "") -> None:
        """Add a row by the name of its partner, or its location, and the line to print; empty if it is printed."""
        self.rows += 1
        if name not in self._lines:
            self._lines[name] = line if len(self._lines) < MOST else ""  # there can be millions

    def add_rows(self, result: Any) -> None:
        """Add the rows of a result that have an error; the error of a row without an id begins with its location."""
        for row in result.select(["id", "error"]).filter(pc.is_valid(result["error"])).to_pylist():
            name, problems = row["id"] and quote(row["id"]), row["error"]
            self.add(name or problems.partition(": ")[0], f"{name}: {problems}" if name else problems)

    def report(self) -> None:
        """Print the problems of the first partners, and how many rows there are, with their names."""
        for line in list(self._lines.values())[:MOST]:
            if line:
                print_error(line)
        if self.rows:
            count, names = format_count(self.rows, self._what), several(self._lines, MOST)
            print_error(f"designation: note: {count} {self.verb} because of errors: {names}", "warn")
