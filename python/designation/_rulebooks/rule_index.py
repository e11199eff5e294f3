"""The rules that read each location of a rulebook, and the rule of each value of an assessment."""

from __future__ import annotations

from typing import Any

_EVALUATIONS = ("SSD-E1", "SSD-E2", "SSD-E3")
RULES_BY_LOCATION: dict[str, tuple[str, ...]] = {
    "/prerequisites/csp_authorization": ("SSD-P1",),
    "/prerequisites/support_contract": ("SSD-P2",),
    "/prerequisites/solutions_partner": ("SSD-P3",),
    "/evaluations/capability/validity_years": ("SSD-E1",),
    "/evaluations/capability/each_cycle": ("SSD-R3",),
    "/evaluations/performance/validity_years": ("SSD-E2",),
    "/evaluations/performance/each_cycle": ("SSD-R2",),
    "/evaluations/csat/validity_years": ("SSD-E3",),
    "/evaluations/csat/each_cycle": ("SSD-R4",),
    "/term/years": ("SSD-T2",),
    "/term/renewal_window": ("SSD-T3",),
    "/journey": ("SSD-J2", "SSD-J3"),
    "/availability": ("SSD-A",),
    "/benefits/badge": ("SSD-B1",),
    "/benefits/marketplace_visibility": ("SSD-B2",),
    "/benefits/elevated_support": ("SSD-B3",),
    "/benefits/performance_credits": ("SSD-B4",),
    "/benefits/early_adoption_discount": ("SSD-B5",),
    "/fees": ("SSD-F1", "SSD-F3"),
    "/interpretations/leap_day": (*_EVALUATIONS, "SSD-T2"),
    "/interpretations/failed_reevaluation": _EVALUATIONS,
    "/interpretations/renewal_anchor": ("SSD-T4",),
    "/interpretations/late_renewal": ("SSD-T4",),
    "/interpretations/after_anniversary": ("SSD-T7",),
    "/interpretations/prerequisite_lapse": ("SSD-T5",),
    "/interpretations/pass_reference_day": ("SSD-R3", "SSD-R4"),
    "/interpretations/announcement": ("SSD-A",),
    "/interpretations/pilot_contract": ("SSD-P2",),
}
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
    "SSD-R": ("SSD-P", "SSD-T2", *_EVALUATIONS),
    "SSD-J3": ("SSD-J2", "SSD-T1", "SSD-T2", *_EVALUATIONS),
    "SSD-F1": ("SSD-R", *_EVALUATIONS),
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
