"""Count the evidence that is ready for the capability evaluation.

The command reads your own checklist. Each item has a dimension, item, and
status (ready, in_progress, or missing) and, optionally, owner, link, and
expires. The checklist is a CSV file, or a JSON file with "evidence" and the
auditor's "scores". The command computes no score, because it is not public how
the auditor weighs evidence.
"""

from __future__ import annotations

import argparse

from designation._lazy import lazy
from designation.cli._output import Output
from designation.cli._parser import add_output, parse_date
from designation.cli._rules import as_of_or_today
from designation.cli._tables import open_tables

metrics = lazy("designation.metrics")

USAGE = "designation capability [OPTIONS] EVIDENCE"
EXAMPLE = """\
  designation capability evidence.csv --as-of 2026-09-15 --folder evidence
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("evidence", metavar="EVIDENCE", help="a checklist; - is standard input")
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=parse_date,
        help="the date on which evidence must still be valid (default: today)",
    )
    parser.add_argument("--folder", help="the evidence folder; each link that is not a URL must be a file in it")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    with open_tables(options.evidence) as (evidence,):
        found = metrics.capability(evidence, as_of=as_of_or_today(options), folder=options.folder)
    with Output(options.output) as output:
        output.write_result(found, options.format, found.lines())
    return 0
