"""Assess a table of partners.

One partner a row, the keys of a partner's document as columns; Parquet, CSV
(the lists as JSON text) and NDJSON (one document a line), also larger than
memory; or a workbook of `designation init --excel`, or a CSV with one row per
fact (partner_id, kind, ...). The answer has one row for each row, and day, in
the same order. With --summary it says where the
portfolio stands: counts, fees and what ends by month, what is to be done.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from designation import _core
from designation._io import replacing
from designation._lazy import lazy
from designation._tables.assess_table import checked, days_of, note
from designation._tables.summary import summary_of
from designation._tables.tally import Tally, answers_of, types
from designation._text.summary import lines
from designation.cli._errors import UsageError, complain, label
from designation.cli._output import Output
from designation.cli._parser import add_output, add_policy
from designation.cli._progress import Progress
from designation.cli._rules import rules_of
from designation.cli._table_in import Piece, Problems, Question, opened
from designation.cli._table_out import writer_of
from designation.cli._tables import encoded

pa = lazy("pyarrow", "table")

USAGE = "designation portfolio [OPTIONS] TABLE (-o OUT | --summary)"
EXAMPLE = """\
  designation portfolio partners.parquet -o assessed.parquet
  designation portfolio partners.csv -o assessed.csv --columns id,status
  designation portfolio partners.xlsx --summary
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
    parser.add_argument(
        "--summary", action="store_true", help="say where the portfolio stands; the answer's file may be left out"
    )
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    if options.output == "-" or (options.output is None and not options.summary):
        raise UsageError("designation portfolio: the answer needs a file, -o OUT")
    question = _question(options)
    began, rows, failed, problems, noted = time.monotonic(), 0, 0, Problems(), False
    tally = Tally(question.rules) if options.summary else None
    table = opened(options.table)
    try:
        with _writing(options) as write:
            with Progress([options.table], alone=True) as progress:
                for piece in table.pieces(question, problems):
                    if not noted:
                        _note(table.unread + piece.answer.unread)
                        noted = True
                    answer = pa.table(piece.answer)
                    write(answer)
                    if tally is not None:
                        _add(tally, answer, piece)
                    rows += len(answer)
                    failed += len(answer) - answer["error"].null_count if question.on_error == "null" else 0
                    progress.advance(piece.size, rows)
            problems.settle()
    except OSError as error:
        raise UsageError(
            f"{label(options.output)}: cannot be written: {error.strerror or error} [unwritable]"
        ) from None
    seconds = time.monotonic() - began
    summary = None if tally is None else summary_of(tally, with_partners=True)
    with Output(None) as output:
        if options.format == "json":
            told = {"rows": rows, "failed": failed, "seconds": round(seconds, 3)}
            output.write(json.dumps(told) + "\n" if summary is None else encoded(summary.to_dict()))
            return 0
        if summary is not None:
            output.lines(lines(summary))
        if options.output is not None:
            unread = f", {failed:,} of them without an answer" if failed else ""
            output.write(f"{rows:,} rows{unread}, {seconds:.1f} s: {label(options.output)}\n")
    return 0


@contextlib.contextmanager
def _writing(options: argparse.Namespace) -> Iterator[Callable[[Any], None]]:
    """Give what writes an answer: to the file, whole or not at all, or nowhere."""
    if options.output is None:
        yield lambda _: None
        return
    make_writer = writer_of(options.output, spreadsheet_safe=options.spreadsheet_safe)
    with replacing(options.output) as draft, make_writer(draft) as writer:
        yield writer.write


def _add(tally: Tally, answer: Any, piece: Piece) -> None:
    answered = answer["status"].is_valid()
    tally.add(answers_of(answer))
    days = answer["as_of"].filter(answered).to_pylist()
    for partner, as_of in zip(piece.partners(answered), days, strict=True):
        tally.add_partner(_core.assess(partner, as_of, tally.rules))


def _question(options: argparse.Namespace) -> Question:
    try:
        columns = checked(None if options.columns is None else [name.strip() for name in options.columns.split(",")])
        days = days_of(options.as_of)
    except ValueError as error:
        raise UsageError(f"designation portfolio: {error}") from None
    if options.summary and (columns or isinstance(days, list)):
        raise UsageError("designation portfolio: --summary is of all columns and one day a partner")
    if options.output is None:
        columns = list(types())
    return Question(rules_of(options), days, columns, options.on_error, options.threads)


def _note(unread: list[str]) -> None:
    if unread:
        complain(f"designation: note: {note(unread)}")


def _threads(text: str) -> int:
    most = 16 * (os.cpu_count() or 1)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of threads, from 1 to {most}")
    return int(text)
