"""Check that partners can be read, and print every problem.

The command reads FILE as every other command does, but computes no result. It
prints the problems, and exits with status 2 if there is one.
"""

from __future__ import annotations

import argparse

from designation._core import Diagnostic
from designation._text.wording import format_count
from designation.cli._input import PartnerReader
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output

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
    reader = PartnerReader(options.files, options)
    problems: list[Diagnostic] = []
    partners = 0
    for entry in reader.entries(show_progress=True):
        problems += entry.problems
        partners += entry.partner is not None
    count = sum(problem.count for problem in problems)
    with Output(options.output) as output:
        if options.format == "json":
            members = ("code", "file", "line", "column", "pointer", "message")
            groups = {"problems": problems, "warnings": reader.warnings}
            listed = {
                key: [{name: getattr(one, name) for name in members} for one in group] for key, group in groups.items()
            }
            output.write_json({"partners": partners, **listed})
        else:
            output.write_problems(problems)
            output.write(f"{format_count(partners, 'partner')} can be read, {format_count(count, 'problem')}\n")
    return 2 if problems else 0
