"""Neighbours: which areas of a map touch each other, told from their published outlines.

Two areas are neighbours when their outlines come as near as a stated tolerance, at a corner or along an edge (“queen”
contiguity, Cliff and Ord 1981, Spatial Processes). Public boundaries are simplified, so that two which meet on the
ground may lie some metres apart in the file. An area without a neighbour is an island; no value is made up for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

# The Office for National Statistics simplifies its “generalised” boundaries to 20 metres.
TOLERANCE_METRES: Final = 20
# A degree of latitude on a sphere of the earth's mean radius, 6,371.0088 km.
METRES_A_DEGREE: Final = 111_195.08


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of n areas: those of area i are `others[starts[i]:starts[i + 1]]` (arrays of 64-bit integers)."""

    starts: Any
    others: Any

    @property
    def areas(self) -> int:
        """Return how many areas there are."""
        return len(self.starts) - 1

    @property
    def numbers(self) -> Any:
        """Return how many neighbours each area has."""
        return self.starts[1:] - self.starts[:-1]

    @property
    def islands(self) -> tuple[int, ...]:
        """Return the areas that have none."""
        return tuple(at for at, number in enumerate(self.numbers.tolist()) if not number)

    def of(self, area: int) -> tuple[int, ...]:
        """Return the neighbours of one area, in order."""
        return tuple(self.others[self.starts[area] : self.starts[area + 1]].tolist())

    def sums(self, values: Any) -> Any:
        """Return the sum of the neighbours' values of each area; `values` are 64-bit integers, so that it is exact."""
        import numpy as np

        running = np.concatenate(([0], np.cumsum(values[self.others])))
        return running[self.starts[1:]] - running[self.starts[:-1]]


def neighbours_from(pairs: Sequence[tuple[int, int]], areas: int) -> Neighbours:
    """Return the neighbours that pairs of positions state, whichever way round and however often each is given."""
    import numpy as np

    given = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    both = np.concatenate((given, given[:, ::-1]))
    both = np.unique(both[both[:, 0] != both[:, 1]], axis=0)
    numbers = np.bincount(both[:, 0], minlength=areas)
    return Neighbours(np.concatenate(([0], np.cumsum(numbers))).astype(np.int64), np.ascontiguousarray(both[:, 1]))


def contiguity(geometries: Sequence[str], *, tolerance_metres: float = TOLERANCE_METRES) -> Neighbours:
    """Return which areas come within the tolerance of each other.

    `geometries` are GeoJSON Polygons or MultiPolygons in longitude and latitude (WGS84). Distances are measured on a
    plane true at the middle latitude: within a police force they are right to 1%.
    """
    if not geometries:
        return neighbours_from((), 0)
    import shapely

    shapes = shapely.make_valid(shapely.from_geojson(list(geometries)))
    _, south, _, north = shapely.total_bounds(shapes)
    across = METRES_A_DEGREE * cos(radians((south + north) / 2))
    plane = shapely.transform(shapes, lambda places: places * [across, METRES_A_DEGREE])
    one, other = shapely.STRtree(plane).query(plane, predicate="dwithin", distance=tolerance_metres)
    return neighbours_from(list(zip(one.tolist(), other.tolist(), strict=True)), len(geometries))
