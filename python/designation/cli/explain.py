"""Explain an assessment with its rules, facts, and sources.

The command prints a tree of rules for each partner. By default, the tree
explains why the designation is or is not in force; with --of, it explains any
other result, rule, or finding. Each rule shows the facts that it found, their
locations in the document, what it requires, a remedy, and its source. A
verdict in parentheses is background: the rule above does not depend on it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from designation import _core
from designation._answers.decided import find_decided
from designation._core import Assessment, Explanation, FindingCode
from designation._messages import quote, suggestion
from designation._rulebooks.rule_index import RULES_BY_NAME
from designation._text.assessment import heading
from designation._text.blocks import EMPTY, SEPARATOR, Span, block
from designation._text.explanation import lines
from designation._text.outlook import describe_deciding
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_rules
from designation.cli._rules import as_of_or_today, load_rulebook, load_rules

USAGE = "designation explain [OPTIONS] FILE..."
EXAMPLE = """\
  designation explain contoso.json --as-of 2026-09-15
  designation explain contoso.json --of renewal --of SSD-B3
  designation explain portfolio.ndjson --of award_without_csat --format json
"""
IN_FORCE = "SSD-T7"
CODES = [code.value for code in FindingCode]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--of",
        metavar="SUBJECT",
        type=parse_subject,
        action="append",
        help="the name of a result such as csat, renewal, or eligibility, the id of a rule, or the code of a finding "
        "(default: in_force, SSD-T7); can be repeated",
    )
    add_rules(parser)
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rules, as_of = load_rules(options), as_of_or_today(options)
    subjects = list(dict.fromkeys(options.of or [IN_FORCE]))
    reader = PartnerReader(options.files, options)
    explained = 0
    with Output(options.output) as output:
        for partner in reader.partners(show_progress=not output.is_terminal):
            assessment = _core.assess(partner, as_of, rules)
            explanations = [found for subject in subjects for found in explain(assessment, subject)]
            if options.format == "json":
                output.write_json(document(assessment, explanations), reader.indent)
            else:
                output.lines([SEPARATOR] if explained else [])
                output.lines([heading(assessment)])
                if deciding := describe_deciding(assessment):
                    output.lines([EMPTY, *block("Depends on", ((Span(text),) for text in deciding))])
                for explanation in explanations:
                    output.lines([EMPTY, *lines(explanation)])
                if not explanations:
                    output.lines([EMPTY, (Span("no such finding"),)])
            explained += 1
        if not explained:
            output.discard()
    return 2 if reader.failed else 0


def parse_subject(text: str) -> str:
    """Validate the id of a rule or the name of a result, in upper or lower case, or the code of a finding."""
    rules = list(load_rulebook(_core.editions()[0]).to_dict()["rules"])
    name = text.lower().replace("-", "_")
    if text in CODES or name in RULES_BY_NAME or text.upper() in rules:
        return text if text in CODES else RULES_BY_NAME.get(name, text.upper())
    names = ", ".join(RULES_BY_NAME)
    hint = suggestion(text, [*rules, *RULES_BY_NAME, *CODES], f"; the rules are {', '.join(rules)}, or {names}")
    raise argparse.ArgumentTypeError(f"unknown rule or finding {quote(text)}{hint}")


def explain(assessment: Assessment, subject: str) -> Iterator[Explanation]:
    """Explain a rule, or each finding of a code."""
    if subject not in CODES:
        yield assessment.explain(subject)
        return
    yield from (assessment.explain(finding) for finding in assessment.findings if finding.code == subject)


def document(assessment: Assessment, explanations: list[Explanation]) -> dict[str, object]:
    """Return the explanations of a partner for JSON."""
    partner = assessment.partner
    return {
        "partner": {"id": partner.id, "name": partner.name},
        "as_of": str(assessment.as_of),
        "edition": assessment.edition,
        "deciding": assessment.deciding,
        "explanations": [
            {**explanation.to_dict(), "decided_by": [one.to_dict() for one in find_decided(explanation)]}
            for explanation in explanations
        ],
    }
