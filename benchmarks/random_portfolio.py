"""Random portfolios: up to five years of history, 1 to 30 events, and a fifth of the histories unordered."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

AS_OF = datetime.date(2031, 3, 15)
EPOCH = datetime.date(1970, 1, 1)
TODAY = (AS_OF - EPOCH).days
EVENTS = (
    "interest_registered",
    "eligibility_decided",
    "capability_evaluated",
    "case_volume_validated",
    "case_rate_determined",
    "csat_evaluated",
    "badge_awarded",
    "renewal_approved",
)
OUTCOMES = ("pass", "fail", "eligible", "ineligible")
PASS, FAIL, ELIGIBLE, INELIGIBLE, NONE = 0, 1, 2, 3, -1
AUTHORIZATIONS = ("direct_bill", "distributor", "indirect_reseller", "indirect_provider")
CONTRACTS = ("asfp", "psfp", "ufp")
AREAS = (
    "modern_work",
    "business_applications",
    "security",
    "azure_data_ai",
    "azure_digital_app_innovation",
    "azure_infrastructure",
)
UNKNOWN, UNSORTED = 0.015, 0.2


def portfolio(rows: int, *, seed: int = 1, years: float = 5, strings: bool = False) -> pa.Table:
    """Return a table of partners; its words are dictionary-encoded, or plain strings."""
    pieces = range(0, rows, 250_000)
    made = [_piece(min(250_000, rows - at), at, np.random.default_rng([seed, at]), years, strings) for at in pieces]
    return pa.concat_tables(made).combine_chunks()


def _piece(rows: int, first: int, rng: Any, years: float, strings: bool) -> pa.Table:
    word = _strings if strings else _dictionary
    return pa.table(
        {
            "id": pa.array(np.char.add("p", np.arange(first, first + rows).astype("U9"))).cast(pa.string()),
            **{name: _records(rows, rng, kind, years, word) for name, kind in LISTS.items()},
            "events": _events(rows, rng, years, word),
        }
    )


class _History:
    """The events of all partners: types, dates, and rows."""

    def __init__(self, rows: int, rng: Any) -> None:
        self.rows, self.rng = rows, rng
        self.days: list[Any] = []
        self.kinds: list[tuple[int, int]] = []
        self.happened: list[Any] = []

    def chance(self, share: float) -> Any:
        return self.rng.random(self.rows) < share

    def between(self, least: int, most: int) -> Any:
        return self.rng.integers(least, most, self.rows)

    def add(self, day: Any, kind: str, outcome: int, to: Any) -> None:
        self.days.append(day)
        self.kinds.append((EVENTS.index(kind), outcome))
        self.happened.append(to)

    def evaluated(self, day: Any, kind: str, to: Any, fails: float = 0.08) -> Any:
        """Add an evaluation that passes, for some partners after a fail."""
        failed = to & self.chance(fails)
        self.add(day - self.between(1, 20), kind, FAIL, failed)
        self.add(day, kind, PASS, to & self.chance(0.95))
        return day

    def attempt(self, day: Any, who: Any) -> tuple[Any, Any]:
        """Add an attempt; return the dates of the awards, and which partners were awarded."""
        self.add(day, "interest_registered", NONE, who & self.chance(0.97))
        self.add(day + 5, "eligibility_decided", INELIGIBLE, who & self.chance(0.06))
        day = day + self.between(6, 30)
        self.add(day, "eligibility_decided", ELIGIBLE, who & self.chance(0.97))
        goes_on = who & self.chance(0.85)
        last = day
        for kind in ("capability_evaluated", "case_rate_determined", "csat_evaluated"):
            on = self.evaluated(day + self.between(20, 90), kind, goes_on)
            last = np.maximum(last, on)
        self.add(last - self.between(1, 15), "case_volume_validated", NONE, goes_on & self.chance(0.6))
        awarded = last + self.between(1, 20)
        got = goes_on & self.chance(0.9)
        self.add(awarded, "badge_awarded", NONE, got)
        return awarded, got

    def renewals(self, awarded: Any, who: Any, cycles: int) -> Any:
        """Add a renewal each year, mostly in the window; return which partners still hold the designation."""
        for cycle in range(1, cycles + 1):
            day = awarded + 365 * cycle + np.where(self.chance(0.93), self.between(-50, 25), self.between(-75, 50))
            self.evaluated(day - self.between(1, 50), "case_rate_determined", who)
            self.evaluated(day - self.between(1, 40), "csat_evaluated", who)
            self.evaluated(
                day - self.between(1, 60), "capability_evaluated", who & self.chance(0.85 if cycle % 2 == 0 else 0.1)
            )
            renewed = who & self.chance(0.9)
            self.add(day, "renewal_approved", NONE, renewed)
            who = renewed & self.chance(0.9)
        return who


def _events(rows: int, rng: Any, years: float, word: Any) -> pa.Array:
    history = _History(rows, rng)
    began = TODAY - 20 - (rng.random(rows) * years * 354).astype("i8")
    awarded, got = history.attempt(began, np.ones(rows, bool))
    kept = history.renewals(awarded, got, 5)
    again, got_again = history.attempt(awarded + 365 + history.between(60, 500), got & ~kept & history.chance(0.5))
    history.renewals(again, got_again, 3)

    days, happened = np.stack(history.days, 1), np.stack(history.happened, 1)
    kinds, outcomes = np.array(history.kinds, "i8").T
    announced = np.where(history.chance(0.05), 120, 0)  # some know of events to come
    happened &= days <= TODAY + announced[:, None]
    in_order = (days << 3) | kinds
    shuffled = rng.integers(0, 1 << 20, days.shape)
    key = np.where(history.chance(UNSORTED)[:, None], shuffled, in_order)
    order = np.argsort(np.where(happened, key, 1 << 40), 1, kind="stable")[:, :30]
    known = ~history.chance(UNKNOWN)
    counts = np.where(known, np.clip(happened.sum(1), 1, 30), 0)
    chosen = order[np.arange(order.shape[1]) < counts[:, None]]
    row = np.repeat(np.arange(rows), counts)
    outcome = outcomes[chosen]
    members = {
        "on": _days(days[row, chosen]),
        "type": word(kinds[chosen], EVENTS),
        "outcome": word(np.maximum(outcome, 0), OUTCOMES, outcome < 0),
    }
    return _lists(counts, known, members)


class _Kind(NamedTuple):
    """The distribution of the records of a list."""

    name: str
    words: tuple[str, ...]
    shares: tuple[float, ...]  # of the words
    counts: tuple[float, ...]  # of one record, two, ...
    days: int  # that a record lasts at least
    open_ended: float


LISTS = {
    "csp_authorizations": _Kind("type", AUTHORIZATIONS, (0.55, 0.35, 0.06, 0.04), (0.7, 0.3), 1500, 0.8),
    "support_contracts": _Kind("type", CONTRACTS, (0.3, 0.55, 0.15), (0.2, 0.35, 0.25, 0.2), 500, 0.3),
    "solutions_partner_designations": _Kind("area", AREAS, (1 / 6,) * 6, (0.4, 0.3, 0.2, 0.1), 900, 0.35),
}


def _records(rows: int, rng: Any, kind: _Kind, years: float, word: Any) -> pa.Array:
    known = rng.random(rows) >= UNKNOWN
    counts = np.where(known, rng.choice(len(kind.counts), rows, p=kind.counts) + 1, 0)
    row = np.repeat(np.arange(rows), counts)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    first = TODAY - rng.integers(int(365 * years * 0.8), int(365 * (years + 1)), rows)
    begins = first[row] + nth * kind.days + np.where(nth > 0, rng.integers(-30, 31, len(row)), 0)
    ends = begins + kind.days - 1 + np.where(rng.random(len(row)) < 0.6, rng.integers(-100, 900, len(row)), 0)
    words = rng.choice(len(kind.words), len(row), p=kind.shares)
    missing = rng.random(len(row)) < kind.open_ended
    members = {kind.name: word(words, kind.words), "from": _days(begins), "through": _days(ends, missing)}
    return _lists(counts, known, members)


def _lists(counts: Any, known: Any, members: dict[str, pa.Array]) -> pa.Array:
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype("i4")
    items = pa.StructArray.from_arrays(list(members.values()), names=list(members))
    return pa.ListArray.from_arrays(pa.array(offsets), items, mask=pa.array(~known))


def _days(days: Any, missing: Any = None) -> pa.Array:
    return pa.array(days.astype("i4"), mask=missing).cast(pa.date32())


def _dictionary(codes: Any, words: tuple[str, ...], missing: Any = None) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype("i1"), mask=missing), pa.array(words))


def _strings(codes: Any, words: tuple[str, ...], missing: Any = None) -> pa.Array:
    return _dictionary(codes, words, missing).cast(pa.string())
