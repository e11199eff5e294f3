"""The words of a rulebook, and the rules that a part of an assessment stands for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from designation._core import Partner, Rulebook
from designation._text.layout import Role

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
