"""Write a calendar (ICS) that stays in step with the facts.

It holds window openings, anniversaries, last days, ends of passes and of
support contracts, and the steps of the recommended plan, with alarms. With
--update, what has moved is moved and what is no longer to come is cancelled
in the calendars that import it. With --format json it is jCal (RFC 7265).
"""

from __future__ import annotations

import argparse
import json

from designation import _core
from designation._text.calendar import ALARMS, calendar
from designation.cli._errors import UsageError, label
from designation.cli._input import Intake, read
from designation.cli._output import Output
from designation.cli._parser import add_limit, add_output, add_rules, add_through
from designation.cli._rules import day_of, policy_of, through_of

USAGE = "designation calendar [OPTIONS] FILE..."
EXAMPLE = """\
  designation calendar contoso.json --as-of 2026-09-15 -o contoso.ics
  designation calendar contoso.json --update contoso.ics -o contoso.ics
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a partner's document; - is standard input")
    parser.add_argument("--update", metavar="FILE", help="an earlier calendar, to be brought up to date")
    parser.add_argument(
        "--alarm", metavar="DAYS", type=days, action="append", help="remind so many days before (default: 30 and 7)"
    )
    parser.add_argument("--no-plan", action="store_true", help="leave out the steps of the plan")
    add_through(parser, "two")
    add_rules(parser)
    add_output(parser)
    parser.add_argument("--ndjson", action="store_true", help="take every FILE as NDJSON, whatever its name")
    add_limit(parser)


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    policy, rulebook = policy_of(options)
    day, through = day_of(options), through_of(options, 2)
    update = None if options.update is None else read(options.update, _core.MAX_BYTES)
    intake = Intake(options.files, ndjson=options.ndjson, max_bytes=options.max_bytes)
    with Output(options.output) as output:
        partners = list(intake.partners(bar=not output.is_terminal))
        if not partners:
            output.discard()
            return 2
        alarms = ALARMS if options.alarm is None else options.alarm
        try:
            made = calendar(
                partners, day, through, policy, rulebook, plan=not options.no_plan, alarms=alarms, update=update
            )
        except ImportError as error:
            raise UsageError(f"designation: {error}") from None
        except ValueError as error:
            raise UsageError(f"{label(options.update or '-')}: {error} [calendar]") from None
        if options.format == "json":
            output.write(json.dumps(made.to_jcal(), ensure_ascii=False) + "\n")
        else:
            output.write(made.to_ical().decode())
    return 2 if intake.unusable else 0


def days(text: str) -> int:
    """Read a number of days."""
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)
