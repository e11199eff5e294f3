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
# # 04 · Case rate and CSAT from raw exports
#
# The evaluations ask for two figures that you have in exports: how many cases were escalated to
# Microsoft relative to the size of the business, and how satisfied the customers are. Exports are
# never clean. So each figure comes with its uncertainty and with a *row report*: which rows did not
# count, and why.
#
# The exports are examples in the package, messy on purpose.

# %%
from pathlib import Path

import duckdb
import matplotlib.pyplot as plt

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
duckdb.sql(
    f"SELECT * FROM read_csv('{EXAMPLES / 'service-requests.csv'}', all_varchar=true) LIMIT 5"
).df()

# %% [markdown]
# ## The case rate
# The layout of the export has a name. Revenue is a table by month and country; currencies are never
# mixed. Dates such as `1/3/2026` are month first or day first: the data must prove which, or you
# state it.

# %%
rate = dsg.metrics.case_rate(
    EXAMPLES / "service-requests.csv",
    EXAMPLES / "revenue.csv",
    "2026-H1",
    columns="partner-center-powershell",
    by=["country", "product"],
)
rate

# %%
assert "month first (proved by" in rate.date_parsing
assert rate.interval[0] < rate.rate < rate.interval[1]

# %% [markdown]
# ## The row report
# 83 rows were read, and 76 count. The other seven are listed with their reasons, and you can look
# at them:

# %%
quality = rate.quality
assert (quality.rows, quality.counted, sum(quality.not_counted.values())) == (83, 76, 7)
quality

# %%
quality.records("duplicate_id").df()

# %% [markdown]
# ## By month and by country
# Each bar has the exact interval for a count of that size. The months differ less than they seem
# to: the interval of every month contains the pooled rate.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
dsg.plot.case_rate(rate, ax=left, threshold=4.0)
ax = dsg.plot.case_rate(rate, by="country", ax=right, threshold=4.0)

# %%
assert all(month.interval[0] <= rate.rate <= month.interval[1] for month in rate.months)

# %% [markdown]
# ## Compare with a threshold of your own
# No passing figure is public, and none is invented. A threshold is your own policy, and the output
# says so. Here it is 4 cases per million:

# %%
check = rate.check_threshold(
    {"thresholds": {"case_rate": {"at_most": 4.0, "per": 1_000_000, "unit": "USD"}}}
)
assert not check.within
assert check.cases_allowed == -15
check

# %% [markdown]
# Was the second quarter better than the first? The ratio is below one, but the exact test says that
# chance alone would often cause such a difference.

# %%
first, second = (
    dsg.metrics.case_rate(
        EXAMPLES / "service-requests.csv",
        EXAMPLES / "revenue.csv",
        quarter,
        columns="partner-center-powershell",
    )
    for quarter in ("2026-Q1", "2026-Q2")
)
change = first.compare(second)
assert change.ratio < 1
assert change.p_value > 0.05
change

# %% [markdown]
# ## CSAT
# The score is the mean of the answers on the scale from 1 to 5. A blank is not an answer, and not a
# zero. A 9 would be an error; it is never rescaled.

# %%
score = dsg.metrics.csat(
    EXAMPLES / "answers.csv", "2026-H1", by=["month", "product"], invited="rows"
)
score

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
dsg.plot.csat(score, ax=left)
ax = dsg.plot.csat(score, by="month", ax=right, threshold=4.0)

# %% [markdown]
# The mean is above 4, but the interval reaches below it. The comparison with the threshold says so:

# %%
assert score.interval[0] < 4.0 < score.score
score.check_threshold({"thresholds": {"csat": {"at_least": 4.0}}})

# %% [markdown]
# ## Add the result to the partner's record
# A figure becomes an event once the auditor has decided. The outcome is the auditor's; it is never
# inferred from the figure.

# %%
contoso = dsg.load(EXAMPLES / "contoso.json")
decided = dsg.what_if(contoso, [score.csat_evaluated("2026-10-20", outcome="pass")])
renewal = dsg.assess(decided, as_of="2026-10-20").renewal
print("missing:", *renewal.missing)
assert [str(name) for name in renewal.missing] == ["performance"]
