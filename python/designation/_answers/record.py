"""Records of assessments: facts, policy, rulebook, and result in one document, with digests for an audit."""

from __future__ import annotations

import json
from typing import Any

from designation import _core
from designation._lazy import lazy

hashlib = lazy("hashlib")

FORMAT = "designation/record@1"
DIGESTED = ("partner", "policy", "rulebook", "assessment")


def record(assessment: _core.Assessment) -> dict[str, Any]:
    """Build the record of an assessment, which `replay` computes again and compares (docs/formats.md).

    The record holds the partner's document, the policy, the rulebook if it is a custom one, and the assessment, each
    with its SHA-256 digest.

    Example:
        >>> import designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[])
        >>> record = dsg.record(dsg.assess(partner, as_of="2026-09-15"))
        >>> record["format"], record["edition"], record["rulebook"], record["digests"]["partner"][:15]
        ('designation/record@1', '2025-11', None, 'sha256:18de76f4')
        >>> dsg.replay(record).same
        True
    """
    if not isinstance(assessment, _core.Assessment):
        raise TypeError(f"must be an assessment, not {type(assessment).__name__}")
    rulebook = assessment.rulebook
    parts: dict[str, Any] = {
        "partner": assessment.partner.to_dict(),
        "policy": assessment.policy.to_dict(),
        "rulebook": rulebook.to_dict(),
        "assessment": assessment.to_dict(),
    }
    digests = {name: digest(part) for name, part in parts.items()}
    if _core.builtin_rulebook(rulebook.edition) == rulebook:
        parts["rulebook"] = None
    head = {"engine": _core.__version__, "as_of": str(assessment.as_of), "edition": assessment.edition}
    return {"format": FORMAT, **head, **parts, "digests": digests}


def canonical_bytes(value: Any) -> bytes:
    """Return the bytes of a JSON value that are digested: sorted keys, no spaces, UTF-8, nothing escaped needlessly."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def digest(value: Any) -> str:
    """Return the SHA-256 digest of a JSON value, such as ``sha256:0f3a...``."""
    return f"sha256:{hashlib.sha256(canonical_bytes(value)).hexdigest()}"
