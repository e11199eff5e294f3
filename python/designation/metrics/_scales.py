"""The score under several mappings of the answers: how much a score depends on a mapping that is the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from designation._convert import json_object
from designation._display import displayable
from designation._text.blocks import Block, Span, build_table, row
from designation._text.figures import format_number
from designation.metrics._answers import parse_scale
from designation.metrics._csat import csat
from designation.metrics._errors import input_error


class ScaleScore(NamedTuple):
    """The score of the same answers under one mapping."""

    name: str
    score: float | None
    answers: int
    top_two: float | None


@displayable
class ScaleComparison(NamedTuple):
    """Scores under several mappings; ``spread`` is the greatest minus the least score."""

    scores: tuple[ScaleScore, ...]
    spread: float | None

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON-compatible values."""
        return json_object(self)

    def lines(self) -> Iterable[Block]:
        """Lay out the comparison as a table."""
        cells = [
            (one.name, format_number(one.answers), "none", "")
            if one.score is None
            else (one.name, format_number(one.answers), f"{one.score:.2f}", f"{one.top_two:.1%}")
            for one in self.scores
        ]
        yield build_table(("Mapping", "Answers", "Score", "4 or 5"), cells)
        yield from row("Spread", Span("none" if self.spread is None else f"{self.spread:.2f}"))


def compare_scales(
    responses: Any, scales: Mapping[str, Mapping[Any, float]], period: Any = None, **options: Any
) -> ScaleComparison:
    """Compute the score under each of several mappings, which must order the answers in the same way.

    Args:
        responses: A file or a frame, as for `csat`.
        scales: Mappings by name, each as ``scale`` of `csat`.
        period: As for `csat`.
        options: Other arguments of `csat`.

    Raises:
        InputError: Two mappings have other values, or order two values differently.

    Example:
        >>> import designation as dsg, polars as pl
        >>> answers = pl.DataFrame({"score": ["happy", "neutral", "happy", "unhappy"]})
        >>> faces = {"wide": {"unhappy": 1, "neutral": 3, "happy": 5}, "mild": {"unhappy": 2, "neutral": 3, "happy": 5}}
        >>> dsg.metrics.compare_scales(answers, faces).spread
        0.25
    """
    if not isinstance(scales, Mapping) or not scales:
        raise input_error("scale", "must be a dict of mappings by name", "/scales")
    parsed = {name: parse_scale(scale or {}, f"/scales/{name}").scores or {} for name, scale in scales.items()}
    first_name, first = next(iter(parsed.items()))
    for name, scores in parsed.items():
        if set(scores) != set(first):
            raise input_error("scale", f"must map the same values as {first_name}", f"/scales/{name}")
        _validate_order(name, scores, first_name, first)
    found = {name: csat(responses, period, scale=scale, **options) for name, scale in scales.items()}
    means = [one.mean for one in found.values() if one.mean is not None]
    return ScaleComparison(
        tuple(ScaleScore(name, one.mean, one.n, one.top_two) for name, one in found.items()),
        max(means) - min(means) if means else None,
    )


def _validate_order(name: str, scale: Mapping[str, float], other_name: str, other: Mapping[str, float]) -> None:
    for one in scale:
        for two in scale:
            if scale[one] < scale[two] and other[one] > other[two]:
                message = f'"{one}" is below "{two}", but above it in {other_name}'
                raise input_error("scale", message, f"/scales/{name}")
