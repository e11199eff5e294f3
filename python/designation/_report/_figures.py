"""The model of a page about support metrics: each result is a section with its figure, its tables, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from designation import _core
from designation._report._figure_tables import Model, bars, ranges, section, table, tile
from designation._text.figures import format_figure, format_interval, format_number, format_size

MAX_PAIRS = 100


def is_figure(value: Any) -> bool:
    """Return whether a value is a result of `designation.metrics` that a page can show."""
    return type(value).__module__.startswith("designation.metrics.") and type(value).__name__ in SECTIONS


def build_figures_model(results: Sequence[Any]) -> Model:
    """Build the model of a page about some results, in their order."""
    sections = [part for result in results for part in SECTIONS[type(result).__name__](result)]
    for number, part in enumerate(sections):
        part["name"] = f"section-{number + 1}"
    first = sections[0]
    periods = [period for result in results if (period := getattr(result, "period", None)) is not None]
    return {
        "kind": "figures",
        "title": first["title"],
        "id": first["title"],
        "as_of": str(periods[0].through) if periods else "all dates",
        "period": str(periods[0]) if periods else "all dates",
        "sections": sections,
        "figures": [result.to_dict() for result in results],
        "provenance": {"engine": _core.__version__},
    }


def _case_rate(rate: Any) -> Iterable[Model]:
    unit = f"per {format_number(rate.per)} {rate.unit}"
    tiles = [
        tile("Rate", format_figure(rate.rate), f"cases {unit}"),
        tile(f"{rate.level:.0%} interval", format_interval(rate.interval), "exact, Poisson"),
        tile("Numerator", f"{format_number(rate.cases)} cases", f"escalated: {rate.escalated}"),
        tile("Denominator", f"{format_size(rate.size)} {rate.unit}", "the business of the period"),
    ]
    texts = [f"Cases count by the date they were {rate.on}; {rate.date_parsing}."]
    if rate.excluded:
        texts.append(f"Excluded months: {', '.join(rate.excluded)}.")
    tables = [_rows(rate.quality), *_rate_groups("Month", rate.months, rate)]
    for name, groups in rate.breakdowns:
        if name != "month":
            tables += _rate_groups(name.capitalize(), groups, rate)
    yield section(f"Case rate, {rate.period}", [*texts, *rate.notes], tiles, tables)


def _rate_groups(label: str, groups: Sequence[Any], rate: Any) -> Iterable[Model]:
    keys = [(group.key or "(blank)", format_number(group.cases)) for group in groups]
    if all(group.rate is None for group in groups):
        shares = [(f"{group.cases / max(rate.cases, 1):.1%}", group.reason or "") for group in groups]
        cells = [(*key, *share) for key, share in zip(keys, shares, strict=True)]
        yield table(label, ("Cases", "Share", "No rate"), cells, bars([group.cases for group in groups]), text=(2,))
        return
    rates = [
        ("", group.reason or "", "")
        if group.rate is None
        else (format_size(group.size), format_figure(group.rate), format_interval(group.interval))
        for group in groups
    ]
    marks = ranges([(group.rate, group.interval) for group in groups], rate.rate)
    head = ("Cases", f"Business, {rate.unit}", "Rate", f"{rate.level:.0%} interval")
    yield table(label, head, [(*key, *cells) for key, cells in zip(keys, rates, strict=True)], marks)


def _rows(report: Any, label: str = "Rows of the export") -> Model:
    rows = [("counted", format_number(report.counted), "")]
    rows += [(reason, format_number(one.rows), ", ".join(one.examples)) for one, reason in _reasons(report)]
    rows.append(("all rows", format_number(report.rows), ""))
    return table(label, ("Rows", "Such as"), rows)


def _reasons(report: Any) -> Iterable[tuple[Any, str]]:
    from designation.metrics._row_report import REASONS  # noqa: PLC0415 (a page without metrics does not load them)

    return ((one, f"left out: {REASONS[one.reason]}") for one in report.reasons)


def _check(check: Any) -> Iterable[Model]:
    verdict = "within" if check.within else "not within"
    crossing = "" if check.interval_within == check.within else ", but the interval crosses it"
    tiles = [tile("Your policy", verdict, f"{check.threshold}; {check.margin}", "good" if check.within else "bad")]
    text = f"The {'rate' if check.metric == 'case_rate' else 'score'} is {verdict} your threshold{crossing}."
    yield section("Your own threshold", [f"{text} It is not a rule of the program."], tiles)


def _ways(ways: Any) -> Iterable[Model]:
    verdicts = {None: "", True: "within", False: "not within"}
    cells = [
        (
            *(way.name, format_number(way.cases), f"{format_size(way.size)} {way.unit}"),
            f"{format_figure(way.rate)} per {format_number(way.per)} {way.unit}",
            *(format_interval(way.interval), verdicts[way.within]),
        )
        for way in ways.ways
    ]
    first = ways.ways[0]
    rows = [
        (way.rate, way.interval) if (way.unit, way.per) == (first.unit, first.per) else (None, None)
        for way in ways.ways
    ]
    marks = ranges(rows, first.rate)
    texts = ["How Microsoft counts is not public; no way is the program's."]
    if ways.differing:
        texts.append(f"The verdict differs from that of {first.name}: {', '.join(ways.differing)}.")
    head = ("Cases", "Business", "Rate", "Interval", "Your policy")
    yield section("Ways of counting", texts, tables=[table("Way", head, cells, marks)])


def _drivers(drivers: Any) -> Iterable[Model]:
    cells = [
        (
            *(group.key or "(blank)", format_number(group.cases), f"{group.share:.1%}"),
            "none" if group.expected is None else f"{group.expected:,.1f}",
            "" if group.excess is None else f"{group.excess:+,.1f}",
            "" if group.p_value is None else f"{group.p_value:.2g}",
        )
        for group in drivers.groups
    ]
    texts = ["Adjusted p is the chance of that many cases or more, adjusted for the number of groups."]
    if drivers.cases_to_remove is not None:
        groups = ", ".join(key or "(blank)" for key in drivers.groups_to_remove)
        texts.append(
            f"To be at most {drivers.at_most:g}: without {format_number(drivers.cases_to_remove)} cases"
            + (f", or without {groups}." if groups else ".")
        )
    head = ("Cases", "Share", "Expected", "Excess", "Adjusted p")
    marks = bars([group.cases for group in drivers.groups], [group.expected for group in drivers.groups])
    yield section(f"Drivers by {drivers.by}", texts, tables=[table(drivers.by.capitalize(), head, cells, marks)])


def _chart(chart: Any) -> Iterable[Model]:
    is_rate = chart.metric == "case_rate"
    cells = [
        (
            *(point.month, format_number(point.n), format_figure(point.value)),
            *(format_interval((point.lower, point.upper)), "outside" if point.is_outside else "within"),
        )
        for point in chart.points
    ]
    marks = ranges([(point.value, (point.lower, point.upper)) for point in chart.points], chart.center, clip=is_rate)
    text = "Chance alone exceeds the limits in 0.27 % of months at most."
    outside = f"Months outside: {', '.join(chart.outside) or 'none'}."
    head = (*(("Cases", "Rate") if is_rate else ("Answers", "Score")), "Limits of chance", "Against the limits")
    yield section(
        f"Control chart of the {'rate' if is_rate else 'score'}",
        [text, outside],
        tables=[table("Month", head, cells, marks)],
    )


def _forecast(forecast: Any) -> Iterable[Model]:
    low, median, high = map(format_figure, forecast.rates)
    few, likely, many = map(format_number, forecast.cases_to_come)
    tiles = [
        tile("Rate on that day", median, f"per {format_number(forecast.per)} {forecast.unit}"),
        tile("90 % interval", f"{low} to {high}", "of the rate on that day"),
        tile("Cases to come", likely, f"90 % interval {few} to {many}; {format_number(forecast.cases_so_far)} so far"),
    ]
    if forecast.chance_within is not None:
        tiles.append(tile(f"Chance of at most {forecast.at_most:g}", f"{forecast.chance_within:.1%}", "your own limit"))
    yield section(f"Forecast for {forecast.through}", [f"It {forecast.assumption}."], tiles)


def _reconciliation(found: Any) -> Iterable[Model]:
    days = f"by more than {found.tolerance} {'day' if found.tolerance == 1 else 'days'}"
    tiles = [
        tile("Cases", format_number(found.union), "in at least one list inside the period"),
        tile("In all lists", format_number(found.in_all), f"of {format_number(found.union)}"),
        tile("Days differ", format_number(found.days_differ), days),
        tile("Escalation differs", format_number(found.escalation_differs), "among known values"),
    ]
    if found.candidates is not None:
        tiles.append(tile("Candidates", format_number(found.candidates), "pairs that may be one case; none merged"))
    classes = [(", ".join(one.lists), one.kind, format_number(one.cases)) for one in found.classes]
    tables = [table("Lists", ("Class", "Cases"), classes, bars([one.cases for one in found.classes]))]
    outside = [(name, format_number(cases)) for name, cases in found.outside if cases]
    if outside:
        tables.append(table("Cases of the union outside of the period in", ("Cases",), outside))
    if found.candidate_pairs:
        shown = found.candidate_pairs[:MAX_PAIRS]
        pairs = [(one.first, one.second, one.customer, str(one.days_apart)) for one in shown]
        tables.append(table("Case", ("Candidate", "Customer", "Days apart"), pairs))
    tables += [_rows(report, f"Rows of {name}") for name, report in found.accounts]
    texts = ["No list is taken to be right. Cases are the same if their ids are equal after trimming.", *found.notes]
    yield section(f"Reconciliation of {len(found.lists)} lists, {found.period}", texts, tiles, tables)


def _revenue(revenue: Any) -> Iterable[Model]:
    tiles = [tile("Revenue", f"{format_size(revenue.size)} {revenue.unit}", f"definition: {revenue.definition}")]
    months = [(month, f"{format_size(size)} {revenue.unit}") for month, size in revenue.months.items()]
    tables = [table("Month", ("Revenue",), months, bars([float(size) for size in revenue.months.values()]))]
    for label, accounts in (("Charge type", revenue.accounts), ("Charge type left out", revenue.left_out)):
        cells = [
            (
                *(one.charge_type or "(blank)", format_number(one.lines)),
                *(f"{format_size(amount)} {one.currency}" for amount in (one.amount, one.credits)),
            )
            for one in accounts
        ]
        if cells:
            tables.append(table(label, ("Lines", "Amount", "Of it credits"), cells))
    texts = [f"{format_number(revenue.outside)} lines are outside of the period.", *revenue.notes]
    yield section(f"Billed revenue, {revenue.period}", texts, tiles, tables)


def _csat(score: Any) -> Iterable[Model]:
    none = score.mean is None
    tiles = [tile("Score", "none" if none else f"{score.mean:.2f} of 5", f"scale {score.scale}")]
    if score.interval is not None:
        low, high = score.interval
        tiles.append(tile(f"{score.level:.0%} interval", f"{low:.2f} to {high:.2f}", "Student"))
    tiles.append(tile("Answers", format_number(score.n), "" if none else f"{score.top_two:.1%} with 4 or 5"))
    if score.response_rate is not None:
        tiles.append(
            tile("Response rate", f"{score.response_rate:.1%}", f"of {format_number(score.invited)} invitations")
        )
    counts = score.score_counts[::-1]
    answers = [(f"{value:g}", format_number(n), f"{n / max(score.n, 1):.1%}") for value, n in counts]
    tables = [table("Score", ("Answers", "Share"), answers, bars([n for _, n in counts])), _rows(score.quality)]
    for name, groups in score.breakdowns:
        cells = [
            (
                *(group.key or "(blank)", format_number(group.n), f"{group.mean:.2f}", f"{group.top_two:.1%}"),
                "none" if group.interval is None else f"{group.interval[0]:.2f} to {group.interval[1]:.2f}",
            )
            for group in groups
        ]
        marks = ranges([(group.mean, group.interval) for group in groups], score.mean, top=5)
        tables.append(table(name.capitalize(), ("Answers", "Score", "4 or 5", "Interval"), cells, marks))
    period = f"Dates: {score.date_parsing}."
    yield section(f"CSAT, {score.period or 'all dates'}", [period, *score.notes], tiles, tables)


def _scales(found: Any) -> Iterable[Model]:
    cells = [
        (one.name, format_number(one.answers), "none", "")
        if one.score is None
        else (one.name, format_number(one.answers), f"{one.score:.2f}", f"{one.top_two:.1%}")
        for one in found.scores
    ]
    spread = "none" if found.spread is None else f"{found.spread:.2f}"
    texts = ["The mapping of answers to scores from 1 to 5 is your own.", f"Greatest minus least score: {spread}."]
    marks = bars([one.score for one in found.scores], top=5)
    yield section("Mappings of answers", texts, tables=[table("Mapping", ("Answers", "Score", "4 or 5"), cells, marks)])


SECTIONS: dict[str, Callable[[Any], Iterable[Model]]] = {
    "CaseRate": _case_rate,
    "ThresholdCheck": _check,
    "Ways": _ways,
    "Drivers": _drivers,
    "ControlChart": _chart,
    "Forecast": _forecast,
    "Reconciliation": _reconciliation,
    "BilledRevenue": _revenue,
    "Csat": _csat,
    "ScaleComparison": _scales,
}
