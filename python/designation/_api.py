"""Reading documents and assessing them."""

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
    """Make a partner of JSON text or of a dict.

    Args:
        source: The document. Days in a dict may be ``datetime.date``.
        file: The name that diagnostics give to the input.

    Raises:
        InputError: Every problem of the document at once.

    Example:
        >>> import designation as dsg
        >>> dsg.parse_partner('{"id": "contoso"}')
        <Partner 'contoso': authorizations unknown, contracts unknown, designations unknown, events unknown>
    """
    if isinstance(source, str | bytes):
        return _core.parse_partner(_bytes(source), file)
    return _core.read_partner(_dict(source), file)


def parse_policy(
    source: str | bytes | Mapping[str, Any], *, file: str = "", rulebook: _core.Rulebook | None = None
) -> _core.Policy:
    """Make a policy of JSON text or of a dict, held against its edition or against ``rulebook``.

    Raises:
        InputError: Every problem of the document at once.

    Example:
        >>> import designation as dsg
        >>> dsg.parse_policy({"edition": "2026-04"}).edition
        '2026-04'
    """
    if isinstance(source, str | bytes):
        return _core.parse_policy(_bytes(source), file, rulebook=rulebook)
    return _core.read_policy(_dict(source), file, rulebook)


def load(path: str | os.PathLike[str], *, max_bytes: int = _core.MAX_BYTES) -> _core.Partner:
    """Read a partner's document from a file.

    Args:
        path: The file.
        max_bytes: Larger documents are refused.

    Raises:
        InputError: Every problem of the document at once, with file, line and column.
        OSError: The file cannot be read.
    """
    return _core.parse_partner(_read(path, max_bytes), os.fspath(path), max_bytes)


def load_policy(path: str | os.PathLike[str], *, rulebook: _core.Rulebook | None = None) -> _core.Policy:
    """Read a policy from a file; see `parse_policy`.

    Raises:
        InputError: Every problem of the document at once, with file, line and column.
        OSError: The file cannot be read.
    """
    return _core.parse_policy(_read(path, _core.MAX_BYTES), os.fspath(path), rulebook=rulebook)


def assess(
    partner: _core.Partner,
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: _core.Rulebook | None = None,
) -> _core.Assessment:
    """Assess a partner as of a day.

    Args:
        partner: The partner's record.
        as_of: A date or ``"YYYY-MM-DD"``; a datetime is refused. Default: today.
        policy: Choices and overrides; default: edition 2025-11 with the default readings.
        rulebook: An edition of one's own, or one of `rulebooks.load`.

    Raises:
        InputError: The day is none, or the policy does not fit the rulebook.

    Example:
        >>> import datetime, designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> dsg.assess(partner, as_of=datetime.date(2026, 9, 15)).term.expires_on
        datetime.date(2027, 3, 2)
    """
    return _core.assess(partner, today() if as_of is None else as_of, rules_of(policy, rulebook))


def rules_of(policy: _core.Policy | Mapping[str, Any] | None, rulebook: _core.Rulebook | None) -> _core.Rules:
    """Make rules of a policy and a rulebook, either of which may be left to its default."""
    if policy is None and rulebook is None:
        return _default_rules()
    if policy is not None and not isinstance(policy, _core.Policy):
        policy = parse_policy(policy, rulebook=rulebook)
    return _core.rules(policy, rulebook)


@functools.cache
def _default_rules() -> _core.Rules:
    return _core.rules()


def _bytes(source: str | bytes) -> bytes:
    # A lone surrogate has no UTF-8; passed through, the reader refuses it with its place.
    return source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source


def _dict(source: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(source, dict):
        return source
    if isinstance(source, Mapping):
        return dict(source)
    raise TypeError(f"a document is str, bytes or a dict, not {type(source).__name__}")


def _read(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(max_bytes + 1)  # enough to see that it is too large
