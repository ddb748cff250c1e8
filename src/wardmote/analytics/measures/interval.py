"""The interval around a change between two counts that vary more from month to month than chance alone would.

Sources: Wilson (1927) for the interval of a proportion; McCullagh and Nelder (1989), Generalized Linear Models,
chapters 4 and 6, for dividing by the dispersion phi that Pearson's chi-square of a log-linear model estimates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

LEVEL: Final = 0.95
YEAR: Final = 12


@dataclass(frozen=True)
class Dispersion:
    """How much more monthly counts vary than Poisson counts: phi (at least 1) and its degrees of freedom."""

    phi: float
    degrees: int


@dataclass(frozen=True)
class Interval:
    """A 95% interval of current / previous; `high` is None where it has no upper end (nothing counted before)."""

    low: float
    high: float | None


def dispersion(years: Sequence[Sequence[int]]) -> Dispersion | None:
    """Estimate phi from whole years of monthly counts (years x 12), None with less than two years.

    phi = sum((count - expected)^2 / expected) / degrees, where expected = year total x month total / total: a year may
    be higher and a calendar month may be higher; only what is left counts as noise. degrees = (years - 1) x (calendar
    months that ever had a count - 1). Years without any count say nothing and are left out.
    """
    kept = [year for year in years if sum(year)]
    if len(years) < 2:
        return None
    months = [total for total in map(sum, zip(*kept, strict=True)) if total]
    degrees = (len(kept) - 1) * (len(months) - 1)
    if not kept or degrees < 1:
        return Dispersion(1.0, max(1, (len(years) - 1) * (YEAR - 1)))
    return Dispersion(max(1.0, _pearson(kept) / degrees), degrees)


def interval(previous: int, current: int, spread: Dispersion) -> Interval | None:
    """Return the 95% interval of the ratio current / previous of two stretches of equal length, None of 0 and 0.

    Given both together, the later count is a proportion p of the sum n. Wilson's interval of p with n / phi in place of
    n, and Student's t for the normal quantile because phi is estimated, is turned into the ratio p / (1 - p).
    """
    total = previous + current
    if total == 0:
        return None
    size, share, t = total / spread.phi, current / total, _quantile(spread.degrees)
    middle = (share + t * t / (2 * size)) / (1 + t * t / size)
    half = t / (1 + t * t / size) * sqrt(share * (1 - share) / size + t * t / (4 * size * size))
    low, high = max(0.0, middle - half) if current else 0.0, min(1.0, middle + half)
    # With nothing before, every share up to the whole is possible and the ratio has no upper end.
    return Interval(low / (1 - low), None if previous == 0 or high >= 1 else high / (1 - high))


def chance(previous: int, current: int, spread: Dispersion) -> float:
    """Return the chance that counts at least as far apart would show if nothing had changed, on both sides.

    It is below 5% exactly where the interval of the ratio leaves out 1: z = (2 p − 1) x sqrt(n / phi), by Student's t.
    Raises ValueError of 0 and 0.
    """
    from scipy.stats import t

    total = previous + current
    if total == 0:
        raise ValueError("Of no incidents in either stretch nothing can be said.")
    z = abs(current - previous) / total * sqrt(total / spread.phi)
    return float(2 * t.sf(z, spread.degrees))


def _pearson(years: Sequence[Sequence[int]]) -> float:
    total = sum(map(sum, years))
    months = [sum(month) for month in zip(*years, strict=True)]
    pearson = 0.0
    for year in years:
        for count, month in zip(year, months, strict=True):
            expected = sum(year) * month / total
            pearson += (count - expected) ** 2 / expected if expected else 0.0
    return pearson


def _quantile(degrees: int) -> float:
    from scipy.stats import t

    return float(t.ppf(1 - (1 - LEVEL) / 2, degrees))
