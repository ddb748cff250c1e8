"""Ground: how many square kilometres a published outline encloses.

Source: the cylindrical equal-area projection of the ellipsoid (Snyder 1987, Map projections: a working manual, US
Geological Survey Professional Paper 1395, equations 3-12 and 10-15), with the axes of WGS84.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import fsum, log, radians, sin, sqrt
from typing import Any, Final

_AXIS_KM: Final = 6378.137
_FLATTENING: Final = 1 / 298.257223563
_E2: Final = _FLATTENING * (2 - _FLATTENING)
_E: Final = sqrt(_E2)


def square_km(geometry: Mapping[str, Any]) -> float:
    """Return the area of a GeoJSON Polygon or MultiPolygon in longitude and latitude (WGS84), its holes left out."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return fsum(_enclosed(outer) - fsum(_enclosed(hole) for hole in holes) for outer, *holes in polygons)


def _enclosed(ring: Sequence[Sequence[float]]) -> float:
    """The shoelace formula on the equal-area map; which way round the ring runs does not matter."""
    points = [(radians(position[0]), _height(position[1])) for position in ring]
    twice = fsum((x2 - x1) * (y1 + y2) for (x1, y1), (x2, y2) in pairwise(points))
    return abs(twice) / 2 * _AXIS_KM**2


def _height(latitude: float) -> float:
    """Half of Snyder's q: the height on the map, in units of the axis."""
    s = sin(radians(latitude))
    es = _E * s
    return (1 - _E2) * (s / (1 - es * es) - log((1 - es) / (1 + es)) / (2 * _E)) / 2
