"""Gi* of Getis and Ord: where high or low values lie together more closely than chance would lay them.

Sources: Ord and Getis (1995), Local Spatial Autocorrelation Statistics, Geographical Analysis 27, for the statistic;
conditional permutation for its p values (permutation.py), since counts of crime are far from the normal distribution;
Caldas de Castro and Singer (2006), Geographical Analysis 38, for one correction of all the areas of a map.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from wardmote.analytics.measures.neighbours import Neighbours
from wardmote.analytics.measures.permutation import Draws, corrected, tails, whole

LEVEL: Final = 0.05


class Standing(StrEnum):
    """What is said of an area."""

    HOT = "hotspot"
    COLD = "coldspot"
    NEITHER = "neither"
    ISLAND = "no neighbour"


_NAMED: Final = (Standing.ISLAND, Standing.HOT, Standing.COLD, Standing.NEITHER)


@dataclass(frozen=True)
class GiStar:
    """Of each area: Gi* as a standard deviate, p (two-sided), q (p corrected for the whole map), and its standing.

    An island has the deviate NaN, p and q 1 and takes no part in the correction.
    """

    z: Any
    p: Any
    q: Any
    standings: tuple[Standing, ...]


def gi_star(values: Any, neighbours: Neighbours, draws: Draws | None = None) -> GiStar:
    """Return Gi* of every area, itself included among its neighbours, all of equal weight.

    `values` are whole numbers, one for each area. An area is a hotspot (coldspot) where q is at most 5%, its neighbours
    have more (less) than drawn ones, and Gi* is above (below) 0. Raises ValueError for values that are not whole.
    """
    import numpy as np

    values = whole(values)
    found = tails(values, neighbours, draws or Draws())
    z, numbers, p = deviates(values, neighbours), neighbours.numbers, found.p
    q = corrected(p, numbers)
    found_hot, found_cold = (q <= LEVEL) & found.upper & (z > 0), (q <= LEVEL) & ~found.upper & (z < 0)
    codes = np.select([numbers == 0, found_hot, found_cold], [0, 1, 2], default=3)
    return GiStar(z, p, q, tuple(map(_NAMED.__getitem__, codes.tolist())))


def deviates(values: Any, neighbours: Neighbours) -> Any:
    """Return Gi* as standard deviates: (sum - expected) / deviation of the sum; NaN for islands, 0 where all is equal.

    With n areas of mean m and variance s2 (divided by n), and w areas in a neighbourhood that counts the area itself:
    expected = w m, variance of the sum = s2 w (n - w) / (n - 1).
    """
    import numpy as np

    n, w = len(values), neighbours.numbers + 1
    sums = neighbours.sums(values) + values
    mean, variance = values.mean() if n else 0.0, values.var() if n else 0.0
    spread = np.sqrt(variance * w * (n - w) / max(n - 1, 1))
    away = sums - w * mean
    z = np.divide(away, spread, out=np.zeros(n), where=spread > 0)
    z[neighbours.numbers == 0] = np.nan
    return z
