"""The case rate: cases escalated to Microsoft in a period, per unit of business (SSD-M2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from designation import _core
from designation._convert import json_object
from designation._display import displayable
from designation._messages import quote, several
from designation._text.figures import PageValue, format_figure, format_interval, format_number, format_size, table_lines
from designation._text.layout import EMPTY, Line, Span, fill, row
from designation.metrics._business import Business, is_currency, read_business
from designation.metrics._cases import CaseOptions, CaseTable, validate_options
from designation.metrics._columns import parse_columns
from designation.metrics._errors import input_error
from designation.metrics._intervals import DEFAULT_LEVEL, poisson_interval, rate_ratio_test, validate_level
from designation.metrics._numbers import is_integer
from designation.metrics._period import Period, Scope, parse_period
from designation.metrics._policy import ThresholdCheck, read_threshold
from designation.metrics._row_report import RowReport
from designation.metrics._source import read_table

NO_BUSINESS = "no business of its own"


class CaseRateGroup(NamedTuple):
    """The case rate of a month or of a group; without a size of its own, it has no rate, and ``reason`` says why."""

    key: str | None
    cases: int
    size: Decimal | None = None
    rate: float | None = None
    interval: tuple[float, float] | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the group as JSON-compatible values."""
        return json_object(self)


@displayable
class RateComparison(NamedTuple):
    """A comparison of two rates: the second over the first, and the exact p-value of no difference."""

    ratio: float
    interval: tuple[float, float]
    p_value: float

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON-compatible values; an infinite bound is None."""
        return json_object(self)

    def lines(self) -> Iterable[Line]:
        """Lay out the comparison."""
        yield from row("Ratio", Span(f"{self.ratio:.2f}, interval {format_interval(self.interval)} (exact)"))
        yield from row("p-value", Span(f"{self.p_value:.2g} (hypothesis: no difference)"))


@dataclass(frozen=True, repr=False)
class CaseRate(PageValue):
    """A case rate, as `case_rate` returns it.

    ``rate`` is ``cases`` over ``size``, times ``per``, in ``unit``. ``interval`` is the exact interval of a Poisson
    count at the confidence ``level``. ``escalated`` describes which cases count as escalated, ``on`` which date of a
    case counts, and ``date_parsing`` how dates were parsed. ``months`` and ``by`` hold the rate of each month and
    group. ``quality`` is the row report of the cases. ``notes`` say what a reader must know, such as that a value which
    the user named never occurs.
    """

    rate: float
    cases: int
    size: Decimal
    per: int
    unit: str
    interval: tuple[float, float]
    level: float
    period: Period
    on: str
    escalated: str
    date_parsing: str
    excluded: tuple[str, ...]
    months: tuple[CaseRateGroup, ...]
    breakdowns: tuple[tuple[str, tuple[CaseRateGroup, ...]], ...]
    quality: RowReport
    notes: tuple[str, ...] = ()

    @property
    def by(self) -> dict[str, tuple[CaseRateGroup, ...]]:
        """The groups by the name of their breakdown."""
        return dict(self.breakdowns)

    def rolling(self, months: int = 12) -> tuple[CaseRateGroup, ...]:
        """Compute the pooled rate over each run of consecutive months inside the period.

        Args:
            months: The number of months in a run.

        Raises:
            InputError: The period is shorter than a run, or the business was not given by month.
        """
        sizes = {month.key: month.size for month in self.months if month.size is not None}
        if not sizes or len(self.period.months) < months:
            what = f"rolling rates need a period of at least {months} months, and the business by month"
            raise input_error("period", f"{what}; the period is {self.period}", "/period")
        cases = {month.key: month.cases for month in self.months}
        runs = []
        for first in range(len(self.period.months) - months + 1):
            run = self.period.months[first : first + months]
            included = [month for month in run if month in sizes]
            if included:
                size = Business(self.unit, Decimal(), sizes).size_over(included)  # type: ignore[arg-type]
                count = sum(cases[month] for month in included)
                runs.append(_group(f"{run[0]} to {run[-1]}", count, size, self.per, self.level))
        return tuple(runs)

    def compare(self, later: CaseRate) -> RateComparison:
        """Compare this rate with one of another period or group by the conditional exact test.

        Raises:
            ValueError: The units differ.
        """
        if self.unit != later.unit:
            raise ValueError(f"rates per {self.unit} and per {later.unit} cannot be compared")
        sizes = (self._exposure, later._exposure)
        interval, p_value = rate_ratio_test((self.cases, later.cases), sizes, self.level)
        ratio = later.cases / sizes[1] * sizes[0] / self.cases if self.cases else math.inf if later.cases else math.nan
        return RateComparison(ratio, interval, p_value)

    @property
    def _exposure(self) -> float:
        # The exposure of a count such as seats is also proportional to the length of the period.
        days = (self.period.through - self.period.from_).days + 1
        return float(self.size) * (1 if is_currency(self.unit) else days)

    def cases_allowed(self, at_most: float, per: float | None = None) -> int:
        """Compute how many more cases keep the rate at or below a limit; negative if the rate is above it.

        Args:
            at_most: The limit, which is the user's own.
            per: The size of business that the limit is per; default: that of the rate.
        """
        size = Fraction(self.size) / Fraction(str(self.per if per is None else per))
        return math.floor(Fraction(str(at_most)) * size) - self.cases

    def check_threshold(self, policy: _core.Policy | Mapping[str, Any]) -> ThresholdCheck:
        """Compare the rate with the threshold of a policy, which is the user's own and not a rule of the program.

        Raises:
            InputError: The policy has no such threshold, or one in another unit.
        """
        at_most, per, unit = (read_threshold(policy, "case_rate")[key] for key in ("at_most", "per", "unit"))
        if unit != self.unit:
            what = f"the threshold is per {unit}, but the rate is per {self.unit}"
            raise input_error("unit", what, "/thresholds/case_rate/unit")
        scale = per / self.per
        allowed = self.cases_allowed(at_most, per)
        return ThresholdCheck(
            metric="case_rate",
            threshold=f"at most {at_most:g} per {format_number(per)} {unit}",
            value=self.rate * scale,
            within=allowed >= 0,
            interval_within=self.interval[1] * scale <= at_most,
            margin=f"{format_number(allowed)} more cases allowed"
            if allowed >= 0
            else f"{format_number(-allowed)} cases too many",
            limit=at_most / scale,
            cases_allowed=allowed,
        )

    def case_volume_validated(self, on: Any) -> _core.Event:
        """Build the event of ISSI's validation of the number of cases."""
        return _core.Event(on=on, type="case_volume_validated", cases=self.cases, notes=self._notes)

    def case_rate_determined(self, on: Any, outcome: str) -> _core.Event:
        """Build the event of Microsoft's decision on the case rate; the outcome is Microsoft's."""
        return _core.Event(on=on, type="case_rate_determined", outcome=outcome, rate=self.rate, notes=self._notes)

    def to_dict(self) -> dict[str, Any]:
        """Return the rate as JSON-compatible values."""
        members = {**vars(self), "breakdowns": self.by}
        document = {"by" if name == "breakdowns" else name: value for name, value in members.items()}
        return json_object({"metric": "case_rate", **document})

    def lines(self) -> Iterable[Line]:
        """Lay out the rate at 80 columns."""
        yield from fill(Span(f"Case rate, {self.period}", "label"))
        yield from row("Rate", Span(f"{format_figure(self.rate)} cases per {format_number(self.per)} {self.unit}"))
        yield from row(
            "", Span(f"{self.level:.0%} interval {format_interval(self.interval)} (exact, Poisson)", "muted")
        )
        yield from row("Cases", Span(f"{format_number(self.cases)} escalated: {self.escalated}"))
        yield from row("", Span(f"by the date they were {self.on}; {self.date_parsing}", "muted"))
        is_mean = not is_currency(self.unit) and self.months[0].size is not None
        yield from row(
            "Business", Span(f"{format_size(self.size)} {self.unit}{', mean of the months' if is_mean else ''}")
        )
        if self.excluded:
            yield from row("Excluded", Span(several(self.excluded, 12)))
        yield from self.quality.lines()
        for number, note in enumerate(self.notes):
            yield from row("" if number else "Note", Span(note))
        for name, groups in self.breakdowns:
            yield EMPTY
            yield from self.breakdown_lines(name, groups)

    def breakdown_lines(self, name: str, groups: Sequence[CaseRateGroup]) -> Iterable[Line]:
        """Lay out the groups of a breakdown as a table."""
        header: tuple[str, ...] = ("Share",)
        values: list[tuple[str, ...]] = [(f"{group.cases / max(self.cases, 1):.1%}",) for group in groups]
        if any(group.rate is not None for group in groups):
            header, values = ("Business", "Rate", f"{self.level:.0%} interval"), [_cells(group) for group in groups]
        keys = [(group.key or "(blank)", format_number(group.cases)) for group in groups]
        yield from table_lines(
            (name[:1].upper() + name[1:], "Cases", *header),
            [(*key, *cells) for key, cells in zip(keys, values, strict=True)],
        )

    def __repr__(self) -> str:
        return f"<CaseRate {format_figure(self.rate)} per {self.per} {self.unit}: {self.cases} cases, {self.period}>"

    @property
    def _notes(self) -> str:
        return f"per {format_number(self.per)} {self.unit}, {self.period}"


