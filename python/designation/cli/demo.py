"""Assess the example portfolio.

The command prints a table of the example partners, all of them fictional, and
then the page that `designation assess` prints for one of them. With --write, it
writes the examples into a folder for you to try the other commands on.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import shlex
import sys

from designation import _core
from designation._text import assessment as page
from designation._text.blocks import EMPTY
from designation.cli._errors import UsageError, is_quiet, label
from designation.cli._examples import example_partners, write_examples
from designation.cli._missing import PORTFOLIO
from designation.cli._output import Output
from designation.cli._overview import overview_lines
from designation.cli._parser import add_output, add_rules
from designation.cli._questions import say
from designation.cli._rules import load_rules
from designation.cli._streams import is_terminal

USAGE = "designation demo [OPTIONS]"
EXAMPLE = """\
  designation demo
  designation demo --as-of 2027-01-20
  designation demo --write examples
"""
DATE = datetime.date(2026, 9, 15)
FEATURED = "contoso"
NEXT = (
    ("", f"designation assess contoso.json --as-of {DATE}"),
    ("", f"designation explain contoso.json --as-of {DATE} --of renewal"),
    ("", f"designation plan contoso.json --as-of {DATE}"),
    ("pyarrow", f"designation portfolio {PORTFOLIO} --as-of {DATE} --summary"),
    ("jinja2", f"designation report contoso.json --as-of {DATE} -o contoso.html"),
    ("", "designation init --interactive"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_rules(parser, as_of=DATE.isoformat())
    add_output(parser)
    parser.add_argument("--write", metavar="DIR", help="write the examples into DIR, which must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.write is not None:
        return _write(options)
    rules, as_of = load_rules(options), options.as_of or DATE
    assessments = [_core.assess(partner, as_of, rules) for partner in example_partners()]
    with Output(options.output) as output:
        if options.format == "json":
            output.write("".join(f"{assessment.to_json()}\n" for assessment in assessments))
        else:
            output.lines([*overview_lines(assessments), EMPTY])
            for assessment in assessments:
                if assessment.partner.id == FEATURED:
                    output.lines(page.lines(assessment))
            if output.is_terminal and is_terminal(sys.stderr) and not is_quiet():
                say("\nNext: designation demo --write examples")
    return 0


def _write(options: argparse.Namespace) -> int:
    for name in ("as_of", "output"):
        if getattr(options, name) is not None:
            raise UsageError(f"designation demo: --write and --{name.replace('_', '-')} exclude each other")
    write_examples(options.write)
    missing = [library for library, _ in NEXT if library and not importlib.util.find_spec(library)]
    commands = [command for library, command in NEXT if library not in missing]
    with Output(None) as output:
        output.write(f"Wrote the example partners, a policy, and tables of support cases to {label(options.write)}\n\n")
        output.write("\n  ".join(["Next:", f"cd {shlex.quote(label(options.write))}", *commands]) + "\n")
        if missing:
            output.write("\nFor portfolios, workbooks, reports, and plots: pip install 'designation[all]'\n")
    return 0
