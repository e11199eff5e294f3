"""Write a calendar (ICS) of deadlines, and update it later.

The calendar holds renewal windows, anniversaries, the last days of passes and
support contracts, and the steps of the recommended plan, with reminders. With
--update, the command reads an earlier calendar, moves the entries whose dates
have changed, and cancels the entries that no longer apply. Calendar programs
that imported the earlier file then do the same. --format json writes jCal
(RFC 7265).
"""

from __future__ import annotations

import argparse

from designation import _core
from designation._text.calendar import ALARMS, calendar
from designation.cli._errors import UsageError, label
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
        "--alarm",
        metavar="DAYS",
        type=parse_days,
        action="append",
        help="remind DAYS days before each entry (default: 30 and 7); can be repeated",
    )
    parser.add_argument("--no-plan", action="store_true", help="omit the steps of the plan")
    add_rules(parser)
    add_through(parser, "two")
    add_output(parser)
    add_documents(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    policy, rulebook = load_policy(options)
    as_of, through = as_of_or_today(options), plan_end(options, 2)
    update = None if options.update is None else read_bytes(options.update, _core.MAX_BYTES)
    reader = PartnerReader(options.files, options)
    with Output(options.output) as output:
        partners = list(reader.partners(show_progress=not output.is_terminal))
        if not partners:
            output.discard()
            return 2
        alarms = ALARMS if options.alarm is None else options.alarm
        try:
            result = calendar(
                partners, as_of, through, policy, rulebook, plan=not options.no_plan, alarms=alarms, update=update
            )
        except ImportError as error:
            raise UsageError(f"designation: {error}") from None
        except ValueError as error:
            raise UsageError(f"{label(options.update or '-')}: {error} [calendar]") from None
        if options.format == "json":
            output.write_json(result.to_jcal(), None)
        else:
            output.write(result.to_ical().decode())
    return 2 if reader.failed else 0


def parse_days(text: str) -> int:
    """Parse a number of days."""
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise argparse.ArgumentTypeError(f'must be a number of days, not "{text}"')
    return int(text)
