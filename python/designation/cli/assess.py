"""Assess partners as of a day.

Reads a document for each partner, or several from NDJSON (.ndjson, .jsonl or
--ndjson: a document a line), and shows a page for each; with --format json an
object for each, one a line where there can be several. A file that cannot be
used is reported on standard error; the others are answered all the same.
"""

from __future__ import annotations

import argparse
import json

from designation import _core
from designation._core import Assessment
from designation._text import assessment as page
from designation._text import explanation
from designation._text.layout import EMPTY
from designation.cli._conditions import add_conditions, holding
from designation.cli._errors import complain
from designation.cli._grades import add_grade, refused
from designation.cli._input import Intake
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules
from designation.cli._rules import day_of, rules_of

USAGE = "designation assess [OPTIONS] FILE..."
EXAMPLE = """\
  designation assess contoso.json --as-of 2026-09-15
  designation assess *.json --format json -o assessed.ndjson
  designation assess --fail-on not-in-force --fail-on due - < contoso.json
"""
SEPARATOR = f"\n{'=' * 80}\n\n"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a partner's document; - is standard input")
    add_rules(parser)
    add_output(parser)
    parser.add_argument(
        "--explain", action="store_true", help="say why it is in force or is not, with facts and sources"
    )
    add_conditions(parser)
    add_grade(parser)
    parser.add_argument("--ndjson", action="store_true", help="take every FILE as NDJSON, whatever its name")
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    rules, day = rules_of(options), day_of(options)
    intake = Intake(options.files, ndjson=options.ndjson, max_bytes=options.max_bytes)
    answered = failed = weak = 0
    with Output(options.output) as output:
        for partner in intake.partners(bar=not output.is_terminal):
            assessment = _core.assess(partner, day, rules)
            if refused(assessment, options.require_grade):
                weak += 1
                continue
            if options.format == "json":
                output.write(_json(assessment, 2 if intake.is_one_document else None, explain=options.explain))
            else:
                output.write(SEPARATOR if answered else "")
                output.lines(page.lines(assessment))
                if options.explain:
                    output.lines([EMPTY, *explanation.lines(assessment.explain())])
            answered += 1
            failed += report(assessment, options.fail_on)
        if not answered:
            output.discard()
    return 2 if intake.unusable or weak else int(failed > 0)


def _json(assessment: Assessment, indent: int | None, *, explain: bool) -> str:
    if not explain:
        return assessment.to_json(indent) + "\n"
    document = assessment.to_dict() | {"explanation": assessment.explain().to_dict()}
    return json.dumps(document, ensure_ascii=False, indent=indent) + "\n"


def report(assessment: Assessment, asked: list[str]) -> bool:
    """Say on standard error what was asked for by --fail-on and holds."""
    held = holding(asked, assessment)
    if held:
        complain(f"{assessment.partner.id}: {', '.join(held)}")
    return bool(held)
