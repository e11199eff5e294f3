"""Readiness for the capability evaluation: scores as the auditor gave them, and the user's evidence (spec, SSD-M1)."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from designation import _core
from designation._days import day_or_today, parse_day
from designation._errors import InputError
from designation._text.figures import Shown
from designation._text.layout import EMPTY, Line, Role, Span, fill
from designation.metrics._mistakes import mistake, nearest, problem

DIMENSIONS = ("support_function", "support_staff_skills", "support_performance_metrics")
STATUSES = ("ready", "in_progress", "missing")
STATES: dict[str, Role] = {"ready": "good", "in_progress": "", "missing": "bad", "expired": "bad", "no_file": "bad"}
MEMBERS = ("dimension", "item", "status", "owner", "link", "expires")


class Evidence(NamedTuple):
    """An item of the user's checklist.

    ``state`` is its status, or ``expired`` where its last day is over, or ``no_file`` where its link leads to no file
    of the evidence folder.
    """

    dimension: str
    item: str
    status: str
    owner: str | None
    link: str | None
    expires: datetime.date | None
    state: str

    def to_dict(self) -> dict[str, Any]:
        """Give the item as JSON has it."""
        return {**self._asdict(), "expires": self.expires and str(self.expires)}


@dataclass(frozen=True, repr=False)
class Capability(Shown):
    """Readiness as `capability` gives it: ``evidence`` item by item, and ``scores``, if the auditor gave some.

    Readiness is counts. There is no score of its own: how evidence is weighed is not public.
    """

    as_of: datetime.date
    evidence: tuple[Evidence, ...]
    scores: tuple[tuple[str, float, float], ...] = ()

    @property
    def readiness(self) -> dict[str, dict[str, int]]:
        """How many items are in which state, by dimension."""
        return {
            dimension: {
                state: len([item for item in self.of(state) if item.dimension == dimension]) for state in STATES
            }
            for dimension in DIMENSIONS
        }

    def of(self, state: str) -> tuple[Evidence, ...]:
        """Give the items in a state: ready, in_progress, missing, expired or no_file."""
        return tuple(item for item in self.evidence if item.state == state)

    def capability_evaluated(self, on: Any, outcome: str) -> _core.Event:
        """Make the event that ISSI has evaluated the capability on a day; the outcome is ISSI's."""
        scores = {dimension: {"score": score, "out_of": out_of} for dimension, score, out_of in self.scores}
        return _core.Event(on=on, type="capability_evaluated", outcome=outcome, dimensions=scores or None)

    def to_dict(self) -> dict[str, Any]:
        """Give the readiness as JSON has it."""
        return {
            "metric": "capability",
            "as_of": str(self.as_of),
            "scores": {dimension: {"score": score, "out_of": out_of} for dimension, score, out_of in self.scores},
            "readiness": self.readiness,
            "evidence": [item.to_dict() for item in self.evidence],
        }

    def lines(self) -> Iterable[Line]:
        """Lay out the readiness at 80 columns."""
        yield from fill(Span(f"Capability, evidence as of {self.as_of}", "label"))
        scores = {dimension: f", {score:g} of {out_of:g} points" for dimension, score, out_of in self.scores}
        for dimension, counts in self.readiness.items():
            yield EMPTY
            name = dimension.replace("_", " ").capitalize()
            said = f"{counts['ready']} of {sum(counts.values())} items ready{scores.get(dimension, '')}"
            yield from fill(Span(f"{name}: ", "label"), Span(said))
            for item in self.evidence:
                if item.dimension == dimension:
                    facts = [item.item, item.owner, item.expires and f"until {item.expires}", item.link]
                    state = Span(f"  {item.state.replace('_', ' '):<14}", STATES[item.state])
                    yield from fill(state, Span(", ".join(str(fact) for fact in facts if fact)))

    def __repr__(self) -> str:
        return f"<Capability {len(self.of('ready'))} of {len(self.evidence)} items ready, as of {self.as_of}>"


