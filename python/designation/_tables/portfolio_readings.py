"""The interpretations that a portfolio depends on: one impact for the other reading of each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._answers.readings import find_alternatives
from designation._answers.sides import Side
from designation._api import RulebookSource, build_rules
from designation._convert import convert_table, json_object
from designation._days import day_or_today
from designation._display import displayable, public
from designation._lazy import lazy
from designation._tables.impact import Impact, ImpactTally
from designation._tables.impact_groups import RULE
from designation._tables.impact_source import open_portfolio

pa = lazy("pyarrow", "table")


@public
@displayable
class PortfolioReadings(NamedTuple):
    """The interpretations whose other reading changes a result of a partner as of a date; the most partners first.

    Each is an `Impact`; ``before`` names the reading in use, such as ``after_anniversary=lapsed``, ``after`` the other.
    """

    as_of: datetime.date
    edition: str
    partners: int
    excluded: int
    impacts: tuple[Impact, ...]

    def to_frame(self, kind: str = "pandas") -> Any:
        """Return the changed partners of all interpretations as a frame of pandas or Polars.

        Its rows are those of `Impact.changes`, after the columns ``interpretation``, ``reading``, and ``other``.

        Raises:
            ValueError: The kind is another one.
            ImportError: The library is not installed.
        """
        tables = []
        for impact in self.impacts:
            (name, _, reading), (_, _, other) = (side.name.partition("=") for side in (impact.before, impact.after))
            words = {"interpretation": name, "reading": reading, "other": other}
            columns = {key: pa.array([word] * impact.changed, pa.string()) for key, word in words.items()}
            changes = {key: impact.changes[key] for key in impact.changes.column_names}
            tables.append(pa.table(columns | changes))
        table = (
            pa.concat_tables(tables, promote_options="permissive")
            if tables
            else pa.table({"id": pa.array([], pa.string())})
        )
        return convert_table(table, kind)

    def to_dict(self) -> dict[str, Any]:
        """Return the readings as JSON values."""
        return json_object(self)


def readings(  # noqa: PLR0913 (most of the parameters are named)
    portfolio: Any,
    as_of: datetime.date | str | None = None,
    *,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
    on_error: str = "raise",
    threads: int | None = None,
) -> PortfolioReadings:
    """Return the interpretations that the results of a portfolio depend on as of a date, and the partners.

    Each interpretation is switched to its other reading by itself. `designation.readings` and `Assessment.deciding`
    also look at later dates, for one partner.

    Args:
        portfolio: As in `impact`.
        as_of: The date; default: today.
        policy: As in `assess`.
        rulebook: As in `assess`.
        on_error: As in `impact`.
        threads: As in `impact`.

    Raises:
        InputError: The portfolio has problems, or the policy does not fit the rulebook.
        ImportError: The extra ``table`` is not installed.

    Example:
        >>> import designation as dsg
        >>> award = dsg.Event(on="2025-10-02", type="badge_awarded")
        >>> partners = [dsg.Partner(id="contoso", events=[award]), dsg.Partner(id="fabrikam", events=[])]
        >>> found = dsg.portfolio.readings(partners, as_of="2026-09-15")
        >>> found.impacts[0].after.name, found.impacts[0].changes["id"].to_pylist()
        ('after_anniversary=in_force', ['contoso'])
    """
    source = open_portfolio(portfolio, (), on_error, threads)
    tally = ReadingsTally(day_or_today(as_of), build_rules(policy, rulebook))
    tally.add(lambda side: source.assess(side.rules, side.as_of))
    found = tally.build()
    return found._replace(excluded=found.excluded + source.excluded)


class ReadingsTally:
    """The changes so far, by interpretation: a portfolio can be larger than memory."""

    def __init__(self, as_of: datetime.date, rules: _core.Rules) -> None:
        self._before = Side("", as_of, rules)
        used = self._before.of_nobody
        self._tallies = [
            ImpactTally(
                Side(f"{name}={both.used}", as_of, rules), Side(f"{name}={both.alternative}", as_of, other), (RULE,)
            )
            for name, _, both, other in find_alternatives(used.policy, used.rulebook)
        ]

    def add(self, assess: Callable[[Side], Any]) -> None:
        """Add more rows; ``assess`` returns their results under the rules of a side."""
        before = assess(self._before)
        for tally in self._tallies:
            tally.add(before, assess(tally.after))

    def build(self) -> PortfolioReadings:
        """Build the readings of what was added."""
        impacts = [tally.build() for tally in self._tallies]
        changing = sorted((one for one in impacts if one.changed), key=lambda one: -one.changed)
        first, shown = impacts[0], self._before.shown
        return PortfolioReadings(shown.as_of, shown.edition, first.partners, first.excluded, tuple(changing))
