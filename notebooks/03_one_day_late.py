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
# # 03 · One day late: time, what-if and the cheapest plan
#
# The designation is renewed every year, and evaluations cost money. A CSAT pass is good for a
# year; the renewal window opens 60 days *before* the anniversary. Take the evaluation early in
# the window, and next year's anniversary finds the pass already over. So when is the best day?
# The answer is exact, and surprising: *one day late*.

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
# A timeline cuts a span into runs of days on which the answer is the same. The days follow from
# the rules; nothing is sampled.

# %%
dsg.timeline(contoso, from_="2026-09-15", through="2027-06-30")

# %% [markdown]
# ## What if?
# Facts can be added, moved, removed or extended on a copy. Suppose CSAT is taken on 20 October,
# and the contract is extended by a year.

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
# `plan` finds every schedule through 2031 that no other betters in both fees and *lapsed days*,
# the days on which the badge is not in force because the anniversary has passed and the renewal
# has not come yet. Exact dynamic programming, not a guess.

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
# Being always on time costs 15,600 USD. Allowing a *single* lapsed day in six renewals saves
# 2,000 USD, five of them 3,000 USD. The recommended plan is the one without a lapsed day; the
# others are shown because the letter of the text allows them, and each says which readings of the
# text it leans on.

# %%
figure, axes = plt.subplots(1, 2, figsize=(12, 4), sharey=True, layout="constrained")
for ax, plan, name in zip(axes, (on_time, one_day), ("never late", "one day late"), strict=True):
    dsg.plot.fees(plans._replace(front=(plan,)), by="fiscal_year", ax=ax)
    ax.set_title(f"{name}: {plan.fees:,} {plans.currency}", loc="left")

# %% [markdown]
# ## Where the money is saved
# Look for the day after an anniversary in the plan that is once late:

# %%
late = [step for step in one_day.steps if step.anniversary and step.on > step.anniversary]
late = [step for step in late if step.valid_through]
for step in late:
    print(step.on, step.type, "is good through", step.valid_through)
csat = next(step for step in late if step.type == "csat_evaluated")
assert csat.on - csat.anniversary == datetime.timedelta(1)
assert csat.valid_through == csat.anniversary.replace(year=csat.anniversary.year + 1)

# %% [markdown]
# That is the trick. A pass of the day after the anniversary is good for a year, and that
# *includes the next anniversary*: one evaluation serves two renewals. Taken on the anniversary
# itself it would be over a day too soon.
#
# ## Do not believe the plan: play it
# The plan's steps become events of a what-if, the prerequisites are extended, and the ordinary
# timeline counts the lapsed days.


# %%
UNTIL = "2033-12-31"
KEPT = [
    {"extend": {"type": "psfp"}, "through": UNTIL},
    {"extend": {"area": "azure_infrastructure"}, "through": UNTIL},
]


def played(plan: dsg.Plan) -> dsg.Partner:
    """Contoso, if everything happens on the first day that the plan names."""
    events = [{"on": step.on, "type": step.type} for step in plan.steps]
    for event, step in zip(events, plan.steps, strict=True):
        if step.valid_through:
            event["outcome"] = "pass"
    return dsg.what_if(contoso, [*KEPT, *events])


def lapsed_days(plan: dsg.Plan) -> int:
    """How many days of the played timeline are not in force."""
    line = dsg.timeline(played(plan), TODAY, plan.held_until - datetime.timedelta(1))
    assert all(segment.assessment.term.status != "expired" for segment in line.segments)
    lapsed = [segment for segment in line.segments if segment.assessment.term.in_force == "unmet"]
    return sum((segment.through - segment.from_).days + 1 for segment in lapsed)


for plan in plans.front:
    print(f"{plan.fees:,} USD: {plan.lapsed_days} lapsed days planned, {lapsed_days(plan)} played")
    assert lapsed_days(plan) == plan.lapsed_days

# %%
line = dsg.timeline(played(one_day), TODAY, one_day.held_until - datetime.timedelta(1))
ax = dsg.plot.timeline(line, as_of=TODAY)

# %% [markdown]
# The same rules that answer for today say of each plan what the planner said.
#
# ## It depends on how one reads the text
# Is the designation in force between the anniversary and the end of the window? The text does not
# say; the default is that it has lapsed. Under the other reading being late costs nothing at all,
# and a single plan is left:

# %%
generous = dsg.plan(
    contoso, TODAY, HORIZON, policy={"interpretations": {"after_anniversary": "in_force"}}
)
assert [(plan.fees, plan.lapsed_days) for plan in generous.front] == [(cheapest.fees, 0)]

# %% [markdown]
# And does the next anniversary follow from the last one, or from the day of the decision? By the
# second reading lateness pushes the calendar along, and the figures are others. Until the program
# says which, a plan says what it leans on.

# %%
drifting = dsg.plan(
    contoso, TODAY, HORIZON, policy={"interpretations": {"renewal_anchor": "decision"}}
)
assert {plan.fees for plan in drifting.front}.isdisjoint(plan.fees for plan in plans.front)
for plan in drifting.front:
    print(f"{plan.fees:,} USD, {plan.lapsed_days} lapsed days, held until {plan.held_until}")

# %% [markdown]
# ## On whose budget
# By Microsoft's fiscal year (July to June), for the plan that is never late:

# %%
budget = dsg.budget(plans, as_of=TODAY, through=HORIZON)
assert sum(budget.by_fiscal_year.values()) == on_time.fees
budget
