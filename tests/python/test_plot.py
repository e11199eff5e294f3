"""Plots show the results, accept the user's axes, and have the same bytes every time."""

from __future__ import annotations

import datetime
import itertools
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import matplotlib as mpl
import polars as pl
import pyarrow as pa
import pyarrow.compute
import pytest

import designation as dsg
from designation._text.tokens import TOKENS

mpl.use("agg")

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"

CASES = pa.table(
    {"id": [1, 2, 3], "created": ["2026-01-05", "2026-02-07", "2026-02-09"], "country": ["$a", None, "x" * 90]}
)
BUSINESS = {"2026-01": 1_000_000, "2026-02": 3_000_000}
ANSWERS = pa.table({"score": [5, 4, 4, 2], "answered": [*CASES["created"].to_pylist(), "2026-02-10"]})


@pytest.fixture
def ax() -> Any:
    return dsg.plot.new_axes()


@pytest.fixture
def rate() -> dsg.metrics.CaseRate:
    period = "2026-01..2026-02"
    return dsg.metrics.case_rate(CASES, BUSINESS, period, unit="USD", escalated="every", by="country")


@pytest.fixture
def score() -> dsg.metrics.Csat:
    return dsg.metrics.csat(ANSWERS, "2026", by="month")


def test_a_case_rate_plot_shows_each_month_and_the_pooled_rate(rate: dsg.metrics.CaseRate, ax: Any) -> None:
    assert dsg.plot.case_rate(rate, ax=ax, threshold=2.5) is ax
    assert list(ax.lines[0].get_ydata()) == [group.rate for group in rate.months]
    assert [line.get_ydata()[0] for line in ax.lines[1:]] == [rate.rate, 2.5]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["2026-01", "2026-02"]
    ax.figure.canvas.draw()
    legend, drawn = ax.get_legend().get_window_extent(), ax.get_window_extent()
    assert legend.y1 <= drawn.y0 or legend.y0 >= drawn.y1, "the legend hides nothing"


