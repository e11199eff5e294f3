"""The display text of words, amounts, partners, and rules."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any

from designation._core import Partner, Rulebook, words
from designation._text.blocks import Role
from designation._text.tokens import TOKENS

RECORD_KEYS = {
    "csp_authorization": "csp_authorizations",
    "support_contract": "support_contracts",
    "solutions_partner": "solutions_partner_designations",
}
ROLES: dict[str, Role] = {name: token.role for name, token in TOKENS.items()}
_NAMES = {
    "csat": "CSAT",
    "csat_evaluated": "CSAT evaluated",
    "csp_authorization": "CSP authorization",
    "issi": "ISSI",
    "microsoft": "Microsoft",
    "partner": "Partner",
    "solutions_partner": "Solutions Partner",
    "unmet": "not met",
    "unified_for_partners": "Unified for Partners",
    **{word["word"]: word["name"] for words in words().values() for word in words},
}


def humanize(word: str) -> str:
    """Return a word of the data as text for people: ``renewal_open`` becomes ``renewal open``."""
    return _NAMES.get(word, word.replace("_", " "))


def partner_label(partner: Partner) -> str:
    """Return the name of a partner with its id, or the id if there is no name."""
    return f"{partner.name} ({partner.id})" if partner.name else partner.id


def capitalize(text: str) -> str:
    """Return a text with its first letter in upper case and the rest unchanged."""
    return text[:1].upper() + text[1:]


def format_count(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless there is one: ``1 row``, ``1,850 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def format_money(amount: Decimal | int | float, currency: str) -> str:
    """Return an amount as text: ``1,850 USD``."""
    return f"{amount:,} {currency}"


class Wording:
    """The texts of a rulebook about its rules, findings, and offers."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.content = _content(rulebook)

    def title(self, rule: str) -> str:
        """Return the title of a rule."""
        return str(self.content["rules"][rule]["title"])

    def text(self, rule: str) -> str:
        """Return the text of a rule."""
        return str(self.content["rules"][rule]["text"])

    def finding(self, code: str) -> str:
        """Return the text of a finding."""
        return str(self.content["findings"][code]["text"])

    def announcement(self, key: str) -> str:
        """Return what the program announced about an offer."""
        return str(self.content["availability"][key]["words"])


@functools.lru_cache(maxsize=8)
def _content(rulebook: Rulebook) -> dict[str, Any]:
    """Return the content of a rulebook; a report on many partners needs it many times."""
    content: dict[str, Any] = rulebook.to_dict()
    return content
