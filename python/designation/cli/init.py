"""Write a template of a partner's document, or a workbook for many partners.

The document can be assessed as it is. Its notes list the other values that you
can use.
"""

from __future__ import annotations

import argparse
import os

from designation._lazy import lazy
from designation._start import read_starter_document
from designation.cli._errors import UsageError, label
from designation.cli._output import Output

portfolio = lazy("designation.portfolio")

USAGE = "designation init [OPTIONS]"
EXAMPLE = """\
  designation init -o contoso.json
  designation init --excel portfolio.xlsx
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write the document to FILE, which must not exist yet")
    parser.add_argument("--excel", metavar="FILE", help="write a workbook (.xlsx) to FILE, which must not exist yet")


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    for path in (options.output, options.excel):
        if path not in (None, "-") and os.path.lexists(path):
            raise UsageError(f"{label(path)}: already exists; choose another name [exists]")
    if options.excel is not None:
        portfolio.write_workbook(options.excel)
    if options.excel is None or options.output is not None:
        with Output(options.output) as output:
            output.write(read_starter_document())
    return 0
