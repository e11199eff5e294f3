"""The case rate: cases escalated to Microsoft in a period, per unit of business (spec, SSD-M2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from designation import _core
from designation._display import shown
from designation._text.figures import Shown, figure, number, span_of, table
from designation._text.layout import EMPTY, Line, Span, fill, row
from designation.metrics._account import Quality
from designation.metrics._business import Business, business_of, is_currency
from designation.metrics._cases import Cases, checked_on
from designation.metrics._columns import columns_of
from designation.metrics._intervals import LEVEL, check_level, of_count, of_ratio
from designation.metrics._mistakes import mistake, several
from designation.metrics._period import Asked, Period, period_of
from designation.metrics._policy import Check, threshold
from designation.metrics._source import table_of


class Slice(NamedTuple):
    """A part of a figure: a month, or a group. Without a size of its own there is no rate."""

    key: str | None
    cases: int
    size: Decimal | None = None
    rate: float | None = None
    interval: tuple[float, float] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the part as JSON has it."""
        return {**self._asdict(), "size": plain(self.size), "interval": self.interval and list(self.interval)}


@shown
class Comparison(NamedTuple):
    """Two rates side by side: ``ratio`` is the second over the first, ``p_value`` that of no difference, exactly."""

    ratio: float
    interval: tuple[float, float]
    p_value: float

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as JSON has it; a bound that is infinite is null."""
        return {
            "ratio": _finite(self.ratio),
            "interval": [_finite(bound) for bound in self.interval],
            "p_value": self.p_value,
        }

    def lines(self) -> Iterable[Line]:
        """Lay out the comparison."""
        yield from row("Ratio", Span(f"{self.ratio:.2f}, interval {span_of(self.interval)} (exact)"))
        yield from row("p value", Span(f"{self.p_value:.2g}, of no difference"))


@dataclass(frozen=True, repr=False)
class CaseRate(Shown):
    """A case rate as `case_rate` gives it.

    ``rate`` is ``cases`` over ``size`` times ``per``, in ``unit``; ``interval`` is exact for a Poisson count at
    ``level``. ``escalated`` says what counts, ``on`` which day, ``reading`` how days were read. ``months`` and ``by``
    hold the parts, ``quality`` the account of every row.
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
    reading: str
    excluded: tuple[str, ...]
    months: tuple[Slice, ...]
    groups: tuple[tuple[str, tuple[Slice, ...]], ...]
    quality: Quality

    @property
    def by(self) -> dict[str, tuple[Slice, ...]]:
        """The parts by the name of the breakdown."""
        return dict(self.groups)

    def rolling(self, months: int = 12) -> tuple[Slice, ...]:
        """Give the pooled rate over each run of so many months inside the period.

        Raises:
            InputError: The period is shorter, or the business was not given by month.
        """
        sizes = {part.key: part.size for part in self.months if part.size is not None}
        if not sizes or len(self.period.months) < months:
            what = f"{months} months, and the business by month, are needed"
            raise mistake("period", f"{what}; the period is {self.period}", "/period")
        cases = {part.key: part.cases for part in self.months}
        runs = []
        for first in range(len(self.period.months) - months + 1):
            run = self.period.months[first : first + months]
            kept = [month for month in run if month in sizes]
            if kept:
                size = Business(self.unit, Decimal(), sizes).over(kept)  # type: ignore[arg-type]
                runs.append(self._part(f"{run[0]} to {run[-1]}", sum(cases[month] for month in kept), size))
        return tuple(runs)

    def compare(self, later: CaseRate) -> Comparison:
        """Compare with another period, or another group, of the same unit: the conditional exact test.

        Raises:
            ValueError: The units differ.
        """
        if self.unit != later.unit:
            raise ValueError(f"rates per {self.unit} and per {later.unit} cannot be compared")
        sizes = (self._exposure, later._exposure)
        interval, p_value = of_ratio((self.cases, later.cases), sizes, self.level)
        ratio = later.cases / sizes[1] * sizes[0] / self.cases if self.cases else math.inf if later.cases else math.nan
        return Comparison(ratio, interval, p_value)

    @property
    def _exposure(self) -> float:
        # A stock is exposed for as long as the period is.
        days = (self.period.through - self.period.from_).days + 1
        return float(self.size) * (1 if is_currency(self.unit) else days)

    def allowed(self, at_most: float, per: float | None = None) -> int:
        """Give how many more cases there may be before the rate is above ``at_most``; negative where it is.

        Args:
            at_most: A rate of the user's own.
            per: The size of business that it is per; default: that of the rate.
        """
        size = Fraction(self.size) / Fraction(str(self.per if per is None else per))
        return math.floor(Fraction(str(at_most)) * size) - self.cases

    def against(self, policy: _core.Policy | Mapping[str, Any]) -> Check:
        """Hold the rate against the threshold of a policy, which is the user's own and no rule of the program.

        Raises:
            InputError: The policy has no such threshold, or one in another unit.
        """
        at_most, per, unit = (threshold(policy, "case_rate")[key] for key in ("at_most", "per", "unit"))
        if unit != self.unit:
            what = f"the policy's threshold is per {unit}, the rate per {self.unit}"
            raise mistake("unit", what, "/thresholds/case_rate/unit")
        scale = per / self.per
        interval = (self.interval[0] * scale, self.interval[1] * scale)
        allowed = self.allowed(at_most, per)
        said = f"at most {at_most:g} per {number(per)} {unit}"
        room = f"{number(allowed)} more cases allowed" if allowed >= 0 else f"{number(-allowed)} cases too many"
        value, limit, surely = self.rate * scale, at_most / scale, interval[1] <= at_most
        return Check("case_rate", said, value, allowed >= 0, surely, room, limit, allowed)

    def case_volume_validated(self, on: Any) -> _core.Event:
        """Make the event that ISSI has validated the volume of cases on a day."""
        return _core.Event(on=on, type="case_volume_validated", cases=self.cases, notes=self._about)

    def case_rate_determined(self, on: Any, outcome: str) -> _core.Event:
        """Make the event that Microsoft has determined the case rate on a day; the outcome is Microsoft's."""
        return _core.Event(on=on, type="case_rate_determined", outcome=outcome, rate=self.rate, notes=self._about)

    def to_dict(self) -> dict[str, Any]:
        """Give the rate as JSON has it."""
        return {
            "metric": "case_rate",
            "rate": self.rate,
            "cases": self.cases,
            "size": plain(self.size),
            "per": self.per,
            "unit": self.unit,
            "interval": list(self.interval),
            "level": self.level,
            "period": {"from": str(self.period.from_), "through": str(self.period.through)},
            "on": self.on,
            "escalated": self.escalated,
            "reading": self.reading,
            "excluded": list(self.excluded),
            "months": [part.to_dict() for part in self.months],
            "by": {name: [part.to_dict() for part in parts] for name, parts in self.groups},
            "quality": self.quality.to_dict(),
        }

    def lines(self) -> Iterable[Line]:
        """Lay out the rate at 80 columns."""
        yield from fill(Span(f"Case rate, {self.period}", "label"))
        yield from row("Rate", Span(f"{figure(self.rate)} cases per {number(self.per)} {self.unit}"))
        yield from row("", Span(f"{self.level:.0%} interval {span_of(self.interval)} (exact, Poisson)", "muted"))
        yield from row("Cases", Span(f"{number(self.cases)} escalated: {self.escalated}"))
        yield from row("", Span(f"by the day on which they were {self.on}; {self.reading}", "muted"))
        kind = "" if is_currency(self.unit) else ", the mean of the months" if self.months[0].size is not None else ""
        yield from row("Business", Span(f"{number(self.size)} {self.unit}{kind}"))
        if self.excluded:
            yield from row("Excluded", Span(several(self.excluded, 12)))
        yield from self.quality.lines()
        for name, parts in self.groups:
            yield EMPTY
            yield from self.lines_of(name, parts)

    def lines_of(self, name: str, parts: Sequence[Slice]) -> Iterable[Line]:
        """Lay out parts of the rate as a table."""
        head: tuple[str, ...] = ("Share",)
        rows: list[tuple[str, ...]] = [(f"{part.cases / max(self.cases, 1):.1%}",) for part in parts]
        if any(part.rate is not None for part in parts):
            head, rows = ("Business", "Rate", f"{self.level:.0%} interval"), [_said(part) for part in parts]
        keys = [(part.key or "(blank)", number(part.cases)) for part in parts]
        yield from table(
            (name[:1].upper() + name[1:], "Cases", *head),
            [(*key, *said) for key, said in zip(keys, rows, strict=True)],
        )

    def __repr__(self) -> str:
        return f"<CaseRate {figure(self.rate)} per {self.per} {self.unit}: {self.cases} cases, {self.period}>"

    @property
    def _about(self) -> str:
        return f"per {number(self.per)} {self.unit}, {self.period}"

    def _part(self, key: str | None, cases: int, size: Decimal | None) -> Slice:
        return _slice(key, cases, size, self.per, self.level)


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
    level: float = LEVEL,
) -> CaseRate:
    """Give the cases escalated to Microsoft in a period, per unit of CSP business: pooled, with an exact interval.

    Args:
        cases: The path of a CSV, Parquet, NDJSON or JSON file, or a frame of pandas, Polars (eager or lazy), PyArrow,
            DuckDB or PySpark. What is lazy is computed by its engine.
        business: Revenue in one currency, summed, or a stock such as seats, averaged over the months: a number for the
            whole period, a dict of months (``{"2026-01": ...}``), or a file or frame with ``date`` and ``amount``,
            ``currency`` or ``seats``.
        period: A pair of days, or text: ``"2026"``, ``"2026-Q1"``, ``"2026-01..2026-06"``.
        unit: What the business is counted in: three capital letters are a currency, anything else is a stock.
        per: The size of business that the rate is per; default: a million of a currency, a thousand of a stock.
        columns: The column mapping of the cases: the name of one (`MAPPINGS`), or a dict.
        business_columns: The same for the business.
        escalated: What counts as escalated: ``"every"``, a column of yes and no, ``"column=a,b"``, ``"column!=a,b"``,
            ``"column=*"``, or a Narwhals expression. In a Partner Center export every request is.
        on: ``"created"`` or ``"escalated"``: the day that puts a case into the period.
        by: Breakdowns: ``"month"``, ``"product"``, ``"country"``, ``"customer"`` or any column.
        exclude: Months, as ``"2026-03"``, that do not count, neither their cases nor their business.
        level: The level of intervals.

    Raises:
        InputError: Every problem at once: columns that are not there, days that can be read in two ways, a size that is
            zero, negative or missing, and so on.

    Example:
        >>> import designation as dsg, polars as pl
        >>> cases = pl.DataFrame({"id": [1, 2, 2, 3], "created": ["2026-01-05", "2026-02-07", "2026-02-07", None]})
        >>> rate = dsg.metrics.case_rate(cases, 4_000_000, "2026-Q1", unit="USD", escalated="every")
        >>> rate.rate, rate.cases, rate.quality.not_counted
        (0.5, 2, {'no_date': 1, 'duplicate_id': 1})
        >>> rate.allowed(at_most=1.0)
        2
    """
    days, wanted = period_of(period), (by,) if isinstance(by, str) else tuple(by)
    asked = Asked(days, _months(exclude, days), wanted)
    check_level(level)
    found = Cases(table_of(cases, "cases"), columns_of(columns), asked, escalated, checked_on(on))
    whole = business_of(business, unit, asked, business_columns)
    per = (1_000_000 if is_currency(whole.unit) else 1_000) if per is None else per
    if isinstance(per, bool) or not isinstance(per, int) or per <= 0:
        raise mistake("range", f"per is a whole number above 0, not {per!r}", "/per")
    counted = found.count()
    total = sum(counted.months.values())
    kept = [month for month in days.months if month not in asked.exclude]
    months = (_slice(month, counted.months.get(month, 0), whole.months.get(month), per, level) for month in kept)
    groups = {"month": tuple(months)}
    for name, parts in counted.groups.items():
        sizes = whole.groups.get(name, {})
        ordered = sorted({*parts, *sizes}, key=lambda key: (-parts.get(key, 0), key or ""))
        groups[name] = tuple(_slice(key, parts.get(key, 0), sizes.get(key), per, level) for key in ordered)
    all_of = _slice(None, total, whole.whole, per, level)
    assert all_of.rate is not None
    assert all_of.interval is not None
    return CaseRate(
        rate=all_of.rate,
        cases=total,
        size=whole.whole,
        per=per,
        unit=whole.unit,
        interval=all_of.interval,
        level=level,
        period=days,
        on=on,
        escalated=counted.escalated,
        reading=counted.reading,
        excluded=asked.exclude,
        months=groups["month"],
        groups=tuple((name, groups[name]) for name in wanted),
        quality=counted.quality,
    )


def plain(value: Decimal | None) -> int | float | None:
    """Give an amount as JSON has it: a whole one without a fraction."""
    return None if value is None else int(value) if value == int(value) else float(value)


def _slice(key: str | None, cases: int, size: Decimal | None, per: int, level: float) -> Slice:
    if size is None or size <= 0:
        return Slice(key, cases)
    scale = Fraction(per) / Fraction(size)
    low, high = of_count(cases, level)
    return Slice(key, cases, size, float(cases * scale), (low * float(scale), high * float(scale)))


def _said(part: Slice) -> tuple[str, ...]:
    if part.size is None or part.rate is None or part.interval is None:
        return "", "", ""
    return number(part.size), figure(part.rate), span_of(part.interval)


def _months(exclude: Sequence[str], period: Period) -> tuple[str, ...]:
    months = [exclude] if isinstance(exclude, str) else list(exclude)
    strange = [month for month in months if month not in period.months]
    if strange:
        raise mistake("exclude", f"{several(strange)}: no month of the period {period}", "/exclude")
    return tuple(sorted(set(months)))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
