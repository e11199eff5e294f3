"""Check that partners can be read, and print every problem.

The command reads FILE as every other command does, but computes no result. It
prints the problems, and exits with status 2 if there is one. A rulebook that
names its format is checked as "designation rulebook check" does.
"""

from __future__ import annotations

import argparse

from designation._core import Diagnostic
from designation._rulebooks.check import check_text
from designation._text.wording import format_count
from designation.cli._check_rulebook import is_rulebook, list_problems
from designation.cli._errors import label
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output
from designation.cli._rules import read_rulebook

USAGE = "designation check [OPTIONS] FILE..."
EXAMPLE = """\
  designation check partners.xlsx
  designation check partners/ --format json
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    rulebooks = [name for name in options.files if is_rulebook(name)]
    reader = PartnerReader([name for name in options.files if name not in rulebooks], options)
    reader.loader.requires_facts = True
    problems: list[Diagnostic] = []
    for name in rulebooks:
        problems += check_text(read_rulebook(name, options.max_bytes), label(name), options.max_bytes)[1]
    partners = 0
    for entry in reader.entries(show_progress=True):
        problems += entry.problems
        partners += entry.partner is not None
    count = sum(problem.count for problem in problems)
    with Output(options.output) as output:
        if options.format == "json":
            listed = {"problems": list_problems(problems), "warnings": list_problems(reader.warnings)}
            output.write_json({"partners": partners, **listed})
        else:
            output.write_problems(problems)
            checked = f"{format_count(len(rulebooks), 'rulebook')} checked, " if rulebooks else ""
            read = f"{format_count(partners, 'partner')} can be read, " if partners or not rulebooks else ""
            output.write(f"{checked}{read}{format_count(count, 'problem')}\n")
    return 2 if problems else 0
