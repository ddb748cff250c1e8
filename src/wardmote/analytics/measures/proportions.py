"""A share of those who answered with its interval, and the change between two such shares with its own.

Sources: Wilson (1927), Probable inference, Journal of the American Statistical Association 22, for one share; Newcombe
(1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17, method 10.
Both take the answers for a simple random sample; where people chose to answer, the truth can lie further off.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95
_Z: Final = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)


@dataclass(frozen=True)
class ShareInterval:
    """A 95% interval of a share, or of the difference of two, as fractions of one."""

    low: float
    high: float


def share_interval(share: Fraction, base: int) -> ShareInterval:
    """Return Wilson's interval of a share (0 to 1) of `base` answers."""
    _check(share, base)
    p, square = float(share), _Z * _Z
    middle = (p + square / (2 * base)) / (1 + square / base)
    half = _Z / (1 + square / base) * sqrt(p * (1 - p) / base + square / (4 * base * base))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return ShareInterval(0.0 if share == 0 else low, 1.0 if share == 1 else high)


def change_interval(before: Fraction, base_before: int, now: Fraction, base_now: int) -> ShareInterval:
    """Return Newcombe's interval of the change from one share to a later one, asked of different people."""
    earlier, later = share_interval(before, base_before), share_interval(now, base_now)
    p, q = float(now), float(before)
    low = p - q - sqrt((p - later.low) ** 2 + (earlier.high - q) ** 2)
    high = p - q + sqrt((later.high - p) ** 2 + (q - earlier.low) ** 2)
    return ShareInterval(max(-1.0, low), min(1.0, high))


def _check(share: Fraction, base: int) -> None:
    if base < 1:
        raise ValueError("A share needs a base of at least one answer.")
    if not 0 <= share <= 1:
        raise ValueError("A share lies between 0 and 1.")
