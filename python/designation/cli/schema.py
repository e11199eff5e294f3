"""Print the JSON Schema of a document.

Editors complete and check a document that names the file of its schema under
"$schema". The commands check more than a schema can express.
"""

from __future__ import annotations

import argparse

from designation._rulebooks.schema import schema_text
from designation.cli._output import Output
from designation.cli._parser import add_output

USAGE = "designation schema [OPTIONS] NAME"
EXAMPLE = """\
  designation schema partner -o partner.schema.json
"""
NAMES = ("partner", "policy", "rulebook", "assessment", "record")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="NAME", choices=NAMES, help=f"the kind of document: {', '.join(NAMES)}")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    with Output(options.output) as output:
        output.write(schema_text(options.name))
    return 0
