"""Runs a command, and turns what went wrong into a line and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from designation._errors import InputError
from designation._lazy import MissingExtraError
from designation.cli._command import Command
from designation.cli._commands import parser
from designation.cli._errors import UsageError, complain
from designation.cli._streams import prepare, silence

UNUSABLE, INTERRUPTED, NOBODY_READS = 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit status."""
    prepare()
    try:
        status = _run(sys.argv[1:] if argv is None else list(argv))
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        silence(sys.stdout)
        return INTERRUPTED
    except BrokenPipeError:
        silence(sys.stdout)
        return NOBODY_READS
    except (InputError, UsageError) as error:
        complain(str(error))
    except MissingExtraError as error:
        complain(f"designation: {error}")
    except OSError as error:
        silence(sys.stdout)
        complain(f"designation: {error.filename or 'standard output'}: {error.strerror or error}")
    return UNUSABLE


def _run(words: list[str]) -> int:
    try:
        options = parser(words).parse_args(words)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    if sys.stdout is None and options.output is None:
        raise UsageError("designation: standard output is closed")
    run: Command = options.command
    return run.run(options)
