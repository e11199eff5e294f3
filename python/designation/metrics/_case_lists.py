"""Several lists of cases in one DuckDB database: one row per case, with its day and escalation in each list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import narwhals as nw

from designation.metrics._cases import CaseOptions, CaseTable
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._escalated import parse_escalated
from designation.metrics._files import connect
from designation.metrics._period import Scope
from designation.metrics._row_report import RowReport
from designation.metrics._source import Table, find_paths, read_table
from designation.metrics._text import quote_identifier
from designation.metrics._times import parse_times
from designation.metrics._values import text_expr

MOST_PAIRS = 1_000


class ListOptions(NamedTuple):
    """The name of a list, its column mapping, and which of its cases count as escalated; None if that is unknown."""

    name: str
    columns: Columns
    escalated: Any = None


class ListCounts(NamedTuple):
    """The cases of the union: in total, by the lists that have them, and those about which lists disagree."""

    union: int
    classes: tuple[tuple[tuple[int, ...], int], ...]
    days_differ: int
    escalation_differs: int
    outside: tuple[int, ...]


class CaseLists:
    """The lists, and the cases of their union."""

    CHOICES: ClassVar = ("union", "all", "some", "one", "days_differ", "escalation_differs", "outside")

    def __init__(
        self, sources: Sequence[Any], options: Sequence[ListOptions], scope: Scope, normalize: str | None
    ) -> None:
        self.connection = connect(find_paths(sources))
        self.options, self.scope, self.normalize = options, scope, normalize
        self.reports: list[RowReport] = []
        self.notes: list[str] = []
        self.tolerance = 0
        for at, (source, one) in enumerate(zip(sources, options, strict=True)):
            self._add(at, source, one)
        self._join()

    def _add(self, at: int, source: Any, options: ListOptions) -> None:
        """Add a list to the database, and count its rows."""
        table = read_table(source, options.name, options.columns.possible_names(), self.connection)
        counts = CaseTable(table, options.columns, self.scope, CaseOptions("every")).count()
        self.reports.append(counts.quality)
        self.notes += [f"{options.name}: {note}" for note in counts.notes]
        frame = self._select(table, options)
        native = frame.to_native()
        if not table.is_on(self.connection):
            native = self.connection.from_arrow(frame.collect("pyarrow").to_native())
        native.create_view(f"list_{at}")

    def _select(self, table: Table, options: ListOptions) -> Any:
        """Return the id, the day, the escalation and the customer of each row that has an id."""
        columns = options.columns
        found = columns.require(("id", "created"), table)
        times = parse_times(table, found["created"], columns, self.scope.period, "__on_")
        id_ = text_expr(table, found["id"], columns)
        if self.normalize is not None:
            id_ = id_.str.replace_all(self.normalize, "")
        criterion = columns.escalated if options.escalated is None else options.escalated
        flag = nw.lit(None, nw.Boolean) if criterion is None else parse_escalated(table, criterion, columns).flag
        customer = columns.find("customer", table.columns)
        who = nw.lit(None, nw.String) if customer is None else text_expr(table, customer, columns)
        frame = times.add(table.frame).select(id=id_, day=times.day, escalated=flag, customer=who)
        return frame.filter(~nw.col("id").is_null() & (nw.col("id") != nw.lit("")))

    def _join(self) -> None:
        """Combine the rows of each list into cases, and join the lists, which takes less time than one aggregation."""
        period = self.scope.period
        inside = f"day BETWEEN DATE '{period.from_}' AND DATE '{period.through}'"
        lists = range(len(self.options))
        parts = [
            f"""(SELECT id, min(customer) AS customer_{at}, bool_or(escalated) AS escalated_{at},
                        1 << {at} AS mask_{at},
                        coalesce(min(day) FILTER ({inside}), min(day)) AS day_{at},
                        coalesce(bool_or({inside}), false) AS inside_{at} FROM list_{at} GROUP BY id) AS part_{at}"""
            for at in lists
        ]
        joined = " FULL JOIN ".join(parts[:1] + [f"{part} USING (id)" for part in parts[1:]])
        mask = " | ".join(f"coalesce(mask_{at}, 0)" for at in lists)
        is_inside = " OR ".join(f"coalesce(inside_{at}, false)" for at in lists)
        columns = ", ".join(f"day_{at}, escalated_{at}" for at in lists)
        customers = ", ".join(f"customer_{at}" for at in lists)
        self._execute(
            f"""CREATE TABLE joined AS SELECT id, {mask} AS mask, least({customers}) AS customer, {columns}
                FROM {joined} WHERE {is_inside}"""
        )

    def _execute(self, query: str) -> Any:
        try:
            return self.connection.execute(query)
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("_duckdb", "duckdb"):
                raise
            names = ", ".join(one.name for one in self.options)
            raise input_error("unreadable", "the lists cannot be compared", file=names) from error

    def _all(self, column: str) -> list[str]:
        return [f"{column}_{at}" for at in range(len(self.options))]

    @property
    def _days_differ(self) -> str:
        days = ", ".join(self._all("day"))
        return f"coalesce(greatest({days}) - least({days}) > {self.tolerance}, false)"

    @property
    def _escalation_differs(self) -> str:
        flags = ", ".join(f"{name}::INTEGER" for name in self._all("escalated"))
        return f"coalesce(greatest({flags}) <> least({flags}), false)"

    def _outside(self, at: int) -> str:
        period = self.scope.period
        inside = f"day_{at} BETWEEN DATE '{period.from_}' AND DATE '{period.through}'"
        return f"(mask >> {at} & 1 = 1 AND NOT coalesce({inside}, false))"

    def count(self, tolerance: int) -> ListCounts:
        """Count the cases of the union."""
        self.tolerance = tolerance
        lists = range(len(self.options))
        outside = ", ".join(f"count(*) FILTER {self._outside(at)}" for at in lists)
        union, days, flags, *others = self._execute(
            f"""SELECT count(*), count(*) FILTER ({self._days_differ}), count(*) FILTER ({self._escalation_differs}),
                       {outside} FROM joined"""
        ).fetchall()[0]
        masks = self._execute("SELECT mask, count(*) FROM joined GROUP BY mask").fetchall()
        classes = [(tuple(at for at in lists if mask >> at & 1), cases) for mask, cases in masks]
        classes.sort(key=lambda one: (-len(one[0]), one[0]))
        return ListCounts(union, tuple(classes), days, flags, tuple(others))

    def find_candidates(self, tolerance: int) -> tuple[list[tuple[Any, ...]], int]:
        """Return up to 1,000 pairs that may be one case, and the number of all."""
        day = f"least({', '.join(self._all('day'))})"
        pairs = f"""WITH cases AS (SELECT id, mask, customer, {day} AS day FROM joined WHERE customer IS NOT NULL)
                    SELECT a.customer, a.id, a.mask, b.id, b.mask, abs(a.day - b.day) AS apart
                    FROM cases a JOIN cases b ON a.customer = b.customer AND a.id < b.id
                     AND b.day BETWEEN a.day - {tolerance} AND a.day + {tolerance} WHERE a.mask & b.mask = 0"""
        total = self._execute(f"SELECT count(*) FROM ({pairs})").fetchall()[0][0]
        shown = self._execute(f"{pairs} ORDER BY 1, 2, 4 LIMIT {MOST_PAIRS}").fetchall() if total else []
        return shown, total

    def cases(self, which: str) -> Any:
        """Return cases of the union as a relation."""
        count = len(self.options)
        bits = "bit_count(mask)"
        names = ", ".join(f"CASE WHEN mask >> {at} & 1 = 1 THEN {_text(one.name)} END" for at, one in _numbered(self))
        outside = ", ".join(f"CASE WHEN {self._outside(at)} THEN {_text(one.name)} END" for at, one in _numbered(self))
        values = ", ".join(
            f"day_{at} AS {quote_identifier(f'day in {one.name}')}, "
            f"escalated_{at} AS {quote_identifier(f'escalated in {one.name}')}"
            for at, one in _numbered(self)
        )
        kind = f"CASE {bits} WHEN {count} THEN 'all' WHEN 1 THEN 'one' ELSE 'some' END"
        relation = self.connection.query(
            f"""SELECT id, {kind} AS class, [one FOR one IN [{names}] IF one IS NOT NULL] AS lists, customer, {values},
                       {self._days_differ} AS days_differ, {self._escalation_differs} AS escalation_differs,
                       [one FOR one IN [{outside}] IF one IS NOT NULL] AS outside FROM joined ORDER BY id"""
        )
        if which in ("all", "some", "one"):
            return relation.filter(f"class = '{which}'")
        if which == "outside":
            return relation.filter("len(outside) > 0")
        return relation if which == "union" else relation.filter(which)


def _numbered(lists: CaseLists) -> Any:
    return enumerate(lists.options)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
