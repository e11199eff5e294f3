"""Compare lists of the same cases from several systems.

The command matches cases by their ids and prints which lists have them, where
days and escalations differ, and a row report of each list. No list is taken to
be right. Pairs of cases with the same customer and no list in common may be one
case: they are shown and counted, and never merged.
"""

from __future__ import annotations

import argparse
import os
from typing import Any

from designation._io import replace_file
from designation._lazy import lazy
from designation.cli._argument_names import name_options
from designation.cli._errors import UsageError
from designation.cli._figures import add_report, write_report
from designation.cli._output import Output, writing
from designation.cli._parser import add_exact_values, add_output
from designation.cli._table_out import find_writer
from designation.cli._tables import add_period, open_tables, parse_pair, read_columns

metrics = lazy("designation.metrics")
pa = lazy("pyarrow", "metrics")

USAGE = "designation reconcile [OPTIONS] NAME=FILE NAME=FILE... --period PERIOD"
EXAMPLE = """\
  designation reconcile ours=incidents.csv 'partner center=requests.json' \\
      --columns ours=servicenow --columns 'partner center=partner-center' \\
      --period '12 months to 2026-09-30' --tolerance 1 --fail-on differs
"""
ENDINGS = (".csv", ".parquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "lists", metavar="NAME=FILE", nargs="+", type=parse_pair, help="a table of cases; - is standard input"
    )
    add_period(parser, required=True)
    parser.add_argument(
        "--tolerance",
        metavar="N",
        type=int,
        default=0,
        help="the number of days by which the lists can differ about the day of a case (default: 0)",
    )
    for option, metavar, text in (
        ("columns", "NAME=MAPPING", "the column mapping of a list: the name of a mapping, or a JSON file"),
        ("column", "NAME:KEY=VALUE", "a column of a list, or the form of its values, such as ours:dates=day_first"),
        ("escalated", "NAME=WHAT", "which cases of a list count as escalated, as for case-rate"),
    ):
        parser.add_argument(
            f"--{option}",
            metavar=metavar,
            action="append",
            default=[],
            type=parse_pair,
            help=f"{text}; can be repeated",
        )
    parser.add_argument(
        "--normalize", metavar="PATTERN", help="also remove what this regular expression matches from ids"
    )
    parser.add_argument("--no-candidates", action="store_true", help="do not search for pairs that may be one case")
    parser.add_argument("--cases", metavar="FILE", help="also write each case of the union: .csv or .parquet")
    add_exact_values(parser)
    add_report(parser)
    parser.add_argument("--fail-on", choices=("differs",), help="exit with status 1 if the lists differ")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    names = [name for name, _ in options.lists]
    if len(set(names)) < len(names) or len(names) < 2:
        raise UsageError("designation: name at least two lists, each with a name of its own")
    ending = os.path.splitext(options.cases or "")[1].lower()
    if options.cases is not None and ending not in ENDINGS:
        raise UsageError(f'designation: --cases must end in one of {", ".join(ENDINGS)}, not "{options.cases}"')
    with name_options(options), open_tables(*(path for _, path in options.lists)) as tables:
        found = metrics.reconcile(
            dict(zip(names, tables, strict=True)),
            options.period,
            tolerance=options.tolerance,
            columns=_read_mappings(options),
            escalated=dict(options.escalated),
            normalize=options.normalize,
            candidates=not options.no_candidates,
        )
        if options.cases is not None:
            _write_cases(found.cases(), options)
        write_report(options.report, [found])
    with Output(options.output) as output:
        if options.format == "json":
            output.write_json(found.to_dict())
        else:
            output.lines(found.lines())
    return 1 if options.fail_on and found.differs else 0


def _write_cases(cases: Any, options: argparse.Namespace) -> None:
    with (
        writing(options.cases),
        replace_file(options.cases) as draft,
        find_writer(options.cases, options)(draft) as writer,
    ):
        for batch in pa.RecordBatchReader.from_stream(cases):
            writer.write(pa.Table.from_batches([batch]))


def _read_mappings(options: argparse.Namespace) -> dict[str, Any]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for key, value in options.column:
        name, colon, role = key.rpartition(":")
        if not colon:
            raise UsageError(f'designation: --column must be NAME:KEY=VALUE, not "{key}={value}"')
        pairs.setdefault(name, []).append((role, value))
    mappings = dict(options.columns)
    return {name: read_columns(mappings.get(name), pairs.get(name, [])) for name in {**mappings, **pairs}}