def test_parts_without_a_size_show_their_cases(rate: dsg.metrics.CaseRate, ax: Any) -> None:
    dsg.plot.case_rate(rate, by="country", ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [1, 1, 1]
    ax.figure.canvas.draw()


def test_a_csat_plot_shows_the_distribution_or_the_parts(score: dsg.metrics.Csat, ax: Any) -> None:
    dsg.plot.csat(score, ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [0, 1, 0, 2, 1]
    ax.clear()
    dsg.plot.csat(score, by="month", ax=ax, threshold=4.5)
    assert list(ax.lines[0].get_ydata()) == [group.mean for group in score.by["month"]]


def _day(place: float) -> datetime.date:
    return datetime.date(1970, 1, 1) + datetime.timedelta(place)


def bars_of(ax: Any) -> dict[str, list[tuple[datetime.date, datetime.date]]]:
    """Return the first and the last date of each bar, by the name of its row."""
    names = {round(place): label.get_text() for place, label in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True)}
    found: dict[str, list[tuple[datetime.date, datetime.date]]] = {name: [] for name in names.values()}
    for bar in ax.patches:
        first, end = (_day(day) for day in (bar.get_x(), bar.get_x() + bar.get_width()))
        found[names[round(bar.get_y() + bar.get_height() / 2)]].append((first, end - datetime.timedelta(1)))
    return found


def test_a_timeline_plot_shows_what_is_held_when(ax: Any) -> None:
    line = dsg.timeline(dsg.load(EXAMPLES / "contoso.json"), "2026-01-01", "2027-12-31")
    assert dsg.plot.timeline(line, as_of=AS_OF, ax=ax) is ax
    runs = runs_of(line, lambda assessment: (assessment.term.status, assessment.term.at_risk))
    statuses = [(run[0].from_, run[-1].through) for run in runs]
    first = datetime.date(2026, 1, 1)
    assert bars_of(ax) == {
        "Designation": statuses,
        "Renewal window": [(datetime.date(2026, 10, 13), datetime.date(2027, 1, 11))],
        "Capability pass": [(first, datetime.date(2027, 12, 1))],
        "Performance pass": [(first, datetime.date(2026, 12, 8))],
        "CSAT pass": [(first, datetime.date(2026, 12, 9))],
        "Contract: PSfP": [(first, datetime.date(2026, 11, 30))],
        "Solutions Partner: Modern Work": [(first, datetime.date(2026, 9, 30))],
        "Solutions Partner: Infrastructure\n(Azure)": [(first, datetime.date(2027, 3, 14))],
        "CSP: direct bill": [(first, datetime.date(2027, 12, 31))],
    }
    anniversary, today = ax.lines
    assert list(anniversary.get_xdata()) == [datetime.date(2026, 12, 12)]
    assert today.get_xdata()[0] == datetime.date(2026, 9, 15)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names[:2] == ["anniversary", "as of 2026-09-15"]
    assert names[2:] == ["active", "renewal open", "at risk", "expired", "renewal window", "pass in force", "on record"]


def runs_of(line: dsg.Timeline, key: Any) -> list[list[dsg.Segment]]:
    return [list(run) for _, run in itertools.groupby(line.segments, lambda segment: key(segment.assessment))]


def test_a_partner_plot_begins_at_the_first_event_and_marks_unknown_facts(ax: Any) -> None:
    dsg.plot.timeline(dsg.Partner(id="$x$", events=[{"on": "2026-03-02", "type": "badge_awarded"}]), as_of=AS_OF, ax=ax)
    span = (datetime.date(2026, 3, 2), datetime.date(2028, 9, 15))
    found = bars_of(ax)
    assert [found[name] for name in ("Contract", "Solutions Partner", "CSP")] == [[span]] * 3
    assert found["CSAT pass"] == []
    assert "unknown" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert ax.get_title(loc="left").startswith(r"\$x\$, 2026-03-02 to")
    ax.figure.canvas.draw()


def test_a_bar_says_what_it_is_and_its_last_day_where_there_is_room(ax: Any) -> None:
    line = dsg.timeline(dsg.load(EXAMPLES / "contoso.json"), "2026-01-01", "2027-12-31")
    dsg.plot.timeline(line, as_of=AS_OF, ax=ax)
    texts = [text.get_text() for text in ax.texts]
    assert "active through 2026-10-12" in texts
    assert "PSfP through 2026-11-30" in texts
    assert "expired" in texts  # the period ends, not the status
    ax.figure.draw_without_rendering()
    bars = [bar.get_window_extent() for bar in ax.patches]
    for text in ax.texts:
        drawn = text.get_window_extent()
        assert any(bar.x0 <= drawn.x0 and drawn.x1 <= bar.x1 + 1 for bar in bars), text.get_text()


@pytest.mark.parametrize("count", [1, 2, 30])
def test_a_plot_of_several_partners_has_a_row_for_each(count: int, ax: Any) -> None:
    contoso, humongous = (dsg.load(EXAMPLES / f"{name}.json") for name in ("contoso", "humongous-insurance"))
    dsg.plot.timeline([humongous, *[contoso] * (count - 1)], as_of=AS_OF, ax=ax)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert [name.replace("\n", " ") for name in names] == [
        "Humongous Insurance Services",
        *["Contoso Cloud"] * (count - 1),
    ]
    first = min(event.on for event in (*(humongous.events or ()), *(contoso.events or () if count > 1 else ())))
    noun = f"{count} partner{'s' if count > 1 else ''}"
    assert ax.get_title(loc="left") == f"{noun}, {first} to 2028-09-15"
    assert_everything_fits(ax)


def test_a_plot_of_too_many_partners_is_refused() -> None:
    with pytest.raises(ValueError, match="a plot shows 1 to 30 partners, not 31"):
        dsg.plot.timeline([dsg.Partner(id="p")] * 31)
    with pytest.raises(ValueError, match="a plot shows 1 to 30 partners, not 0"):
        dsg.plot.timeline([])


def test_a_timeline_plot_reads_a_file(ax: Any) -> None:
    path = EXAMPLES / "contoso.json"
    labels = [one.get_text() for one in dsg.plot.timeline(str(path), as_of=AS_OF, ax=ax).get_yticklabels()]
    assert labels == [one.get_text() for one in dsg.plot.timeline(dsg.load(path), as_of=AS_OF).get_yticklabels()]


NAMES = ["x" * 180, "W" * 180, "漢字" * 90, "شركة الحلول السحابية " * 9, "a long name of several words " * 6, "$" * 180]


def assert_everything_fits(ax: Any) -> None:
    """Draw a figure, and measure the axes and all that is drawn."""
    figure = ax.figure
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)  # a font without the letters draws boxes
        figure.draw_without_rendering()
        axes, page, drawn = ax.get_window_extent(), figure.bbox, figure.get_tightbbox()
        assert axes.width > 0.4 * page.width
        assert axes.height > 0.4 * page.height
        width, height = figure.get_size_inches()
        assert min(drawn.x0, drawn.y0) > -0.02
        assert (drawn.x1 < width + 0.02, drawn.y1 < height + 0.02) == (True, True)
        labels = [label.get_window_extent() for label in ax.get_yticklabels() if label.get_text()]
        overlaps = [one for one, other in itertools.pairwise(labels) if one.overlaps(other)]
        assert overlaps == []


