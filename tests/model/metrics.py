"""A second implementation of the case rate and CSAT: slow loops over rows, without any code of the package.

Rows are dicts of texts; a missing value is None. Dates are ISO dates, with or without a time.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Row = Mapping[str, str | None]
Days = tuple[datetime.date, datetime.date]


class Cases(NamedTuple):
    """The cases of each month and group, and the rows that do not count, by reason."""

    months: dict[str, int]
    groups: dict[str | None, int]
    not_counted: dict[str, int]


class Answers(NamedTuple):
    """The number of answers with each score, and the rows that do not count, by reason."""

    scores: dict[float, int]
    not_counted: dict[str, int]


def text_of(value: str | None) -> str | None:
    """Return a text without the spaces around it; None if nothing is left."""
    return (value or "").strip() or None


def time_of(value: str | None) -> tuple[datetime.datetime | None, bool, bool]:
    """Return a time, whether it has a time of day, and whether it is missing; an invalid date has no time."""
    text = text_of(value)
    if text is None or text.startswith("0001-01-01"):
        return None, False, True
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None, False, False
    # Many exports write midnight for a date without a time.
    has_clock = found.time() != datetime.time()
    return (found, has_clock, False) if 1900 <= found.year <= 2199 else (None, False, False)


def reason_of(row: Row, period: Days, excluded: Sequence[str]) -> str | None:
    """Return why a row of a table of cases does not count; None if it does, or repeats a case."""
    flag = text_of(row["escalated"])
    created, _, is_missing = time_of(row["created"])
    closed, has_clock, _ = time_of(row["closed"])
    if text_of(row["id"]) is None:
        return "no_id"
    if flag not in ("yes", "no"):
        return "escalation_unknown"
    if flag == "no":
        return "not_escalated"
    if created is None:
        return "no_date" if is_missing else "unreadable_date"
    if closed is not None and closed < created and (has_clock or closed.date() < created.date()):
        return "impossible_order"
    return reason_of_day(created.date(), period, excluded)


def reason_of_day(day: datetime.date, period: Days, excluded: Sequence[str]) -> str | None:
    """Return why a case on a day does not count."""
    if not period[0] <= day <= period[1]:
        return "outside_period"
    return "excluded_month" if f"{day:%Y-%m}" in excluded else None


def count_cases(rows: Sequence[Row], period: Days, excluded: Sequence[str], group_of: str) -> Cases:
    """Count the cases of a table with one row per case, some of which are repeated."""
    not_counted: Counter[str] = Counter()
    by_id: dict[str, list[tuple[datetime.datetime, int, str | None]]] = defaultdict(list)
    for position, row in enumerate(rows):
        reason = reason_of(row, period, excluded)
        time, id_ = time_of(row["created"])[0], text_of(row["id"])
        if reason is not None or time is None or id_ is None:
            not_counted[str(reason)] += 1
        else:
            by_id[id_].append((time, position, text_of(row["product"])))
    months: Counter[str] = Counter()
    groups: Counter[str | None] = Counter()
    for found in by_id.values():
        found.sort(key=lambda one: one[:2])
        not_counted["duplicate_id"] += len(found) - 1
        months[f"{found[0][0]:%Y-%m}"] += 1
        groups[found[0 if group_of == "first" else -1][2]] += 1
    return Cases(dict(months), dict(groups), dict(+not_counted))


def count_events(rows: Sequence[Row], period: Days, on: str) -> Cases:
    """Count the cases of an event log: the date of a case is that of its first event, or of its first escalation."""
    not_counted: Counter[str] = Counter()
    by_id: dict[str, list[tuple[datetime.datetime | None, bool]]] = defaultdict(list)
    for row in rows:
        time, _, is_missing = time_of(row["created"])
        id_, flag = text_of(row["id"]), text_of(row["escalated"]) == "yes"
        if id_ is None:
            not_counted["no_id"] += 1
        elif time is None and (flag or on == "created"):
            not_counted["no_date" if is_missing else "unreadable_date"] += 1
        else:
            by_id[id_].append((time, flag))
    months: Counter[str] = Counter()
    for found in by_id.values():
        not_counted["further_event"] += len(found) - 1
        times = [time for time, flag in found if time is not None and (flag or on == "created")]
        if not any(flag for _, flag in found):
            not_counted["not_escalated"] += 1
        elif (reason := reason_of_day(min(times).date(), period, ())) is not None:
            not_counted[reason] += 1
        else:
            months[f"{min(times):%Y-%m}"] += 1
    return Cases(dict(months), {}, dict(+not_counted))


def count_answers(rows: Iterable[Row], period: Days, scale: Mapping[str, float] | None) -> Answers:
    """Count the answers; of several with one id, the earliest counts or, on one day, the lowest."""
    not_counted: Counter[str] = Counter()
    scores: Counter[float] = Counter()
    by_id: dict[str, list[tuple[datetime.date, float]]] = defaultdict(list)
    for row in rows:
        time, _, is_missing = time_of(row["answered"])
        answer = text_of(row["score"])
        score = None if answer is None else score_of(answer, scale)
        if time is not None and not period[0] <= time.date() <= period[1]:
            not_counted["outside_period"] += 1
        elif answer is None:
            not_counted["blank"] += 1
        elif time is None:
            not_counted["no_date" if is_missing else "unreadable_date"] += 1
        elif score is None:
            not_counted["off_scale"] += 1
        elif (id_ := text_of(row["id"])) is None:
            scores[score] += 1
        else:
            by_id[id_].append((time.date(), score))
    for found in by_id.values():
        scores[min(found)[1]] += 1
        not_counted["duplicate_id"] += len(found) - 1
    return Answers(dict(scores), dict(+not_counted))


def score_of(answer: str, scale: Mapping[str, float] | None) -> float | None:
    """Return the score of an answer; None if it is off the scale."""
    if scale is not None:
        return scale.get(answer.lower())
    return float(answer) if answer in ("1", "2", "3", "4", "5") else None
