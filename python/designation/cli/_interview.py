"""The document of a partner from answers at a terminal; the core checks each answer as it checks a document."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from designation import _core
from designation._api import parse_partner
from designation._days import with_meant_days
from designation._errors import InputError
from designation._input.spellings import spellings
from designation.cli._errors import label
from designation.cli._questions import NONE, UNKNOWN, ask, choose, say

RECORDS = (
    ("CSP authorization", "csp_authorizations", "type", _core.AuthorizationType),
    ("Support contract", "support_contracts", "type", _core.ContractType),
    ("Solutions Partner designation", "solutions_partner_designations", "area", _core.SolutionArea),
)
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Interest registered on", {"type": "interest_registered"}),
    ("Eligibility confirmed on", {"type": "eligibility_decided", "outcome": "eligible"}),
    ("Capability evaluation passed on", {"type": "capability_evaluated", "outcome": "pass"}),
    ("Case volume validated on", {"type": "case_volume_validated"}),
    ("Case rate passed on", {"type": "case_rate_determined", "outcome": "pass"}),
    ("CSAT evaluation passed on", {"type": "csat_evaluated", "outcome": "pass"}),
    ("Badge awarded on", {"type": "badge_awarded"}),
)
NO_END, NOT_HAPPENED, NO_MORE = "no known end", "has not happened", "no more"


def ask_for_partner() -> dict[str, Any]:
    """Ask for the facts about a partner, and return its document; a list that the person does not know is omitted."""
    say(f'Press Enter for the answer in brackets. Where you do not know, answer "{UNKNOWN}".')
    say("Ctrl-C stops, and nothing is written.\n")
    name = ask("Name of the partner", lambda answer: None if answer else "must not be empty")
    proposal = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "partner"
    partner_id = ask("Id, which your other systems use", lambda answer: _problem({"id": answer}), proposal)
    document: dict[str, Any] = {"format": "designation/partner@1", "id": partner_id, "name": name}
    for title, key, member, words in RECORDS:
        say()
        word = choose(title, [*map(str, words), NONE, UNKNOWN], spellings=spellings(key)[member])
        records = [] if word == NONE else None if word == UNKNOWN else _ask_for_days(key, {member: word})
        if records is not None:
            document[key] = records
    say()
    began = choose("Has the partner begun with the Support Services designation?", ["yes", "no", UNKNOWN])
    events = [] if began == "no" else None if began == UNKNOWN else _ask_for_events()
    if events is not None:
        document["events"] = events
    return document


def ask_for_file(partner_id: str) -> str:
    """Ask for the name of a file; one that exists is replaced only if the person says so."""
    proposal = re.sub(r"[^\w.-]+", "-", partner_id).strip("-.") or "partner"
    say()
    while True:
        path = ask("Write the document to", _path_problem, f"{proposal}.json")
        if not os.path.lexists(path) or _confirm(f"{label(path)} already exists. Replace it?"):
            return path


def _path_problem(path: str) -> str | None:
    folder = os.path.dirname(path)
    if os.path.isdir(path):
        return f"{label(path)} is a folder"
    return f"there is no folder {label(folder)}" if folder and not os.path.isdir(folder) else None


def _confirm(question: str) -> bool:
    return choose(question, ["yes", "no"], "no") == "yes"


def _ask_for_days(key: str, record: dict[str, Any]) -> list[dict[str, Any]] | None:
    for member, question, default in (("from", "First day (YYYY-MM-DD)", ""), ("through", "Last day", NO_END)):

        def check(answer: str, member: str = member, default: str = default) -> str | None:
            if answer in (UNKNOWN, default):
                return None if answer else 'must be a date as "YYYY-MM-DD", or unknown'
            return _problem({"id": "x", key: [{**record, member: answer}]})

        answer = ask(question, check, default)
        if answer == UNKNOWN and member == "from":
            say("  Without its first day, it stays unknown.")
            return None
        if answer not in (UNKNOWN, default):
            record[member] = answer
    return [record]


def _ask_for_events() -> list[dict[str, Any]] | None:
    events: list[dict[str, Any]] = []
    for question, step, default in _steps(events):

        def check(answer: str, step: dict[str, str] = step, default: str = default) -> str | None:
            is_date = answer not in (UNKNOWN, default)
            return _problem({"id": "x", "events": [{"on": answer, **step}]}) if is_date else None

        while (answer := ask(question, check, default)) != default:
            latest = max((event["on"] for event in events), default="")
            if answer == UNKNOWN:
                say("  A history is complete: without this date, all of it is unknown, also the dates that you gave.")
                if _confirm("Leave out the whole history?"):
                    return None
            elif answer >= latest or _confirm(f"  This is before the step of {latest}. Keep it?"):
                break
        if answer == NO_MORE:
            break
        if answer != NOT_HAPPENED:
            events.append({"on": answer, **step})
    return events


def _steps(events: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield a question for each step, and after a badge for each renewal until there are no more."""
    yield from ((question, step, NOT_HAPPENED) for question, step in STEPS)
    while events and events[-1]["type"] in ("badge_awarded", "renewal_approved"):
        yield "Renewal approved on", {"type": "renewal_approved"}, NO_MORE


def _problem(document: dict[str, Any]) -> str | None:
    """Return the first problem that the core finds in a document."""
    try:
        parse_partner(document)
    except InputError as error:
        return with_meant_days(error.diagnostics[0], "").message
    return None
