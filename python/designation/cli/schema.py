"""Print a JSON Schema: what a document may hold.

An editor completes and checks a document that names the schema's file under
"$schema". The reader of designation checks more than a schema can say.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from designation import _core
from designation.cli._output import Output
from designation.cli._parser import add_output

USAGE = "designation schema [OPTIONS] NAME"
EXAMPLE = """\
  designation schema partner -o partner.schema.json
"""
NAMES = ("partner", "policy", "rulebook", "assessment")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("name", metavar="NAME", choices=NAMES, help=f"one of {', '.join(NAMES)}")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    folder = Path(_core.__file__).resolve().parent / "share/designation/rulebooks/schema"
    with Output(options.output) as output:
        output.write((folder / f"{options.name}.schema.json").read_text("utf-8"))
    return 0
