"""Kernel density: incidents per square kilometre around each place, from a quartic kernel of a stated bandwidth.

Sources: Silverman (1986), Density Estimation for Statistics and Data Analysis, section 4.2, for the kernel (his K2);
Chainey (2013), Examining the influence of cell size and bandwidth size on kernel density estimation crime hotspot maps,
Bulletin of the Geographical Society of Liège 60, for the bandwidth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, pi
from typing import Any, Final

# Chainey: a cell is the shorter side of the ground's box divided by 150, and five cells are a good bandwidth to begin.
SIDE_PARTS: Final = 150
CELLS_EACH: Final = 5
# Judgements of the project: four times as wide as the points lie apart, and never less than published places bear.
TIMES_SPACING: Final = 4
NARROWEST: Final = 300
STEP: Final = 50
_SQUARE_KM: Final = 1_000_000


def bandwidth_for(box: tuple[float, float, float, float], spacing: float) -> int:
    """Return the bandwidth in metres for ground with this box (metres) whose points lie so far apart (metres).

    The largest of a thirtieth of the box's shorter side, four times the spacing, and 300; up to whole 50 metres.
    """
    west, south, east, north = box
    wanted = min(east - west, north - south) * CELLS_EACH / SIDE_PARTS
    return STEP * ceil(max(wanted, TIMES_SPACING * spacing, NARROWEST) / STEP)


def densities(cells: Any, places: Any, weights: Any, bandwidth: float) -> Any:
    """Return incidents per square kilometre at each of m cells, for each of k kinds (m x k).

    `cells` are m x 2 and `places` n x 2 in metres, `weights` n x k incidents at each place. One incident at distance d
    within the bandwidth h adds 3 / (pi h^2) (1 - d^2 / h^2)^2 for each square metre; none is added beyond. Nothing is
    corrected at an edge: what lies beyond the places given counts as nothing.
    """
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.spatial import cKDTree

    cells, places = (np.asarray(given, dtype=float).reshape(-1, 2) for given in (cells, places))
    weights = np.asarray(weights, dtype=float)
    if not len(cells) or not len(places):
        return np.zeros((len(cells), weights.shape[1]))
    near = cKDTree(cells).sparse_distance_matrix(cKDTree(places), bandwidth, output_type="ndarray")
    kernel = 3 / (pi * bandwidth**2) * (1 - (near["v"] / bandwidth) ** 2) ** 2 * _SQUARE_KM
    return csr_array((kernel, (near["i"], near["j"])), shape=(len(cells), len(places))) @ weights


@dataclass(frozen=True)
class Lattice:
    """Squares of the national grid, a fifth of a bandwidth wide; column and row of a square count from the origin."""

    bandwidth: int

    @property
    def side(self) -> float:
        """Return the side of a square in metres."""
        return self.bandwidth / CELLS_EACH

    def near(self, places: Any) -> Any:
        """Return column and row (m x 2) of every square whose middle may lie within the bandwidth of a place."""
        import numpy as np

        own = np.unique(np.floor(np.asarray(places, dtype=float).reshape(-1, 2) / self.side).astype(np.int64), axis=0)
        reach = CELLS_EACH + 1
        low = own.min(axis=0) - reach if len(own) else np.zeros(2, np.int64)
        high = own.max(axis=0) + reach + 1 if len(own) else low
        marked = np.zeros(high - low, dtype=bool)
        for column, row in own - low:
            marked[column - reach : column + reach + 1, row - reach : row + reach + 1] = True
        return np.argwhere(marked) + low

    def middles(self, squares: Any) -> Any:
        """Return easting and northing of the middles of squares (m x 2)."""
        return (squares + 0.5) * self.side

    def outline(self, runs: Sequence[Sequence[int]]) -> Any:
        """Return the joined outline, on the national grid, of runs of squares given as row, first and last column."""
        import shapely

        boxes = [
            shapely.box(first * self.side, row * self.side, (last + 1) * self.side, (row + 1) * self.side)
            for row, first, last in runs
        ]
        return shapely.union_all(boxes)
