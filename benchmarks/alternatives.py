"""The part of an assessment that other engines can express over lists, as an experienced user would write it.

It covers prerequisites and eligibility, the three evaluations, and the term after the latest award or renewal. A query
cannot replay a history: whether a decision counts, and for which anniversary, depends on earlier ones. Verdicts are
0 unmet, 1 unknown, 2 met.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from random_portfolio import AS_OF, EPOCH, TODAY

VERDICTS = (
    "csp_authorization",
    "support_contract",
    "solutions_partner",
    "eligibility",
    "capability",
    "performance",
    "csat",
)
COLUMNS = (*VERDICTS, "status", "fees")
ELIGIBLE = ["direct_bill", "distributor", "indirect_provider"]
ACCEPTED = ["asfp", "psfp"]
DECISIONS = ["badge_awarded", "renewal_approved"]
EVALUATIONS = {"capability": "capability_evaluated", "performance": "case_rate_determined", "csat": "csat_evaluated"}
YEARS = {"capability": 2, "performance": 1, "csat": 1}
FEES = {"capability": 1500, "performance": 1350, "csat": 500}
LISTS = {
    "csp_authorization": "csp_authorizations",
    "support_contract": "support_contracts",
    "solutions_partner": "solutions_partner_designations",
}


def ago(years: int) -> datetime.date:
    """Return the date some years before the as-of date; a pass that is valid that long is in force if it is later."""
    return AS_OF.replace(year=AS_OF.year - years)


# Polars


def _verdict(met: pl.Expr, known: pl.Expr) -> pl.Expr:
    return pl.when(known).then(pl.when(met).then(2).otherwise(0)).otherwise(1).cast(pl.Int8)


def _prerequisites(any_met: Callable[[str, list[str] | None], pl.Expr]) -> dict[str, pl.Expr]:
    contract = (
        pl.when(pl.col("support_contracts").is_null())
        .then(1)
        .when(any_met("support_contracts", ACCEPTED))
        .then(2)
        .when(any_met("support_contracts", None))  # Unified for Partners: announced, and not yet there
        .then(UFP)
        .otherwise(0)
        .cast(pl.Int8)
    )
    return {
        "csp_authorization": _verdict(
            any_met("csp_authorizations", ELIGIBLE), pl.col("csp_authorizations").is_not_null()
        ),
        "support_contract": contract,
        "solutions_partner": _verdict(
            any_met("solutions_partner_designations", None), pl.col("solutions_partner_designations").is_not_null()
        ),
    }


UFP = 2  # what was announced up to 2027-06-30 is presumed to be there in 2031


def _finish(frame: pl.LazyFrame) -> pl.LazyFrame:
    known, day = pl.col("known"), pl.lit(AS_OF)
    frame = frame.with_columns(
        *(
            _verdict((pl.col(f"{name}_on") > ago(YEARS[name])).fill_null(False), known).alias(name)
            for name in EVALUATIONS
        ),
        eligibility=pl.min_horizontal(*LISTS),
        expires=pl.col("decided_on").dt.offset_by("1y"),
    )
    status = (
        pl.when(~known)
        .then(5)
        .when(pl.col("expires").is_null())
        .then(0)
        .when(day < pl.col("expires").dt.offset_by("-60d"))
        .then(1)
        .when(day < pl.col("expires"))
        .then(2)
        .when(day <= pl.col("expires").dt.offset_by("30d"))
        .then(3)
        .otherwise(4)
    )
    owed = sum(pl.when(pl.col(name) == 0).then(fee).otherwise(0) for name, fee in FEES.items())
    fees = pl.when(known).then(owed).otherwise(-1)
    return frame.with_columns(status=status.cast(pl.Int8), fees=fees.cast(pl.Int32)).select("id", *COLUMNS)


def polars_eval(frame: pl.DataFrame, engine: Any = "auto") -> pl.DataFrame:
    """Compute the part with `list.eval`."""
    day, item = pl.lit(AS_OF), pl.element().struct

    def any_met(name: str, words: list[str] | None) -> pl.Expr:
        met = (item.field("from") <= day) & (item.field("through").is_null() | (item.field("through") >= day))
        if words:
            met &= item.field("type").is_in(words)
        return pl.col(name).list.eval(met).list.any()

    def last(types: list[str], outcome: str | None = None) -> pl.Expr:
        taken = item.field("type").is_in(types) & (item.field("on") <= day)
        if outcome:
            taken &= item.field("outcome") == outcome
        return pl.col("events").list.eval(item.field("on").filter(taken)).list.max()

    lazy = frame.lazy().select(
        "id",
        known=pl.col("events").is_not_null(),
        decided_on=last(DECISIONS),
        **_prerequisites(any_met),
        **{f"{name}_on": last([kind], "pass") for name, kind in EVALUATIONS.items()},
    )
    return _finish(lazy).collect(engine=engine)


def polars_explode(frame: pl.DataFrame, engine: Any = "auto") -> pl.DataFrame:
    """Compute the part by exploding, grouping, and joining lists."""
    base, day = frame.lazy().with_row_index("row"), pl.lit(AS_OF)

    def exploded(name: str) -> pl.LazyFrame:
        return base.select("row", name).filter(pl.col(name).list.len() > 0).explode(name).unnest(name)

    def in_force(name: str, **columns: pl.Expr) -> pl.LazyFrame:
        rows = exploded(name).filter(
            (pl.col("from") <= day) & (pl.col("through").is_null() | (pl.col("through") >= day))
        )
        return rows.group_by("row").agg(**columns)

    kind, on = pl.col("type"), pl.col("on")
    passed = pl.col("outcome") == "pass"
    parts = [
        in_force("csp_authorizations", csp_authorizations_in=kind.is_in(ELIGIBLE).any()),
        in_force("support_contracts", accepted=kind.is_in(ACCEPTED).any(), any_contract=pl.lit(True).first()),
        in_force("solutions_partner_designations", solutions_partner_designations_in=pl.lit(True).first()),
        exploded("events")
        .filter(on <= day)
        .group_by("row")
        .agg(
            decided_on=on.filter(kind.is_in(DECISIONS)).max(),
            **{f"{name}_on": on.filter((kind == event) & passed).max() for name, event in EVALUATIONS.items()},
        ),
    ]
    joined = base.with_columns(known=pl.col("events").is_not_null())
    for part in parts:
        joined = joined.join(part, on="row", how="left", maintain_order="left")

    def any_met(name: str, words: list[str] | None) -> pl.Expr:
        column = "accepted" if words is ACCEPTED else "any_contract" if name == "support_contracts" else f"{name}_in"
        return pl.col(column).fill_null(False)

    return _finish(joined.with_columns(**_prerequisites(any_met))).collect(engine=engine)


# DuckDB


def duckdb_lists(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Compute the part with SQL over lists."""
    day = f"DATE '{AS_OF}'"
    now = f'x."from" <= {day} AND (x.through IS NULL OR x.through >= {day})'

    def has(name: str, more: str = "") -> str:
        return f"len(list_filter({name}, lambda x: {now} {more})) > 0"

    def last(types: Iterable[str], more: str = "") -> str:
        taken = f"x.type IN ({', '.join(repr(kind) for kind in types)}) {more} AND x.on <= {day}"
        return f"list_max(list_transform(list_filter(events, lambda x: {taken}), lambda x: x.on))"

    passed = "AND x.outcome = 'pass'"
    passes = ", ".join(f"{last([kind], passed)} AS {name}_on" for name, kind in EVALUATIONS.items())
    direct, accepted = f"AND x.type IN {tuple(ELIGIBLE)}", f"AND x.type IN {tuple(ACCEPTED)}"
    verdicts = ", ".join(
        f"CASE WHEN NOT known THEN 1 WHEN {name}_on > DATE '{ago(years)}' THEN 2 ELSE 0 END AS {name}"
        for name, years in YEARS.items()
    )
    fees = " + ".join(f"({name} = 0)::INT * {fee}" for name, fee in FEES.items())
    return connection.sql(f"""
        WITH base AS (
          SELECT id, events IS NOT NULL AS known, {last(DECISIONS)} + INTERVAL 1 YEAR AS expires, {passes},
            CASE WHEN csp_authorizations IS NULL THEN 1
              WHEN {has("csp_authorizations", direct)} THEN 2 ELSE 0 END AS csp_authorization,
            CASE WHEN support_contracts IS NULL THEN 1
              WHEN {has("support_contracts", accepted)} THEN 2
              WHEN {has("support_contracts")} THEN {UFP} ELSE 0 END AS support_contract,
            CASE WHEN solutions_partner_designations IS NULL THEN 1
              WHEN {has("solutions_partner_designations")} THEN 2 ELSE 0 END AS solutions_partner
          FROM portfolio),
        passed AS (SELECT *, {verdicts}, least(csp_authorization, support_contract, solutions_partner) AS eligibility
          FROM base)
        SELECT id, {", ".join(VERDICTS)},
          CASE WHEN NOT known THEN 5 WHEN expires IS NULL THEN 0 WHEN {day} < expires - INTERVAL 60 DAY THEN 1
            WHEN {day} < expires THEN 2 WHEN {day} <= expires + INTERVAL 30 DAY THEN 3 ELSE 4 END AS status,
          CASE WHEN known THEN {fees} ELSE -1 END AS fees
        FROM passed""").to_arrow_table()


