"""Readiness for the capability evaluation: the user's evidence, and the scores that the auditor gave (SSD-M1)."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from designation import _core
from designation._convert import json_object
from designation._days import day_or_today, parse_day
from designation._errors import InputError
from designation._input.json_text import read_json
from designation._input.source import TEXT, Source, open_source
from designation._input.spaces import trim
from designation._input.text import fold_name, read_text
from designation._messages import quote, several, spelled_like, suggestion
from designation._text.blocks import EMPTY, Block, Role, Span, Title, fill
from designation._text.figures import PageValue
from designation.metrics._errors import diagnostic, input_error

DIMENSIONS = ("support_function", "support_staff_skills", "support_performance_metrics")
STATUSES = ("ready", "in_progress", "missing")
STATES: dict[str, Role] = {"ready": "good", "in_progress": "", "missing": "bad", "expired": "bad", "no_file": "bad"}
REQUIRED = ("dimension", "item", "status")
MEMBERS = (*REQUIRED, "owner", "link", "expires")


class Evidence(NamedTuple):
    """An item of the user's checklist.

    ``state`` is ``expired`` after the last valid day, ``no_file`` if the evidence folder has no file at the link, and
    the status otherwise.
    """

    dimension: str
    item: str
    status: str
    owner: str | None
    link: str | None
    expires: datetime.date | None
    state: str

    def to_dict(self) -> dict[str, Any]:
        """Return the item as JSON-compatible values."""
        return json_object(self)


@dataclass(frozen=True, repr=False)
class Capability(PageValue):
    """Readiness, as `capability` returns it: the items of ``evidence``, and the auditor's ``scores``, if there are any.

    Readiness is counts of items and not a score, because how the auditor weighs evidence is not public.
    """

    as_of: datetime.date
    evidence: tuple[Evidence, ...]
    scores: tuple[tuple[str, float, float], ...] = ()

    @property
    def readiness(self) -> dict[str, dict[str, int]]:
        """The number of items in each state, by dimension."""
        return {
            dimension: {
                state: len([item for item in self.evidence_in(state) if item.dimension == dimension])
                for state in STATES
            }
            for dimension in DIMENSIONS
        }

    def evidence_in(self, state: str) -> tuple[Evidence, ...]:
        """Return the items in a state: ready, in_progress, missing, expired or no_file."""
        return tuple(item for item in self.evidence if item.state == state)

    def capability_evaluated(self, on: Any, outcome: str) -> _core.Event:
        """Build the event of ISSI's evaluation of capability; the outcome is ISSI's."""
        return _core.Event(on=on, type="capability_evaluated", outcome=outcome, dimensions=self._scores_dict or None)

    @property
    def _scores_dict(self) -> dict[str, dict[str, float]]:
        return {dimension: {"score": score, "out_of": out_of} for dimension, score, out_of in self.scores}

    def to_dict(self) -> dict[str, Any]:
        """Return the readiness as JSON-compatible values."""
        members = {"scores": self._scores_dict, "readiness": self.readiness, "evidence": self.evidence}
        return json_object({"metric": "capability", "as_of": self.as_of, **members})

    def lines(self) -> Iterable[Block]:
        """Lay out the readiness."""
        yield Title(f"Capability, evidence as of {self.as_of}")
        scores = {dimension: f", {score:g} of {out_of:g} points" for dimension, score, out_of in self.scores}
        for dimension, counts in self.readiness.items():
            yield EMPTY
            name = dimension.replace("_", " ").capitalize()
            readiness = f"{counts['ready']} of {sum(counts.values())} items ready{scores.get(dimension, '')}"
            yield from fill(Span(f"{name}: ", "label"), Span(readiness))
            for item in self.evidence:
                if item.dimension == dimension:
                    facts = [item.item, item.owner, item.expires and f"valid through {item.expires}", item.link]
                    state = Span(f"  {item.state.replace('_', ' ')}", STATES[item.state], 16)
                    yield from fill(state, Span(", ".join(str(fact) for fact in facts if fact)))

    def __repr__(self) -> str:
        ready = len(self.evidence_in("ready"))
        return f"<Capability {ready} of {len(self.evidence)} items ready, as of {self.as_of}>"


def capability(
    evidence: str | os.PathLike[str] | Mapping[str, Any] | Sequence[Mapping[str, Any]],
    *,
    scores: Mapping[str, Mapping[str, float]] | None = None,
    as_of: datetime.date | str | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Capability:
    """Count the evidence that is ready for each of the three dimensions of the capability evaluation.

    Args:
        evidence: A list, a CSV file, or a JSON file or dict with ``evidence`` and ``scores``. Items have ``dimension``,
            ``item``, ``status`` (ready, in_progress, missing) and, optionally, ``owner``, ``link`` and ``expires``, the
            last valid day.
        scores: The scores that the auditor gave: ``score`` and ``out_of`` for each dimension.
        as_of: The date on which evidence must not be expired; default: today.
        folder: The evidence folder; each link that is not a URL must be the path of a file in it.

    Raises:
        InputError: The evidence or the scores have problems; the error lists all of them.

    Example:
        >>> import designation as dsg
        >>> items = [
        ...     {"dimension": "support_function", "item": "Escalation process", "status": "ready"},
        ...     {"dimension": "support_staff_skills", "item": "Exams", "status": "ready", "expires": "2026-06-30"},
        ... ]
        >>> found = dsg.metrics.capability(items, as_of="2026-09-15")
        >>> found, [item.item for item in found.evidence_in("expired")]
        (<Capability 1 of 2 items ready, as of 2026-09-15>, ['Exams'])
    """
    day = day_or_today(as_of)
    if not isinstance(folder, str | os.PathLike | None):
        raise TypeError(f"folder must be a path, not {type(folder).__name__}")
    directory = None if folder is None else Path(folder)
    if directory is not None and not directory.is_dir():
        raise NotADirectoryError(20, os.strerror(20), os.fspath(directory))
    file, document, lines = _read_document(evidence)
    known = ("evidence", "scores", "notes")
    unknown = [str(key) for key in document if key not in known]
    problems = [
        diagnostic("unknown_key", f"unknown key {quote(key)}{suggestion(key, known)}", f"/{key}", file)
        for key in unknown
    ]
    items = []
    for index, item in enumerate(_validate_list(document.get("evidence"), file)):
        pointer, line = (f"/evidence/{index}", 0) if lines is None else ("", lines[index])
        found = [
            diagnostic(code, message, f"{pointer}{member}", file, line) for code, member, message in _problems_of(item)
        ]
        problems += found
        if not found:
            items.append(_parse_item(item, day, directory))
    parsed_scores = _parse_scores(document.get("scores") if scores is None else scores, file, problems)
    if problems:
        raise InputError(problems)
    return Capability(day, tuple(items), parsed_scores)


def _read_document(evidence: Any) -> tuple[str, dict[str, Any], list[int] | None]:
    """Return the name of the file, if evidence comes from one, the document, and the lines of a table's items."""
    if isinstance(evidence, Mapping):
        return "", dict(evidence), None
    if not isinstance(evidence, str | os.PathLike) and not hasattr(evidence, "read"):
        return "", {"evidence": evidence}, None
    source = open_source(evidence, str(getattr(evidence, "name", "")))
    with source.stream:
        if source.kind == TEXT:
            rows = list(_read_items(source))
            return source.name, {"evidence": [item for _, item in rows]}, [line for line, _ in rows]
        document = read_json(source)
    return source.name, document if isinstance(document, dict) else {"evidence": document}, None


