"""Polygons checked: closed, long enough, on the globe, and not crossing themselves."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

MAX_VERTICES: Final = 1_000_000
_LEAST_POSITIONS: Final = 4  # a closed triangle


class RingFault(ValueError):
    """What is wrong with a geometry, as the end of a sentence about the area."""


_Position = tuple[float, float]


def check_geometry(geometry: Any) -> dict[str, Any]:
    """Return a Polygon or MultiPolygon that can be drawn; raises RingFault."""
    if not isinstance(geometry, dict):
        raise RingFault("has no geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise RingFault(f"is a {kind}, not a polygon")
    checked = {"type": kind, "coordinates": coordinates}
    rings = list(rings_of(checked))
    if not rings or not all(isinstance(ring, list) for ring in rings):
        raise RingFault("is an empty polygon")
    if sum(len(ring) for ring in rings) > MAX_VERTICES:
        raise RingFault(f"has more than {MAX_VERTICES:,} corners; take the generalised boundaries")
    for ring in rings:
        _check_ring(ring)
    return checked


def rings_of(geometry: dict[str, Any]) -> Iterator[Any]:
    """Go through every ring of a Polygon or MultiPolygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        if not isinstance(polygon, list):
            raise RingFault("is an empty polygon")
        yield from polygon


def box_of(geometry: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a checked geometry."""
    positions = [position for ring in rings_of(geometry) for position in ring]
    xs, ys = [float(position[0]) for position in positions], [float(position[1]) for position in positions]
    return min(xs), min(ys), max(xs), max(ys)


def _check_ring(ring: list[Any]) -> None:
    points = [_position(position) for position in ring]
    if len(points) < _LEAST_POSITIONS:
        raise RingFault("has a ring of fewer than four positions")
    if points[0] != points[-1]:
        raise RingFault("has a ring that is not closed")
    if crossing := self_crossing(points):
        raise RingFault(f"crosses itself near longitude {crossing[0]:.5f}, latitude {crossing[1]:.5f}")


def _position(position: Any) -> _Position:
    if not isinstance(position, list) or len(position) < 2:
        raise RingFault("has a position that is not two numbers")
    x, y = position[0], position[1]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        raise RingFault("has a position that is not two numbers")
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise RingFault("has coordinates that are no degrees; are they eastings and northings?")
    return float(x), float(y)


def self_crossing(points: list[_Position]) -> _Position | None:
    """Return a corner where a closed ring properly crosses itself, or None.

    Edges are swept by their western end, so only edges that overlap in longitude are compared. Touching (a shared
    corner, an edge run twice) is left alone: simplified boundaries touch themselves harmlessly.
    """
    edges = sorted((min(a, b), max(a, b)) for a, b in pairwise(points) if a != b)
    active: list[tuple[_Position, _Position]] = []
    for edge in edges:
        active = [other for other in active if other[1][0] >= edge[0][0]]
        if any(_cross(edge, other) for other in active):
            return edge[0]
        active.append(edge)
    return None


def _cross(one: tuple[_Position, _Position], other: tuple[_Position, _Position]) -> bool:
    a, b = one
    c, d = other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: _Position, b: _Position, p: _Position) -> int:
    turn = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    return (turn > 0) - (turn < 0)
