"""The check of rulebooks, which `rulebook check` and `check` share."""

from __future__ import annotations

import argparse
import contextlib
import os

from designation import _core
from designation._errors import InputError
from designation._rulebooks.check import check_text
from designation._text.layout import replace_controls
from designation._text.wording import format_count
from designation.cli._errors import label
from designation.cli._output import Output
from designation.cli._rules import find_builtin, read_rulebook

MEMBERS = ("code", "file", "line", "column", "pointer", "message")


def is_rulebook(path: str) -> bool:
    """Return whether a regular file is a rulebook, by the format that its beginning names; a pipe is read only once."""
    with contextlib.suppress(OSError):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                return b'"designation/rulebook@' in file.read(1024)
    return False


def check_file(name: str, options: argparse.Namespace, output: Output) -> int:
    """Write the problems of a rulebook that can be used, and return whether there are any.

    Raises:
        InputError: All problems of a rulebook that is refused.
    """
    rulebook, problems = _read(name, options)
    if options.format == "json":
        document = {"edition": rulebook.edition, "title": rulebook.title, "digest": rulebook.digest}
        output.write_json({**document, "problems": list_problems(problems)} if problems else document, None)
    else:
        output.write_problems(problems)
        found = f"can be used, {format_count(len(problems), 'problem')}" if problems else "OK"
        output.write(f"{found}: {replace_controls(rulebook.edition)} {rulebook.digest}\n")
    return int(bool(problems))


def list_problems(problems: tuple[_core.Diagnostic, ...] | list[_core.Diagnostic]) -> list[dict[str, object]]:
    """Return problems as JSON values."""
    return [{name: getattr(one, name) for name in MEMBERS} for one in problems]


def _read(name: str, options: argparse.Namespace) -> tuple[_core.Rulebook, tuple[_core.Diagnostic, ...]]:
    builtin = find_builtin(name)
    if builtin is not None:
        return builtin, ()
    found, problems = check_text(read_rulebook(name, options.max_bytes), label(name), options.max_bytes)
    if isinstance(found, InputError):
        raise found
    return found, problems
