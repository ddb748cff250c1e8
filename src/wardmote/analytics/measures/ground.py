"""The ground that areas cover: how much it is, its box on the national grid, and which area a place lies in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from wardmote.analytics.measures.neighbours import METRES_A_DEGREE
from wardmote.foundations.national_grid import to_degrees, to_grid

Place = tuple[float, float]


@dataclass(frozen=True)
class Ground:
    """Areas in order: their square metres together, and their box (west, south, east, north) in grid metres."""

    square_metres: float
    box: tuple[float, float, float, float]
    tree: Any

    def areas_at(self, places: Iterable[Place]) -> list[int | None]:
        """Return the position of the area that each place (easting, northing) lies in; None beyond all of them."""
        import numpy as np
        import shapely

        given = [to_degrees(*place) for place in places]
        found: list[int | None] = [None] * len(given)
        at, area = self.tree.query(shapely.points(np.asarray(given).reshape(-1, 2)), predicate="intersects")
        for place, one in sorted(zip(at.tolist(), area.tolist(), strict=True), reverse=True):
            found[place] = one
        return found


def ground_of(geometries: Sequence[str]) -> Ground:
    """Return the ground of GeoJSON Polygons or MultiPolygons in longitude and latitude (WGS84).

    Square metres are those of a plane true at the middle latitude: within a police force they are right to 1%.
    """
    import shapely

    shapes = shapely.make_valid(shapely.from_geojson(list(geometries)))
    west, south, east, north = (float(end) for end in shapely.total_bounds(shapes))
    across = METRES_A_DEGREE * cos(radians((south + north) / 2))
    # The grid is turned against the meridians, so that the ends of the box lie at its corners or mid-way along a side.
    edge = [
        to_grid(longitude, latitude)
        for longitude in (west, (west + east) / 2, east)
        for latitude in (south, (south + north) / 2, north)
    ]
    xs, ys = zip(*edge, strict=True)
    ground = float(shapely.area(shapes).sum()) * across * METRES_A_DEGREE
    return Ground(ground, (min(xs), min(ys), max(xs), max(ys)), shapely.STRtree(shapes))


def on_grid(points: Iterable[tuple[int, int]]) -> Any:
    """Return points given in millionths of a degree as eastings and northings (n x 2, metres)."""
    import numpy as np

    return np.array([to_grid(x / 1e6, y / 1e6) for x, y in points], dtype=float).reshape(-1, 2)
