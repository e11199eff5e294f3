"""Uncertainty: exact where there is an exact answer. SciPy computes, and is loaded when first needed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from designation._lazy import need
from designation.metrics._mistakes import mistake

LEVEL = 0.95
SEED, DRAWS = 20251118, 10_000


def check_level(level: float) -> None:
    """Refuse what cannot be the level of an interval."""
    if not (isinstance(level, float) and 0 < level < 1):
        raise mistake("range", f"a level is between 0 and 1, such as 0.95, not {level!r}", "/level")


def of_count(count: int, level: float) -> tuple[float, float]:
    """Give the exact (Garwood) interval of a Poisson mean, of which a count was seen."""
    tail = (1 - level) / 2
    low = _stats().chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return float(low), float(_stats().chi2.ppf(1 - tail, 2 * count + 2) / 2)


def of_share(count: int, out_of: int, level: float) -> tuple[float, float]:
    """Give the exact (Clopper-Pearson) interval of a share."""
    found = _stats().binomtest(count, out_of).proportion_ci(level, method="exact")
    return float(found.low), float(found.high)


def of_ratio(counts: tuple[int, int], sizes: tuple[float, float], level: float) -> tuple[tuple[float, float], float]:
    """Compare two Poisson rates exactly: the interval of the second over the first, and the p-value of no difference.

    Given the sum of both counts, the second is binomial; its share gives the ratio.
    """
    total, expected = sum(counts), sizes[1] / sum(sizes)
    if not total:
        return (0.0, math.inf), 1.0
    found = _stats().binomtest(counts[1], total, expected)
    share = found.proportion_ci(level, method="exact")

    def ratio(of: float) -> float:
        return math.inf if of >= 1 else float(of / (1 - of) * sizes[0] / sizes[1])

    return (ratio(share.low), ratio(share.high)), float(found.pvalue)


def of_mean(distribution: Mapping[float, int], level: float) -> tuple[float, float] | None:
    """Give Student's interval of a mean; None where fewer than two values were seen."""
    n = sum(distribution.values())
    if n < 2:
        return None
    mean = sum(value * count for value, count in distribution.items()) / n
    variance = sum(count * (value - mean) ** 2 for value, count in distribution.items()) / (n - 1)
    half = float(_stats().t.ppf((1 + level) / 2, n - 1)) * math.sqrt(variance / n)
    return mean - half, mean + half


def of_mean_by_bootstrap(distribution: Mapping[float, int], level: float) -> tuple[float, float] | None:
    """Give the bootstrap's percentile interval of a mean, the same at every call; None as above.

    Drawing rows anew is drawing counts from the distribution, whatever the number of rows.
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


def _stats() -> Any:
    return need("scipy.stats", "metrics")
