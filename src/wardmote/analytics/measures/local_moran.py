"""Local Moran's I: whether an area and its neighbours are alike (high among high) or not (low among high).

Source: Anselin (1995), Local Indicators of Spatial Association, Geographical Analysis 27. Its draws are those of Gi*:
an area keeps its own value in all of them, so that I rises and falls with the sum of the neighbours alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from wardmote.analytics.measures.neighbours import Neighbours
from wardmote.analytics.measures.permutation import Draws, corrected, tails, whole


class Pattern(StrEnum):
    """An area's own value beside the mean of its neighbours, each against the mean of all areas."""

    HIGH_HIGH = "high among high"
    LOW_LOW = "low among low"
    HIGH_LOW = "high among low"
    LOW_HIGH = "low among high"
    NONE = "at the average"


# The area itself counts 1 or -1, its neighbours 3 or -3.
_NAMED: Final = dict.fromkeys(range(-4, 5), Pattern.NONE) | {
    4: Pattern.HIGH_HIGH,
    -4: Pattern.LOW_LOW,
    -2: Pattern.HIGH_LOW,
    2: Pattern.LOW_HIGH,
}


@dataclass(frozen=True)
class LocalMoran:
    """Of each area: I, p (two-sided), q (p corrected for the whole map) and pattern; an island has NaN, 1 and 1."""

    i: Any
    p: Any
    q: Any
    patterns: tuple[Pattern, ...]


def local_moran(values: Any, neighbours: Neighbours, draws: Draws | None = None) -> LocalMoran:
    """Return Local Moran's I of every area, its neighbours sharing one weight.

    I = z x mean of the neighbours' z, where z = (value - mean) / standard deviation (divided by n). `values` are whole
    numbers; raises ValueError for others. An area at the very average has I = 0 in every draw, so that p is 1.
    """
    import numpy as np

    values = whole(values)
    own, around = _away(values, neighbours)
    p = np.where(own == 0, 1.0, tails(values, neighbours, draws or Draws()).p)
    numbers, n = neighbours.numbers, len(values)
    # own = n z s and around = n k z s: I is their product over n^2 k s^2.
    scale = numbers * float(n) ** 2 * (values.var() if n else 0.0)
    i = np.divide(own.astype(float) * around, scale, out=np.zeros(n), where=scale > 0)
    i[numbers == 0] = np.nan
    return LocalMoran(i, p, corrected(p, numbers), patterns(values, neighbours))


def patterns(values: Any, neighbours: Neighbours) -> tuple[Pattern, ...]:
    """Return the pattern of every area, told without any division; an island has none."""
    import numpy as np

    own, around = _away(whole(values), neighbours)
    return tuple(map(_NAMED.__getitem__, (np.sign(own) + 3 * np.sign(around)).tolist()))


def _away(values: Any, neighbours: Neighbours) -> tuple[Any, Any]:
    """Return n x value - total, and n x the neighbours' sum - their number x total: whole numbers."""
    n, total = len(values), values.sum()
    return n * values - total, n * neighbours.sums(values) - neighbours.numbers * total