# NumPy and pandas over the items of the lists


def arrays(table: pa.Table, *, by_pandas: bool = False) -> dict[str, Any]:
    """Compute the part with `bincount` and `maximum.at`, or with pandas' groupby."""
    rows, never = table.num_rows, -(1 << 30)

    def items(name: str) -> tuple[Any, Any, Any]:
        column = table[name].chunk(0)
        row = np.repeat(np.arange(rows), np.diff(np.asarray(column.offsets)))
        return row, np.asarray(column.is_valid()), column.values

    def days(struct: Any, name: str, missing: int = 0) -> Any:
        return struct.field(name).cast(pa.int32()).fill_null(missing).to_numpy(zero_copy_only=False)

    def among(struct: Any, name: str, wanted: Iterable[str]) -> Any:
        words = struct.field(name)
        codes = words.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        known = words.dictionary.to_pylist()
        return np.isin(codes, [known.index(word) for word in wanted])

    def any_of(row: Any, met: Any) -> Any:
        if by_pandas:
            return pd.Series(met).groupby(row).any().reindex(range(rows), fill_value=False).to_numpy()
        return np.bincount(row[met], minlength=rows) > 0

    def last_of(row: Any, on: Any, taken: Any) -> Any:
        if by_pandas:
            return pd.Series(on[taken]).groupby(row[taken]).max().reindex(range(rows), fill_value=never).to_numpy()
        last = np.full(rows, never, "i4")
        np.maximum.at(last, row[taken], on[taken])
        return last

    def verdict(met: Any, known: Any) -> Any:
        return np.where(known, np.where(met, 2, 0), 1).astype("i1")

    answer: dict[str, Any] = {}
    for name, column in LISTS.items():
        row, known, struct = items(column)
        now = (days(struct, "from") <= TODAY) & (days(struct, "through", 1 << 30) >= TODAY)
        wanted = {"csp_authorization": ELIGIBLE, "support_contract": ACCEPTED}.get(name)
        met = any_of(row, now & among(struct, "type", wanted) if wanted else now)
        answer[name] = verdict(met, known)
        if name == "support_contract":
            answer[name] = np.where(known & ~met & any_of(row, now), UFP, answer[name]).astype("i1")
    answer["eligibility"] = np.minimum.reduce([answer[name] for name in LISTS])
    row, known, struct = items("events")
    on = days(struct, "on")
    up_to_now = on <= TODAY
    passed = up_to_now & among(struct, "outcome", ["pass"])
    for name, kind in EVALUATIONS.items():
        last = last_of(row, on, passed & among(struct, "type", [kind]))
        answer[name] = verdict(last > (ago(YEARS[name]) - EPOCH).days, known)
    decided = last_of(row, on, up_to_now & among(struct, "type", DECISIONS))
    month = decided.astype("M8[D]").astype("M8[M]")
    inside = decided.astype("M8[D]") - month.astype("M8[D]")
    length = (month + 13).astype("M8[D]") - (month + 12).astype("M8[D]")
    expires = ((month + 12).astype("M8[D]") + np.minimum(inside, length - np.timedelta64(1))).astype("i8")
    status = 1 + (expires - 60 <= TODAY) + (expires <= TODAY) + (expires + 30 < TODAY)
    answer["status"] = np.where(known, np.where(decided == never, 0, status), 5).astype("i1")
    owed = sum((answer[name] == 0) * fee for name, fee in FEES.items())
    return answer | {"fees": np.where(known, owed, -1).astype("i4")}


