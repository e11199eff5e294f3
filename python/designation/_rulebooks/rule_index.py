"""The rules that read each location of a rulebook, and the rule of each value of an assessment."""

from __future__ import annotations

from typing import Any

from designation import _core

RULES_BY_LOCATION: dict[str, tuple[str, ...]] = _core.rules_by_location()
PREREQUISITES = {"csp_authorization": "SSD-P1", "support_contract": "SSD-P2", "solutions_partner": "SSD-P3"}
EVALUATIONS = {"capability": "SSD-E1", "performance": "SSD-E2", "csat": "SSD-E3"}
BENEFITS = {
    "badge": "SSD-B1",
    "marketplace_visibility": "SSD-B2",
    "elevated_support": "SSD-B3",
    "performance_credits": "SSD-B4",
    "early_adoption_discount": "SSD-B5",
}
# The names of results that people type instead of the id of a rule.
RULES_BY_NAME = {
    **PREREQUISITES,
    **EVALUATIONS,
    **BENEFITS,
    "eligibility": "SSD-P",
    "attainment": "SSD-T1",
    "anniversary": "SSD-T2",
    "renewal_window": "SSD-T3",
    "at_risk": "SSD-T5",
    "status": "SSD-T6",
    "in_force": "SSD-T7",
    "renewal": "SSD-R",
    "next_step": "SSD-J3",
    "fees_outstanding": "SSD-F1",
    "fees_due": "SSD-F2",
    "fees_incurred": "SSD-F3",
}
RULES_BY_PATH = {
    "/eligibility/verdict": "SSD-P",
    **{f"/eligibility/prerequisites/{name}": rule for name, rule in PREREQUISITES.items()},
    **{
        f"/evaluations/{name}/{part}": rule
        for name, rule in EVALUATIONS.items()
        for part in ("verdict", "passed_on", "valid_through")
    },
    "/term/status": "SSD-T6",
    "/term/in_force": "SSD-T7",
    "/term/attained_on": "SSD-T1",
    "/term/expires_on": "SSD-T2",
    "/term/renewal_opens_on": "SSD-T3",
    "/term/renewal_closes_on": "SSD-T3",
    "/term/at_risk": "SSD-T5",
    "/renewal/verdict": "SSD-R",
    "/renewal/missing": "SSD-R",
    "/journey/step": "SSD-J3",
    "/journey/completed": "SSD-J2",
    "/journey/waiting_on": "SSD-J3",
    "/fees/outstanding": "SSD-F1",
    "/fees/due": "SSD-F2",
    "/fees/incurred": "SSD-F3",
    **{f"/benefits/{name}": rule for name, rule in BENEFITS.items()},
}

# The rules whose results a rule builds on, among those of `RULES_BY_PATH`; the trees of explanations show the same. The
# evaluations below SSD-T1 and the renewals below SSD-T2 are evidence: they do not decide these dates.
BUILDS_ON: dict[str, tuple[str, ...]] = {
    "SSD-P": tuple(PREREQUISITES.values()),
    "SSD-T2": ("SSD-T1",),
    "SSD-T3": ("SSD-T2",),
    "SSD-T5": ("SSD-P",),
    "SSD-T6": ("SSD-T1", "SSD-T2", "SSD-T3"),
    "SSD-T7": ("SSD-T1", "SSD-T2", "SSD-T5", "SSD-P"),
    "SSD-R": ("SSD-P", "SSD-T2", *EVALUATIONS.values()),
    "SSD-J3": ("SSD-J2", "SSD-T1", "SSD-T2", *EVALUATIONS.values()),
    "SSD-F1": ("SSD-R", *EVALUATIONS.values()),
    "SSD-F2": ("SSD-F1", "SSD-J2", "SSD-T3"),
    **dict.fromkeys(BENEFITS.values(), ("SSD-T7",)),
}


def rules_below(rule: str) -> frozenset[str]:
    """Return all rules whose results a rule builds on, directly or through others."""
    direct = BUILDS_ON.get(rule, ())
    return frozenset(direct).union(*map(rules_below, direct))


def find_rules(pointer: str, content: dict[str, Any]) -> tuple[str, ...]:
    """Return the rules that read a location of a rulebook; none if it concerns the whole rulebook."""
    section, _, rest = pointer[1:].partition("/")
    name = rest.partition("/")[0]
    if section == "rules" and name:
        return (name,)
    if section == "findings" and name:
        return (content["findings"][name]["rule"],)
    return next(
        (rules for location, rules in RULES_BY_LOCATION.items() if f"{pointer}/".startswith(f"{location}/")), ()
    )
