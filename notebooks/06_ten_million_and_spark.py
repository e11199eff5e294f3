# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---
# %% [markdown]
# # 06 · Ten million partners, and Spark
#
# The same rules run over columns. This notebook builds a portfolio of `DESIGNATION_ROWS` partners
# (20,000 by default; `DESIGNATION_ROWS=10000000` needs about 8 GB of memory), assesses it on all
# cores, checks a sample against single documents, and does the same in Spark if it is installed.
# All figures are measured on your machine as you run it.

# %%
import importlib.util
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
TODAY = "2026-09-15"
ROWS = int(os.environ.get("DESIGNATION_ROWS", "20000"))

# %% [markdown]
# ## Build the portfolio
# Each partner is one of the package's examples, shifted by up to one year in either direction: all
# dates of its record move by the same number of days. So the histories are plausible, and nearly
# all of them differ.

# %%
MEMBERS = {
    "csp_authorizations": ("type", "from", "through"),
    "support_contracts": ("type", "from", "through"),
    "solutions_partner_designations": ("area", "from", "through"),
    "events": ("on", "type", "outcome"),
}
paths = [path for path in sorted(EXAMPLES.glob("*.json")) if path.name != "policy.json"]
examples = pa.table(dsg.portfolio.from_documents([dsg.load(path) for path in paths]))


def shift_dates(lists: pa.ListArray, members: tuple[str, ...], shifts: np.ndarray) -> pa.ListArray:
    """Shift the dates of each row's records, and encode enum words as dictionaries."""
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy()
    records, days = lists.flatten(), pa.array(np.repeat(shifts, lengths))
    columns = []
    for column in (records.field(member) for member in members):
        if pa.types.is_date(column.type):
            columns.append(pc.add(column.cast(pa.int32()), days).cast(pa.date32()))
        else:
            columns.append(column.dictionary_encode())
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int32())
    shifted = pa.StructArray.from_arrays(columns, members)
    return pa.ListArray.from_arrays(offsets, shifted, mask=lists.is_null())


def build_partners(first: int, rows: int) -> pa.Table:
    """Build some of the partners, the same ones on every run."""
    random = np.random.default_rng([2026, first])
    choice = pa.array(random.integers(0, len(examples), rows))
    shifts = random.integers(-365, 366, rows, dtype=np.int32)
    picked = examples.take(choice).combine_chunks()
    lists = {
        name: shift_dates(picked[name].chunk(0), members, shifts)
        for name, members in MEMBERS.items()
    }
    return pa.table({"id": pa.array(range(first, first + rows)).cast(pa.string()), **lists})


STEP = 100_000
pieces = [build_partners(first, min(STEP, ROWS - first)) for first in range(0, ROWS, STEP)]
partners = pa.concat_tables(pieces).unify_dictionaries()
events = pc.sum(pc.list_value_length(partners["events"])).as_py()
print(f"{len(partners):,} partners, {events:,} events, {partners.nbytes / 1e6:,.0f} MB")

# %% [markdown]
# ## Assess the portfolio


# %%
def assess_timed(**options: object) -> pa.Table:
    """Assess the portfolio, and print how long it took."""
    began = time.perf_counter()
    result = dsg.assess_table(partners, as_of=TODAY, **options)
    took = time.perf_counter() - began
    call = (
        ", ".join(f"{name}={value}" for name, value in options.items()) or "all columns, all cores"
    )
    rate, size = len(result) / took / 1e6, result.nbytes / 1e6
    print(f"{call}: {took:.2f} s, {rate:.2f} million partners/s, {size:,.0f} MB")
    return result


assessed = assess_timed()
one_thread = assess_timed(threads=1)
few = assess_timed(columns=["id", "status", "in_force"])

# %%
assert assessed.equals(one_thread)
assert few.equals(assessed.select(few.column_names))
del one_thread, few

# %% [markdown]
# You can compute every column (status, verdicts, dates, fees, findings, the next change) or only
# the ones that you name. Every number of threads gives the same table.
#
# ## Check a sample
# A sample of the rows is written as documents, read back one by one, and each document is assessed
# on its own:

# %%
sample = np.linspace(0, ROWS - 1, min(ROWS, 500)).astype(int)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "sample.ndjson")
    dsg.portfolio.to_documents(partners.take(sample), path)
    assessments = [
        dsg.assess(dsg.parse_partner(line), as_of=TODAY)
        for line in path.read_text("utf-8").splitlines()
    ]
for row, one in zip(assessed.take(sample).to_pylist(), assessments, strict=True):
    assert row["status"] == one.term.status
    assert row["expires_on"] == one.term.expires_on
    assert row["next_change_on"] == (one.next_change.on if one.next_change else None)
    assert [finding["code"] for finding in row["findings"] or ()] == [
        finding.code for finding in one.findings
    ]
    assert row["fees_due"] == (None if one.fees.due is None else float(one.fees.due))
print(f"{len(sample)} of {len(sample)} rows match their documents")

# %% [markdown]
# ## Look at the results

# %%
frame = pl.DataFrame(assessed)
by_status = frame.group_by("status").agg(
    pl.len().alias("partners"), pl.col("at_risk").sum(), pl.col("fees_due").sum()
)
by_status.sort("partners", descending=True)

# %%
if importlib.util.find_spec("matplotlib"):
    ax = dsg.plot.portfolio(assessed, by="month")

# %% [markdown]
# ## The same in Spark
# If one machine is not enough, the kernel runs inside Spark's executors, batch by batch. Spark
# needs an environment of its own (`pip install 'designation[spark]'`); without it, this part says
# so.

# %%
if importlib.util.find_spec("pyspark") is None:
    print("Spark is not installed here; docs/spark.md explains how to run this part.")
else:
    from pyspark.sql import SparkSession

    from designation import spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    )
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(partners, Path(folder, "partners.parquet"), row_group_size=STEP)
        began = time.perf_counter()
        in_spark = spark.assess(session.read.parquet(folder), as_of=TODAY, columns=["id", "status"])
        counts = in_spark.groupBy("status").count().collect()
        print(f"Spark, local[2], with reading and counting: {time.perf_counter() - began:.1f} s")
    session.stop()
    found = {row["status"]: row["count"] for row in counts}
    assert found == dict(frame["status"].cast(pl.String).value_counts().iter_rows())
