"""Assess partners as of a date.

Each FILE holds the document of one partner, or of several as NDJSON (.ndjson,
.jsonl, or any file with --ndjson), one per line. The command prints a page for
each partner. With --format json, it prints one JSON object, or one per line if
there can be several partners. It reports errors on standard error and still
assesses the other documents.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from designation import _core
from designation._answers.record import record
from designation._core import Assessment
from designation._text import assessment as page
from designation._text import explanation
from designation._text.blocks import EMPTY, SEPARATOR
from designation.cli._conditions import add_conditions, matching_conditions
from designation.cli._errors import UsageError, print_error
from designation.cli._grades import add_grade, report_weak_sources
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_rules
from designation.cli._rules import as_of_or_today, load_rules

USAGE = "designation assess [OPTIONS] FILE..."
EXAMPLE = """\
  designation assess contoso.json --as-of 2026-09-15
  designation assess portfolio.ndjson --format json -o assessed.ndjson
  designation assess --fail-on not-in-force --fail-on due - < contoso.json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser)
    add_output(parser)
    parser.add_argument(
        "--explain", action="store_true", help="add why the designation is or is not in force, with facts and sources"
    )
    parser.add_argument(
        "--record",
        metavar="FILE",
        help="also write facts, policy, and result with digests to FILE, for designation replay",
    )
    add_conditions(parser)
    add_grade(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of = load_rules(options), as_of_or_today(options)
    reader = PartnerReader(options.files, options)
    assessed = matched = weak = 0
    with Output(options.output) as output, _open_records(options) as records:
        for partner in reader.partners(show_progress=not output.is_terminal):
            assessment = _core.assess(partner, as_of, rules)
            if report_weak_sources(assessment, options.require_grade):
                weak += 1
                continue
            alarms = report_conditions(assessment, options.fail_on)
            matched += bool(alarms)
            if options.format == "json":
                output.write_json(_document(assessment, alarms, options), reader.indent)
            else:
                output.lines([SEPARATOR] if assessed else [])
                output.lines(page.lines(assessment))
                if options.explain:
                    output.lines([EMPTY, *explanation.lines(assessment.explain())])
            if records is not None:
                records.write_json(record(assessment), reader.indent, names_settings=False)
            assessed += 1
        if not assessed:
            output.discard()
            if records is not None:
                records.discard()
    return 2 if reader.failed or weak else int(matched > 0)


@contextmanager
def _open_records(options: argparse.Namespace) -> Iterator[Output | None]:
    """Yield the output of the records, if there is one."""
    if options.record is None:
        yield None
        return
    if options.record in ("-", options.output):
        raise UsageError("designation assess: --record must be a file of its own")
    with Output(options.record) as output:
        yield output


def _document(assessment: Assessment, alarms: list[str], options: argparse.Namespace) -> dict[str, Any]:
    change = assessment.next_change
    return {
        **assessment.to_dict(),
        "next_change": change and change.to_dict(),
        "deciding": assessment.deciding,
        **({"alarms": alarms} if options.fail_on else {}),
        **({"explanation": assessment.explain().to_dict()} if options.explain else {}),
    }


def report_conditions(assessment: Assessment, conditions: list[str]) -> list[str]:
    """Report the conditions of ``--fail-on`` that hold, and return them."""
    holding = matching_conditions(conditions, assessment)
    if holding:
        print_error(f"{assessment.partner.id}: {', '.join(holding)}", "warn")
    return holding
