"""The ground that areas cover: how much it is, its box on the national grid, and which area a place lies in."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.enclosed import square_km
from wardmote.foundations.national_grid import to_degrees, to_grid

Place = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Ground:
    """Areas in order: their square metres together, and their box (west, south, east, north) in grid metres."""

    square_metres: float
    box: Box
    tree: Any

    def areas_at(self, places: Iterable[Place]) -> list[int | None]:
        """Return the position of the area that each place (easting, northing) lies in; None beyond all of them."""
        import shapely

        given = degrees_within(self.box, tuple(places))
        found: list[int | None] = [None] * len(given)
        at, area = self.tree.query(shapely.points(given), predicate="intersects")
        for place, one in sorted(zip(at.tolist(), area.tolist(), strict=True), reverse=True):
            found[place] = one
        return found


def ground_of(geometries: Sequence[str]) -> Ground:
    """Return the ground of GeoJSON Polygons or MultiPolygons in longitude and latitude (WGS84)."""
    import shapely

    shapes = shapely.make_valid(shapely.from_geojson(list(geometries)))
    west, south, east, north = (float(end) for end in shapely.total_bounds(shapes))
    # The grid is turned against the meridians, so that the ends of the box lie at its corners or mid-way along a side.
    edge = [
        to_grid(longitude, latitude)
        for longitude in (west, (west + east) / 2, east)
        for latitude in (south, (south + north) / 2, north)
    ]
    xs, ys = zip(*edge, strict=True)
    ground = sum(square_km(json.loads(one)) for one in geometries)
    return Ground(1e6 * ground, (min(xs), min(ys), max(xs), max(ys)), shapely.STRtree(shapes))


def degrees_within(box: Box, places: Sequence[Place]) -> Any:
    """Return longitude and latitude (n x 2) of places in or near a box of grid metres, thousands of them at once.

    A polynomial of the third degree through 36 exact points of the box: within a police force it is right to a metre.
    """
    import numpy as np

    west, south, east, north = box
    nodes = [(x, y) for x in np.linspace(west, east, 6) for y in np.linspace(south, north, 6)]
    fitted, *_ = np.linalg.lstsq(_powers(box, nodes), np.array([to_degrees(*node) for node in nodes]), rcond=None)
    return _powers(box, places) @ fitted


def _powers(box: Box, places: Sequence[Place]) -> Any:
    import numpy as np

    west, south, east, north = box
    given = np.asarray(places, dtype=float).reshape(-1, 2)
    x, y = (given[:, 0] - west) / max(east - west, 1) - 0.5, (given[:, 1] - south) / max(north - south, 1) - 0.5
    return np.stack([x**i * y**j for i in range(4) for j in range(4 - i)], axis=1)


def on_grid(points: Iterable[tuple[int, int]]) -> Any:
    """Return points given in millionths of a degree as eastings and northings (n x 2, metres)."""
    import numpy as np

    return np.array([to_grid(x / 1e6, y / 1e6) for x, y in points], dtype=float).reshape(-1, 2)