def _read_items(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    table = read_text(source)
    names = [fold_name(name) for name in table.header]
    if missing := [key for key in REQUIRED if key not in names]:
        what = f"the table has no column {several(map(quote, missing))}; it has {several(filter(None, names), 12)}"
        similar = [f"{quote(key)} for {quote(name)}" for key in missing if (name := spelled_like([key], names))]
        what += f"; did you mean {', '.join(similar)}?" if similar else ""
        raise input_error("column", what, file=source.name)
    for line, cells in table.rows(pad=True):
        yield line, {name: trim(cell) for name, cell in zip(names, cells, strict=True) if name and trim(cell)}


def _validate_list(items: Any, file: str) -> Sequence[Any]:
    if not isinstance(items, Sequence) or isinstance(items, str | bytes):
        raise input_error("type", "must be a list of items", "/evidence", file)
    return items


def _problems_of(item: Any) -> Iterable[tuple[str, str, str]]:
    """Return the code, the pointer inside the item, and the message of each problem of an item."""
    if not isinstance(item, Mapping):
        yield "type", "", f"must be an object, not {quote(item)}"
        return
    for key, value in item.items():
        if key not in MEMBERS:
            yield "unknown_key", "", f"unknown key {quote(key)}{suggestion(key, MEMBERS)}"
        elif value is not None and not isinstance(value, str | datetime.date):
            yield "type", f"/{key}", f"must be text, not {quote(value)}"
    for key in REQUIRED:
        if not item.get(key):
            yield "missing_key", "", f'"{key}" is required'
    for key, known in (("dimension", DIMENSIONS), ("status", STATUSES)):
        word = item.get(key)
        if word and word not in known:
            yield "unknown_value", f"/{key}", f'must be one of {", ".join(known)}, not "{word}"'
    if item.get("expires"):
        try:
            parse_day(item["expires"])
        except (InputError, TypeError):
            yield "date", "/expires", f'"{item["expires"]}" is not a valid date'


def _parse_item(item: Mapping[str, Any], day: datetime.date, folder: Path | None) -> Evidence:
    values = {key: item.get(key) or None for key in MEMBERS}
    expires = None if values["expires"] is None else parse_day(values["expires"])
    state = values["status"]
    if expires is not None and expires < day:
        state = "expired"
    elif (
        folder is not None and values["link"] and "://" not in values["link"] and not _has_file(folder, values["link"])
    ):
        state = "no_file"
    return Evidence(**{**values, "expires": expires, "state": state})  # type: ignore[arg-type]


def _has_file(folder: Path, link: str) -> bool:
    path = (folder / link).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def _parse_scores(scores: Any, file: str, problems: list[_core.Diagnostic]) -> tuple[tuple[str, float, float], ...]:
    if not scores:
        return ()
    try:
        # An event has the same scores, so its constructor validates them.
        event = _core.Event(on="2026-01-01", type="capability_evaluated", outcome="pass", dimensions=scores)
    except InputError as error:
        for one in error.diagnostics:
            problems.append(one.replace(pointer="/scores" + one.pointer.removeprefix("/dimensions"), file=file))
        return ()
    except TypeError:
        problems.append(diagnostic("type", "must map each dimension to its score and out_of", "/scores", file))
        return ()
    by_dimension = event.dimensions or {}
    return tuple((name, by_dimension[name]["score"], by_dimension[name]["out_of"]) for name in DIMENSIONS)