def case_rate(  # noqa: PLR0913
    cases: Any,
    business: Any,
    period: Any,
    *,
    unit: str | None = None,
    per: int | None = None,
    columns: str | Mapping[str, Any] | None = None,
    business_columns: str | Mapping[str, Any] | None = None,
    escalated: Any = None,
    on: str = "created",
    by: str | Sequence[str] = (),
    exclude: Sequence[str] = (),
    level: float = DEFAULT_LEVEL,
    group_of: str = "first",
    exact_values: bool = False,
) -> CaseRate:
    """Compute the pooled rate of cases escalated to Microsoft per unit of CSP business, with an exact interval.

    Args:
        cases: The path of a CSV, Parquet, NDJSON or JSON file, or a frame of pandas, Polars (eager or lazy), PyArrow,
            DuckDB or PySpark. The engine of a lazy frame computes the figures.
        business: Revenue in one currency, which is added up, or a count such as seats, which is averaged over the
            months: a number for the whole period, a dict of months (``{"2026-01": ...}``), or a file or frame with
            ``date`` and ``amount``, ``currency`` or ``seats``.
        period: A pair of dates, or text: ``"2026"``, ``"2026-Q1"``, ``"2026-01..2026-06"``,
            ``"12 months to 2026-09-30"``.
        unit: The unit of the business: three capital letters are a currency, anything else is a count.
        per: The size of business that the rate is for; default: a million of a currency, a thousand of a count.
        columns: The column mapping of the cases: the name of a mapping (`MAPPINGS`), or a dict.
        business_columns: The column mapping of the business.
        escalated: Which cases count as escalated: ``"every"``, a column of yes and no, ``"column=a,b"``,
            ``"column!=a,b"``, ``"column=*"``, or a Narwhals expression. In a Partner Center export, every request does.
        on: ``"created"`` or ``"escalated"``: the date of a case that must be in the period.
        by: Breakdowns: ``"month"``, ``"product"``, ``"country"``, ``"customer"`` or any column.
        exclude: Months such as ``"2026-03"`` to exclude, with their cases and their business.
        level: The confidence level of intervals.
        group_of: ``"first"`` or ``"last"``: the row of a case inside the period that sets its groups, by time.
        exact_values: Whether a value of ``escalated`` that never occurs may be similar to one that does.

    Raises:
        InputError: The input has problems, such as missing columns, ambiguous dates, or a size that is zero, negative
            or missing.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2, 2, 3], "created": ["2026-01-05", "2026-02-07", "2026-02-07", None]})
        >>> rate = dsg.metrics.case_rate(cases, 4_000_000, "2026-Q1", unit="USD", escalated="every")
        >>> rate.rate, rate.cases, rate.quality.not_counted
        (0.5, 2, {'no_date': 1, 'duplicate_id': 1})
        >>> rate.cases_allowed(at_most=1.0)
        2
    """
    parsed_period, names = parse_period(period), (by,) if isinstance(by, str) else tuple(by)
    scope = Scope(parsed_period, _validate_months(exclude, parsed_period), names)
    validate_level(level)
    mapping = parse_columns(columns, table="cases")
    table = read_table(cases, "cases", mapping.possible_names(names, escalated))
    options = validate_options(CaseOptions(escalated, on, group_of, exact_values))
    case_table = CaseTable(table, mapping, scope, options)
    sizes = read_business(business, unit, scope, business_columns)
    per = (1_000_000 if is_currency(sizes.unit) else 1_000) if per is None else per
    if not is_integer(per) or per <= 0:
        raise input_error("range", f"must be a whole number above 0, not {quote(per)}", "/per")
    counts = case_table.count()
    included = [month for month in scope.period.months if month not in scope.exclude]
    months = (_group(month, counts.months.get(month, 0), sizes.months.get(month), per, level) for month in included)
    breakdowns = {"month": tuple(months)}
    for name, cases_by_group in counts.groups.items():
        group_sizes = sizes.groups.get(name, {})
        keys = sorted({*cases_by_group, *group_sizes}, key=lambda key: (-cases_by_group.get(key, 0), key or ""))
        breakdowns[name] = tuple(
            _group(key, cases_by_group.get(key, 0), group_sizes.get(key), per, level) for key in keys
        )
    total = _group(None, sum(counts.months.values()), sizes.size, per, level)
    assert total.rate is not None
    assert total.interval is not None
    return CaseRate(
        rate=total.rate,
        cases=total.cases,
        size=sizes.size,
        per=int(per),
        unit=sizes.unit,
        interval=total.interval,
        level=level,
        period=scope.period,
        on=on,
        escalated=counts.escalated,
        date_parsing=counts.date_parsing,
        excluded=scope.exclude,
        months=breakdowns["month"],
        breakdowns=tuple((name, breakdowns[name]) for name in names),
        quality=counts.quality,
        notes=counts.notes,
    )


def _group(key: str | None, cases: int, size: Decimal | None, per: int, level: float) -> CaseRateGroup:
    if size is None:
        return CaseRateGroup(key, cases, reason=NO_BUSINESS)
    if size <= 0:
        return CaseRateGroup(key, cases, size, reason=f"its business is {format_size(size)}")
    scale = Fraction(per) / Fraction(size)
    low, high = poisson_interval(cases, level)
    return CaseRateGroup(key, cases, size, float(cases * scale), (low * float(scale), high * float(scale)))


def _cells(group: CaseRateGroup) -> tuple[str, ...]:
    if group.size is None or group.rate is None or group.interval is None:
        return "none" if group.size is None else format_size(group.size), "none", group.reason or ""
    return format_size(group.size), format_figure(group.rate), format_interval(group.interval)


def _validate_months(exclude: Sequence[str], period: Period) -> tuple[str, ...]:
    months = [exclude] if isinstance(exclude, str) else list(exclude)
    outside = [month for month in months if month not in period.months]
    if outside:
        message = f"must be months of the period {period}, not {several(map(quote, outside))}"
        raise input_error("exclude", message, "/exclude")
    return tuple(sorted(set(months)))
