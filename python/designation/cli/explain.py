"""Explain why an assessment answers as it does.

Shows a tree for each partner: by default why the designation is in force or
is not, with --of another rule or a finding. Each rule stands with the facts
that it looked at and their place in the document, what is wanted, what would
help, and its source. A verdict in brackets explains, and does not count for
the one above it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from difflib import get_close_matches

from designation import _core
from designation._core import Assessment, Explanation, FindingCode
from designation._text.assessment import heading
from designation._text.explanation import lines
from designation._text.layout import EMPTY, Span
from designation.cli._input import Intake
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules
from designation.cli._rules import day_of, rulebook_of, rules_of

USAGE = "designation explain [OPTIONS] FILE..."
EXAMPLE = """\
  designation explain contoso.json --as-of 2026-09-15
  designation explain contoso.json --of SSD-R --of SSD-B3
  designation explain *.json --of award_without_csat --format json
"""
SEPARATOR = f"\n{'=' * 80}\n\n"
IN_FORCE = "SSD-T7"
CODES = [code.value for code in FindingCode]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a partner's document; - is standard input")
    parser.add_argument(
        "--of",
        metavar="WHAT",
        type=subject,
        action="append",
        help="a rule's id or a finding's code (default: SSD-T7, in force); may be given several times",
    )
    add_rules(parser)
    add_output(parser)
    parser.add_argument("--ndjson", action="store_true", help="take every FILE as NDJSON, whatever its name")
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    rules, day, asked = rules_of(options), day_of(options), list(dict.fromkeys(options.of or [IN_FORCE]))
    intake = Intake(options.files, ndjson=options.ndjson, max_bytes=options.max_bytes)
    answered = 0
    with Output(options.output) as output:
        for partner in intake.partners(bar=not output.is_terminal):
            assessment = _core.assess(partner, day, rules)
            found = [explanation for of in asked for explanation in explanations(assessment, of)]
            if options.format == "json":
                indent = 2 if intake.is_one_document else None
                output.write(json.dumps(document(assessment, found), ensure_ascii=False, indent=indent) + "\n")
            else:
                output.write(SEPARATOR if answered else "")
                output.lines(heading(assessment))
                for explanation in found:
                    output.lines([EMPTY, *lines(explanation)])
                if not found:
                    output.lines([EMPTY, (Span("no such finding"),)])
            answered += 1
        if not answered:
            output.discard()
    return 2 if intake.unusable else 0


def subject(text: str) -> str:
    """Read what --of asks for: a rule's id, in letters of either case, or a finding's code."""
    rules = list(rulebook_of(_core.editions()[0]).to_dict()["rules"])
    if text in CODES or text.upper() in rules:
        return text if text in CODES else text.upper()
    nearest = get_close_matches(text.upper(), rules, 1) or get_close_matches(text.lower(), CODES, 1)
    hint = f"; did you mean {nearest[0]}?" if nearest else f"; rules: {', '.join(rules)}"
    raise argparse.ArgumentTypeError(f"{text!r} is no rule and no finding{hint}")


def explanations(assessment: Assessment, of: str) -> Iterator[Explanation]:
    """Explain a rule, or each finding of a code."""
    if of not in CODES:
        yield assessment.explain(of)
        return
    yield from (assessment.explain(finding) for finding in assessment.findings if finding.code == of)


def document(assessment: Assessment, found: list[Explanation]) -> dict[str, object]:
    """Give the explanations of a partner as JSON has them."""
    partner = assessment.partner
    return {
        "partner": {"id": partner.id, "name": partner.name},
        "as_of": str(assessment.as_of),
        "edition": assessment.edition,
        "explanations": [explanation.to_dict() for explanation in found],
    }
