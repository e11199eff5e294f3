"""Documents and their assessments."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Mapping

from designation import _core
from designation._days import today
from designation._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def parse_partner(source: str | bytes | Mapping[str, Any], *, file: str = "") -> _core.Partner:
    """Parse a partner from JSON text or a dict.

    Args:
        source: The document. Dates in a dict can be ``datetime.date``.
        file: The name of the input in error messages.

    Raises:
        InputError: All problems of the document.

    Example:
        >>> import designation as dsg
        >>> dsg.parse_partner('{"id": "contoso"}')
        <Partner 'contoso': authorizations unknown, contracts unknown, designations unknown, events unknown>
    """
    if isinstance(source, str | bytes):
        return _core.parse_partner(_to_bytes(source), file)
    return _core.read_partner(_to_dict(source), file)


def parse_policy(
    source: str | bytes | Mapping[str, Any], *, file: str = "", rulebook: _core.Rulebook | None = None
) -> _core.Policy:
    """Parse a policy from JSON text or a dict; validate it against its edition or ``rulebook``.

    Raises:
        InputError: All problems of the document.

    Example:
        >>> import designation as dsg
        >>> dsg.parse_policy({"edition": "2026-04"}).edition
        '2026-04'
    """
    if isinstance(source, str | bytes):
        return _core.parse_policy(_to_bytes(source), file, rulebook=rulebook)
    return _core.read_policy(_to_dict(source), file, rulebook)


def load(path: str | os.PathLike[str], *, max_bytes: int = _core.MAX_BYTES) -> _core.Partner:
    """Read a partner from a file.

    Args:
        path: The file.
        max_bytes: The size limit; a larger document is an error.

    Raises:
        InputError: All problems of the document, each with file, line and column.
        OSError: The file cannot be read.
    """
    return _core.parse_partner(_read_at_most(path, max_bytes), os.fspath(path), max_bytes)


def load_policy(path: str | os.PathLike[str], *, rulebook: _core.Rulebook | None = None) -> _core.Policy:
    """Read a policy from a file; see `parse_policy`.

    Raises:
        InputError: All problems of the document, each with file, line and column.
        OSError: The file cannot be read.
    """
    return _core.parse_policy(_read_at_most(path, _core.MAX_BYTES), os.fspath(path), rulebook=rulebook)


def assess(
    partner: _core.Partner,
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> _core.Assessment:
    """Assess a partner as of a date.

    Args:
        partner: The partner's record.
        as_of: A date or ``"YYYY-MM-DD"``, but no datetime; default: today.
        policy: Choices and overrides; default: edition 2025-11 with its default readings.
        rulebook: A custom rulebook or another edition; see `rulebooks.load`.

    Raises:
        InputError: The date is not valid, or the policy does not fit the rulebook.

    Example:
        >>> import datetime, designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> dsg.assess(partner, as_of=datetime.date(2026, 9, 15)).term.expires_on
        datetime.date(2027, 3, 2)
    """
    return _core.assess(partner, today() if as_of is None else as_of, build_rules(policy, rulebook))


def build_rules(policy: _core.Policy | Mapping[str, Any] | None, rulebook: _core.Rulebook | None) -> _core.Rules:
    """Build rules from a policy and a rulebook; None means the default."""
    if policy is None and rulebook is None:
        return _default_rules()
    if policy is not None and not isinstance(policy, _core.Policy):
        policy = parse_policy(policy, rulebook=rulebook)
    return _core.rules(policy, rulebook)


@functools.cache
def _default_rules() -> _core.Rules:
    return _core.rules()


def _to_bytes(source: str | bytes) -> bytes:
    # UTF-8 cannot encode a lone surrogate; we pass it on, and the parser reports its location.
    return source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source


def _to_dict(source: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(source, dict):
        return source
    if isinstance(source, Mapping):
        return dict(source)
    raise TypeError(f"a document must be str, bytes, or a dict, not {type(source).__name__}")


def _read_at_most(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(max_bytes + 1)  # One byte over the limit shows that the document is too large.
