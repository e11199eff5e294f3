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
# A distributor looks after many partners. A portfolio is a table with a partner a row, and the
# answer is a table of the same kind: give Polars, get Polars; give a DuckDB relation, get one
# back. Here the package's example partners; the calls are the same for millions (notebook 06).

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
# The rows are exactly what each document would get on its own: the check above went through all
# of them.
#
# ## Where does everybody stand, and what comes due when?

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
dsg.plot.portfolio(assessed, ax=left)
ax = dsg.plot.portfolio(assessed, by="month", ax=right)

# %% [markdown]
# To the left who holds the designation and who does not; to the right the anniversaries of those
# who do, with the overdue one first. Two partners are unknown: their events were not given, and
# nothing is guessed.

# %%
counts = dict(assessed["status"].cast(pl.String).value_counts().iter_rows())
assert counts["unknown"] == 2
assert counts["renewal_overdue"] == 1

# %% [markdown]
# ## Questions in SQL
# DuckDB reads the Polars frame where it lies. What do those who hold the designation lack
# for its renewal?

# %%
duckdb.sql("""
    SELECT missing, count(*) AS partners, arg_min(id, expires_on) AS first, min(expires_on) AS by
    FROM (SELECT id, expires_on, unnest(renewal_missing) AS missing FROM assessed)
    GROUP BY missing ORDER BY partners DESC, missing
""").pl()

# %% [markdown]
# The same two for all who are not ready: passes of a year that were taken for the award do not
# carry the renewal. The capability pass is good for two.

# %%
lacking = assessed["renewal_missing"].drop_nulls().to_list()
assert [each for each in lacking if each] == [["performance", "csat"]] * 7

# %%
duckdb.sql("""
    SELECT status, count(*) AS partners, sum(fees_due) AS due, sum(fees_outstanding) AS outstanding
    FROM assessed GROUP BY ALL ORDER BY outstanding DESC, status
""").pl()

# %% [markdown]
# The other way round, a DuckDB relation goes in and one comes out, to be queried on. Only what is
# asked for is computed.

# %%
relation = duckdb.sql("SELECT * FROM partners WHERE events IS NOT NULL")
soon = dsg.assess_table(relation, as_of=TODAY, columns=["id", "status", "next_change_on"])
soon.filter("next_change_on < DATE '2026-11-01'").order("next_change_on").pl()

# %% [markdown]
# ## Two years in one picture
# `as_of` may be a span of days: a row for each partner and day. Days on which nothing changes
# share an answer, so this costs little.

# %%
grid = dsg.assess_table(partners, as_of="2026-01-01..2027-12-31", columns=["id", "as_of", "status"])
assert grid.height == partners.height * 730
ax = dsg.plot.portfolio(grid, by="day")

# %% [markdown]
# This is what happens if nobody does anything: every blue step turns into hatched grey within two
# years or so. The picture is the argument for the plan of notebook 03.

# %%
last_day = grid.filter(pl.col("as_of") == pl.date(2027, 12, 31))["status"].cast(pl.String)
assert "active" not in last_day.to_list()

# %% [markdown]
# ## Why this row?
# A row explains itself as its document would.

# %%
overdue = assessed["status"].cast(pl.String).to_list().index("renewal_overdue")
why = dsg.explain_row(partners, overdue, as_of=TODAY)
assert why == dsg.assess(documents[overdue], as_of=TODAY).explain()
why
