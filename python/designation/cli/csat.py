"""Give the CSAT score from an export of answers.

The mean on the scale from 1 to 5, with its distribution, its uncertainty and an
account of every row. Reads CSV, Parquet, NDJSON and JSON. Blanks are no
answers; another scale is stated value by value. A threshold is your own policy,
no rule of the program.
"""

from __future__ import annotations

import argparse
from typing import Any

from designation._lazy import lazy
from designation._text.layout import EMPTY
from designation.cli._output import Output
from designation.cli._parser import add_output
from designation.cli._tables import add_columns, add_figures, columns_of, encoded, pair, policy_of, tables

metrics = lazy("designation.metrics")
plot = lazy("designation.plot")

USAGE = "designation csat [OPTIONS] ANSWERS"
EXAMPLE = """\
  designation csat answers.csv --period 2026-H1 --by month
  designation csat ratings.ndjson --columns zendesk-ratings \\
      --scale good=5 --scale bad=1
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("answers", metavar="ANSWERS", help="a table of answers; - is standard input")
    parser.add_argument(
        "--period",
        help="2026, 2026-H1, 2026-Q1, 2026-01, or two of these or of days as FIRST..LAST (default: all days)",
    )
    parser.add_argument(
        "--scale",
        metavar="VALUE=SCORE",
        action="append",
        default=[],
        type=pair,
        help="the score from 1 to 5 that a value stands for; once for each value",
    )
    parser.add_argument(
        "--off-scale",
        choices=("error", "exclude"),
        default="error",
        help="refuse values off the scale, or put them into the account (default: error)",
    )
    parser.add_argument(
        "--invited", metavar="N", help="how many were invited; rows, where rows without an answer were, too"
    )
    parser.add_argument(
        "--programme",
        metavar="FACT=TEXT",
        action="append",
        default=[],
        type=pair,
        help="a fact for the record: coverage, method or period; once for each",
    )
    add_columns(parser, "", "the")
    add_figures(parser)
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    policy = policy_of(options.policy)
    with tables(options.answers) as (answers,):
        score = metrics.csat(
            answers,
            options.period,
            columns=columns_of(options.columns, options.column),
            scale={value: _number(text) for value, text in options.scale} or None,
            off_scale=options.off_scale,
            by=options.by,
            invited=_number(options.invited),
            programme=dict(options.programme),
            level=options.level,
        )
        check = None if policy is None else score.against(policy)
        if options.plot is not None:
            by, limit = options.by[0] if options.by else None, None if check is None else check.limit
            plot.save(plot.csat(score, by=by, ax=plot.blank(), threshold=limit), options.plot)
    with Output(options.output) as output:
        if options.format == "json":
            output.write(encoded(score.to_dict() | ({} if check is None else {"policy": check.to_dict()})))
        else:
            output.lines(score.lines())
            if check is not None:
                output.lines([EMPTY, *check.lines()])
    return 0


def _number(text: str | None) -> Any:
    """Give a number where the text is one; what it may be says who takes it."""
    for read in (int, float):
        try:
            return None if text is None else read(text)
        except ValueError:
            continue
    return text
