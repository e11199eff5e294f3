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
# # 07 · What will ISSI see?
#
# ISSI validates the volume of cases, and Microsoft decides on the case rate. You want to know the
# figures first, but your exports disagree: the list of Partner Center lacks what was opened in the
# Azure portal, and your own tool has escalations that nobody can find. This notebook goes from
# three exports to one list of cases, to the rate, and to a forecast for the day of the audit.
#
# The exports are invented, and they have the columns of the real ones.

# %%
import datetime
import random

import matplotlib.pyplot as plt
import polars as pl

import designation as dsg

metrics = dsg.metrics
draw = random.Random(20260930)
first_day = datetime.date(2025, 10, 1)
customers = ["Fabrikam", "Litware", "Northwind", "Tailspin", "Wingtip"]

requests, tickets, incidents = [], [], []
for number in range(150):
    day = first_day + datetime.timedelta(days=draw.randrange(365))
    if number < 18:  # an outage in one month
        day = datetime.date(2026, 5, draw.randrange(4, 9))
    id_, customer = f"25100{number:05}", draw.choice([*customers, "Fabrikam", "Fabrikam"])
    product = draw.choice(["Azure", "Exchange", "Teams"])
    severity = draw.choice(["Critical", "Minimal", "Minimal"])
    if product == "Azure":
        tickets.append(
            {"supportTicketId": id_, "createdDate": f"{day}T09:30:00Z", "severity": severity}
        )
    else:
        requests.append(
            {
                "id": id_,
                "createdDate": f"{day}T09:30:00",
                "productName": product,
                "severity": severity,
            }
        )
    if draw.random() < 0.9:  # the engineer recorded Microsoft's number, often a day later
        opened = day + datetime.timedelta(days=draw.choice([0, 0, 0, 1]))
        incidents.append(
            {
                "number": f"INC{number:04}",
                "vendor_ticket": f" {id_}",
                "opened_at": str(opened),
                "company": customer,
            }
        )
incidents.append(  # an escalation without a request
    {
        "number": "INC9999",
        "vendor_ticket": "2510099999",
        "opened_at": "2026-03-02",
        "company": "Litware",
    }
)
partner_center, azure, itsm = map(pl.DataFrame, (requests, tickets, incidents))
itsm.head(3)

# %% [markdown]
# ## One list of cases
# `reconcile` matches cases by Microsoft's number, which the engineers record in `vendor_ticket`. No
# list is taken to be right; every case is in one class.

# %%
period = "12 months to 2026-09-30"
found = metrics.reconcile(
    {"partner center": partner_center, "azure": azure, "servicenow": itsm},
    period,
    tolerance=1,
    columns={
        "partner center": "partner-center",
        "azure": "azure-support-tickets",
        "servicenow": {"like": "servicenow", "id": "vendor_ticket"},
    },
)
found

# %%
dsg.plot.reconciliation(found)
plt.show()

# %% [markdown]
# Nothing is in all three lists, because a case is opened in one portal only. The interesting cases
# are those in one list: Microsoft has requests that your tool does not know, and your tool has an
# escalation that Microsoft does not know.

# %%
classes = {one.lists: one.cases for one in found.classes}
assert classes[("servicenow",)] == 1
assert found.union == 151
found.cases("one").df().head()

# %% [markdown]
# The cases of the union become the table to count: the day in Microsoft's list, or in ours if
# Microsoft has none.

# %%
cases = found.cases().pl()
union = cases.select(
    "id",
    pl.coalesce("day in partner center", "day in azure", "day in servicenow").alias("created"),
    "customer",
    pl.col("lists").list.join(" and ").alias("lists"),
)
details = pl.concat(
    [
        partner_center.select("id", product="productName", severity="severity"),
        azure.select(id="supportTicketId", product=pl.lit("Azure"), severity="severity"),
    ]
)
union = union.join(details, on="id", how="left")

# %% [markdown]
# ## The business, from invoices
# The reconciliation file has credits and two currencies. You state the exchange rate; nothing is
# converted by itself.

