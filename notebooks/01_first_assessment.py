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
# Contoso Cloud holds the Support Services designation. It is the middle of September 2026, and
# somebody asks: *are we fine?* This notebook answers from Contoso's record, says why, and says
# what to do next.
#
# The example partners come with the package.

# %%
from pathlib import Path

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
TODAY = "2026-09-15"

# %% [markdown]
# ## The record
# A partner is a small document: authorizations, support contracts, Solutions Partner
# designations, and what has happened.

# %%
contoso = dsg.load(EXAMPLES / "contoso.json")
contoso

# %% [markdown]
# ## The answer
# One call, for one day. The page is what a support manager reads; every part of it is an
# attribute, too.

# %%
assessment = dsg.assess(contoso, as_of=TODAY)
assessment

# %%
assert assessment.term.status == "active"
assert assessment.term.in_force == "met"
assert assessment.days_left == 88
assert [str(name) for name in assessment.renewal.missing] == ["performance", "csat"]

# %% [markdown]
# So: fine today, with 88 days left. Not ready to renew: performance and CSAT are missing.
#
# ## The line
# An answer for one day is a point on a line. Green is the renewal window around the anniversary;
# after it, if nobody acts, the designation has expired.

# %%
ax = dsg.plot.timeline(contoso, as_of=TODAY)

# %% [markdown]
# The picture explains the answer at a glance: the capability pass (good for two years) carries
# the renewal, the two others (good for one) end days before the anniversary. The support contract
# ends inside the window.
#
# ## Why
# Every verdict opens to the facts it was made of, with their places in the document, and to its
# source. What is not met is open.

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
# ## What next, and when does it matter?
# Actions have an actor, a last day and a fee. `next_change` is the first day on which anything is
# different if nobody does anything.

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
# ## What is not known stays unknown
# A list that was not given is unknown; an empty one is none. The two are never confused, and an
# unknown says what would settle it.

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
# And a mistake is refused with its place, and with what was probably meant, before anything is
# computed:

# %%
contract = {"type": "gold", "from": "2026-02-30"}
try:
    dsg.parse_partner({"id": "litware", "event": [], "support_contracts": [contract]})
except dsg.InputError as error:
    print(error)
    assert len(error.diagnostics) == 3
