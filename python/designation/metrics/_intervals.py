"""Intervals and tests, exact where an exact method exists. SciPy computes them and loads when first used."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from designation._lazy import need
from designation._messages import quote
from designation.metrics._errors import input_error

DEFAULT_LEVEL = 0.95
SEED, DRAWS = 20251118, 10_000


def validate_level(level: float) -> None:
    """Raise an error unless the level is strictly between 0 and 1."""
    if not (isinstance(level, float) and 0 < level < 1):
        raise input_error("range", f"must be between 0 and 1, such as 0.95, not {quote(level)}", "/level")


def poisson_interval(count: int, level: float) -> tuple[float, float]:
    """Compute the exact (Garwood) interval of a Poisson mean from one observed count."""
    tail = (1 - level) / 2
    low = _stats().chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return float(low), float(_stats().chi2.ppf(1 - tail, 2 * count + 2) / 2)


def share_interval(count: int, out_of: int, level: float) -> tuple[float, float]:
    """Compute the exact (Clopper-Pearson) interval of a share."""
    interval = _stats().binomtest(count, out_of).proportion_ci(level, method="exact")
    return float(interval.low), float(interval.high)


def rate_ratio_test(
    counts: tuple[int, int], sizes: tuple[float, float], level: float
) -> tuple[tuple[float, float], float]:
    """Compute the exact interval of the second Poisson rate over the first, and the p-value of no difference.

    Given the sum of both counts, the second count is binomial, and its share determines the ratio.
    """
    total, expected = sum(counts), sizes[1] / sum(sizes)
    if not total:
        return (0.0, math.inf), 1.0
    test = _stats().binomtest(counts[1], total, expected)
    interval = test.proportion_ci(level, method="exact")

    def ratio(share: float) -> float:
        return math.inf if share >= 1 else float(share / (1 - share) * sizes[0] / sizes[1])

    return (ratio(interval.low), ratio(interval.high)), float(test.pvalue)


def standard_deviation(distribution: Mapping[float, int]) -> float:
    """Compute the standard deviation of a sample of at least two values."""
    n = sum(distribution.values())
    mean = sum(value * count for value, count in distribution.items()) / n
    return math.sqrt(sum(count * (value - mean) ** 2 for value, count in distribution.items()) / (n - 1))


def student_interval(distribution: Mapping[float, int], level: float) -> tuple[float, float] | None:
    """Compute Student's interval of a mean; None for fewer than two values."""
    n = sum(distribution.values())
    if n < 2:
        return None
    mean = sum(value * count for value, count in distribution.items()) / n
    half = student_half_width(standard_deviation(distribution), n, level)
    return mean - half, mean + half


def student_half_width(deviation: float, n: int, level: float) -> float:
    """Compute half of the width of Student's interval of the mean of at least two values."""
    return float(_stats().t.ppf((1 + level) / 2, n - 1)) * deviation / math.sqrt(n)


def bootstrap_interval(distribution: Mapping[float, int], level: float) -> tuple[float, float] | None:
    """Compute the bootstrap percentile interval of a mean, the same on every call; None for fewer than two values.

    A resample of the rows is a multinomial draw of counts, which takes the same time for any number of rows.
    """
    numpy = need("numpy", "metrics")
    n = sum(distribution.values())
    if n < 2:
        return None
    values = numpy.array(list(distribution), dtype=float)
    shares = numpy.array(list(distribution.values()), dtype=float) / n
    means = numpy.random.default_rng(SEED).multinomial(n, shares, size=DRAWS) @ values / n
    low, high = numpy.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def poisson_tail(count: int, expected: float) -> float:
    """Compute the probability of at least so many events where some are expected."""
    return float(_stats().poisson.sf(count - 1, expected))


def poisson_quantile(share: float, expected: float) -> float:
    """Compute the least count whose cumulative probability is at least a share."""
    return float(_stats().poisson.ppf(share, expected)) if expected else 0.0


def negative_binomial_quantile(share: float, shape: float, probability: float) -> int:
    """Compute a quantile of the number of failures before ``shape`` successes."""
    return int(_stats().nbinom.ppf(share, shape, probability))


def negative_binomial_cdf(count: int, shape: float, probability: float) -> float:
    """Compute the probability of at most so many failures before ``shape`` successes."""
    most = 2**63 - 1  # SciPy counts with 64 bits.
    return float(_stats().nbinom.cdf(min(count, most), shape, probability))


def adjust_p_values(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values for their number, which bounds the share of false discoveries (Benjamini and Hochberg)."""
    adjusted, least = [0.0] * len(p_values), 1.0
    order = sorted(range(len(p_values)), key=lambda at: p_values[at], reverse=True)
    for rank, at in zip(range(len(p_values), 0, -1), order, strict=True):
        least = min(least, p_values[at] * len(p_values) / rank)
        adjusted[at] = least
    return adjusted


def _stats() -> Any:
    return need("scipy.stats", "metrics")
