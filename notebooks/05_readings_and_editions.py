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
# The program's texts leave questions open, and they change. A question with two possible readings
# is an *interpretation* with a name and a default reading; the state of the texts at one time is an
# *edition*. This notebook shows what depends on them.

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
# ## One partner, every interpretation
# Northwind's anniversary was September 1. `readings` switches each interpretation to its other
# reading, one at a time, and shows what would change and when.

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
# Only one of them matters *today*: whether the designation is in force between the anniversary and
# the end of the window. Northwind's badge depends on it.

# %%
default = dsg.assess(northwind, as_of=TODAY)
other = dsg.assess(
    northwind, as_of=TODAY, policy={"interpretations": {"after_anniversary": "in_force"}}
)
assert (default.benefits.badge, other.benefits.badge) == ("unmet", "met")
dsg.compare(default, other)

# %% [markdown]
# ## A whole portfolio, every interpretation
# For how many partners does an interpretation matter, today or within the next two years? That is
# the order in which to ask Microsoft.

# %%
interpretations = dsg.rulebooks.load("2025-11").to_dict()["interpretations"]
changing = [reading for partner in documents for reading in dsg.readings(partner, TODAY).changing]
ever = Counter(reading.interpretation for reading in changing)
now = Counter(reading.interpretation for reading in changing if reading.now)
ranked = pl.DataFrame(
    {
        "interpretation": interpretations.keys(),
        "question": [entry["question"] for entry in interpretations.values()],
        "partners": [ever[name] for name in interpretations],
        "today": [now[name] for name in interpretations],
    }
).sort("partners", "today", descending=True)
pl.Config.set_fmt_str_lengths(100)
ranked

# %%
assert ranked["interpretation"][0] == "announcement"
assert ranked.filter(pl.col("partners") == 0)["interpretation"].to_list() == ["failed_reevaluation"]

# %% [markdown]
# Some of the nine interpretations matter to none of these partners, so it can stay open.
#
# ## Two editions
# One edition is the launch article of November 2025; the other is what Microsoft Learn said and
# what was announced in April 2026. The differences, with the rules:

# %%
dsg.rulebooks.diff("2025-11", "2026-04")

# %% [markdown]
# What does that change for the partners? The same table, assessed under both:

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
# No partner's status changes. The order of the steps does, so some partners who waited for a
# decision by Microsoft can continue. Partners who rely on Unified for Partners learn that it comes
# later.
#
# ## Sources and their grades
# Every rule names its source, and every source has a grade. To rely only on what Microsoft has
# published itself, ask what is weaker than that: the reading that decides about Northwind's badge,
# and in the newer edition also a second-hand report.

# %%
for edition in ("2025-11", "2026-04"):
    assessment = dsg.assess(northwind, as_of=TODAY, policy={"edition": edition})
    weaker = dsg.rulebooks.weaker(assessment, than="article")
    print(edition, *weaker, sep="\n  ")
    grades = {str(source.grade) for source in weaker}
    assert grades == (
        {"interpretation"} if edition == "2025-11" else {"interpretation", "secondary"}
    )
