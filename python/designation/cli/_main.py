"""The entry point: runs a command, and reports an error as one line and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from designation._errors import InputError
from designation._io import clean_up_when_terminated
from designation._lazy import MissingExtraError
from designation._messages import system_reason
from designation.cli._command import Command
from designation.cli._commands import SHORT_HELP, build_parser
from designation.cli._errors import UsageError, print_error, print_note, print_problems, with_help_page
from designation.cli._missing import missing_examples
from designation.cli._settings import apply_common_options
from designation.cli._streams import discard_rest, set_color, use_utf8
from designation.cli._targets import check_output

QUERY_INTERRUPTED = "Query interrupted"  # what DuckDB raises for Ctrl-C
ERROR, INTERRUPTED, BROKEN_PIPE = 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    use_utf8()
    words = sys.argv[1:] if argv is None else list(argv)
    status = _run_and_report(words)
    if status == ERROR:
        for name in missing_examples(words):
            print_note(f"{name} is one of the examples; to get them, run: designation demo --write examples")
    return status


def _run_and_report(argv: list[str]) -> int:
    try:
        with clean_up_when_terminated():
            status = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        discard_rest(sys.stdout)
        return INTERRUPTED
    except RuntimeError as error:
        if str(error) != QUERY_INTERRUPTED:
            raise
        discard_rest(sys.stdout)
        return INTERRUPTED
    except BrokenPipeError:
        discard_rest(sys.stdout)
        return BROKEN_PIPE
    except InputError as error:
        print_problems(error.diagnostics, "\n".join(error.__notes__))
    except UsageError as error:
        print_error(str(error))
    except MissingExtraError as error:
        print_error(f"designation: {error}")
    except OSError as error:
        discard_rest(sys.stdout)
        print_error(f"designation: {error.filename or 'standard output'}: {system_reason(error)}")
    return ERROR


def _run(argv: list[str]) -> int:
    if not argv:
        sys.stdout.write(SHORT_HELP)
        return 0
    set_color("auto")
    try:
        options = build_parser(argv).parse_args(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    if sys.stdout is None and options.output is None:
        raise UsageError("designation: standard output is closed")
    apply_common_options(options, argv)
    check_output(options)
    command: Command = options.command
    try:
        return command.run(options)
    except UsageError as error:
        raise UsageError(with_help_page(str(error), f"designation {argv[0]}")) from None
