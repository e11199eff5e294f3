"""A second implementation of support metrics: slow loops over rows, without any code of the package.

Rows are dicts of texts; a missing value is None. Dates are ISO dates, with or without a time. With a time zone, every
time has an offset, and days are those of the zone; a date without a time is the same day in every zone.
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

Row = Mapping[str, str | None]
Days = tuple[datetime.date, datetime.date]
UTC = datetime.UTC


class Time(NamedTuple):
    """The day and the instant that a text says, if it is valid, and whether it has a time of day, or nothing at all."""

    day: datetime.date | None
    instant: datetime.datetime | None
    has_clock: bool
    is_missing: bool


class Cases(NamedTuple):
    """The cases of each month and group, and the rows that do not count, by reason."""

    months: dict[str, int]
    groups: dict[str | None, int]
    not_counted: dict[str, int]


class Answers(NamedTuple):
    """The number of answers with each score, and the rows that do not count, by reason."""

    scores: dict[float, int]
    not_counted: dict[str, int]


class Case(NamedTuple):
    """A case as one list has it: the day that counts, whether it is escalated if that is known, and its customer."""

    day: datetime.date | None
    escalated: bool | None
    customer: str | None


class Comparison(NamedTuple):
    """Lists compared: the cases of each set of lists, where they disagree, and pairs that may be one case."""

    classes: dict[tuple[int, ...], int]
    days_differ: int
    escalation_differs: int
    outside: tuple[int, ...]
    candidates: int


def text_of(value: str | None) -> str | None:
    """Return a text without the spaces around it; None if nothing is left."""
    return (value or "").strip() or None


def time_of(value: str | None, zone: str | None = None) -> Time:
    """Return the time that a text says."""
    text = text_of(value)
    if text is None or text.startswith("0001-01-01"):
        return Time(None, None, False, True)
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return Time(None, None, False, False)
    # Many exports write midnight for a date without a time.
    has_clock = found.time() != datetime.time()
    local = found if zone is None or found.tzinfo is None else found.astimezone(ZoneInfo(zone))
    instant = found if zone is None else (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return (
        Time(local.date(), instant, has_clock, False) if 1900 <= local.year <= 2199 else Time(None, None, False, False)
    )


def reason_of(row: Row, period: Days, excluded: Sequence[str], zone: str | None) -> str | None:
    """Return why a row of a table of cases does not count; None if it does, or repeats a case."""
    flag = text_of(row["escalated"])
    created, closed = time_of(row["created"], zone), time_of(row["closed"], zone)
    if text_of(row["id"]) is None:
        return "no_id"
    if flag not in ("yes", "no"):
        return "escalation_unknown"
    if flag == "no":
        return "not_escalated"
    if created.day is None or created.instant is None:
        return "no_date" if created.is_missing else "unreadable_date"
    is_before = closed.instant is not None and closed.instant < created.instant
    if is_before and (closed.has_clock or closed.day != created.day):
        return "impossible_order"
    return reason_of_day(created.day, period, excluded)


def reason_of_day(day: datetime.date, period: Days, excluded: Sequence[str]) -> str | None:
    """Return why a case on a day does not count."""
    if not period[0] <= day <= period[1]:
        return "outside_period"
    return "excluded_month" if f"{day:%Y-%m}" in excluded else None


def count_cases(
    rows: Sequence[Row], period: Days, excluded: Sequence[str], group_of: str, zone: str | None = None
) -> Cases:
    """Count the cases of a table with one row per case, some of which are repeated."""
    not_counted: Counter[str] = Counter()
    by_id: dict[str, list[tuple[datetime.datetime, int, datetime.date, str | None]]] = defaultdict(list)
    for position, row in enumerate(rows):
        reason = reason_of(row, period, excluded, zone)
        time, id_ = time_of(row["created"], zone), text_of(row["id"])
        if reason is not None or time.instant is None or time.day is None or id_ is None:
            not_counted[str(reason)] += 1
        else:
            by_id[id_].append((time.instant, position, time.day, text_of(row["product"])))
    months: Counter[str] = Counter()
    groups: Counter[str | None] = Counter()
    for found in by_id.values():
        found.sort(key=lambda one: one[:2])
        not_counted["duplicate_id"] += len(found) - 1
        months[f"{min(day for _, _, day, _ in found):%Y-%m}"] += 1
        groups[found[0 if group_of == "first" else -1][3]] += 1
    return Cases(dict(months), dict(groups), dict(+not_counted))


def count_events(rows: Sequence[Row], period: Days, on: str, zone: str | None = None) -> Cases:
    """Count the cases of an event log: the date of a case is that of its first event, or of its first escalation."""
    not_counted: Counter[str] = Counter()
    by_id: dict[str, list[tuple[datetime.date | None, bool]]] = defaultdict(list)
    for row in rows:
        time, id_, flag = time_of(row["created"], zone), text_of(row["id"]), text_of(row["escalated"]) == "yes"
        if id_ is None:
            not_counted["no_id"] += 1
        elif time.day is None and (flag or on == "created"):
            not_counted["no_date" if time.is_missing else "unreadable_date"] += 1
        else:
            by_id[id_].append((time.day, flag))
    months: Counter[str] = Counter()
    for found in by_id.values():
        not_counted["further_event"] += len(found) - 1
        days = [day for day, flag in found if day is not None and (flag or on == "created")]
        if not any(flag for _, flag in found):
            not_counted["not_escalated"] += 1
        elif (reason := reason_of_day(min(days), period, ())) is not None:
            not_counted[reason] += 1
        else:
            months[f"{min(days):%Y-%m}"] += 1
    return Cases(dict(months), {}, dict(+not_counted))


def count_answers(
    rows: Iterable[Row], period: Days, scale: Mapping[str, float] | None, zone: str | None = None
) -> Answers:
    """Count the answers; of several with one id, the earliest counts or, on one day, the lowest."""
    not_counted: Counter[str] = Counter()
    scores: Counter[float] = Counter()
    by_id: dict[str, list[tuple[datetime.date, float]]] = defaultdict(list)
    for row in rows:
        time, answer = time_of(row["answered"], zone), text_of(row["score"])
        score = None if answer is None else score_of(answer, scale)
        if time.day is not None and not period[0] <= time.day <= period[1]:
            not_counted["outside_period"] += 1
        elif answer is None:
            not_counted["blank"] += 1
        elif time.day is None:
            not_counted["no_date" if time.is_missing else "unreadable_date"] += 1
        elif score is None:
            not_counted["off_scale"] += 1
        elif (id_ := text_of(row["id"])) is None:
            scores[score] += 1
        else:
            by_id[id_].append((time.day, score))
    for found in by_id.values():
        scores[min(found)[1]] += 1
        not_counted["duplicate_id"] += len(found) - 1
    return Answers(dict(scores), dict(+not_counted))


def score_of(answer: str, scale: Mapping[str, float] | None) -> float | None:
    """Return the score of an answer; None if it is off the scale."""
    if scale is not None:
        return scale.get(answer.lower())
    return float(answer) if answer in ("1", "2", "3", "4", "5") else None


def cases_of(rows: Iterable[Row], period: Days, zone: str | None = None) -> dict[str, Case]:
    """Return the cases of a list by id: the first day inside the period counts, or else the first day."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if (id_ := text_of(row["id"])) is not None:
            by_id[id_].append(row)
    cases = {}
    for id_, found in by_id.items():
        days = sorted(day for row in found if (day := time_of(row["created"], zone).day) is not None)
        inside = [day for day in days if period[0] <= day <= period[1]]
        flags = {text_of(row["escalated"]) for row in found}
        customers = [name for row in found if (name := text_of(row["customer"])) is not None]
        escalated = True if "yes" in flags else False if "no" in flags else None
        cases[id_] = Case(next(iter(inside or days), None), escalated, min(customers, default=None))
    return cases


