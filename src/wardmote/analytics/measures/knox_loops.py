"""The loops of the Knox test, compiled: import this only inside the function that needs them."""

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def _square(places: Any, one: int, other: int) -> float:
    across, up = places[one, 0] - places[other, 0], places[one, 1] - places[other, 1]
    return float(across * across + up * up)


@njit(cache=True)
def _keep(places: Any, one: int, span: Any, ends: Any, kept: Any) -> int:
    """Write the near ones of a span of incidents and their bands, and return how many they are."""
    number, (first, last, others, bands) = 0, (span[0], span[1], kept[0], kept[1])
    for other in range(first, last):
        square = _square(places, one, other)
        if square <= ends[-1]:
            if len(others):
                band = 0
                while square > ends[band]:
                    band += 1
                others[kept[2] + number], bands[kept[2] + number] = other, band
            number += 1
    return number


@njit(cache=True)
def near_pairs(places: Any, end: Any, below: Any, below_end: Any, ends: Any, most: int) -> Any:
    """Return where each incident's pairs begin, the other of each pair, and its band of distance.

    Beyond `most` pairs only the beginnings are told. `ends` are the squared upper ends of the bands, the first 0.
    """
    none, no_band = np.empty(0, np.int32), np.empty(0, np.int8)
    starts = np.zeros(len(places) + 1, np.int64)
    for one in range(len(places)):
        number = _keep(places, one, (one + 1, end[one]), ends, (none, no_band, 0))
        number += _keep(places, one, (below[one], below_end[one]), ends, (none, no_band, 0))
        starts[one + 1] = starts[one] + number
    if starts[-1] > most or starts[-1] == 0:
        return starts, none, no_band
    others, bands = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.int8)
    for one in range(len(places)):
        number = _keep(places, one, (one + 1, end[one]), ends, (others, bands, starts[one]))
        _keep(places, one, (below[one], below_end[one]), ends, (others, bands, starts[one] + number))
    return starts, others, bands


@njit(cache=True)
def _count(days: Any, pairs: Any, table: Any, counted: Any) -> None:
    starts, others, bands = pairs
    for one in range(len(days)):
        for at in range(starts[one], starts[one + 1]):
            apart = abs(days[one] - days[others[at]])
            if apart < len(table):
                counted[bands[at], table[apart]] += 1


@njit(cache=True)
def permuted(days: Any, pairs: Any, table: Any, counted: Any, seed: int) -> None:
    """Count the pairs by band of distance and time (`counted[0]`), then with the days dealt out anew each time."""
    np.random.seed(seed)
    dealt = days.copy()
    _count(dealt, pairs, table, counted[0])
    for number in range(1, len(counted)):
        for at in range(len(dealt) - 1, 0, -1):
            other = np.random.randint(0, at + 1)
            dealt[at], dealt[other] = dealt[other], dealt[at]
        _count(dealt, pairs, table, counted[number])
