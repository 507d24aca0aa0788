"""The statistics behind the checks, from the standard library alone.

In: numbers. Out: probabilities, intervals and rounding. Sources: Clopper & Pearson 1934 for the
exact interval, Wilson 1927 for the score interval, Altman & Bland 2011 (BMJ 343:d2304) for the p
value that belongs to a ratio's confidence interval.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import erfc, exp, fsum, lgamma, log, log1p, sqrt
from statistics import NormalDist

__all__ = [
    "clopper_pearson",
    "half_unit",
    "p_of_ratio",
    "rounds_to",
    "truncates_to",
    "wald",
    "wilson",
]

_BISECTIONS = 60


def half_unit(places: int) -> Decimal:
    """Give the most that rounding to so many decimal places can change a number.

    >>> half_unit(1)
    Decimal('0.05')
    """
    return Decimal(5).scaleb(-places - 1)


def rounds_to(exact: Decimal, printed: Decimal, places: int) -> bool:
    """Say whether a number rounds to the printed one, halves up or to even.

    >>> rounds_to(Decimal("5.5556"), Decimal("5.6"), 1)
    True
    """
    unit = Decimal(1).scaleb(-places)
    return printed in (exact.quantize(unit, ROUND_HALF_UP), exact.quantize(unit, ROUND_HALF_EVEN))


def truncates_to(exact: Decimal, printed: Decimal, places: int) -> bool:
    """Say whether a number cut off after so many places is the printed one."""
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_DOWN) == printed


def _cdf(k: int, n: int, p: float) -> float:
    """Give the probability of at most `k` of `n`, by logarithms: thousands would overflow."""
    if p <= 0 or p >= 1:
        return float(p <= 0 or k >= n)
    odds, none = log(p) - log1p(-p), n * log1p(-p) + lgamma(n + 1)
    return fsum(exp(none + i * odds - lgamma(i + 1) - lgamma(n - i + 1)) for i in range(k + 1))


def _solve(k: int, n: int, wanted: float) -> float:
    """Find the proportion at which at most `k` of `n` has the wanted probability."""
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if _cdf(k, n, middle) > wanted else (low, middle)
    return low


def clopper_pearson(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Give the exact confidence interval of a proportion.

    Args:
        k: How many had the outcome.
        n: Of how many.
        level: The level, between 0 and 1.

    >>> [round(100 * end, 1) for end in clopper_pearson(11, 115)]
    [4.9, 16.5]
    """
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else _solve(k - 1, n, 1 - tail)
    high = 1.0 if k == n else _solve(k, n, tail)
    return low, high


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Give the score interval of a proportion."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    p, shrink = k / n, 1 + z * z / n
    centre, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - spread) / shrink, (centre + spread) / shrink


def wald(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Give the simple normal interval of a proportion."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    p = k / n
    spread = z * sqrt(p * (1 - p) / n)
    return max(0.0, p - spread), min(1.0, p + spread)


def p_of_ratio(estimate: float, low: float, high: float, level: float = 0.95) -> float:
    """Give the two-sided p value that a ratio's confidence interval implies.

    Args:
        estimate: The ratio.
        low: The interval's lower end, above 0.
        high: Its upper end.
        level: Its level, between 0 and 1.

    >>> round(p_of_ratio(0.59, 0.42, 0.84), 3)
    0.003
    """
    z_level = NormalDist().inv_cdf((1 + level) / 2)
    error = (log(high) - log(low)) / (2 * z_level)
    return erfc(abs(log(estimate)) / error / sqrt(2))
