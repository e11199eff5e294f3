"""Calendars that hold more than our events: everything else stays as it is, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from designation._lazy import lazy

icalendar = lazy("icalendar", "calendar")

FOLD = re.compile(rb"\r?\n[ \t]")
BEGIN = re.compile(rb"BEGIN:(\S+)\s*", re.IGNORECASE)
END = re.compile(rb"END:(\S+)\s*", re.IGNORECASE)
PROPERTY = re.compile(rb"(UID|RECURRENCE-ID)(?:;[^:]*)?:(.*?)\s*", re.IGNORECASE)


class Part(NamedTuple):
    """A part of a calendar, as it is written: lines of the calendar itself, or a component and its UID."""

    text: bytes
    uid: str = ""


def split_calendar(text: bytes, suffix: str) -> list[Part]:
    """Return the parts of a calendar in order; only our own events, whose UID has the suffix, have a UID."""
    parts, lines, depth = [], list[bytes](), 0
    for line in text.splitlines(keepends=True):
        unmarked = line.removeprefix(b"\xef\xbb\xbf")
        if BEGIN.fullmatch(unmarked):
            depth += 1
            if depth == 2:
                parts.append(Part(b"".join(lines)))
                lines = []
        lines.append(line)
        if END.fullmatch(unmarked):
            depth -= 1
            if depth == 1:
                block = b"".join(lines)
                parts.append(Part(block, _own_uid(block, suffix)))
                lines = []
    return [*parts, Part(b"".join(lines))]


def is_foreign(parts: list[Part], names: tuple[str, ...]) -> bool:
    """Return whether a calendar holds components that are not ours, or has properties that we do not write.

    The properties with one of the names are ours, whatever their values.
    """
    own = {b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"VERSION:2.0", b"PRODID:-//designation//EN", b"METHOD:PUBLISH", b""}
    text = FOLD.sub(b"", b"\n".join(part.text for part in parts if not part.uid))
    ours = tuple(f"{name}:".encode() for name in names)
    return not {line.strip() for line in text.splitlines() if not line.startswith(ours)} <= own


def merge_calendar(parts: list[Part], events: Mapping[str, bytes | None]) -> Any:
    """Return a calendar with the parts of an earlier one, in which our events are replaced and new ones added.

    Args:
        parts: The parts of the earlier calendar.
        events: Our events by UID; None if the event of the earlier calendar stays.
    """
    known = {part.uid for part in parts if part.uid}
    *rest, last = parts
    merged = [_with_event(part, events) for part in rest]
    merged += [text for uid, text in events.items() if uid not in known and text is not None]
    text = b"".join([*_ended(merged), last.text])
    return _verbatim(text)


def _with_event(part: Part, events: Mapping[str, bytes | None]) -> bytes:
    event = events.get(part.uid) if part.uid else None
    return part.text if event is None else event


def _ended(texts: list[bytes]) -> Iterator[bytes]:
    """Yield texts, each with a line break at its end."""
    yield from (text if text.endswith(b"\n") or not text else text + b"\r\n" for text in texts)


def _verbatim(text: bytes) -> Any:
    """Return a calendar that is written as it was read."""

    class VerbatimCalendar(icalendar.Calendar):  # type: ignore[misc, name-defined]
        """A calendar with its text."""

        def to_ical(self, sorted: bool = True) -> bytes:
            return text

    parsed = icalendar.Calendar.from_ical(text)
    calendar = VerbatimCalendar(parsed)
    calendar.subcomponents = parsed.subcomponents
    return calendar


def _own_uid(block: bytes, suffix: str) -> str:
    """Return the UID of a component if it is one of our events, and otherwise an empty text."""
    depth, found = 0, dict[bytes, str]()
    lines = FOLD.sub(b"", block).splitlines()
    for line in lines:
        depth += bool(BEGIN.fullmatch(line)) - bool(END.fullmatch(line))
        if depth == 1 and (match := PROPERTY.fullmatch(line)):
            found.setdefault(match[1].upper(), match[2].decode("utf-8", "replace"))
    uid = found.get(b"UID", "")
    is_event = bool(lines) and lines[0].strip().upper() == b"BEGIN:VEVENT"
    return uid if is_event and uid.endswith(suffix) and b"RECURRENCE-ID" not in found else ""
