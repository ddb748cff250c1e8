"""Maps of squares whose neighbours are known without any geometry, and values to put on them."""

import numpy as np

from wardmote.analytics.measures.neighbours import Neighbours, neighbours_from


def grid(side: int, *, islands: int = 0) -> Neighbours:
    """A square map of side x side areas, neighbours over edges and corners, then some areas that touch none."""
    steps = ((0, 1), (1, 0), (1, 1), (1, -1))
    pairs = [
        (row * side + column, (row + down) * side + column + right)
        for row in range(side)
        for column in range(side)
        for down, right in steps
        if row + down < side and 0 <= column + right < side
    ]
    return neighbours_from(pairs, side * side + islands)


def skewed(areas: int, random: np.random.Generator) -> np.ndarray:
    """Counts as crime has them: many low, a few high, ties everywhere."""
    return random.negative_binomial(1, 0.1, areas).astype(np.int64)