@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_leaves_room_for_the_plot(name: str, rate: dsg.metrics.CaseRate) -> None:
    document = dsg.load(EXAMPLES / "contoso.json").to_dict()
    partners = [dsg.parse_partner(document | {"id": f"p{number}", "name": name}) for number in range(30)]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        for source in (partners[0], partners[:3], partners):
            assert_everything_fits(dsg.plot.timeline(source, as_of=AS_OF, ax=dsg.plot.new_axes()))
        table = CASES.set_column(2, "country", [[f"{number} {name}" for number in range(3)]])
        grouped = dsg.metrics.case_rate(
            table, BUSINESS, "2026-01..2026-02", unit="USD", escalated="every", by="country"
        )
        assert_everything_fits(dsg.plot.case_rate(grouped, by="country", ax=dsg.plot.new_axes()))


def test_axes_beside_others_keep_their_room() -> None:
    figure = mpl.figure.Figure(figsize=(9, 4), layout="constrained")
    document = dsg.load(EXAMPLES / "contoso.json").to_dict() | {"name": "x" * 180}
    for ax in figure.subplots(1, 2):
        dsg.plot.timeline([dsg.parse_partner(document)] * 2, as_of=AS_OF, ax=ax)
    figure.draw_without_rendering()
    assert [ax.get_window_extent().width > 0.2 * figure.bbox.width for ax in figure.axes] == [True, True]
    assert figure.get_figheight() == 4  # the user's choice


def test_the_values_are_written_at_bars_and_points(rate: dsg.metrics.CaseRate, score: dsg.metrics.Csat) -> None:
    by_month = dsg.plot.case_rate(rate, ax=dsg.plot.new_axes())
    assert [text.get_text() for text in by_month.texts] == ["1.00", "0.6667"]
    answers = dsg.plot.csat(score, ax=dsg.plot.new_axes())
    assert [text.get_text() for text in answers.texts] == ["0", "1", "0", "2", "1"]


def test_the_statuses_have_the_colors_and_the_patterns_of_the_report(ax: Any) -> None:
    line = dsg.timeline(dsg.load(EXAMPLES / "humongous-insurance.json"), "2026-01-01", "2028-12-31")
    dsg.plot.timeline(line, as_of=AS_OF, ax=ax)
    drawn = {
        container.get_label(): (
            mpl.colors.to_hex(container.patches[0].get_edgecolor()),
            container.patches[0].get_hatch(),
        )
        for container in ax.containers
    }
    assert drawn["active"] == (TOKENS["active"].light.line, None)
    assert drawn["at risk"] == (TOKENS["at_risk"].light.line, "|||")


@pytest.mark.parametrize("by", ["month", "fiscal_year"])
def test_fees_add_up_to_the_budget(by: str, ax: Any) -> None:
    plans = [dsg.plan(dsg.load(EXAMPLES / f"{name}.json"), AS_OF, "2030-12-31") for name in ("contoso", "bellows")]
    budget = dsg.budget(plans, AS_OF, "2030-12-31")
    dsg.plot.fees(plans, by=by, ax=ax)
    tops: dict[float, float] = {}
    for bar in ax.patches:
        tops[bar.get_x()] = max(tops.get(bar.get_x(), 0), bar.get_y() + bar.get_height())
    assert list(dict(sorted(tops.items())).values()) == [float(sum_) for sum_ in getattr(budget, f"by_{by}").values()]
    assert ax.get_title(loc="left") == f"Fees of the plans, {budget.total:,} USD"


