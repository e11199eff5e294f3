"""Replays of records: compute an assessment again, and compare it with the recorded one."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from designation import _core
from designation._answers.record import DIGESTED, FORMAT, digest
from designation._convert import json_object
from designation._display import displayable, public
from designation._errors import InputError
from designation._input.locations import escape_token, locate
from designation._lazy import lazy

json_text = lazy("designation._input.json_text")

TEXTS = ("format", "engine", "as_of", "edition")
KEYS = (*TEXTS, *DIGESTED, "digests")
OPTIONAL = ("$schema", "notes")


@public
class RecordDifference(NamedTuple):
    """A value of the assessment that is not the recorded one: its JSON Pointer, the recorded value, and the new one."""

    pointer: str
    before: Any
    after: Any


@public
@displayable
class Replay(NamedTuple):
    """The comparison of a recorded assessment with a new one from the same facts, policy, and rulebook.

    Attributes:
        partner: The id of the partner.
        as_of: The date of the assessment.
        differences: The values that differ; provenance is not compared.
        engine: The version of the package that wrote the record, and the version now.
        digests: The digests that are not the recorded ones, by name, before and after; a built-in edition has another
            digest if its wording has changed.
    """

    partner: str
    as_of: datetime.date
    differences: tuple[RecordDifference, ...]
    engine: tuple[str, str]
    digests: dict[str, tuple[str, str]]

    @property
    def same(self) -> bool:
        """Whether the assessment is the recorded one."""
        return not self.differences

    def to_dict(self) -> dict[str, Any]:
        """Return the replay as JSON values."""
        pairs = {name: {"before": one[0], "after": one[1]} for name, one in self.digests.items()}
        engine = {"before": self.engine[0], "after": self.engine[1]}
        return {"same": self.same, **json_object(self), "engine": engine, "digests": pairs}


def replay(record: Mapping[str, Any] | str | os.PathLike[str]) -> Replay:
    """Compute the assessment of a record again, and compare it.

    Args:
        record: A record as `record` returns it, or the path of a file with one.

    Raises:
        InputError: All problems of the record, such as a digest that is not that of its part.
        OSError: The file cannot be read.

    Example:
        >>> import designation as dsg
        >>> record = dsg.record(dsg.assess(dsg.Partner(id="contoso", events=[]), as_of="2026-09-15"))
        >>> dsg.replay(record | {"digests": {**record["digests"], "partner": "sha256:0"}})
        Traceback (most recent call last):
        designation.InputError: /digests/partner: is not the digest of /partner; one of them was changed [digest]
    """
    if isinstance(record, str | os.PathLike):
        with open(os.fspath(record), "rb") as file:
            return replay_text(file.read(), os.fspath(record))
    if not isinstance(record, Mapping):
        raise TypeError(f"must be a record, as a dict or the path of a file, not {type(record).__name__}")
    return _replay(dict(record), lambda problem: problem)


def replay_text(text: bytes, file: str, first_line: int = 1) -> Replay:
    """Replay the record in JSON text; problems have its file, and lines from the number of its first line."""
    try:
        document = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = _core.Diagnostic(code="encoding", message="must be UTF-8", file=file, line=first_line, column=1)
        raise InputError([problem]) from None
    if found := json_text.json_problem(document):
        line, column, message = found
        problem = _core.Diagnostic(
            code="syntax", message=f"must be JSON: {message}", file=file, line=line + first_line - 1, column=column
        )
        raise InputError([problem])

    def located(problem: _core.Diagnostic) -> _core.Diagnostic:
        line, column = locate(document, problem.pointer)
        return problem.replace(file=file, line=line + first_line - 1, column=column)

    return _replay(json.loads(document), located)


def _replay(document: Any, located: Callable[[_core.Diagnostic], _core.Diagnostic]) -> Replay:
    problems: list[_core.Diagnostic] = []
    again = None if (problems := list(_shape_problems(document))) else _assess_again(document, problems)
    if again is None or problems:
        raise InputError([located(problem) for problem in problems])
    parts: dict[str, Any] = {
        "partner": again.partner,
        "policy": again.policy,
        "rulebook": again.rulebook,
        "assessment": again,
    }
    new = {name: digest(part.to_dict()) for name, part in parts.items()}
    old = document["digests"]
    return Replay(
        again.partner.id,
        again.as_of,
        tuple(_differences("", document["assessment"], again.to_dict())),
        (document["engine"], _core.__version__),
        {name: (old[name], new[name]) for name in DIGESTED if old[name] != new[name]},
    )


def _shape_problems(document: Any) -> Iterator[_core.Diagnostic]:
    if not isinstance(document, dict):
        yield _problem("", "type", "must be a record, an object")
        return
    for key in (one for one in document if one not in (*KEYS, *OPTIONAL)):
        yield _problem(f"/{escape_token(str(key))}", "unknown_key", f'unknown key "{key}"; known: {", ".join(KEYS)}')
    for key in KEYS:
        if key not in document:
            yield _problem("", "missing_key", f'the key "{key}" is missing')
        elif not isinstance(document[key], str if key in TEXTS else dict) and (key, document[key]) != (
            "rulebook",
            None,
        ):
            yield _problem(f"/{key}", "type", "must be text" if key in TEXTS else "must be an object")
    if isinstance(form := document.get("format"), str) and form != FORMAT:
        yield _problem("/format", "format", f'must be "{FORMAT}", not "{form}"')
    digests: Any = document.get("digests")
    for name in DIGESTED if isinstance(digests, dict) else ():
        if name not in digests:
            yield _problem("/digests", "missing_key", f'the key "{name}" is missing')
        elif document.get(name) is not None and digests[name] != digest(document[name]):
            yield _problem(f"/digests/{name}", "digest", f"is not the digest of /{name}; one of them was changed")


def _assess_again(document: dict[str, Any], problems: list[_core.Diagnostic]) -> _core.Assessment | None:
    rulebook = _read(lambda: _read_rulebook(document), "/rulebook", problems)
    partner = _read(lambda: _core.read_partner(document["partner"], ""), "/partner", problems)
    policy = _read(lambda: _core.read_policy(document["policy"], "", rulebook), "/policy", problems)
    day = _read(lambda: _core.parse_day(document["as_of"]), "/as_of", problems)
    if problems or rulebook is None:
        return None
    return _core.assess(partner, day, _core.rules(policy, rulebook))


def _read_rulebook(document: dict[str, Any]) -> _core.Rulebook:
    if document["rulebook"] is not None:
        return _core.parse_rulebook(json.dumps(document["rulebook"]), "")
    builtin = _core.builtin_rulebook(document["edition"])
    if builtin is None:
        editions = ", ".join(_core.editions())
        raise InputError([_problem("", "edition", f"is null, but the edition is none of {editions}")])
    return builtin


def _read(read: Callable[[], Any], pointer: str, problems: list[_core.Diagnostic]) -> Any:
    try:
        return read()
    except InputError as error:
        problems += [one.replace(pointer=pointer + one.pointer) for one in error.diagnostics]
        return None


def _differences(pointer: str, before: Any, after: Any) -> Iterator[RecordDifference]:
    if pointer == "/provenance" or before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before | after:
            yield from _differences(f"{pointer}/{escape_token(key)}", before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(f"{pointer}/{index}", one, other)
    else:
        yield RecordDifference(pointer, before, after)


def _problem(pointer: str, code: str, message: str) -> _core.Diagnostic:
    return _core.Diagnostic(code=code, pointer=pointer, message=message)
