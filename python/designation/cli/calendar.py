"""Write a calendar (ICS) of what somebody must do, and update it later.

The calendar holds the deadlines of renewals, contracts, and other
prerequisites, with reminders, the first days of renewal windows, and the last
days that leave room for a second try. The text of a deadline names the
earliest day of each step. With --update, the command reads an earlier
calendar, moves the entries whose dates have changed, and cancels the entries
that no longer apply. Calendar programs that imported the earlier file then do
the same. --format json writes jCal (RFC 7265).
"""

from __future__ import annotations

import argparse
import contextlib

from designation import _core
from designation._io import lock_file
from designation._messages import quote, several
from designation._text.calendar import ALARMS, calendar, missing_partners, partners_without_dates
from designation._text.wording import format_count, humanize
from designation.cli._errors import UsageError, label, print_error, print_note
from designation.cli._input import PartnerReader, read_bytes
from designation.cli._output import Output
from designation.cli._parser import add_documents, add_output, add_rules, add_through
from designation.cli._rules import as_of_or_today, load_policy, plan_end

USAGE = "designation calendar [OPTIONS] FILE..."
EXAMPLE = """\
  designation calendar contoso.json --as-of 2026-09-15 -o contoso.ics
  designation calendar contoso.json --update contoso.ics -o contoso.ics
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--update", metavar="FILE", help="an earlier calendar to update")
    parser.add_argument(
        "--cancel-missing",
        action="store_true",
        help="with --update, cancel the entries of partners that are not given (default: leave and name them)",
    )
    parser.add_argument(
        "--alarm",
        metavar="DAYS",
        type=parse_days,
        action="append",
        help="remind DAYS days before each deadline (default: 30 and 7); can be repeated",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="also write the planned steps on their earliest days, the ends of passes, the last days of windows, and "
        "the terms that would begin with a badge that is not held",
    )
    parser.add_argument("--no-plan", action="store_true", help="omit the terms and steps of the plan")
    parser.add_argument("--name", metavar="NAME", help="the name that calendar programs show")
    add_rules(parser)
    add_through(parser, "two")
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    if options.cancel_missing and options.update is None:
        raise UsageError("designation calendar: --cancel-missing needs --update")
    # Of two updates of one calendar, the second must begin with what the first wrote.
    with contextlib.nullcontext() if options.update is None else lock_file(options.update):
        return _write(options)


def _write(options: argparse.Namespace) -> int:
    policy, rulebook = load_policy(options)
    as_of, through = as_of_or_today(options), plan_end(options, 2)
    update = None if options.update is None else read_bytes(options.update, _core.MAX_BYTES)
    reader = PartnerReader(options.files, options)
    with Output(options.output) as output:
        partners = list(reader.partners(show_progress=not output.is_terminal))
        if not partners:
            output.discard()
            return 2
        try:
            ids = [partner.id for partner in partners]
            missing = [] if update is None else missing_partners(update, ids, as_of)
            result = calendar(
                partners,
                as_of,
                through,
                policy,
                rulebook,
                plan=not options.no_plan,
                all_dates=options.all,
                alarms=ALARMS if options.alarm is None else options.alarm,
                name=options.name,
                update=update,
                # A partner whose document cannot be read is not missing.
                cancel_missing=options.cancel_missing and not reader.failed,
            )
        except ValueError as error:
            raise UsageError(f"{label(options.update or '-')}: {error} [calendar]") from None
        if options.format == "json":
            output.write_json(result.to_jcal(), None)
        else:
            output.write(result.to_ical().decode())
    if undated := partners_without_dates(result, partners, as_of):
        rules = _core.rules(policy, rulebook)
        assessments = [_core.assess(partner, as_of, rules) for partner in undated]
        _print_undated(assessments, len(partners), all_dates=options.all)
    if missing:
        _print_missing(options, missing, reader.failed)
    return 2 if reader.failed else 0


def _print_undated(assessments: list[_core.Assessment], count: int, *, all_dates: bool) -> None:
    """Name the first partners that are not in the calendar, and why: an unknown history, or the status."""
    names = several(
        f"{quote(one.partner.id)} ({'needs /events' if one.partner.events is None else humanize(one.term.status)})"
        for one in assessments
    )
    has_steps = any(one.partner.events is not None for one in assessments)
    hint = "; --all adds the dates of plans that begin now" if has_steps and not all_dates else ""
    print_note(f"no dates for {len(assessments):,} of {format_count(count, 'partner')}: {names}{hint}")


def _print_missing(options: argparse.Namespace, missing: list[str], failed: int) -> None:
    count, names = format_count(len(missing), "partner"), several(map(quote, missing))
    if options.cancel_missing and not failed:
        what = f"canceled the entries of {count} not given: {names}"
    elif options.cancel_missing:
        what = f"left the entries of {count} not given, because some input cannot be read: {names}"
    else:
        what = f"left the entries of {count} not given: {names}; --cancel-missing cancels them"
    print_error(f"designation: note: {label(options.update)}: {what}", "muted")


def parse_days(text: str) -> int:
    """Parse a number of days."""
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise argparse.ArgumentTypeError(f'must be a number of days, not "{text}"')
    return int(text)
