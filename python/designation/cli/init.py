"""Write a document to begin with, or a workbook for many partners.

What is written can be assessed as it is; its notes say what else there is.
"""

from __future__ import annotations

import argparse
import os

from designation._lazy import lazy
from designation._start import start
from designation.cli._errors import UsageError, label
from designation.cli._output import Output

portfolio = lazy("designation.portfolio")

USAGE = "designation init [OPTIONS]"
EXAMPLE = """\
  designation init -o contoso.json
  designation init --excel portfolio.xlsx
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write the document to FILE, which must be new")
    parser.add_argument("--excel", metavar="FILE", help="write a workbook (.xlsx) to FILE, which must be new")


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    for path in (options.output, options.excel):
        if path not in (None, "-") and os.path.lexists(path):
            raise UsageError(f"{label(path)}: it is there already, and stays as it is [exists]")
    if options.excel is not None:
        portfolio.write_workbook(options.excel)
    if options.excel is None or options.output is not None:
        with Output(options.output) as output:
            output.write(start())
    return 0