def compare_lists(lists: Sequence[Mapping[str, Case]], period: Days, tolerance: int) -> Comparison:
    """Compare the cases that some list dates inside the period."""
    names = {id_ for cases in lists for id_, case in cases.items() if is_inside(case, period)}
    union = {id_: [cases.get(id_) for cases in lists] for id_ in names}
    classes = Counter(present(found) for found in union.values())
    spans = [days for found in union.values() if (days := days_of(found))]
    flags = [{case.escalated for case in found if case and case.escalated is not None} for found in union.values()]
    outside = tuple(
        sum(found[at] is not None and not is_inside(found[at], period) for found in union.values())
        for at in range(len(lists))
    )
    pairs = itertools.combinations(union.values(), 2)
    return Comparison(
        dict(classes),
        sum((max(days) - min(days)).days > tolerance for days in spans),
        sum(len(known) > 1 for known in flags),
        outside,
        sum(may_be_one(one, other, tolerance) for one, other in pairs),
    )


def is_inside(case: Case | None, period: Days) -> bool:
    """Return whether a list dates a case inside the period."""
    return case is not None and case.day is not None and period[0] <= case.day <= period[1]


def present(found: Sequence[Case | None]) -> tuple[int, ...]:
    """Return which lists have a case."""
    return tuple(at for at, case in enumerate(found) if case)


def days_of(found: Sequence[Case | None]) -> list[datetime.date]:
    """Return the days that lists give a case."""
    return [case.day for case in found if case and case.day]


def may_be_one(one: Sequence[Case | None], other: Sequence[Case | None], tolerance: int) -> bool:
    """Return whether two cases have no list in common, the same customer, and days within the tolerance."""
    first, second = (
        min((case.customer for case in found if case and case.customer), default=None) for found in (one, other)
    )
    if first is None or first != second or set(present(one)) & set(present(other)):
        return False
    return abs((min(days_of(one)) - min(days_of(other))).days) <= tolerance


def size_of_business(
    rows: Iterable[Row], value: str, period: Days, excluded: Sequence[str], *, is_count: bool
) -> tuple[dict[str, Decimal], dict[str | None, Decimal]]:
    """Sum the amounts of each month, or average its counts over the days on which they were taken; also by product."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    groups: dict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    days: dict[str, set[datetime.date]] = defaultdict(set)
    for row in rows:
        date = text_of(row["date"]) or ""
        day = time_of(f"{date}-01" if len(date) == 7 else date).day
        if day is None or reason_of_day(day, period, excluded) is not None:
            continue
        month, size = f"{day:%Y-%m}", Decimal((text_of(row[value]) or "").replace(",", "").replace(" ", ""))
        sums[month] += size
        groups[text_of(row["product"]), month] += size
        days[month].add(day)
    taken = {month: len(found) if is_count else 1 for month, found in days.items()}
    by_group: dict[str | None, Decimal] = defaultdict(Decimal)
    for (product, month), size in groups.items():
        by_group[product] += size / taken[month] / (len(taken) if is_count else 1)
    return {month: size / taken[month] for month, size in sums.items()}, dict(by_group)