def test_a_fee_plot_names_partners_without_a_plan(ax: Any) -> None:
    dsg.plot.fees(dsg.budget(dsg.Partner(id="unknown"), AS_OF), ax=ax)
    ax.figure.canvas.draw()
    assert ax.get_title(loc="left") == "Fees of the plans, 0 USD; no plan for 1"
    with pytest.raises(ValueError, match='by must be "month" or "fiscal_year", not "partner"'):
        dsg.plot.fees(dsg.budget([], AS_OF), by="partner")


@pytest.fixture
def assessed() -> pa.Table:
    partners = [dsg.load(path).to_dict() for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
    table: pa.Table = dsg.assess_table(pa.table(dsg.portfolio.from_documents(partners)), [AS_OF, "2027-01-15"])
    return table


FRAMES: list[Any] = [lambda table: table, pa.Table.to_pandas, pl.DataFrame, lambda table: pl.DataFrame(table).lazy()]


@pytest.mark.parametrize("kind", [*FRAMES, duckdb.from_arrow])
def test_a_portfolio_plot_shows_the_counts_for_every_kind_of_frame(kind: Any, assessed: pa.Table) -> None:
    statuses = assessed["status"].to_pylist()
    now = assessed.filter(pa.compute.equal(assessed["as_of"], datetime.date(2026, 9, 15)))
    by_status = dsg.plot.portfolio(kind(assessed), ax=dsg.plot.new_axes())
    names = [label.get_text().replace(" ", "_") for label in by_status.get_yticklabels()]
    assert names.pop() == "at_risk"
    *bars, at_risk = (bar.get_width() for bar in by_status.patches)
    assert bars == [statuses.count(name) for name in names]
    assert sum(bars) == len(statuses)
    assert at_risk == sum(filter(None, assessed["at_risk"].to_pylist())) > 0

    held = [row for row in now.to_pylist() if row["status"] in ("active", "renewal_open", "renewal_overdue")]
    by_month = dsg.plot.portfolio(kind(now), by="month", ax=dsg.plot.new_axes())
    tops = {bar.get_x(): bar.get_y() + bar.get_height() for bar in by_month.patches if bar.get_height()}
    months = Counter(row["expires_on"].replace(day=1) for row in held)
    assert {_day(x): top for x, top in tops.items()} == months

    by_day = dsg.plot.portfolio(kind(assessed), by="day", ax=dsg.plot.new_axes())
    assert len(by_day.collections) == len(set(statuses))
    assert by_day.get_ylim() == (0, len(now))


def test_a_portfolio_plot_never_omits_partners(assessed: pa.Table) -> None:
    with pytest.raises(ValueError, match="lacks the column expires_on"):
        dsg.plot.portfolio(assessed.select(["status"]), by="month")
    with pytest.raises(ValueError, match='by must be one of status, month, day, not "year"'):
        dsg.plot.portfolio(assessed, by="year")
    unread = dsg.assess_table(pa.table({"id": ["a", None]}), AS_OF, on_error="null")
    with pytest.raises(ValueError, match="1 rows have no assessment"):
        dsg.plot.portfolio(unread)
    for by in ("status", "month", "day"):
        ax = dsg.plot.portfolio(assessed.slice(0, 0), by=by, ax=dsg.plot.new_axes())
        ax.figure.canvas.draw()
        assert ax.get_title(loc="left").startswith("0 partners")


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_a_plot_has_the_same_bytes_every_time(rate: dsg.metrics.CaseRate, tmp_path: Path, ending: str) -> None:
    contoso = dsg.load(EXAMPLES / "contoso.json")
    for name in ("a", "b"):
        dsg.plot.save(dsg.plot.case_rate(rate, ax=dsg.plot.new_axes()), tmp_path / f"rate-{name}.{ending}")
        dsg.plot.save(
            dsg.plot.timeline(contoso, as_of=AS_OF, ax=dsg.plot.new_axes()), tmp_path / f"time-{name}.{ending}"
        )
    for picture in ("rate", "time"):
        first, second = (tmp_path.joinpath(f"{picture}-{name}.{ending}").read_bytes() for name in ("a", "b"))
        assert first == second
        assert len(first) > 1000


def test_an_image_has_two_pixels_per_pixel_of_the_screen(rate: dsg.metrics.CaseRate, tmp_path: Path) -> None:
    ax = dsg.plot.case_rate(rate, ax=dsg.plot.new_axes())
    dsg.plot.save(ax, tmp_path / "rate.png")
    height, width, _ = mpl.image.imread(tmp_path / "rate.png").shape
    assert (width, height) == (2 * ax.figure.bbox.width, 2 * ax.figure.bbox.height)


def test_an_svg_file_has_a_title_and_text(tmp_path: Path) -> None:
    partner = dsg.parse_partner({"id": "p", "name": "A & <b> $x$", "events": []})
    dsg.plot.save(dsg.plot.timeline(partner, as_of=AS_OF, ax=dsg.plot.new_axes()), tmp_path / "time.svg")
    root = ET.fromstring((tmp_path / "time.svg").read_bytes())
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "A & <b> $x$ (p), 2026-09-15 to 2028-09-15"
    texts = ["".join(text.itertext()) for text in root.iter(f"{space}text")]
    assert "Designation" in texts
    assert "A & <b> $x$ (p), 2026-09-15 to 2028-09-15" in texts


class TestAnalyses:
    """Plots of what a metric depends on show each value of the result."""

    def test_ways_have_their_rates_and_intervals(self, ax: Any, rate: dsg.metrics.CaseRate) -> None:
        ways = rate.ways({"all": {}, "SE": {"only": "country=$a"}, "seats": {"business": 10, "unit": "seats"}})
        assert dsg.plot.ways(ways, ax=ax, threshold=2.5) is ax
        assert list(ax.lines[0].get_xdata()) == [way.rate for way in ways.ways[:2]]
        assert [tuple(line[:, 0]) for line in ax.collections[0].get_segments()] == [
            one.interval for one in ways.ways[:2]
        ]
        assert "1 per another unit are not shown" in ax.get_title(loc="left").replace("\n", " ")

    def test_drivers_have_their_cases_and_expected_numbers(self, ax: Any) -> None:
        table = pa.table({"id": [*range(60)], "created": ["2026-01-05"] * 60, "product": ["a"] * 50 + ["b"] * 10})
        business = pa.table(
            {"month": ["2026-01"] * 2, "amount": [1, 1], "currency": ["USD"] * 2, "product": ["a", "b"]}
        )
        rate = dsg.metrics.case_rate(table, business, "2026-01", escalated="every", by="product")
        dsg.plot.drivers(rate.drivers(), ax=ax)
        assert [bar.get_width() for bar in ax.patches[:2]] == [50, 10]
        assert list(ax.lines[0].get_xdata()) == [30, 30]
        assert [bar.get_hatch() for bar in ax.patches[:2]] == ["///", None]

    def test_a_forecast_has_its_interval_and_its_limit(self, ax: Any, rate: dsg.metrics.CaseRate) -> None:
        found = rate.forecast("2026-06-30", more=4_000_000, at_most=2)
        dsg.plot.forecast(found, ax=ax)
        (segment,) = ax.collections[0].get_segments()
        assert tuple(segment[:, 0]) == (found.rates[0], found.rates[2])
        assert [line.get_xdata()[0] for line in ax.lines] == [found.rates[1], 2]

    def test_a_reconciliation_has_a_bar_for_each_class(self, ax: Any) -> None:
        lists = {"ours": CASES, "$theirs": CASES.slice(1), "third": CASES.slice(2)}
        dsg.plot.reconciliation(dsg.metrics.reconcile(lists, "2026"), ax=ax)
        assert [bar.get_width() for bar in ax.patches] == [1, 1, 1]
        labels = [text.get_text().replace("\n", " ") for text in ax.get_yticklabels()]
        assert labels[1:] == [r"ours and \$theirs", "only ours"]

    def test_scales_have_a_score_for_each_mapping(self, ax: Any) -> None:
        scales = {"wide": {5: 5, 4: 4, 2: 1}, "mild": {5: 5, 4: 4, 2: 3}}
        found = dsg.metrics.compare_scales(ANSWERS, scales)
        dsg.plot.scales(found, ax=ax, threshold=4)
        assert list(ax.lines[0].get_xdata()) == [3.5, 4.0]
        assert ax.get_title(loc="left") == "The score under 2 mappings, 0.50 apart"
