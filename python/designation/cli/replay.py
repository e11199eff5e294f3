"""Compute a recorded assessment again, and compare it.

RECORD is a file that `designation assess --record` wrote, with one record or
several as NDJSON. The exit status is 0 if every assessment is the recorded one,
1 if a value differs, and 2 if a record is damaged: its digests are checked.
"""

from __future__ import annotations

import argparse

from designation._answers.replay import Replay, replay_text
from designation._errors import InputError
from designation._text.blocks import SEPARATOR
from designation._text.replay import lines
from designation.cli._errors import UsageError, label, print_problems
from designation.cli._input import read_bytes
from designation.cli._output import Output
from designation.cli._parser import add_max_bytes, add_output

USAGE = "designation replay [OPTIONS] RECORD"
EXAMPLE = """\
  designation assess contoso.json --as-of 2026-09-15 --record record.json
  designation replay record.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="RECORD", help="a file of records; - is standard input")
    add_output(parser)
    add_max_bytes(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    replays, failed = _read(options)
    with Output(options.output) as output:
        for number, one in enumerate(replays):
            if options.format == "json":
                output.write_json(one.to_dict(), 2 if len(replays) == 1 and not failed else None)
            else:
                output.lines([SEPARATOR] if number else [])
                output.lines(lines(one))
        if not replays:
            output.discard()
    return 2 if failed else int(not all(one.same for one in replays))


def _read(options: argparse.Namespace) -> tuple[list[Replay], bool]:
    """Replay the records of a file, and report the problems of those that are damaged."""
    name, text = label(options.file), read_bytes(options.file, options.max_bytes)
    if not text.strip():
        raise UsageError(f"{name}:1:1: contains no record [syntax]")
    documents = [(1, text)]
    lines_of_text = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    # An object that ends on its line is a record of its own; one that is indented ends on a later line.
    if len(lines_of_text) > 1 and all(line.strip().startswith(b"{") for _, line in lines_of_text):
        documents = lines_of_text
    replays, failed = [], False
    for number, document in documents:
        try:
            replays.append(replay_text(document, name, number))
        except InputError as error:
            failed = True
            print_problems(error.diagnostics)
    return replays, failed
