"""Several lists of cases in one DuckDB database: one row per case, with its day and escalation in each list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import narwhals as nw

from designation._lazy import need
from designation._messages import quote
from designation.metrics._cases import ID, CaseCounts, CaseOptions, CaseTable, RowCounts
from designation.metrics._columns import Columns
from designation.metrics._errors import input_error
from designation.metrics._escalated import parse_escalated
from designation.metrics._files import connect, lock
from designation.metrics._period import Scope
from designation.metrics._row_report import EMPTY_EXPORT, RowReport
from designation.metrics._source import find_paths, is_interruption, read_table
from designation.metrics._text import quote_identifier
from designation.metrics._times import FIRST
from designation.metrics._values import is_blank, strip, text_expr

MOST_PAIRS = 1_000
MEMORY = "750MB"
NO_CUSTOMER = "cases that no other list has are not compared as candidates"
OUTSIDE, NO_DAY = 1_000_000, 2_000_000


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
    reports: tuple[RowReport, ...]
    notes: tuple[str, ...]


class CaseLists:
    """The lists, and the cases of their union."""

    CHOICES: ClassVar = ("union", "all", "some", "one", "days_differ", "escalation_differs", "outside")

    def __init__(
        self, sources: Sequence[Any], options: Sequence[ListOptions], scope: Scope, normalize: str | None
    ) -> None:
        self.connection = connect(find_paths(sources), is_locked=False)
        if normalize is not None and not self._is_pattern(normalize):
            what = f"must be a regular expression without look-around and references, not {quote(normalize)}"
            raise input_error("type", what, "/normalize")
        self.options, self.scope, self.normalize = options, scope, normalize
        self.accounts: list[tuple[CaseTable, RowCounts | CaseCounts]] = []
        self.tolerance = 0
        self.joined = "joined"
        for at, (source, one) in enumerate(zip(sources, options, strict=True)):
            self._add(at, source, one)
        self._join()

    def _is_pattern(self, text: Any) -> bool:
        try:
            self.connection.execute("SELECT regexp_matches('', ?)", [text]).fetchall()
        except need("duckdb", "metrics").Error:
            return False
        return isinstance(text, str)

    def _add(self, at: int, source: Any, options: ListOptions) -> None:
        """Add a list to the database, and count the rows that have a reason not to count."""
        table = read_table(source, options.name, options.columns.possible_names(), self.connection)
        cases = CaseTable(table, options.columns, self.scope, CaseOptions("every"))
        # The join also counts the rows that repeat a case, if it combines rows as the table itself does.
        is_combined_alike = self.normalize is None and not cases.is_event_log
        self.accounts.append((cases, cases.count_rows() if is_combined_alike else cases.count()))
        frame = self._select(cases, options)
        native = frame.to_native()
        if not table.is_on(self.connection):
            native = self.connection.from_arrow(table.to_arrow(frame))
        native.create_view(f"list_{at}")

    def _select(self, cases: CaseTable, options: ListOptions) -> Any:
        """Return the id, the day, the escalation and the customer of each row that has an id."""
        columns, table = options.columns, cases.table
        # The filter has the id as it is written: one with the stripped id would strip every id twice.
        rows, id_ = cases.rows.filter(~is_blank(nw.col(ID), columns)), strip(nw.col(ID))
        if self.normalize is not None:
            id_ = id_.str.replace_all(self.normalize, "")
        criterion = columns.escalated if options.escalated is None else options.escalated
        flag = nw.lit(None, nw.Boolean) if criterion is None else parse_escalated(table, criterion, columns).flag
        customer = columns.find_optional("customer", table)
        who = nw.lit(None, nw.String) if customer is None else text_expr(table, customer, columns)
        frame = rows.select(id=id_, day=cases.times.day, escalated=flag, customer=who, usable=cases.is_usable)
        return frame if self.normalize is None else frame.filter(nw.col("id") != nw.lit(""))

    def _join(self) -> None:
        """Combine the rows of each list into cases, and join the lists, which takes less time than one aggregation."""
        period = self.scope.period
        lists = range(len(self.options))
        # One number for each case keeps the memory small: its first day inside the period or else its first day.
        number = f"(day - DATE '{FIRST}')::INTEGER"
        order = f"""CASE WHEN day BETWEEN DATE '{period.from_}' AND DATE '{period.through}' THEN {number}
                         WHEN day IS NULL THEN {NO_DAY} ELSE {OUTSIDE} + {number} END"""
        parts = [
            f"""(SELECT id, min(customer) AS customer_{at}, {self._any_escalated(at)} AS escalated_{at},
                        count(*) FILTER (usable) AS rows_{at}, min({order}) AS order_{at}
                 FROM list_{at} GROUP BY id) AS part_{at}"""
            for at in lists
        ]
        joined = " FULL JOIN ".join(parts[:1] + [f"{part} USING (id)" for part in parts[1:]])
        mask = " | ".join(f"((order_{at} IS NOT NULL)::INTEGER << {at})" for at in lists)
        is_inside = " OR ".join(f"order_{at} < {OUTSIDE}" for at in lists)
        columns = ", ".join(
            f"""CASE WHEN order_{at} < {NO_DAY} THEN DATE '{FIRST}' + order_{at} % {OUTSIDE} END AS day_{at},
                order_{at} >= {OUTSIDE} AS outside_{at}, escalated_{at}, rows_{at}"""
            for at in lists
        )
        customers = ", ".join(f"customer_{at}" for at in lists)
        self._execute(
            f"""CREATE VIEW joined AS SELECT id, {mask} AS mask, least({customers}) AS customer, {columns}
                FROM {joined} WHERE {is_inside}"""
        )

    def _any_escalated(self, at: int) -> str:
        is_known = self.options[at].escalated is not None or self.options[at].columns.escalated is not None
        return "bool_or(escalated)" if is_known else "NULL::BOOLEAN"

    def keep(self) -> None:
        """Store the joined lists, which takes memory, and saves time if they are used more than once."""
        if self.joined == "joined":
            self._execute("CREATE TABLE kept AS FROM joined")
            self.joined = "kept"

    def _execute(self, query: str) -> Any:
        duckdb = need("duckdb", "metrics")
        try:
            return self.connection.execute(query)
        except (duckdb.Error, RuntimeError) as error:
            if is_interruption(error):
                raise KeyboardInterrupt from None
            names = ", ".join(one.name for one in self.options)
            raise input_error("unreadable", "the lists cannot be compared", file=names) from error

    def _execute_in_less_memory(self, query: str) -> list[Any]:
        """Let DuckDB use the disk instead of more memory, which takes little more time; then lock its configuration."""
        try:
            self.connection.execute(f"SET memory_limit = '{MEMORY}'")
            rows = self.connection.execute(query).fetchall()
        except need("duckdb", "metrics").Error:
            self.connection.execute("RESET memory_limit")
            rows = self._execute(query).fetchall()
        self.connection.execute("RESET memory_limit")
        lock(self.connection)
        return list(rows)

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
        return f"coalesce(outside_{at}, false)"

    def count(self, tolerance: int) -> ListCounts:
        """Count the cases of the union, and the rows of each list."""
        self.tolerance = tolerance
        lists = range(len(self.options))
        counts = [f"count(*) FILTER ({self._days_differ})", f"count(*) FILTER ({self._escalation_differs})"]
        counts += [f"count(*) FILTER (outside_{at})" for at in lists]
        rows = [
            f"""count(*) FILTER (rows_{at} > 0), sum(rows_{at}),
                min(id) FILTER (rows_{at} > 1), max(id) FILTER (rows_{at} > 1)"""
            for at in lists
        ]
        query = f"SELECT mask, count(*), {', '.join(counts + rows)} FROM {self.joined} GROUP BY mask"
        groups = self._execute_in_less_memory(query)
        classes = [(tuple(at for at in lists if mask >> at & 1), cases) for mask, cases, *_ in groups]
        classes.sort(key=lambda one: (-len(one[0]), one[0]))
        union, days, flags, *outside = (sum(group[1 + at] for group in groups) for at in range(3 + len(lists)))
        at_rows = 4 + len(lists)
        reports, notes = [], []
        for at, (one, (cases, counted)) in enumerate(zip(self.options, self.accounts, strict=True)):
            report, its_notes = _account(cases, counted, [group[at_rows + 4 * at :][:4] for group in groups])
            reports.append(report)
            its_notes = [*its_notes, *one.columns.notes_on_absent("customer", cases.table, NO_CUSTOMER)]
            notes += [f"{one.name}: {note}" for note in its_notes]
        return ListCounts(union, tuple(classes), days, flags, tuple(outside), tuple(reports), tuple(notes))

    def find_candidates(self, tolerance: int) -> tuple[list[tuple[Any, ...]], int]:
        """Return up to 1,000 pairs that may be one case, and the number of all."""
        self.keep()
        day = f"least({', '.join(self._all('day'))})"
        pairs = f"""WITH cases AS (SELECT id, mask, customer, {day} AS day FROM {self.joined}
                                   WHERE customer IS NOT NULL)
                    SELECT a.customer, a.id, a.mask, b.id, b.mask, abs(a.day - b.day) AS apart
                    FROM cases a JOIN cases b ON a.customer = b.customer AND a.id < b.id
                     AND b.day BETWEEN a.day - {tolerance} AND a.day + {tolerance} WHERE a.mask & b.mask = 0"""
        total = self._execute(f"SELECT count(*) FROM ({pairs})").fetchall()[0][0]
        shown = self._execute(f"{pairs} ORDER BY 1, 2, 4 LIMIT {MOST_PAIRS}").fetchall() if total else []
        return shown, total

    def cases(self, which: str) -> Any:
        """Return cases of the union as a relation."""
        self.keep()
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
                       [one FOR one IN [{outside}] IF one IS NOT NULL] AS outside FROM {self.joined} ORDER BY id"""
        )
        if which in ("all", "some", "one"):
            return relation.filter(f"class = '{which}'")
        if which == "outside":
            return relation.filter("len(outside) > 0")
        return relation if which == "union" else relation.filter(which)


def _account(
    cases: CaseTable, counted: RowCounts | CaseCounts, groups: Sequence[Sequence[Any]]
) -> tuple[RowReport, Sequence[str]]:
    """Return the row report and the notes of a list.

    Args:
        cases: The table of the list.
        counted: The counts of its rows or, if the join combines rows differently, of its cases.
        groups: For groups of joined cases: the counted cases, their rows, and two examples of repeated ids.
    """
    if isinstance(counted, CaseCounts):
        return counted.quality, counted.notes
    counts, rows = (sum(int(group[at] or 0) for group in groups) for at in (0, 1))
    repeated = [group[2:] for group in groups if group[2] is not None]
    repeats = []
    if repeated:
        least, most = min(one[0] for one in repeated), max(one[1] for one in repeated)
        repeats.append(cases.repeats(rows - counts, least, most))
    report = cases.build_report(counts, [*counted.not_counted, *repeats])
    return report, counted.notes if report.rows else [EMPTY_EXPORT]


def _numbered(lists: CaseLists) -> Any:
    return enumerate(lists.options)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
