"""Compute the CSAT score from a table of survey answers.

The score is the mean of the answers on the scale from 1 to 5. The command
prints it with the distribution of the answers, confidence intervals, and a row
report, which counts every row as used or not used. It reads CSV, Parquet,
NDJSON, and JSON. A blank is not an answer. If the answers use another scale,
map each value with --scale. A threshold belongs to your own policy; it is not a
rule of the program.
"""

from __future__ import annotations

import argparse
from typing import Any

from designation._lazy import lazy
from designation._text.blocks import EMPTY
from designation.cli._argument_names import name_options
from designation.cli._errors import UsageError
from designation.cli._figures import add_report, write_report
from designation.cli._output import Output
from designation.cli._parser import add_output
from designation.cli._rules import load_policy
from designation.cli._tables import (
    add_columns,
    add_metric_options,
    add_period,
    open_tables,
    parse_pair,
    read_columns,
    write_plot,
)

metrics = lazy("designation.metrics")
plot = lazy("designation.plot")

USAGE = "designation csat [OPTIONS] ANSWERS"
EXAMPLE = """\
  designation csat answers.csv --period 2026-H1 --by month
  designation csat ratings.ndjson --columns zendesk-ratings \\
      --scale good=5 --scale bad=1
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("answers", metavar="ANSWERS", help="a table of survey answers; - is standard input")
    add_period(parser)
    parser.add_argument(
        "--scale",
        metavar="VALUE=SCORE",
        action="append",
        default=[],
        type=parse_pair,
        help="the score, from 1 to 5, that VALUE stands for; repeat for each value",
    )
    parser.add_argument(
        "--off-scale",
        choices=("error", "exclude"),
        default="error",
        help="report values off the scale as an error, or exclude their rows (default: error)",
    )
    parser.add_argument(
        "--invited",
        metavar="N",
        help='the number of invitations, or "rows" if every row is an invitation, answered or not',
    )
    parser.add_argument(
        "--program",
        metavar="FACT=TEXT",
        action="append",
        default=[],
        type=parse_pair,
        help="a fact about the survey program: coverage, method, or period; repeat for each fact",
    )
    parser.add_argument(
        "--chart", action="store_true", help="add a control chart of the monthly means, with --by month"
    )
    parser.add_argument(
        "--compare-scale",
        metavar="NAME=VALUE=SCORE,...",
        action="append",
        default=[],
        type=parse_pair,
        help="add the score under this mapping of the answers, such as wide=good=5,bad=1; repeat for each mapping; the "
        "first one is the scale if there is no --scale",
    )
    parser.add_argument(
        "--rolling", metavar="N", type=int, help="add the score over each run of N months, with --by month"
    )
    add_columns(parser, "", "answers")
    add_metric_options(parser)
    add_report(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    policy, _ = load_policy(options)
    scale_option = "compare_scale" if options.compare_scale and not options.scale else "scale"
    opened = open_tables(options.answers, are_read_again=bool(options.compare_scale))
    with name_options(options, scale=scale_option), opened as (answers,):
        scales = {name: _parse_scale(text) for name, text in options.compare_scale}
        scale = {value: _number(text) for value, text in options.scale} or next(iter(scales.values()), {})
        given: dict[str, Any] = {
            "columns": read_columns(options.columns, options.column),
            "off_scale": options.off_scale,
            "exact_values": options.exact_values,
        }
        score = metrics.csat(
            answers,
            options.period,
            scale=scale or None,
            by=options.by,
            invited=_number(options.invited),
            program=dict(options.program),
            level=options.level,
            **given,
        )
        check = None if policy is None else score.check_threshold(policy)
        analyses: dict[str, Any] = {}
        if options.chart:
            analyses["chart"] = score.chart()
        if scales:
            analyses["scales"] = metrics.compare_scales(answers, scales, options.period, **given)
        rolling = None if options.rolling is None else score.rolling(options.rolling)
        write_report(options.report, [score, *([check] if check else []), *analyses.values()])
        if options.plot is not None:
            by, limit = options.by[0] if options.by else None, None if check is None else check.limit
            write_plot(plot.csat(score, by=by, ax=plot.new_axes(), threshold=limit), options.plot)
    with Output(options.output) as output:
        if options.format == "json":
            document = score.to_dict() | ({} if check is None else {"policy": check.to_dict()})
            document |= {} if rolling is None else {"rolling": [group.to_dict() for group in rolling]}
            output.write_json(document | {name: found.to_dict() for name, found in analyses.items()})
        else:
            output.lines(score.lines())
            if rolling is not None:
                output.lines([EMPTY, *score.breakdown_lines("Months", rolling)])
            for found in analyses.values():
                output.lines([EMPTY, *found.lines()])
            if check is not None:
                output.lines([EMPTY, *check.lines()])
    return 0


def _parse_scale(text: str) -> dict[str, Any]:
    """Return the mapping that a text holds, such as good=5,bad=1."""
    pairs = [part.rpartition("=") for part in text.split(",")]
    if not all(value and score for value, _, score in pairs):
        raise UsageError(f'designation: --compare-scale must be NAME=VALUE=SCORE,VALUE=SCORE, not "{text}"')
    return {value: _number(score) for value, _, score in pairs}


def _number(text: str | None) -> Any:
    """Return the number that a text holds, or the text itself, which `csat` validates."""
    for read in (int, float):
        try:
            return None if text is None else read(text)
        except ValueError:
            continue
    return text
