"""Assess a table of partners.

TABLE has one partner per row, and its columns are the keys of a partner's
document. It can be Parquet, CSV (lists as JSON text), or NDJSON (one document
per line), and larger than memory. It can also be a workbook in the form that
`designation init --excel` writes, or CSV with one fact per row (partner_id,
kind, ...). The result has one row per partner and date, in the same order. The
ending of OUT chooses its format: .parquet, .csv, .ndjson, .jsonl, or .xlsx.
--summary prints counts, fees and expirations by month, and the next actions.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from designation import _core
from designation._io import replace_file
from designation._lazy import lazy
from designation._tables.assess_table import parse_as_of, unread_columns_message, validate_columns
from designation._tables.summary import build_summary
from designation._tables.tally import Tally, column_types, select_columns
from designation._text.summary import lines
from designation._text.wording import format_count
from designation.cli._errors import UsageError, label, print_error
from designation.cli._output import Output
from designation.cli._parser import add_output, add_policy
from designation.cli._progress import Progress
from designation.cli._rules import load_rules
from designation.cli._table_in import Chunk, PortfolioOptions, RowProblems, open_table
from designation.cli._table_out import find_writer

pa = lazy("pyarrow", "table")

USAGE = "designation portfolio [OPTIONS] TABLE (-o OUT | --summary)"
EXAMPLE = """\
  designation portfolio partners.parquet -o assessed.parquet
  designation portfolio partners.csv -o assessed.csv --columns id,status
  designation portfolio partners.xlsx --summary
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "table",
        metavar="TABLE",
        help="a .parquet, .csv, .ndjson, .jsonl, or .xlsx file; - is NDJSON from standard input",
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="a date, the name of a column of dates, or FROM..THROUGH for a row per partner and date (default: today)",
    )
    add_policy(parser)
    parser.add_argument("--columns", metavar="NAMES", help="compute only these columns, separated by commas")
    parser.add_argument(
        "--on-error",
        choices=("raise", "null"),
        default="raise",
        help="reject a table with errors, or keep each such row with null results and its errors (default: raise)",
    )
    parser.add_argument(
        "--threads", metavar="N", type=_parse_threads, default=0, help="the number of threads (default: one per core)"
    )
    parser.add_argument(
        "--spreadsheet-safe", action="store_true", help="in CSV, put ' before text that a spreadsheet would evaluate"
    )
    parser.add_argument("--summary", action="store_true", help="print a summary of the portfolio; -o is then optional")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.output == "-" or (options.output is None and not options.summary):
        raise UsageError("designation portfolio: write the result to a file with -o OUT, or use --summary")
    portfolio_options = _read_portfolio_options(options)
    began, rows, failed, problems, is_noted = time.monotonic(), 0, 0, RowProblems(), False
    tally = Tally(portfolio_options.rules) if options.summary else None
    table = open_table(options.table)
    try:
        with _open_writer(options) as write:
            with Progress([options.table], enabled=True) as progress:
                for chunk in table.chunks(portfolio_options, problems):
                    if not is_noted:
                        _print_unread(table.unread + chunk.result.unread)
                        is_noted = True
                    result = pa.table(chunk.result)
                    write(result)
                    if tally is not None:
                        _add_chunk(tally, result, chunk)
                    rows += len(result)
                    failed += len(result) - result["error"].null_count if portfolio_options.on_error == "null" else 0
                    progress.advance(chunk.size, rows)
            problems.raise_if_any()
    except OSError as error:
        raise UsageError(
            f"{label(options.output)}: cannot be written: {error.strerror or error} [unwritable]"
        ) from None
    seconds = time.monotonic() - began
    summary = None if tally is None else build_summary(tally, with_partners=True)
    with Output(None) as output:
        if options.format == "json":
            if summary is None:
                output.write_json({"rows": rows, "failed": failed, "seconds": round(seconds, 3)}, None)
            else:
                output.write_json(summary.to_dict())
            return 0
        if summary is not None:
            output.lines(lines(summary))
        if options.output is not None:
            without = f", {failed:,} without a result" if failed else ""
            output.write(f"{format_count(rows, 'row')}{without}, {seconds:.1f} s: {label(options.output)}\n")
    return 0


@contextlib.contextmanager
def _open_writer(options: argparse.Namespace) -> Iterator[Callable[[Any], None]]:
    """Return a function that writes a table to the output file, if there is one."""
    if options.output is None:
        yield lambda _: None
        return
    make_writer = find_writer(options.output, spreadsheet_safe=options.spreadsheet_safe)
    with replace_file(options.output) as draft, make_writer(draft) as writer:
        yield writer.write


def _add_chunk(tally: Tally, result: Any, chunk: Chunk) -> None:
    has_result = result["status"].is_valid()
    tally.add(select_columns(result))
    days = result["as_of"].filter(has_result).to_pylist()
    for partner, as_of in zip(chunk.partners(has_result), days, strict=True):
        tally.add_assessment(_core.assess(partner, as_of, tally.rules))


def _read_portfolio_options(options: argparse.Namespace) -> PortfolioOptions:
    try:
        columns = validate_columns(
            None if options.columns is None else [name.strip() for name in options.columns.split(",")]
        )
        days = parse_as_of(options.as_of)
    except ValueError as error:
        raise UsageError(f"designation portfolio: {error}") from None
    if options.summary and (columns or isinstance(days, list)):
        raise UsageError("designation portfolio: --summary needs all columns and one date per partner")
    if options.output is None:
        columns = list(column_types())
    return PortfolioOptions(load_rules(options), days, columns, options.on_error, options.threads)


def _print_unread(unread: list[str]) -> None:
    if unread:
        print_error(f"designation: note: {unread_columns_message(unread)}")


def _parse_threads(text: str) -> int:
    maximum = 16 * (os.cpu_count() or 1)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= maximum):
        raise argparse.ArgumentTypeError(f'must be a number from 1 to {maximum}, not "{text}"')
    return int(text)
