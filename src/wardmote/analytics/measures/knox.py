"""Knox: whether incidents that are near in place are near in time more often than chance would make them.

Sources: Knox (1964), The Detection of Space-Time Interactions, Applied Statistics 13; Johnson and others (2007),
Space-Time Patterns of Risk, Journal of Quantitative Criminology 23, for bands and for p values from days that are dealt
out anew. A place to which a publisher has moved many incidents
looks like one that was visited again and again: pairs at one point have a band of their own, and are told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

SEED: Final = 20_261_121
PERMUTATIONS: Final = 999
DISTANCES: Final = (100, 200, 300, 400)
DAYS: Final = (7, 14, 21, 28)
# A pair is kept in five bytes; more of them than this a small machine cannot hold beside everything else.
MOST_PAIRS: Final = 150_000_000
# Judgement of the project, between the few repeats at one address that are to be expected and what police.uk shows:
# of a year's burglaries 42% (Leicestershire) and 51% (Kingston) share a point with another.
SNAPPED_FROM: Final = 0.25


class TooManyPairs(Exception):
    """More near pairs than fit into memory; the message says what to do."""


@dataclass(frozen=True)
class Cell:
    """A band of distance and one of time: pairs found, the mean of the permutations, their ratio, and p (upper tail).

    `distance` is the upper end in metres, 0 for pairs at one point; `days` is the upper end, counted from 0.
    """

    distance: int
    days: int
    pairs: int
    expected: float
    p: float

    @property
    def ratio(self) -> float | None:
        """Return how many times as many pairs there are as expected; None where none is expected."""
        return self.pairs / self.expected if self.expected else None


@dataclass(frozen=True)
class Knox:
    """Every cell, by distance then time, how many pairs lie within the distances, and what part of points is shared."""

    cells: tuple[Cell, ...]
    near: int
    shared_points: float

    @property
    def is_snapped(self) -> bool:
        """Say whether points look as if a publisher had moved them together: repeats at one point then mean nothing."""
        return self.shared_points >= SNAPPED_FROM


def knox(
    places: Any,
    days: Any,
    *,
    distances: Sequence[int] = DISTANCES,
    spans: Sequence[int] = DAYS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Knox:
    """Return the Knox table of incidents.

    `places` are n x 2 in metres, `days` n whole days. Band k of distance is above distances[k - 1] up to distances[k],
    the first above 0; before it stands the band of pairs at one point. Band k of time likewise, the first from 0 days.
    p = (1 + permutations with at least as many pairs) / (1 + permutations). Raises TooManyPairs, and ValueError for
    days that are not whole or bands that do not rise.
    """
    import numpy as np

    from wardmote.analytics.measures.knox_loops import near_pairs, permuted

    given, when = np.asarray(places, dtype=float).reshape(-1, 2), np.asarray(days)
    _check(when, distances, spans)
    order, *reach = _on_grid(given, max(distances))
    starts, others, bands = near_pairs(given[order], *reach, np.array([0, *distances], dtype=float) ** 2, MOST_PAIRS)
    if starts[-1] > MOST_PAIRS:
        raise TooManyPairs(
            "Too many incidents are near each other. Take one crime type, a shorter time or less ground."
        )
    # Bands of time by days apart: a look-up is quicker than a search.
    table = np.searchsorted(np.array(spans), np.arange(max(spans) + 1))
    shape = (permutations + 1, len(distances) + 1, len(spans))
    counted = np.zeros(shape, dtype=np.int64)
    permuted(when[order].astype(np.int64), (starts, others, bands), table, counted, seed)
    return Knox(_cells(counted, (0, *distances), spans), len(others), shared_points(given))


def shared_points(places: Any) -> float:
    """Return what part of incidents stands at exactly the point of another one, 0 where there are none."""
    import numpy as np

    given = np.asarray(places, dtype=float).reshape(-1, 2)
    _, at, numbers = np.unique(given, axis=0, return_inverse=True, return_counts=True)
    return float((numbers[at.ravel()] > 1).mean()) if len(given) else 0.0


def _check(days: Any, distances: Sequence[int], spans: Sequence[int]) -> None:
    import numpy as np

    if len(days) and not np.issubdtype(days.dtype, np.integer):
        raise ValueError("Give days as whole numbers, such as those since a first day.")
    for ends in (distances, spans):
        if not ends or list(ends) != sorted(set(ends)) or ends[0] <= 0:
            raise ValueError("The ends of bands must rise from above 0.")


def _on_grid(places: Any, reach: int) -> tuple[Any, Any, Any, Any]:
    """Return an order of the incidents by square of the reach, and for each in it which later ones may be near.

    Those up to `end` of its own square and the next in the row; those from `below` up to `below_end` of the three in
    the row after. Each pair is met once.
    """
    import numpy as np

    squares = np.floor((places - places.min(axis=0, initial=0)) / reach).astype(np.int64)
    # Two empty columns, so that the end of a row is no neighbour of the start of the next.
    across = int(squares[:, 0].max(initial=0)) + 3
    keys = squares[:, 1] * across + squares[:, 0]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    end = np.searchsorted(keys, keys + 1, side="right")
    below, below_end = np.searchsorted(keys, keys + across - 1), np.searchsorted(keys, keys + across + 1, side="right")
    return order, end, below, below_end


def _cells(counted: Any, distances: Sequence[int], spans: Sequence[int]) -> tuple[Cell, ...]:
    found, drawn = counted[0], counted[1:]
    return tuple(
        Cell(
            distance,
            span,
            int(found[at, step]),
            float(drawn[:, at, step].mean()),
            float((1 + (drawn[:, at, step] >= found[at, step]).sum()) / (1 + len(drawn))),
        )
        for at, distance in enumerate(distances)
        for step, span in enumerate(spans)
    )
