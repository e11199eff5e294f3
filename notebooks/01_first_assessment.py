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
# # 01 · A first assessment
#
# Contoso Cloud holds the Support Services designation. It is the middle of September 2026, and a
# manager asks: *are we fine?* This notebook answers from Contoso's record, explains why, and shows
# what to do next.
#
# The package contains the example partners.

# %%
from pathlib import Path

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
TODAY = "2026-09-15"

# %% [markdown]
# ## The record
# A partner is a small document: authorizations, support contracts, Solutions Partner designations,
# and events.

# %%
contoso = dsg.load(EXAMPLES / "contoso.json")
contoso

# %% [markdown]
# ## The assessment
# One call assesses the partner as of one date. The page is what a support manager reads; every part
# of it is also an attribute.

# %%
assessment = dsg.assess(contoso, as_of=TODAY)
assessment

# %%
assert assessment.term.status == "active"
assert assessment.term.in_force == "met"
assert assessment.days_left == 88
assert [str(name) for name in assessment.renewal.missing] == ["performance", "csat"]

# %% [markdown]
# The designation is in force today, with 88 days left. It is not ready to renew: performance and
# CSAT are missing.
#
# ## The timeline
# An assessment covers one date; a timeline covers a period. Green is the renewal window around the
# anniversary. If nobody acts, the designation expires after it.

# %%
ax = dsg.plot.timeline(contoso, as_of=TODAY)

# %% [markdown]
# The plot shows why. The capability pass is valid for two years and carries the renewal. The two
# other passes are valid for one year and end days before the anniversary. The support contract ends
# inside the window.
#
# ## Why
# Every verdict expands to the facts behind it, with their locations in the document, and to its
# source. Whatever is not met is already expanded.

# %%
why = assessment.explain("SSD-R")
why

# %%
assert why.verdict == "unmet"
assert [(child.rule, child.verdict) for child in why.children] == [
    ("SSD-R1", "met"),
    ("SSD-R3", "met"),
    ("SSD-R2", "unmet"),
    ("SSD-R4", "unmet"),
]

# %% [markdown]
# ## What to do next, and by when
# An action has an actor, a last day, and a fee. `next_change` is the first date on which anything
# changes if nobody acts.

# %%
for action in assessment.actions:
    fee = f", {action.fee:,} USD" if action.fee else ""
    print(f"{action.actor!s:<10} by {action.by}  {action.do}{fee}")

# %%
assessment.next_change

# %%
assert str(assessment.next_change.on) == "2026-10-13"
assert assessment.next_change.after.term.status == "renewal_open"
assert sum(action.fee or 0 for action in assessment.actions) == assessment.fees.outstanding == 1850

# %% [markdown]
# ## Unknown stays unknown
# A list that is missing is unknown; an empty list means none. The two are never confused, and an
# explanation of an unknown verdict names the facts that would settle it.

# %%
not_given = dsg.assess(dsg.Partner(id="litware"), as_of=TODAY)
empty = dsg.assess(dsg.Partner(id="litware", support_contracts=[]), as_of=TODAY)
print("not given:", not_given.eligibility.support_contract)
print("empty:    ", empty.eligibility.support_contract)
print("would settle it:", ", ".join(not_given.explain("SSD-P2").facts_needed))

# %%
assert not_given.eligibility.support_contract == "unknown"
assert empty.eligibility.support_contract == "unmet"

# %% [markdown]
# Errors are reported before anything is computed, with their locations and with what you probably
# meant:

# %%
contract = {"type": "gold", "from": "2026-02-30"}
try:
    dsg.parse_partner({"id": "litware", "event": [], "support_contracts": [contract]})
except dsg.InputError as error:
    print(error)
    assert len(error.diagnostics) == 3
