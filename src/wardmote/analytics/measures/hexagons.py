"""Hexagons of one width on the British National Grid: which one a point lies in, which touch, how wide they should be.

Sources: Birch, Oom and Beecham (2007), Rectangular and hexagonal grids used for observation, experiment and simulation
in ecology, Ecological Modelling 206, for hexagons; Wong and Lee (2005), Statistical Analysis of Geographic Information,
for quadrats of twice the ground that falls to one point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

from wardmote.analytics.measures.neighbours import Neighbours, neighbours_from

# From one flat side to the other, in metres: also how far apart the middles of two neighbours are.
WIDTHS: Final = (500, 750, 1000, 1500, 2000, 3000, 5000)
# Judgements of the project: a hexagon not much wider than the points lie apart would show where the points are. Nor may
# it be narrower than 500 metres, however close they lie: how far an incident was moved is not published.
TIMES_SPACING: Final = 4
POINTS_EACH: Final = 2
# A map of more says no more to its reader, and takes minutes to test.
MOST_HEXAGONS: Final = 1500
# The six neighbours in axial coordinates, half of them: a pair needs to be named once.
_STEPS: Final = ((1, 0), (0, 1), (1, -1))
_ROW: Final = sqrt(3) / 2


@dataclass(frozen=True, order=True)
class Hexagon:
    """One hexagon of a grid in axial coordinates, its flat sides east and west; (0, 0) has its middle at the origin."""

    column: int
    row: int
    width: int

    @property
    def code(self) -> str:
        """Return a code that stays the same as long as the width does."""
        return f"hex{self.width}.{self.column}.{self.row}"

    @property
    def middle(self) -> tuple[float, float]:
        """Return easting and northing of its middle, metres."""
        return self.width * (self.column + self.row / 2), self.width * _ROW * self.row

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return eastings and northings of its six corners, counter-clockwise from the north."""
        x, y = self.middle
        half, side = self.width / 2, self.width / sqrt(3)
        return (
            (x, y + side), (x - half, y + side / 2), (x - half, y - side / 2),
            (x, y - side), (x + half, y - side / 2), (x + half, y + side / 2),
        )  # fmt: skip


def square_metres(width: float) -> float:
    """Return the ground of a hexagon."""
    return _ROW * width * width


def hexagons_at(places: Any, width: int) -> Any:
    """Return the axial coordinates (n x 2, 64-bit integers) of the hexagon that each place (n x 2, metres) lies in.

    The three cube coordinates are rounded, and the one that moved furthest is worked out from the other two.
    """
    import numpy as np

    given = np.asarray(places, dtype=float).reshape(-1, 2)
    rows = given[:, 1] / (width * _ROW)
    columns = given[:, 0] / width - rows / 2
    exact = np.stack([columns, rows, -columns - rows], axis=1)
    cube = np.rint(exact)
    furthest = np.abs(cube - exact).argmax(axis=1)
    at = np.arange(len(cube))
    cube[at, furthest] -= cube.sum(axis=1)
    return cube[:, :2].astype(np.int64)


def hexagons_over(box: tuple[float, float, float, float], width: int) -> tuple[Hexagon, ...]:
    """Return every hexagon whose middle lies in a box (west, south, east, north, in metres), row by row."""
    from math import ceil, floor

    west, south, east, north = box
    found = []
    for row in range(ceil(south / (width * _ROW)), floor(north / (width * _ROW)) + 1):
        first, last = ceil(west / width - row / 2), floor(east / width - row / 2)
        found += [Hexagon(column, row, width) for column in range(first, last + 1)]
    return tuple(found)


def touching(hexagons: Sequence[Hexagon]) -> Neighbours:
    """Return which hexagons of one grid have a side in common."""
    at = {(one.column, one.row): place for place, one in enumerate(hexagons)}
    beside = (
        (place, at.get((column + right, row + up))) for (column, row), place in at.items() for right, up in _STEPS
    )
    return neighbours_from([(one, other) for one, other in beside if other is not None], len(hexagons))


def spacing_metres(places: Any) -> float:
    """Return the median distance from a point to the nearest other one, metres; 0 for fewer than two.

    `places` are different points (n x 2). It says how finely a publisher places incidents, not how far any was moved.
    """
    import numpy as np
    from scipy.spatial import cKDTree

    given = np.asarray(places, dtype=float).reshape(-1, 2)
    if len(given) < 2:
        return 0.0
    nearest, _ = cKDTree(given).query(given, k=2)
    return float(np.median(nearest[:, 1]))


def width_for(ground: float, points: int, spacing: float) -> int | None:
    """Return the narrowest width of `WIDTHS` for a map of so much ground (square metres) and so many different points.

    A hexagon has two points or more on average and is four times as wide as the points lie apart, and the map has at
    most 1,500. None where no width will do.
    """
    for width in WIDTHS:
        hexagons = ground / square_metres(width)
        if points >= POINTS_EACH * hexagons and width >= TIMES_SPACING * spacing and hexagons <= MOST_HEXAGONS:
            return width
    return None
