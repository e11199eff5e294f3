"""Show whose results change under other rules, and at which rule.

BEFORE and AFTER are editions (2025-11), files of policies or rulebooks,
readings (leap_day=roll_forward), or dates (2026-09-15). The command compares
status, in force, eligibility, deadline, and fees of all partners, groups those
that change by the rule where the change begins, and shows the fees before and
after. OUT is a page (.html), a table of the changed partners (.parquet, .csv,
.ndjson), or text.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator

from designation import _core
from designation._answers.sides import Base, Side, names_side, read_sides
from designation._input.source import JSON, kind_by_ending
from designation._io import replace_file
from designation._lazy import lazy
from designation._tables.changes import COLUMNS
from designation._tables.impact import Impact, ImpactTally
from designation._tables.impact_groups import RULE, columns_to_keep
from designation._tables.impact_plans import PlanTally
from designation._text.impact import describe_changed, lines
from designation.cli._errors import UsageError, label, unreadable_message
from designation.cli._excluded import Excluded
from designation.cli._input import PartnerReader
from designation.cli._output import Output, writing
from designation.cli._parser import (
    add_documents,
    add_exact_values,
    add_keep,
    add_output,
    add_rules,
    add_through,
    relative_day,
)
from designation.cli._progress import Progress
from designation.cli._rules import load_policy
from designation.cli._table_in import Chunk, PortfolioOptions, RowProblems, kept_column, open_table, read_result
from designation.cli._table_out import find_writer

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")
report = lazy("designation._report")

USAGE = "designation impact [OPTIONS] BEFORE AFTER FILE..."
EXAMPLE = """\
  designation impact 2025-11 2026-09 portfolio.ndjson --as-of 2026-09-15
  designation impact 2025-11 policy.json partners.parquet --by rule --by region
  designation impact 2026-09-15 2027-01-15 portfolio.ndjson -o impact.html
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("before", metavar="BEFORE", help="an edition, a file, a reading, or a date")
    parser.add_argument("after", metavar="AFTER", help="what to compare it with; a date with a date")
    add_rules(parser)
    parser.add_argument(
        "--by", metavar="NAME", action="append", help="group by rule (the default) or by a column of FILE; repeatable"
    )
    add_keep(parser)
    parser.add_argument("--plans", action="store_true", help="compare the recommended plans, too")
    add_through(parser, "five")
    parser.add_argument(
        "--on-error",
        choices=("raise", "exclude"),
        default="raise",
        help="reject input with errors, or exclude such partners and name them (default: raise)",
    )
    add_exact_values(parser)
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    sides = _read_sides(options)
    if options.through is not None and not options.plans:
        raise UsageError("designation impact: --through needs --plans")
    found, failed = _compare(options, sides)
    ending = os.path.splitext(options.output or "")[1].lower() if options.format == "text" else ""
    if ending in (".html", ".htm"):
        with Output(options.output) as output:
            output.write(report.report(found).html)
    elif ending in (".parquet", ".csv", ".ndjson", ".jsonl"):
        _write_table(found, options)
    else:
        with Output(options.output) as output:
            output.write_result(found, options.format, lines(found))
    return 2 if failed else 0


def _read_sides(options: argparse.Namespace) -> tuple[Side, Side]:
    last, order = options.files[-1], "the partners come last, after BEFORE and AFTER"
    if names_side(last):
        raise UsageError(f"designation impact: {last} is not a file; {order}")
    for word in (options.before, options.after):
        if kind_by_ending(word) not in (None, JSON):
            raise UsageError(f"designation impact: {label(word)} is neither a policy nor a rulebook; {order}")
    policy, rulebook = load_policy(options)
    before, after = (relative_day(word) or word for word in (options.before, options.after))
    try:
        return read_sides(before, after, Base(options.as_of, policy, rulebook))
    except OSError as error:
        raise UsageError(unreadable_message(label(str(error.filename)), error)) from None


def _compare(options: argparse.Namespace, sides: tuple[Side, Side]) -> tuple[Impact, int]:
    by = options.by or [RULE]
    kept = columns_to_keep(options.keep, by)
    mode = "raise" if options.on_error == "raise" else "null"
    columns = [*COLUMNS, *(["error"] if mode == "null" else [])]
    first, second = (PortfolioOptions(side.rules, side.as_of, columns, mode, 0) for side in sides)
    problems, tally, excluded = RowProblems(), ImpactTally(*sides, by), Excluded("partner")
    plans = PlanTally(*sides, options.through) if options.plans else None
    reader = PartnerReader(options.files, options, kept)
    with Progress(options.files, enabled=True) as progress:
        rows = 0
        for chunk in open_table(reader, kept, first).chunks(first, problems):
            columns_kept = pa.table({name: kept_column(chunk, name) for name in kept}) if kept else None
            if mode == "null":
                excluded.add_rows(chunk.table)
            tally.add(chunk.table, read_result(chunk.assess(second)), columns_kept)
            if plans is not None:
                plans.add(_partners(chunk, mode))
            rows += chunk.rows
            progress.advance(chunk.size, rows)
    problems.raise_if_any()
    excluded.report()
    return tally.build(None if plans is None else plans.build()), reader.failed


def _partners(chunk: Chunk, mode: str) -> Iterator[_core.Partner]:
    result = chunk.table
    return chunk.partners(pc.is_null(result["error"]) if mode == "null" else pc.is_valid(result["id"]))


def _write_table(found: Impact, options: argparse.Namespace) -> None:
    with (
        writing(options.output, lambda: describe_changed(found)),
        replace_file(options.output) as draft,
        find_writer(options.output, options)(draft) as writer,
    ):
        writer.write(found.changes)
