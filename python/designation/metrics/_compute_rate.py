"""The case rate, computed from a table of cases and the size of the business (SSD-M2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from designation._messages import quote, several
from designation.metrics._arguments import parse_count, parse_texts
from designation.metrics._business import is_currency, read_business
from designation.metrics._case_rate import CaseRate
from designation.metrics._cases import CaseOptions, CaseTable, select_cases, validate_options
from designation.metrics._columns import parse_columns
from designation.metrics._errors import input_error
from designation.metrics._intervals import DEFAULT_LEVEL, validate_level
from designation.metrics._period import Period, Scope, parse_period
from designation.metrics._rates import rate_group
from designation.metrics._source import read_table


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
    validate_options(CaseOptions(escalated, on, group_of, exact_values))
    call = {name: value for name, value in locals().items() if name != "business"}
    return _compute(business=business, **call)


def _compute(  # noqa: PLR0913
    *,
    cases: Any,
    business: Any,
    period: Any,
    unit: str | None,
    per: int | None,
    columns: str | Mapping[str, Any] | None,
    business_columns: str | Mapping[str, Any] | None,
    by: str | Sequence[str],
    exclude: Sequence[str],
    level: float,
    only: Any = None,
    without: Any = None,
    **options: Any,
) -> CaseRate:
    """Compute a rate of the cases that a way of counting selects."""
    call = {name: value for name, value in locals().items() if name not in ("only", "without", "options")} | options
    parsed_period, names = parse_period(period), parse_texts(by, "/by", may_be_empty=True)
    scope = Scope(parsed_period, _validate_months(exclude, parsed_period), names)
    validate_level(level)
    mapping = parse_columns(columns, table="cases")
    table = read_table(cases, "cases", mapping.possible_names(names, options["escalated"]))
    table = select_cases(table, mapping, only=only, without=without)
    case_table = CaseTable(table, mapping, scope, CaseOptions(**options))
    sizes = read_business(business, unit, scope, business_columns)
    per = (1_000_000 if is_currency(sizes.unit) else 1_000) if per is None else parse_count(per, "/per")
    counts = case_table.count()
    included = [month for month in scope.period.months if month not in scope.exclude]
    months = (rate_group(month, counts.months.get(month, 0), sizes.months.get(month), per, level) for month in included)
    breakdowns = {"month": tuple(months)}
    for name, cases_by_group in counts.groups.items():
        group_sizes = sizes.groups.get(name, {})
        keys = sorted({*cases_by_group, *group_sizes}, key=lambda key: (-cases_by_group.get(key, 0), key or ""))
        breakdowns[name] = tuple(
            rate_group(key, cases_by_group.get(key, 0), group_sizes.get(key), per, level) for key in keys
        )
    total = rate_group(None, sum(counts.months.values()), sizes.size, per, level)
    assert total.rate is not None
    assert total.interval is not None
    return CaseRate(
        rate=total.rate,
        cases=total.cases,
        size=sizes.size,
        per=per,
        unit=sizes.unit,
        interval=total.interval,
        level=level,
        period=scope.period,
        on=options["on"],
        escalated=counts.escalated,
        date_parsing=counts.date_parsing,
        excluded=scope.exclude,
        months=breakdowns["month"],
        breakdowns=tuple((name, breakdowns[name]) for name in names),
        quality=counts.quality,
        notes=(*counts.notes, *sizes.notes),
        _count=partial(_compute, **call),
    )


def _validate_months(exclude: Sequence[str], period: Period) -> tuple[str, ...]:
    months = parse_texts(exclude, "/exclude", may_be_empty=True)
    outside = [month for month in months if month not in period.months]
    if outside:
        message = f"must be months of the period {period}, not {several(map(quote, outside))}"
        raise input_error("exclude", message, "/exclude")
    return tuple(sorted(set(months)))
