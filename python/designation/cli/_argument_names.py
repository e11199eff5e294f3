"""Errors about the arguments of a function of the package, in terms of the options that the user typed."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from designation._core import Diagnostic
from designation._errors import InputError

# The arguments whose options have another name.
OPTIONS = {
    "rates": "exchange_rate",
    "scales": "compare_scale",
    "ways": "way",
    "through": "forecast_to",
    "months": "rolling",
}
# The arguments that hold the column mapping of a table, by the arguments that are about that table.
MAPPINGS = dict.fromkeys(("business", "business_columns", "billing"), "business_columns")
KEYS = ("format",)  # The keys of mappings that have the name of an option about something else.
HINT = re.compile(r'"(?:[^"\\]|\\.)*"|(?<=[ (])(?P<key>[a-z_]+)=(?P<value>"[^"]*"|[^\s,;)]*)')


@contextmanager
def name_options(options: argparse.Namespace, **renamed: str) -> Iterator[None]:
    """Name the options, and not the arguments, in errors of the block; ``renamed`` maps arguments to options."""
    try:
        yield
    except InputError as error:
        error.diagnostics = tuple(_with_options(one, options, OPTIONS | renamed) for one in error.diagnostics)
        raise


def _with_options(problem: Diagnostic, options: argparse.Namespace, renamed: dict[str, str]) -> Diagnostic:
    if problem.pointer.startswith("--"):
        return problem  # An inner block has named the option.
    argument, _, rest = problem.pointer.removeprefix("/").partition("/")
    argument = renamed.get(argument, argument)
    mapping = MAPPINGS.get(argument, "columns")
    # Each list of cases has a column mapping of its own.
    owner, key = "NAME" if hasattr(options, "lists") else "", rest
    if owner and argument == "columns":
        owner, _, key = rest.partition("/")
    prefix = f"{owner}:" if owner else ""

    def option_of(hint: re.Match[str]) -> str:
        name, value = hint["key"], hint["value"]
        if name is None:
            return hint[0]
        text = shlex.quote(value.strip('"')) if value else ""
        if name in ("columns", mapping):
            return f"{_option(mapping)} {f'{owner}=' if owner else ''}{text}"
        if hasattr(options, name) and name not in KEYS:
            return f"{_option(name)} {text}".rstrip()
        return f"{_option(mapping.removesuffix('s'))} {prefix}{name}={text}"

    message = HINT.sub(option_of, problem.message).replace("state --", "add --")
    if argument in ("columns", "business_columns"):
        is_key = bool(key) or (problem.code == "unknown_key" and bool(owner) == hasattr(options, "lists"))
        where = f"{_option(mapping.removesuffix('s' if is_key else ''))} {prefix if is_key else owner}{key}".rstrip()
    elif hasattr(options, argument):
        where = f"{_option(argument)} {rest}".rstrip()
    else:
        where = problem.pointer
    return problem.replace(message=message, pointer=where)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
