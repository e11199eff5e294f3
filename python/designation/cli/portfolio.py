"""Assess a table of partners.

One partner a row, the keys of a partner's document as columns; Parquet, CSV
(the lists as JSON text) and NDJSON (one document a line), also larger than
memory; or a workbook of `designation init --excel`. The answer has one row
for each row, and day, in the same order.
"""

from __future__ import annotations

import argparse
import json
import os
import time

from designation._extras import need
from designation._files import replacing
from designation._table import checked, days_of, note
from designation.cli._errors import UsageError, complain, label
from designation.cli._output import Output
from designation.cli._parser import add_output, add_policy
from designation.cli._progress import Progress
from designation.cli._rules import rules_of
from designation.cli._table_in import Problems, Question, opened
from designation.cli._table_out import writer_of

USAGE = "designation portfolio [OPTIONS] TABLE -o OUT"
EXAMPLE = """\
  designation portfolio partners.parquet -o assessed.parquet
  designation portfolio partners.csv -o assessed.csv --columns id,status
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "table", metavar="TABLE", help=".parquet, .csv, .ndjson, .jsonl, .xlsx; - is NDJSON, standard input"
    )
    parser.add_argument(
        "--as-of",
        metavar="DAY",
        help="a day, a column of days, or FROM..THROUGH for a row for each partner and day (default: today)",
    )
    add_policy(parser)
    parser.add_argument("--columns", metavar="NAMES", help="only these, with commas between them, and only their work")
    parser.add_argument(
        "--on-error",
        choices=("raise", "null"),
        default="raise",
        help="refuse the table, or keep the row with null answers and a column error (default: raise)",
    )
    parser.add_argument("--threads", metavar="N", type=_threads, default=0, help="how many (default: all cores)")
    parser.add_argument(
        "--spreadsheet-safe", action="store_true", help="in CSV, put ' before a text that a spreadsheet would calculate"
    )
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    if options.output in (None, "-"):
        raise UsageError("designation portfolio: the answer needs a file, -o OUT")
    make_writer = writer_of(options.output, spreadsheet_safe=options.spreadsheet_safe)
    question = _question(options)
    began, rows, failed, problems, noted = time.monotonic(), 0, 0, Problems(), False
    arrow = need("pyarrow", "table")
    table = opened(options.table)
    try:
        with replacing(options.output) as draft, make_writer(draft) as writer:
            with Progress([options.table], alone=True) as progress:
                for piece in table.pieces(question, problems):
                    if not noted:
                        _note(table.unread + piece.answer.unread)
                        noted = True
                    answer = arrow.table(piece.answer)
                    writer.write(answer)
                    rows += len(answer)
                    failed += len(answer) - answer["error"].null_count if question.on_error == "null" else 0
                    progress.advance(piece.size, rows)
            problems.settle()
    except OSError as error:
        raise UsageError(
            f"{label(options.output)}: cannot be written: {error.strerror or error} [unwritable]"
        ) from None
    seconds = time.monotonic() - began
    with Output(None) as output:
        if options.format == "json":
            output.write(json.dumps({"rows": rows, "failed": failed, "seconds": round(seconds, 3)}) + "\n")
        else:
            unread = f", {failed:,} of them without an answer" if failed else ""
            output.write(f"{rows:,} rows{unread}, {seconds:.1f} s: {label(options.output)}\n")
    return 0


def _question(options: argparse.Namespace) -> Question:
    try:
        columns = checked(None if options.columns is None else [name.strip() for name in options.columns.split(",")])
        days = days_of(options.as_of)
    except ValueError as error:
        raise UsageError(f"designation portfolio: {error}") from None
    return Question(rules_of(options), days, columns, options.on_error, options.threads)


def _note(unread: list[str]) -> None:
    if unread:
        complain(f"designation: note: {note(unread)}")


def _threads(text: str) -> int:
    most = 16 * (os.cpu_count() or 1)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of threads, from 1 to {most}")
    return int(text)