def capability(
    evidence: str | os.PathLike[str] | Mapping[str, Any] | Sequence[Mapping[str, Any]],
    *,
    scores: Mapping[str, Mapping[str, float]] | None = None,
    as_of: datetime.date | str | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Capability:
    """Count how ready the evidence for the three dimensions of the capability evaluation is.

    Args:
        evidence: Items with ``dimension``, ``item``, ``status`` (ready, in_progress, missing) and, if known, ``owner``,
            ``link`` and ``expires``, the last day: a list, a CSV file, or a JSON file or dict with ``evidence`` and
            ``scores``.
        scores: What the auditor gave: ``score`` and ``out_of`` for each dimension.
        as_of: The day on which evidence must not be expired; default: today.
        folder: The evidence folder: each link that is no address has to be a file in it.

    Raises:
        InputError: Every problem at once.

    Example:
        >>> import designation as dsg
        >>> items = [
        ...     {"dimension": "support_function", "item": "Escalation process", "status": "ready"},
        ...     {"dimension": "support_staff_skills", "item": "Exams", "status": "ready", "expires": "2026-06-30"},
        ... ]
        >>> found = dsg.metrics.capability(items, as_of="2026-09-15")
        >>> found, [item.item for item in found.of("expired")]
        (<Capability 1 of 2 items ready, as of 2026-09-15>, ['Exams'])
    """
    day = day_or_today(as_of)
    place = None if folder is None else Path(folder)
    if place is not None and not place.is_dir():
        raise NotADirectoryError(20, os.strerror(20), os.fspath(place))
    file, document = _document(evidence)
    unknown = [key for key in document if key not in ("evidence", "scores", "notes")]
    problems = [problem("unknown_key", f'"{key}" is not known', f"/{key}", file) for key in unknown]
    made = []
    for number, item in enumerate(_list(document.get("evidence"), file)):
        pointer = f"/evidence/{number}"
        found = [problem(code, message, f"{pointer}{at}", file) for code, at, message in _wrong(item)]
        problems += found
        if not found:
            made.append(_item(item, day, place))
    given = _scores(document.get("scores") if scores is None else scores, file, problems)
    if problems:
        raise InputError(problems)
    return Capability(day, tuple(made), given)


def _document(evidence: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(evidence, Mapping):
        return "", dict(evidence)
    if not isinstance(evidence, str | os.PathLike):
        return "", {"evidence": evidence}
    file = os.fspath(evidence)
    try:
        text = Path(evidence).read_text("utf-8-sig")
        if file.lower().endswith(".csv"):
            rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
            lacking = [key for key in MEMBERS[:3] if key not in (rows.fieldnames or ())]
            if lacking:
                raise mistake("column", f"the heading has no {', '.join(lacking)}", file=file)
            return file, {"evidence": [{key: value for key, value in row.items() if value} for row in rows]}
        document = json.loads(text)
    except UnicodeDecodeError:
        raise mistake("encoding", "it is no UTF-8", file=file) from None
    except (csv.Error, json.JSONDecodeError, RecursionError) as error:
        raise mistake("syntax", str(error), file=file) from None
    return file, document if isinstance(document, dict) else {"evidence": document}


def _list(items: Any, file: str) -> Sequence[Any]:
    if not isinstance(items, Sequence) or isinstance(items, str | bytes):
        raise mistake("type", "evidence is a list of items", "/evidence", file)
    return items


def _wrong(item: Any) -> Iterable[tuple[str, str, str]]:
    """Give what is wrong with an item: code, place, message."""
    if not isinstance(item, Mapping):
        yield "type", "", "an item is an object"
        return
    for key, value in item.items():
        if key not in MEMBERS:
            yield "unknown_key", "", f'"{key}" is not known{nearest(str(key), MEMBERS)}'
        elif value is not None and not isinstance(value, str | datetime.date):
            yield "type", f"/{key}", f"{value!r} is no text"
    for key in MEMBERS[:3]:
        if not item.get(key):
            yield "missing_key", "", f'"{key}" is required'
    for key, known in (("dimension", DIMENSIONS), ("status", STATUSES)):
        word = item.get(key)
        if word and word not in known:
            hint = nearest(str(word), known)
            yield "unknown_value", f"/{key}", f'"{word}" is none of {", ".join(known)}{hint}'
    if item.get("expires"):
        try:
            parse_day(item["expires"])
        except (InputError, TypeError):
            yield "date", "/expires", f"{str(item['expires'])!r} is no day of the calendar"


def _item(item: Mapping[str, Any], day: datetime.date, folder: Path | None) -> Evidence:
    values = {key: item.get(key) or None for key in MEMBERS}
    expires = None if values["expires"] is None else parse_day(values["expires"])
    state = values["status"]
    if expires is not None and expires < day:
        state = "expired"
    elif folder is not None and values["link"] and "://" not in values["link"] and not _is_in(folder, values["link"]):
        state = "no_file"
    return Evidence(**{**values, "expires": expires, "state": state})  # type: ignore[arg-type]


def _is_in(folder: Path, link: str) -> bool:
    path = (folder / link).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def _scores(given: Any, file: str, problems: list[_core.Diagnostic]) -> tuple[tuple[str, float, float], ...]:
    if not given:
        return ()
    try:
        # The reader of events knows what scores are.
        event = _core.Event(on="2026-01-01", type="capability_evaluated", outcome="pass", dimensions=given)
    except InputError as error:
        for one in error.diagnostics:
            pointer = "/scores" + one.pointer.removeprefix("/dimensions")
            problems.append(problem(one.code, one.message, pointer, file))
        return ()
    except TypeError:
        problems.append(problem("type", "scores are an object of score and out_of by dimension", "/scores", file))
        return ()
    scores = event.dimensions or {}
    return tuple((name, scores[name]["score"], scores[name]["out_of"]) for name in DIMENSIONS)
