"""Assess many partners into a table.

FILE holds partners in any form: Parquet, CSV (lists as JSON text), NDJSON or
JSON, which can be larger than memory; a workbook of `designation init
--excel`; or CSV with one fact per row (partner_id, kind, ...). The result has
one row per partner and date, in the same order. --summary prints counts, fees
and expirations by month, and the next actions.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from designation import _core
from designation._io import replace_file
from designation._lazy import lazy
from designation._tables.assess_table import parse_as_of, unread_columns_message, validate_columns
from designation._tables.extra_columns import core_columns, exclude_errors, finish_columns
from designation._tables.summary import build_summary
from designation._tables.tally import Tally, column_types, select_columns
from designation._text.summary import lines
from designation._text.wording import format_count
from designation.cli._conditions import add_conditions
from designation.cli._errors import UsageError, print_error, print_note
from designation.cli._excluded import Excluded
from designation.cli._input import PartnerReader
from designation.cli._output import Output, writing
from designation.cli._parser import add_documents, add_exact_values, add_keep, add_output, add_policy, relative_day
from designation.cli._progress import Progress
from designation.cli._rules import load_rules
from designation.cli._table_in import Chunk, PortfolioOptions, RowProblems, kept_column, open_table
from designation.cli._table_out import find_writer
from designation.cli.assess import report_conditions

pa = lazy("pyarrow", "table")
pc = lazy("pyarrow.compute", "table")

USAGE = "designation portfolio [OPTIONS] FILE... (-o OUT | --summary)"
EXAMPLE = """\
  designation portfolio partners.parquet -o assessed.parquet
  designation portfolio partners.csv -o assessed.csv --columns id,name,status
  designation portfolio partners/*.json -o - --keep region
  designation portfolio partners.xlsx --summary
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="a date, as in the other commands; the name of a column of dates; or FROM..THROUGH for a row per partner "
        "and date (default: today)",
    )
    add_policy(parser)
    parser.add_argument(
        "--columns",
        metavar="NAMES",
        help="compute only these columns, separated by commas; name, days_left, deadline, and overdue_since are only "
        "written if they are named",
    )
    add_keep(parser)
    parser.add_argument(
        "--on-error",
        choices=("raise", "null", "exclude"),
        default="raise",
        help="reject input with errors, keep each such row with null results and its errors, or exclude such rows and "
        "name them (default: raise)",
    )
    parser.add_argument(
        "--threads", metavar="N", type=_parse_threads, default=0, help="the number of threads (default: one per core)"
    )
    parser.add_argument(
        "--spreadsheet-safe",
        action="store_true",
        help="in CSV, prefix text that a spreadsheet would evaluate with ' (the default)",
    )
    add_exact_values(parser)
    parser.add_argument("--summary", action="store_true", help="print a summary of the portfolio; -o is then optional")
    parser.add_argument("--by", metavar="COLUMN", help="with --summary, also summarize each value of this column")
    add_conditions(parser)
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.output is None and not options.summary:
        raise UsageError("designation portfolio: write the result to a file with -o OUT, or use --summary")
    if options.output == "-" and options.summary:
        raise UsageError("designation portfolio: -o - and --summary both write to standard output; choose one")
    portfolio_options = _read_portfolio_options(options)
    began, problems, totals = (
        time.monotonic(),
        RowProblems(),
        _Totals(Excluded(verb="excluded" if options.on_error == "exclude" else "without a result")),
    )
    if options.by and not options.summary:
        raise UsageError("designation portfolio: --by needs --summary")
    tally = Tally(portfolio_options.rules) if options.summary else None
    groups: dict[str, Tally] = {}
    kept = list(dict.fromkeys([*options.keep, *filter(None, [options.by])]))
    column = portfolio_options.as_of if isinstance(portfolio_options.as_of, str) else None
    reader = PartnerReader(options.files, options, [*kept, *filter(None, [column])])
    table = open_table(reader, kept, portfolio_options)
    with _open_writer(options, lambda: _describe(totals, time.monotonic() - began)) as write:
        with Progress(options.files, enabled=True) as progress:
            for chunk in table.chunks(portfolio_options, problems):
                if not totals.chunks:
                    _print_unread(table.unread + chunk.result.unread)
                write(_finish(chunk, portfolio_options, options, totals))
                if tally is not None:
                    _add_chunk(tally, chunk.table, chunk, _counted(chunk.table, options))
                    _add_groups(groups, tally, chunk, options)
                totals.matched += _report_conditions(chunk, options, portfolio_options)
                totals.chunks += 1
                progress.advance(chunk.size, totals.rows)
        problems.raise_if_any()
    _print_totals(options, tally, totals, time.monotonic() - began, groups)
    if options.on_error == "exclude" or options.output is None:
        totals.errors.report()
    return 2 if reader.failed else int(totals.matched > 0)


@dataclass
class _Totals:
    """The numbers of chunks, of rows written, and of partners with a condition, and the rows without a result."""

    errors: Excluded
    chunks: int = 0
    rows: int = 0
    matched: int = 0

    @property
    def failed(self) -> int:
        """The number of rows without a result."""
        return self.errors.rows


def _finish(chunk: Chunk, computed: PortfolioOptions, options: argparse.Namespace, totals: _Totals) -> Any:
    """Return the result of a chunk as it is written: with the columns that the user named, and those that are kept."""
    table = chunk.table
    named = _named_columns(options)
    extra = [*options.keep, *(["name"] if "name" in named and "name" not in options.keep else [])]
    times = len(table) // chunk.rows if chunk.rows else 1
    for name in extra:
        values = kept_column(chunk, name)
        rows = pa.array([row for row in range(chunk.rows) for _ in range(times)], pa.int64())
        table = table.append_column(name, values if times == 1 else values.take(rows))
    if computed.on_error == "null":
        totals.errors.add_rows(table)
        table = exclude_errors(table)[0] if options.on_error == "exclude" else table
    if named:
        errors = ["error"] if options.on_error == "null" and "error" not in named else []
        table = finish_columns(table, list(dict.fromkeys([*named, *errors, *options.keep])))
    totals.rows += len(table)
    return table


def _report_conditions(chunk: Chunk, options: argparse.Namespace, computed: PortfolioOptions) -> int:
    """Report the conditions of ``--fail-on`` that hold, and return the number of partners with one."""
    if not options.fail_on:
        return 0
    result = chunk.table
    has_result = pc.is_valid(result["as_of"])
    if computed.on_error == "null":
        has_result = pc.is_null(result["error"])
    days = result["as_of"].filter(has_result).to_pylist()
    if len(days) != len(list(chunk.partners(has_result))):
        raise UsageError("designation portfolio: --fail-on needs one date per partner")
    assessments = (
        _core.assess(partner, day, computed.rules)
        for partner, day in zip(chunk.partners(has_result), days, strict=True)
    )
    return sum(bool(report_conditions(assessment, options.fail_on)) for assessment in assessments)


def _describe(totals: _Totals, seconds: float) -> str:
    without = f", {totals.failed:,} {totals.errors.verb}" if totals.failed else ""
    return f"{format_count(totals.rows, 'row')}{without}, {seconds:.1f} s"


def _print_totals(
    options: argparse.Namespace, tally: Tally | None, totals: _Totals, seconds: float, groups: Mapping[str, Tally]
) -> None:
    by = {options.by: groups} if options.by else {}
    summary = None if tally is None else build_summary(tally, with_partners=True, by=by)
    if options.output == "-":
        print_error(f"designation: {_describe(totals, seconds)}", "")
        return
    with Output(None) as output:
        if options.format == "json":
            if summary is None:
                document = {"rows": totals.rows, "failed": totals.failed, "seconds": round(seconds, 3)}
                output.write_json(document, None)
            else:
                excluded = {"excluded": totals.failed} if options.on_error == "exclude" else {}
                output.write_json({**summary.to_dict(), **excluded})
            return
        if summary is not None:
            output.lines(lines(summary))


@contextlib.contextmanager
def _open_writer(options: argparse.Namespace, describe: Callable[[], str]) -> Iterator[Callable[[Any], None]]:
    """Return a function that writes a table to the output, if there is one; at the end, the output is described."""
    if options.output is None:
        yield lambda _: None
        return
    make_writer = find_writer(options.output, options)
    if options.output == "-":
        with make_writer("-") as writer:
            yield writer.write
        return
    with writing(options.output, describe), replace_file(options.output) as draft, make_writer(draft) as writer:
        yield writer.write


def _counted(result: Any, options: argparse.Namespace) -> Any:
    """Return which rows a summary counts: those that are excluded are not; None means all."""
    return result["status"].is_valid() if options.on_error == "exclude" else None


def _add_groups(groups: dict[str, Tally], tally: Tally, chunk: Chunk, options: argparse.Namespace) -> None:
    """Add the rows of a chunk to the tallies of the values of a column."""
    if options.by is None:
        return
    values = pc.fill_null(kept_column(chunk, options.by).cast(pa.string()), "")
    if (counted := _counted(chunk.table, options)) is not None:
        values = pc.if_else(counted, values, None)
    for value in values.unique().drop_null().to_pylist():
        group = groups.setdefault(value, Tally(tally.rules))
        _add_chunk(group, chunk.table, chunk, pc.fill_null(pc.equal(values, value), False))


def _add_chunk(tally: Tally, result: Any, chunk: Chunk, where: Any = None) -> None:
    has_result = result["status"].is_valid()
    has_result = has_result if where is None else pc.and_(has_result, where)
    tally.add(select_columns(result if where is None else result.filter(where)))
    days = result["as_of"].filter(has_result).to_pylist()
    for partner, as_of in zip(chunk.partners(has_result), days, strict=True):
        tally.add_assessment(_core.assess(partner, as_of, tally.rules))


def _named_columns(options: argparse.Namespace) -> list[str]:
    return [] if options.columns is None else [name.strip() for name in options.columns.split(",")]


def _read_portfolio_options(options: argparse.Namespace) -> PortfolioOptions:
    try:
        columns = validate_columns(None if options.columns is None else _named_columns(options))
        days = relative_day(options.as_of or "") or parse_as_of(options.as_of)
    except ValueError as error:
        raise UsageError(f"designation portfolio: {error}") from None
    if options.summary and (columns or isinstance(days, list)):
        raise UsageError("designation portfolio: --summary needs all columns and one date per partner")
    computed = core_columns(columns)
    if options.output is None:
        computed = list(column_types())
    elif computed:
        ids = ["id"] if options.on_error == "exclude" else []
        computed = list(dict.fromkeys([*computed, *ids, *(["as_of"] if options.fail_on else [])]))
    mode = "raise" if options.on_error == "raise" else "null"
    return PortfolioOptions(load_rules(options), days, computed, mode, options.threads)


def _print_unread(unread: list[str]) -> None:
    if unread:
        print_note(unread_columns_message(unread))


def _parse_threads(text: str) -> int:
    maximum = 16 * (os.cpu_count() or 1)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= maximum):
        raise argparse.ArgumentTypeError(f'must be a number from 1 to {maximum}, not "{text}"')
    return int(text)
