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
# # 02 · A portfolio with Polars and DuckDB
#
# A distributor looks after many partners. A portfolio is a table with one row per partner, and the
# result is a table of the same kind: pass Polars, get Polars; pass a DuckDB relation, get one back.
# This notebook uses the example partners in the package; notebook 06 makes the same calls with
# millions.

# %%
from pathlib import Path

import duckdb
import matplotlib.pyplot as plt
import polars as pl

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
TODAY = "2026-09-15"

paths = [path for path in sorted(EXAMPLES.glob("*.json")) if path.name != "policy.json"]
documents = [dsg.load(path) for path in paths]
partners = pl.DataFrame(dsg.portfolio.from_documents(documents))
partners.select("id", "name", pl.col("support_contracts", "events").list.len()).head()

# %% [markdown]
# ## One call

# %%
assessed = dsg.assess_table(partners, as_of=TODAY)
assessed.select("id", "status", "expires_on", "renewal_missing", "fees_due").head(8)

# %%
assert assessed.height == partners.height == len(documents)
for row, document in zip(assessed.iter_rows(named=True), documents, strict=True):
    one = dsg.assess(document, as_of=TODAY)
    assert row["id"] == document.id
    assert row["status"] == one.term.status
    assert row["expires_on"] == one.term.expires_on
    assert row["fees_due"] == (None if one.fees.due is None else float(one.fees.due))

# %% [markdown]
# The loop above checked every row: each has exactly the result that its document would have on its
# own.
#
# ## Partners by status, and anniversaries by month

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
dsg.plot.portfolio(assessed, ax=left)
ax = dsg.plot.portfolio(assessed, by="month", ax=right)

# %% [markdown]
# The left plot shows who holds the designation and who does not. The right plot shows the
# anniversaries of those who hold it, the overdue one first. Two partners are unknown: their events
# are missing, and nothing is guessed.

# %%
counts = dict(assessed["status"].cast(pl.String).value_counts().iter_rows())
assert counts["unknown"] == 2
assert counts["renewal_overdue"] == 1

# %% [markdown]
# ## Questions in SQL
# DuckDB reads the Polars frame in place. What do the partners who hold the designation still need
# for the renewal?

# %%
duckdb.sql("""
    SELECT missing, count(*) AS partners, arg_min(id, expires_on) AS first, min(expires_on) AS by
    FROM (SELECT id, expires_on, unnest(renewal_missing) AS missing FROM assessed)
    GROUP BY missing ORDER BY partners DESC, missing
""").pl()

# %% [markdown]
# All partners who are not ready lack the same two: their passes from the award are valid for one
# year and do not carry the renewal. A capability pass is valid for two years.

# %%
lacking = assessed["renewal_missing"].drop_nulls().to_list()
assert [each for each in lacking if each] == [["performance", "csat"]] * 7

# %%
duckdb.sql("""
    SELECT status, count(*) AS partners, sum(fees_due) AS due, sum(fees_outstanding) AS outstanding
    FROM assessed GROUP BY ALL ORDER BY outstanding DESC, status
""").pl()

# %% [markdown]
# A DuckDB relation can also be the input; the result is a relation that you can query further. Only
# the requested columns are computed.

# %%
relation = duckdb.sql("SELECT * FROM partners WHERE events IS NOT NULL")
soon = dsg.assess_table(relation, as_of=TODAY, columns=["id", "status", "next_change_on"])
soon.filter("next_change_on < DATE '2026-11-01'").order("next_change_on").pl()

# %% [markdown]
# ## Two years in one plot
# `as_of` may be a span of dates: the result has one row for each partner and date. Dates between
# which nothing changes share one assessment, so this costs little.

# %%
grid = dsg.assess_table(partners, as_of="2026-01-01..2027-12-31", columns=["id", "as_of", "status"])
assert grid.height == partners.height * 730
ax = dsg.plot.portfolio(grid, by="day")

# %% [markdown]
# This is what happens if nobody acts: within about two years, every blue step turns into hatched
# gray. That is the reason for the plan in notebook 03.

# %%
last_day = grid.filter(pl.col("as_of") == pl.date(2027, 12, 31))["status"].cast(pl.String)
assert "active" not in last_day.to_list()

# %% [markdown]
# ## Why this row?
# A row has the same explanation as its document.

# %%
overdue = assessed["status"].cast(pl.String).to_list().index("renewal_overdue")
why = dsg.explain_row(partners, overdue, as_of=TODAY)
assert why == dsg.assess(documents[overdue], as_of=TODAY).explain()
why
