"""The words of a rulebook, and the rules that a part of an assessment stands for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from designation._core import Partner, Rulebook
from designation._layout import Role

PREREQUISITES = {"csp_authorization": "SSD-P1", "support_contract": "SSD-P2", "solutions_partner": "SSD-P3"}
EVALUATIONS = {"capability": "SSD-E1", "performance": "SSD-E2", "csat": "SSD-E3"}
BENEFITS = {
    "badge": "SSD-B1",
    "marketplace_visibility": "SSD-B2",
    "elevated_support": "SSD-B3",
    "performance_credits": "SSD-B4",
    "early_adoption_discount": "SSD-B5",
}
RULES = {
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
LISTS = {
    "csp_authorization": "csp_authorizations",
    "support_contract": "support_contracts",
    "solutions_partner": "solutions_partner_designations",
}
ROLES: dict[str, Role] = {
    "met": "good",
    "unmet": "bad",
    "unknown": "warn",
    "active": "good",
    "renewal_open": "warn",
    "renewal_overdue": "bad",
    "expired": "bad",
    "not_attained": "muted",
}
_NAMES = {
    "asfp": "ASfP",
    "azure_data_ai": "Data & AI (Azure)",
    "azure_digital_app_innovation": "Digital & App Innovation (Azure)",
    "azure_infrastructure": "Infrastructure (Azure)",
    "business_applications": "Business Applications",
    "csat": "CSAT",
    "csat_evaluated": "CSAT evaluated",
    "csp_authorization": "CSP authorization",
    "issi": "ISSI",
    "microsoft": "Microsoft",
    "modern_work": "Modern Work",
    "partner": "Partner",
    "psfp": "PSfP",
    "security": "Security",
    "solutions_partner": "Solutions Partner",
    "ufp": "Unified for Partners",
    "unified_for_partners": "Unified for Partners",
}


def spoken(word: str) -> str:
    """Say a word of a vocabulary as it stands in a sentence."""
    return _NAMES.get(word, word.replace("_", " "))


def named(partner: Partner) -> str:
    """Name a partner, with the id that tells it apart."""
    return f"{partner.name} ({partner.id})" if partner.name else partner.id


def capital(said: str) -> str:
    """Let a text begin with a capital."""
    return said[:1].upper() + said[1:]


def money(amount: Decimal | int | float, currency: str) -> str:
    """Write an amount as people do: ``1,850 USD``."""
    return f"{amount:,} {currency}"


class Wording:
    """What a rulebook says about its rules, findings and availabilities."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.content: dict[str, Any] = rulebook.to_dict()

    def title(self, rule: str) -> str:
        """Name a rule."""
        title: str = self.content["rules"][rule]["title"]
        return title

    def text(self, rule: str) -> str:
        """Say what a rule asks."""
        text: str = self.content["rules"][rule]["text"]
        return text

    def finding(self, code: str) -> str:
        """Say what a finding has found."""
        text: str = self.content["findings"][code]["text"]
        return text

    def announced(self, key: str) -> str:
        """Quote what was announced about an availability."""
        words: str = self.content["availability"][key]["words"]
        return words