# Plain Python


def loop(rows: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Compute the part with a loop over dicts."""
    day, a_day = AS_OF, datetime.timedelta(1)
    limits = {kind: (name, ago(YEARS[name])) for name, kind in EVALUATIONS.items()}

    def in_force(record: dict[str, Any]) -> bool:
        return bool(record["from"] <= day and (record["through"] is None or record["through"] >= day))

    answer: dict[str, list[int]] = {name: [] for name in COLUMNS}
    for row in rows:
        csp, contracts, designations = (row[column] for column in LISTS.values())
        met = [1 if csp is None else 2 if any(r["type"] in ELIGIBLE and in_force(r) for r in csp) else 0]
        met.append(1 if contracts is None else 2 if any(in_force(r) for r in contracts) else 0)
        met.append(1 if designations is None else 2 if any(in_force(r) for r in designations) else 0)
        verdicts = [*met, min(met), 1, 1, 1]
        status, owed = 5, -1
        if row["events"] is not None:
            passed, decided = set(), None
            for event in row["events"]:
                if event["on"] > day:
                    continue
                if event["outcome"] == "pass":
                    name, limit = limits[event["type"]]
                    if event["on"] > limit:
                        passed.add(name)
                elif event["type"] in DECISIONS and (decided is None or event["on"] > decided):
                    decided = event["on"]
            verdicts[4:] = [2 if name in passed else 0 for name in EVALUATIONS]
            owed = sum(fee for name, fee in FEES.items() if name not in passed)
            status = 0
            if decided is not None:
                leap = (decided.month, decided.day) == (2, 29)
                expires = decided.replace(year=decided.year + 1, day=28 if leap else decided.day)
                status = 1 + (day >= expires - 60 * a_day) + (day >= expires) + (day > expires + 30 * a_day)
        for name, value in zip(COLUMNS, (*verdicts, status, owed), strict=True):
            answer[name].append(value)
    return answer
