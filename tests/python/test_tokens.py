"""The tokens of statuses: readable, and distinct with color blindness and in gray."""

from __future__ import annotations

from itertools import combinations

import pytest

import designation as dsg
from designation._text.tokens import DARK, LIGHT, STATUSES, TOKENS, Color, css_variables, standing
from designation._text.wording import ROLES, humanize

# The simulation of Machado, Oliveira, and Fernandes (2009) at full severity, in linear RGB.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.072175), (0.0193339, 0.119192, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def linear(color: str) -> tuple[float, ...]:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def product(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def contrast(one: str, other: str) -> float:
    low, high = sorted(product(TO_XYZ, linear(color))[1] for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def distance(one: str, other: str, vision: str) -> float:
    """Return the distance of two colors in CIE Lab, as a vision sees them; about 2 is just noticeable."""
    labs = []
    for color in (one, other):
        seen = tuple(min(max(c, 0), 1) for c in product(VISION[vision], linear(color)))
        x, y, z = (c / white for c, white in zip(product(TO_XYZ, seen), WHITE, strict=True))
        fx, fy, fz = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
        labs.append((116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)))
    return float(sum((a - b) ** 2 for a, b in zip(*labs, strict=True)) ** 0.5)


def colors(scheme: str) -> dict[str, Color]:
    return {name: token.light if scheme == "light" else token.dark for name, token in TOKENS.items()}


def test_every_status_and_verdict_has_a_token_with_its_word_and_role() -> None:
    words = [*map(str, dsg.Status), *map(str, dsg.Verdict)]
    assert {word: (humanize(word), ROLES[word]) for word in words} == {
        word: (TOKENS[word].word, TOKENS[word].role) for word in words
    }
    assert set(STATUSES) == {*map(str, dsg.Status), "at_risk"}
    assert (standing("active", True), standing("active", False)) == ("at_risk", "active")


@pytest.mark.parametrize("part", ["word", "symbol", "mark", "pattern"])
def test_statuses_are_distinct_without_color(part: str) -> None:
    parts = [getattr(token, part) for token in STATUSES.values()]
    assert len(set(parts)) == len(parts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_text_have_enough_contrast(scheme: str) -> None:
    ground = LIGHT if scheme == "light" else DARK
    for name, color in colors(scheme).items():
        assert contrast(color.line, ground.paper) >= 4.5, name
        assert contrast(color.line, color.fill) >= 4.5, name  # a pattern of lines is visible in gray
        assert contrast(ground.ink, color.fill) >= 7, name
    assert contrast(ground.muted, ground.paper) >= 4.5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_statuses_are_distinct_with_color_blindness(scheme: str, vision: str) -> None:
    lines = {name: color.line for name, color in colors(scheme).items() if name in STATUSES}
    distances = {pair: distance(lines[pair[0]], lines[pair[1]], vision) for pair in combinations(lines, 2)}
    assert {pair: value for pair, value in distances.items() if value < 10} == {}


def test_colors_are_css_variables() -> None:
    assert css_variables("light").startswith("--paper:#ffffff;--ink:#1c2128;")
    assert ";--renewal-overdue:#ff7d5c;--renewal-overdue-fill:#55210f;" in css_variables("dark")
