"""Comparison: an area's rate beside those of a group, with the limits that chance and ordinary differences give.

Sources: Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24,
1185-1202, and (2005), Handling over-dispersion of performance indicators, Quality and Safety in Health Care 14,
347-351, for limits and overdispersion; HMICFRS, Crime and policing comparator, About the data, for the mean of a
group: the simple mean of the rates, the area itself included.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import Final

from wardmote.analytics.measures.ranks import competition_ranks

# With fewer areas nobody can tell what differs between them anyway.
FEWEST_AREAS: Final = 5
WINSORISED: Final = 0.1
_NORMAL: Final = NormalDist()
_Z: Final = {95: _NORMAL.inv_cdf(0.975), 998: _NORMAL.inv_cdf(0.999)}


class Place(StrEnum):
    """Where a rate lies in the funnel."""

    FAR_ABOVE = "far above"
    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    FAR_BELOW = "far below"


class Move(StrEnum):
    """How an area's place in the funnel changed from one period to the next, by the 95% limits."""

    IN = "moved inside"
    OUT = "moved outside"
    ACROSS = "moved across"
    STAYED_IN = "stayed inside"
    STAYED_OUT = "stayed outside"


@dataclass(frozen=True)
class AreaCount:
    """An area of the group: its code, its count and how many residents (or other units) it is divided by."""

    code: str
    count: int
    base: int


@dataclass(frozen=True)
class Compared:
    """An area in its group: exact rate, the ends of both pairs of limits, its place, its rank and how many share it."""

    code: str
    rate: Fraction
    low_95: float
    high_95: float
    low_998: float
    high_998: float
    place: Place
    rank: int
    tied: int


@dataclass(frozen=True)
class Comparison:
    """A group compared: simple mean of its rates, the rate of all taken together, and the overdispersion.

    `phi` is the mean square of the areas' z values, `tau_squared` what differs between areas beyond chance, on the
    scale of the square root of observed / expected.
    """

    mean: Fraction
    pooled: Fraction
    phi: float
    tau_squared: float
    areas: tuple[Compared, ...]

    def of(self, code: str) -> Compared:
        """Return one area of the group by its code."""
        return next(area for area in self.areas if area.code == code)


_HIGH: Final = (Place.ABOVE, Place.FAR_ABOVE)


def move(earlier: Place, now: Place) -> Move:
    """Say whether an area moved in or out of the 95% limits; from above them to below them is across."""
    if now is Place.WITHIN:
        return Move.STAYED_IN if earlier is Place.WITHIN else Move.IN
    if earlier is Place.WITHIN:
        return Move.OUT
    return Move.STAYED_OUT if (earlier in _HIGH) == (now in _HIGH) else Move.ACROSS


def compare(areas: Sequence[AreaCount], *, per: int = 1000) -> Comparison | None:
    """Compare the rates of a group of areas; None of fewer than five, or where nothing was counted in any.

    With expected E = pooled rate x base, y = sqrt(count / E) has the standard error s = 1 / (2 sqrt(E)). z =
    (y - 1) / s is winsorised at 10% and phi = mean of z squared, divided by what that mean would be for a normal
    distribution winsorised alike. Where phi exceeds (n - 1) / n, tau squared = (n phi - (n - 1)) / (sum w - sum w^2 /
    sum w) with w = 1 / s^2. Limits of the rate = pooled x (1 ± z sqrt(s^2 + tau squared))^2.
    """
    total, base = sum(area.count for area in areas), sum(area.base for area in areas)
    if len(areas) < FEWEST_AREAS or not total or not all(area.base for area in areas):
        return None
    pooled = Fraction(total * per, base)
    errors = [1 / (2 * sqrt(total * area.base / base)) for area in areas]
    roots = [sqrt(area.count * base / (total * area.base)) for area in areas]
    phi, tau_squared = _overdispersion([(y - 1) / s for y, s in zip(roots, errors, strict=True)], errors)
    rates = [Fraction(area.count * per, area.base) for area in areas]
    ranks = [rank or 0 for rank in competition_ranks(rates)]
    compared = tuple(
        _compared(area, rate, rank, ranks.count(rank), spread=sqrt(s * s + tau_squared), pooled=pooled)
        for area, rate, rank, s in zip(areas, rates, ranks, errors, strict=True)
    )
    return Comparison(sum(rates, Fraction(0)) / len(rates), pooled, phi, tau_squared, compared)


def _overdispersion(scores: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    number = len(scores)
    pulled = int(WINSORISED * number)
    phi = sum(z * z for z in _winsorised(scores, pulled)) / number / _square_of_normal(pulled / number)
    if phi <= (number - 1) / number:
        return phi, 0.0
    weights = [1 / (s * s) for s in errors]
    total = sum(weights)
    return phi, (number * phi - (number - 1)) / (total - sum(w * w for w in weights) / total)


def _winsorised(scores: Sequence[float], pulled: int) -> list[float]:
    """Pull the lowest and the highest in to the next value, so that one odd area does not widen every limit."""
    ordered = sorted(scores)
    low, high = ordered[pulled], ordered[-1 - pulled]
    return [min(max(z, low), high) for z in scores]


def _square_of_normal(part: float) -> float:
    """Return the mean square of a standard normal value of which this part was pulled in at either end.

    The integral of z^2 between -q and q is 1 - 2 part - 2 q density(q); the pulled parts add 2 part q^2.
    """
    if not part:
        return 1.0
    q = _NORMAL.inv_cdf(1 - part)
    return 1 - 2 * part - 2 * q * _NORMAL.pdf(q) + 2 * part * q * q


def _compared(area: AreaCount, rate: Fraction, rank: int, tied: int, *, spread: float, pooled: Fraction) -> Compared:
    ends = {level: _limits(float(pooled), z * spread) for level, z in _Z.items()}
    return Compared(
        area.code, rate, *ends[95], *ends[998], place=_place(float(rate), ends[95], ends[998]), rank=rank, tied=tied
    )


def _limits(pooled: float, away: float) -> tuple[float, float]:
    # Below 1 - 1 the square would turn upwards again: no rate is below 0.
    return pooled * max(0.0, 1 - away) ** 2, pooled * (1 + away) ** 2


def _place(rate: float, inner: tuple[float, float], outer: tuple[float, float]) -> Place:
    if rate > outer[1]:
        return Place.FAR_ABOVE
    if rate < outer[0]:
        return Place.FAR_BELOW
    if rate > inner[1]:
        return Place.ABOVE
    return Place.BELOW if rate < inner[0] else Place.WITHIN
