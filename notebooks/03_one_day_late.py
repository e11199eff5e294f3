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
# # 03 · One day late: time, what-if, and the cheapest plan
#
# The designation is renewed every year, and evaluations cost money. A CSAT pass is valid for one
# year, and the renewal window opens 60 days *before* the anniversary. If you take the evaluation
# early in the window, the pass ends before next year's anniversary. So which day is best? The
# answer is exact, and surprising: *one day late*.

# %%
import datetime
from pathlib import Path

import matplotlib.pyplot as plt

import designation as dsg

EXAMPLES = Path(dsg.__file__).parent / "examples"
TODAY, HORIZON = "2026-09-15", "2031-12-31"
contoso = dsg.load(EXAMPLES / "contoso.json")

# %% [markdown]
# ## If nobody acts
# A timeline splits a period into segments with the same assessment. Their dates follow from the
# rules; nothing is sampled.

# %%
dsg.timeline(contoso, from_="2026-09-15", through="2027-06-30")

# %% [markdown]
# ## What if?
# On a copy, facts can be added, moved, removed, or extended. Suppose Contoso passes CSAT on October
# 20 and extends the contract by a year.

# %%
changes = [
    {"on": "2026-10-20", "type": "csat_evaluated", "outcome": "pass"},
    {"extend": {"type": "psfp"}, "through": "2027-11-30"},
]
later = dsg.what_if(contoso, changes)
dsg.compare(dsg.assess(contoso, as_of="2026-12-01"), dsg.assess(later, as_of="2026-12-01"))

# %%
due = [dsg.assess(partner, as_of="2026-12-01").fees.due for partner in (contoso, later)]
assert due[0] - due[1] == 500

# %% [markdown]
# ## The cheapest ways to keep it
# `plan` finds every schedule through 2031 that no other schedule beats on both fees and *lapsed
# days*. A lapsed day is a day on which the badge is not in force because the anniversary has passed
# and the renewal has not come yet. The search is exact dynamic programming, not a heuristic.

# %%
plans = dsg.plan(contoso, as_of=TODAY, through=HORIZON)
plans

# %%
on_time, one_day, cheapest = plans.front[-1], plans.front[-2], plans.front[0]
assert plans.recommended == on_time
assert (on_time.fees, on_time.lapsed_days, on_time.readings) == (15600, 0, ())
assert (one_day.fees, one_day.lapsed_days) == (13600, 1)
assert (cheapest.fees, cheapest.lapsed_days) == (12600, 5)
assert "after_anniversary" in one_day.readings
assert sum(step.type == "renewal_approved" for step in on_time.steps) == 6

# %% [markdown]
# Renewing on time every year costs 15,600 USD. A *single* lapsed day in six renewals saves 2,000
# USD, and five lapsed days save 3,000 USD. The recommended plan is the one without a lapsed day.
# The others are listed because the text allows them, and each names the interpretations that it
# depends on.

# %%
figure, axes = plt.subplots(1, 2, figsize=(12, 4), sharey=True, layout="constrained")
for ax, plan, name in zip(axes, (on_time, one_day), ("never late", "one day late"), strict=True):
    years = sorted({step.on.year for step in plan.steps})
    ax.bar(years, [sum(step.fee for step in plan.steps if step.on.year == year) for year in years])
    ax.set_ylabel(plans.currency)
    ax.set_title(f"{name}: {plan.fees:,} {plans.currency}", loc="left")

# %% [markdown]
# ## Where the saving comes from
# Look for the day after an anniversary in the plan that is late once:

# %%
late = [step for step in one_day.steps if step.anniversary and step.on > step.anniversary]
late = [step for step in late if step.valid_through]
for step in late:
    print(step.on, step.type, "is valid through", step.valid_through)
csat = next(step for step in late if step.type == "csat_evaluated")
assert csat.on - csat.anniversary == datetime.timedelta(1)
assert csat.valid_through == csat.anniversary.replace(year=csat.anniversary.year + 1)

# %% [markdown]
# A pass on the day after the anniversary is valid for one year, and that year *includes the next
# anniversary*: one evaluation serves two renewals. A pass on the anniversary itself would end one
# day too early.
#
# ## Verify the plan
# The steps of each plan become events of a what-if, the prerequisites are extended, and the
# ordinary timeline counts the lapsed days.


# %%
UNTIL = "2033-12-31"
PREREQUISITES = [
    {"extend": {"type": "psfp"}, "through": UNTIL},
    {"extend": {"area": "azure_infrastructure"}, "through": UNTIL},
]


def partner_with(plan: dsg.Plan) -> dsg.Partner:
    """Return Contoso with every step of the plan done on its earliest day."""
    events = [{"on": step.on, "type": step.type} for step in plan.steps]
    for event, step in zip(events, plan.steps, strict=True):
        if step.valid_through:
            event["outcome"] = "pass"
    return dsg.what_if(contoso, [*PREREQUISITES, *events])


def lapsed_days(plan: dsg.Plan) -> int:
    """Count the days on which the designation is not in force if the plan is followed."""
    last_day = plan.held_until - datetime.timedelta(1)
    segments = dsg.timeline(partner_with(plan), TODAY, last_day).segments
    assert all(segment.assessment.term.status != "expired" for segment in segments)
    lapsed = [segment for segment in segments if segment.assessment.term.in_force == "unmet"]
    return sum((segment.through - segment.from_).days + 1 for segment in lapsed)


for plan in plans.front:
    print(f"{plan.fees:,} USD: {plan.lapsed_days} lapsed days planned, {lapsed_days(plan)} counted")
    assert lapsed_days(plan) == plan.lapsed_days

# %%
timeline = dsg.timeline(partner_with(one_day), TODAY, one_day.held_until - datetime.timedelta(1))
ax = dsg.plot.timeline(timeline, as_of=TODAY)

# %% [markdown]
# For each plan, the rules that assess today's facts confirm the planner's figures.
#
# ## It depends on an interpretation
# Is the designation in force between the anniversary and the end of the window? The text does not
# say; by default, it has lapsed. Under the other reading, being late costs nothing, and a single
# plan remains:

# %%
generous = dsg.plan(
    contoso, TODAY, HORIZON, policy={"interpretations": {"after_anniversary": "in_force"}}
)
assert [(plan.fees, plan.lapsed_days) for plan in generous.front] == [(cheapest.fees, 0)]

# %% [markdown]
# And does the next anniversary follow from the last one, or from the date of the decision? Under
# the second reading, a late decision moves all later anniversaries, and the figures differ. Until
# the program says which is right, each plan names the interpretations that it depends on.

# %%
drifting = dsg.plan(
    contoso, TODAY, HORIZON, policy={"interpretations": {"renewal_anchor": "decision"}}
)
assert {plan.fees for plan in drifting.front}.isdisjoint(plan.fees for plan in plans.front)
for plan in drifting.front:
    print(f"{plan.fees:,} USD, {plan.lapsed_days} lapsed days, expires on {plan.held_until}")

# %% [markdown]
# ## Which fiscal year pays
# Fees by Microsoft's fiscal year (July to June), for the plan that is never late:

# %%
budget = dsg.budget(plans, as_of=TODAY, through=HORIZON)
assert sum(budget.by_fiscal_year.values()) == on_time.fees
budget
