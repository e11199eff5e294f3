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
# # 05 · Readings and editions compared
#
# The program's texts leave questions open, and they change. Here a question that can be read in
# two ways is an *interpretation* with a name and a default, and the text of a date is an
# *edition*. This notebook asks what depends on them.

# %%
from collections import Counter
from pathlib import Path

import polars as pl

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
TODAY = "2026-09-15"
paths = [path for path in sorted(EXAMPLES.glob("*.json")) if path.name != "policy.json"]
documents = [dsg.load(path) for path in paths]
northwind = dsg.load(EXAMPLES / "northwind-traders.json")

# %% [markdown]
# ## One partner, every reading
# Northwind's anniversary was on 1 September. Each interpretation is turned to its alternative on
# its own; what would change is shown with its days.

# %%
found = dsg.readings(northwind, as_of=TODAY)
found

# %%
assert [(reading.interpretation, bool(reading.now)) for reading in found.changing] == [
    ("after_anniversary", True),
    ("pass_reference_day", False),
    ("announcement", False),
]

# %% [markdown]
# Only one of them matters *today*: whether the designation is in force between the anniversary
# and the end of the window. The badge on Northwind's page hangs on that question.

# %%
default = dsg.assess(northwind, as_of=TODAY)
other = dsg.assess(
    northwind, as_of=TODAY, policy={"interpretations": {"after_anniversary": "in_force"}}
)
assert (default.benefits.badge, other.benefits.badge) == ("unmet", "met")
dsg.compare(default, other)

# %% [markdown]
# ## A whole portfolio, every reading
# For how many partners does a question matter, today or at any time until two years from now?
# That is the order in which to ask Microsoft.

# %%
questions = dsg.rulebooks.load("2025-11").to_dict()["interpretations"]
changing = [reading for partner in documents for reading in dsg.readings(partner, TODAY).changing]
ever = Counter(reading.interpretation for reading in changing)
now = Counter(reading.interpretation for reading in changing if reading.now)
ranked = pl.DataFrame(
    {
        "interpretation": questions.keys(),
        "question": [said["question"] for said in questions.values()],
        "partners": [ever[name] for name in questions],
        "today": [now[name] for name in questions],
    }
).sort("partners", "today", descending=True)
pl.Config.set_fmt_str_lengths(100)
ranked

# %%
assert ranked["interpretation"][0] == "announcement"
assert ranked.filter(pl.col("partners") == 0)["interpretation"].to_list() == ["failed_reevaluation"]

# %% [markdown]
# One of the eight questions matters to nobody here: it can be left open.
#
# ## Two editions
# The launch article of November 2025, and what was on Microsoft Learn and announced in April
# 2026. What differs, with the rules:

# %%
dsg.rulebooks.diff("2025-11", "2026-04")

# %% [markdown]
# And what does that do to the partners? The same table, assessed under both:

# %%
partners = pl.DataFrame(dsg.portfolio.from_documents(documents))
columns = ["id", "status", "step", "support_contract", "performance_credits", "at_risk"]
old, new = (
    dsg.assess_table(partners, as_of=TODAY, policy={"edition": edition}, columns=columns).cast(
        {column: pl.String for column in columns if column not in ("id", "at_risk")}
    )
    for edition in ("2025-11", "2026-04")
)
changed = [
    {"id": row[0], "column": column, "2025-11": str(was), "2026-04": str(is_)}
    for row, after in zip(old.rows(), new.rows(), strict=True)
    for column, was, is_ in zip(columns, row, after, strict=True)
    if was != is_
]
pl.DataFrame(changed)

# %%
assert old["status"].equals(new["status"])
assert {row["column"] for row in changed} == {
    "step",
    "support_contract",
    "performance_credits",
    "at_risk",
}

# %% [markdown]
# Nobody's status changes. The order of the steps does, so that some who waited for a decision of
# Microsoft can go on; and who leans on Unified for Partners is told that it comes later.
#
# ## Where it stands
# Every rule names its source, with a grade. Who wants to lean only on what Microsoft has published
# itself asks what is weaker than that: the reading that decides about Northwind's badge, and in the
# newer edition a report at second hand.

# %%
for edition in ("2025-11", "2026-04"):
    assessment = dsg.assess(northwind, as_of=TODAY, policy={"edition": edition})
    weaker = dsg.rulebooks.weaker(assessment, than="article")
    print(edition, *weaker, sep="\n  ")
    grades = {str(leaning.grade) for leaning in weaker}
    assert grades == (
        {"interpretation"} if edition == "2025-11" else {"interpretation", "secondary"}
    )
