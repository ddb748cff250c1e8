"""Concentration: what part of all incidents the few places with most of them have, and how unevenly they lie.

Sources: Weisburd (2015), The Law of Crime Concentration and the Criminology of Place, Criminology 53, for shares of the
top places; Bernasco and Steenbeek (2017), More Places than Crimes: Implications for Evaluating the Law of Crime
Concentration at Place, Journal of Quantitative Criminology 33, for a Gini coefficient that is 0 when fewer incidents
than places lie as evenly as they can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

TOP_PERCENT: Final = (1, 5, 10)
# Where the curve is read for a chart: the top hundredth, and each twentieth of the places.
CURVE_PERCENT: Final = (1, *range(5, 101, 5))


@dataclass(frozen=True)
class Top:
    """The places with most: how many they are, their incidents, and these as a share of all, exact."""

    percent: int
    places: int
    count: int
    share: Fraction


@dataclass(frozen=True)
class Concentration:
    """How unevenly `count` incidents lie over `places`; `tops` leaves out what would be less than a whole place.

    `gini` is the usual coefficient, `generalised` the one for sparse counts; both are 0 for the most even spread there
    can be of enough incidents, and near 1 where one place has all.
    """

    places: int
    count: int
    tops: tuple[Top, ...]
    gini: Fraction
    generalised: Fraction


def concentration(counts: Sequence[int]) -> Concentration | None:
    """Return how incidents concentrate on places, each with its count (nought included); None without incidents."""
    ordered, places, total = sorted(counts), len(counts), sum(counts)
    if ordered and ordered[0] < 0:
        raise ValueError("A place cannot have fewer than no incidents.")
    if not total:
        return None
    gini = _gini(ordered, total)
    generalised = max(Fraction(places, total), Fraction(1)) * (gini - 1) + 1
    return Concentration(places, total, _tops(ordered, TOP_PERCENT), gini, generalised)


def curve(counts: Sequence[int]) -> tuple[Top, ...]:
    """Return the Lorenz curve at 1% and each twentieth of the places, in whole places, places with most first.

    Shares that are less than a whole place are left out; nothing without incidents.
    """
    return _tops(sorted(counts), CURVE_PERCENT) if sum(counts) else ()


def lorenz(counts: Sequence[int]) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return the Lorenz curve, places with most first, from (0, 0): share of places and share of incidents."""
    ordered, total, running = sorted(counts, reverse=True), sum(counts), 0
    points = [(Fraction(0), Fraction(0))]
    for at, count in enumerate(ordered if total else (), start=1):
        running += count
        points.append((Fraction(at, len(ordered)), Fraction(running, total)))
    return tuple(points)


def _gini(ordered: Sequence[int], total: int) -> Fraction:
    """G = (2 x sum of rank x share - n - 1) / n, the place with fewest having rank 1."""
    n = len(ordered)
    return Fraction(2 * sum(rank * count for rank, count in enumerate(ordered, start=1)) - (n + 1) * total, n * total)


def _tops(ordered: Sequence[int], percents: Sequence[int]) -> tuple[Top, ...]:
    return tuple(_top(ordered, percent) for percent in percents if len(ordered) * percent >= 100)


def _top(ordered: Sequence[int], percent: int) -> Top:
    # Whole places alone, never more than the share says: 5% of 79 places are three.
    places = len(ordered) * percent // 100
    count = sum(ordered[-places:])
    return Top(percent, places, count, Fraction(count, sum(ordered)))