# %%
lines = pl.DataFrame(
    [
        {
            "ChargeStartDate": f"{2025 + (month > 12)}-{(month - 1) % 12 + 1:02}-03",
            "Subtotal": amount * (1 + 0.01 * month),
            "Currency": currency,
            "ChargeType": kind,
            "ProductName": product,
        }
        for month in range(10, 22)
        for amount, currency, kind, product in (
            (900_000.0, "USD", "New", "Microsoft 365 E5"),
            (400_000.0, "EUR", "New", "Azure plan"),
            (-15_000.0, "USD", "CancelImmediate", "Microsoft 365 E5"),
            (60_000.0, "USD", "New", "Windows Server 2025 Standard"),
        )
    ]
)
revenue = {
    definition: metrics.billed_revenue(
        lines,
        period,
        "USD",
        rates={"EUR": 1.1},
        perpetual="ProductName=Windows Server 2025 Standard",
        definition=definition,
    )
    for definition in ("with_perpetual", "without_perpetual")
}
revenue["with_perpetual"]

# %% [markdown]
# ## The case rate, and what it depends on

# %%
rate = metrics.case_rate(
    union,
    revenue["with_perpetual"].months,
    period,
    unit="USD",
    escalated="every",
    by=["customer", "lists"],
)
rate

# %%
assert rate.cases == found.union
limit = 8.0  # your own limit, not a rule of the program
ways = rate.ways(
    {
        "all": {},
        "only what Microsoft has": {"without": "lists=servicenow"},
        "critical and known": {"only": "severity=Critical"},
        "without perpetual software": {
            "business": revenue["without_perpetual"].size,
            "unit": "USD",
        },
    }
)
dsg.plot.ways(ways, threshold=limit)
plt.show()
ways

# %% [markdown]
# The choice of what counts moves the rate more than chance does. Which customers drive it? Without
# business by customer, the expected number comes from an earlier period; here, the first half year.

# %%
first_half, second_half = (
    metrics.case_rate(union, 6_000_000, half, unit="USD", escalated="every", by="customer")
    for half in ("2025-10..2026-03", "2026-04..2026-09")
)
drivers = second_half.drivers(before=first_half)
dsg.plot.drivers(drivers)
plt.show()
assert all(group.p_value > 0.05 for group in drivers.groups)
drivers

# %% [markdown]
# No customer stands out after the adjustment for the number of groups. But the control chart finds
# the outage: more cases in May than chance explains.

# %%
chart = rate.chart()
dsg.plot.control_chart(chart)
plt.show()
assert chart.outside == ("2026-05",)

# %% [markdown]
# The audit is in December. If the rate stays the same and the business is as large as before:

# %%
forecast = rate.forecast("2026-12-31", more=4_600_000, at_most=limit)
dsg.plot.forecast(forecast)
plt.show()
forecast

# %% [markdown]
# ## CSAT: how much depends on the mapping
# Many tools ask with three faces. Their score from 1 to 5 is a mapping of your own, so look at the
# score under each mapping that you could defend.

# %%
faces = draw.choices(["happy", "neutral", "unhappy"], [80, 14, 6], k=240)
answers = pl.DataFrame({"answered": ["2026-06-15"] * len(faces), "score": faces})
mappings = {
    "1, 3, 5": {"unhappy": 1, "neutral": 3, "happy": 5},
    "2, 3, 5": {"unhappy": 2, "neutral": 3, "happy": 5},
    "1, 3, 4": {"unhappy": 1, "neutral": 3, "happy": 4},
}
scales = metrics.compare_scales(answers, mappings, period)
dsg.plot.scales(scales)
plt.show()
assert scales.spread > 0.5
scales

# %% [markdown]
# ## The page to hand over
# One page has every figure with its numerator, its denominator, and the rows that were left out.
# `page.save("figures.html")` writes it.

# %%
page = dsg.report([rate, ways, drivers, chart, forecast, found, revenue["with_perpetual"], scales])
[section["title"] for section in page.model["sections"]]
