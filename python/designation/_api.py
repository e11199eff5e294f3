"""Documents and their assessments."""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
from collections.abc import Mapping

from designation import _core
from designation._days import today
from designation._errors import InputError, require_type
from designation._input.strict import clear_document_error, parse_text
from designation._lazy import TYPE_CHECKING, lazy

if TYPE_CHECKING:
    from typing import Any, TypeAlias

loader = lazy("designation._input.loader")
members = lazy("designation._input.members")
warnings = lazy("warnings")

RulebookSource: TypeAlias = "_core.Rulebook | str | os.PathLike[str]"


def parse_partner(source: str | bytes | Mapping[str, Any], *, file: str = "") -> _core.Partner:
    """Parse a partner from JSON text or a dict.

    Args:
        source: The document. A dict can hold ``datetime.date``, and the scalars of NumPy and pandas.
        file: The name of the input in error messages.

    Raises:
        InputError: All problems of the document.

    Example:
        >>> import designation as dsg
        >>> dsg.parse_partner('{"id": "contoso"}')
        <Partner 'contoso': authorizations unknown, contracts unknown, designations unknown, events unknown>
    """
    if isinstance(source, str | bytes):
        return parse_text(_core.parse_partner, _to_bytes(source), file)
    document = _to_dict(source)
    try:
        return _core.read_partner(document, file)
    except InputError as error:
        # The core knows the types of Python; only scalars of other libraries are converted, which takes longer.
        if any(problem.code == "depth" for problem in error.diagnostics):
            raise
        with contextlib.suppress(InputError):
            return _core.read_partner(members.plain_document(document), file)
        raise clear_document_error(error, "partner", document) from None


def parse_policy(
    source: str | bytes | Mapping[str, Any], *, file: str = "", rulebook: RulebookSource | None = None
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
        return parse_text(_core.parse_policy, _to_bytes(source), file, _core.MAX_BYTES, as_rulebook(rulebook))
    try:
        return _core.read_policy(_to_dict(source), file, as_rulebook(rulebook))
    except InputError as error:
        raise clear_document_error(error, "policy", _to_dict(source)) from None


def load(path: str | os.PathLike[str], *, id: str | None = None, max_bytes: int = _core.MAX_BYTES) -> _core.Partner:
    """Read a partner from a file.

    Args:
        path: A JSON document; or any file of partners that `portfolio.load` reads, such as NDJSON, CSV, Parquet, or a
            workbook.
        id: The partner to read, if the file has several.
        max_bytes: The size limit; a larger document is an error.

    Raises:
        InputError: All problems of the document, each with file, line and column; or the file has several partners.
        OSError: The file cannot be read.

    Warns:
        UserWarning: A fact is dated more than 20 years from today, which is probably a typing error.
    """
    if id is not None:
        require_type(id, str, "id")
    if id is None and os.fspath(path).lower().endswith(".json"):
        text = read_at_most(path, max_bytes)
        if len(text) > max_bytes or (text.lstrip().startswith(b"{") and not loader.is_page(text)):
            return warn_of_far_dates(parse_text(_core.parse_partner, text, os.fspath(path), max_bytes))
    ids = () if id is None else (id,)
    hint = "choose one with load(path, id=...)"
    return warn_of_far_dates(loader.Loader(ids=ids, max_bytes=max_bytes).one(path, hint))


def warn_of_far_dates(partner: _core.Partner) -> _core.Partner:
    """Warn of facts that are so far in the future that a typing error is likely, and return the partner."""
    for warning in _core.warnings(partner, today()):
        warnings.warn(f"{partner.id}: {warning}", stacklevel=3)
    return partner


def as_partner(source: Any) -> _core.Partner:
    """Return a partner: itself, or the one in a dict or a file.

    Raises:
        InputError: All problems of the document; or there are several partners.
        OSError: The file cannot be read.
    """
    if isinstance(source, _core.Partner):
        return source
    if isinstance(source, Mapping):
        return parse_partner(source)
    if isinstance(source, str) and source.lstrip().startswith("{"):
        raise TypeError("a text is the path of a file; parse JSON text with parse_partner(text)")
    if isinstance(source, str | os.PathLike):
        return load(source)
    raise TypeError(
        f"must be one partner, a dict, or the path of a file, not {type(source).__name__}; "
        "for a frame or a portfolio, call assess_table"
    )


def as_partners(source: Any) -> list[_core.Partner]:
    """Return partners: one, several, or those in files, frames, and portfolios; each id once.

    Raises:
        InputError: All problems of the partners.
        OSError: A file cannot be read.
    """
    return list(loader.Loader().partners([source]))


def load_policy(path: str | os.PathLike[str], *, rulebook: RulebookSource | None = None) -> _core.Policy:
    """Read a policy from a file; see `parse_policy`.

    Raises:
        InputError: All problems of the document, each with file, line and column.
        OSError: The file cannot be read.
    """
    text = read_at_most(path, _core.MAX_BYTES)
    return parse_text(_core.parse_policy, text, os.fspath(path), _core.MAX_BYTES, as_rulebook(rulebook))


def as_rulebook(source: RulebookSource | None) -> _core.Rulebook | None:
    """Return a rulebook: itself, a built-in edition by its name, or the one in a file; None is the default.

    Raises:
        InputError: All problems of the file.
        OSError: There is neither an edition nor a readable file of this name.
    """
    if source is None or isinstance(source, _core.Rulebook):
        return source
    builtin = _core.builtin_rulebook(source) if isinstance(source, str) else None
    if builtin is not None:
        return builtin
    return parse_text(_core.parse_rulebook, read_at_most(source, _core.MAX_BYTES), os.fspath(source))


def assess(
    partner: _core.Partner | Mapping[str, Any] | str | os.PathLike[str],
    as_of: datetime.date | str | None = None,
    policy: _core.Policy | Mapping[str, Any] | None = None,
    rulebook: RulebookSource | None = None,
) -> _core.Assessment:
    """Assess a partner as of a date.

    Args:
        partner: The partner's record, its document as a dict, or the path of its file.
        as_of: A date or ``"YYYY-MM-DD"``, but no datetime; default: today.
        policy: Choices and overrides; default: edition 2025-11 with its default readings.
        rulebook: The name of an edition, the path of a custom rulebook, or a rulebook; see `rulebooks.load`.

    Raises:
        InputError: The date is not valid, the policy does not fit the rulebook, or all problems of its file.
        OSError: There is neither an edition nor a readable file of this name.

    Example:
        >>> import datetime, designation as dsg
        >>> partner = dsg.Partner(id="contoso", events=[dsg.Event(on="2026-03-02", type="badge_awarded")])
        >>> dsg.assess(partner, as_of=datetime.date(2026, 9, 15)).term.expires_on
        datetime.date(2027, 3, 2)
    """
    return _core.assess(as_partner(partner), today() if as_of is None else as_of, build_rules(policy, rulebook))


def build_rules(policy: _core.Policy | Mapping[str, Any] | None, rulebook: RulebookSource | None) -> _core.Rules:
    """Build rules from a policy and a rulebook; None means the default."""
    if policy is None and rulebook is None:
        return _default_rules()
    rulebook = as_rulebook(rulebook)
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


def read_at_most(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    """Read a file up to one byte over the limit, which shows that it is too large."""
    with open(os.fspath(path), "rb") as file:  # `open` would take a number for a descriptor, and close it
        return file.read(max_bytes + 1)
