"""Show which interpretations change the assessment.

Each interpretation of the program's text has two readings, and the policy
chooses one. The command tries the other reading of each interpretation
separately. It prints those that change the assessment or the timeline, with
both results.
"""

from __future__ import annotations

import argparse

from designation._answers.readings import readings
from designation._text.readings import lines
from designation.cli._input import read_partner
from designation.cli._output import Output
from designation.cli._parser import add_document, add_output, add_paths, add_rules, add_span
from designation.cli._rules import as_of_or_today, load_policy, timeline_span

USAGE = "designation readings [OPTIONS] FILE"
EXAMPLE = """\
  designation readings contoso.json --as-of 2026-09-15
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser)
    add_span(parser)
    add_paths(parser)
    add_output(parser)
    add_document(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    policy, rulebook = load_policy(options)
    partner = read_partner(options.file, options)
    found = readings(partner, as_of_or_today(options), policy, rulebook, timeline_span(options, partner))
    with Output(options.output) as output:
        output.write_result(found, options.format, lines(found, paths=options.paths))
    return 0
