"""Boundaries of the fictional areas: a grid with shaken corners whose cells are merged into wards along shared edges.

Every corner and every bend of an edge is drawn once and used by both areas beside it, so that no gap or overlap can
appear. Degrees are WGS84; the place is the open North Sea.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from .places import MAP, SmallArea, Ward

Position = tuple[float, float]
Corner = tuple[int, int]
Cell = tuple[int, int]

_WEST, _NORTH = 0.90, 54.55
_WIDE, _HIGH = 0.020, 0.0115  # 1.3 km each way at this latitude
_CENTRE_ROWS, _CENTRE_COLUMNS = (3, 4), (4, 5)
_CENTRE_SHARE = 0.6  # small areas hold like numbers of people, so those of the town centre are smaller
# Shares of the smallest cell: small enough that no edge crosses another and the middle half of a cell stays inside it.
_SHAKE = 0.24
_BEND = 0.15


@dataclass(frozen=True)
class Grid:
    """The shaken corners by row and column, and the bend in the middle of each edge between two corners."""

    corners: dict[Corner, Position]
    bends: dict[tuple[Corner, Corner], Position]

    def point_in(self, area: SmallArea, across: float, down: float) -> Position:
        """Return the point at these shares (0 to 1) of the way through a small area."""
        at = [self.corners[corner] for corner in _corners_of((area.row, area.column))]
        weights = ((1 - across) * (1 - down), (1 - across) * down, across * down, across * (1 - down))
        x = sum(corner[0] * weight for corner, weight in zip(at, weights, strict=True))
        y = sum(corner[1] * weight for corner, weight in zip(at, weights, strict=True))
        return round(x, 6), round(y, 6)

    def outline(self, cells: Iterable[Cell]) -> list[Position]:
        """Return the closed ring, counter-clockwise, around cells that hang together without a hole."""
        inside = set(cells)
        edges = [edge for cell in inside for edge in _edges_of(cell)]
        outer = dict(edge for edge in edges if (edge[1], edge[0]) not in set(edges))
        start = corner = min(outer)
        ring: list[Position] = []
        while outer:
            after = outer.pop(corner)
            ring += [self.corners[corner], self.bends[min(corner, after), max(corner, after)]]
            corner = after
            if corner == start:
                break
        if outer:
            raise ValueError(f"The areas around row and column {start} do not hang together in one ring.")
        return [*ring, ring[0]]


def draw_grid(seed: int) -> Grid:
    """Draw the grid under the whole map."""
    random = Random(f"{seed} shapes")  # noqa: S311 -- fiction that must come out the same each time, no secret
    down, across = len(MAP), max(len(line) for line in MAP)
    lines = _lines(across, _CENTRE_COLUMNS, _WEST, _WIDE), _lines(down, _CENTRE_ROWS, _NORTH, -_HIGH)
    corners = {
        (row, column): _shaken(random, (lines[0][column], lines[1][row]), _SHAKE)
        for row in range(down + 1)
        for column in range(across + 1)
    }
    bends = {}
    for (row, column), at in corners.items():
        for other in ((row + 1, column), (row, column + 1)):
            if other in corners:
                bends[(row, column), other] = _shaken(random, _middle(at, corners[other]), _BEND)
    return Grid(corners, bends)


def area_outline(grid: Grid, area: SmallArea) -> list[Position]:
    """Return the ring of a small area."""
    return grid.outline([(area.row, area.column)])


def ward_outline(grid: Grid, ward: Ward, areas: Iterable[SmallArea]) -> list[Position]:
    """Return the ring of a ward, made of the outer edges of its small areas."""
    return grid.outline((area.row, area.column) for area in areas if area.ward == ward)


def _lines(number: int, centre: tuple[int, ...], start: float, step: float) -> list[float]:
    steps = (step * (_CENTRE_SHARE if index in centre else 1) for index in range(number))
    return list(accumulate(steps, initial=start))


def _shaken(random: Random, at: Position, share: float) -> Position:
    # Cells of the centre are smaller, so everything is shaken by a share of the smallest cell.
    x = at[0] + (random.random() * 2 - 1) * share * _WIDE * _CENTRE_SHARE
    y = at[1] + (random.random() * 2 - 1) * share * _HIGH * _CENTRE_SHARE
    return round(x, 6), round(y, 6)


def _middle(one: Position, other: Position) -> Position:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _corners_of(cell: Cell) -> tuple[Corner, Corner, Corner, Corner]:
    """North-west, south-west, south-east, north-east: counter-clockwise, as GeoJSON wants an outer ring."""
    row, column = cell
    return (row, column), (row + 1, column), (row + 1, column + 1), (row, column + 1)


def _edges_of(cell: Cell) -> list[tuple[Corner, Corner]]:
    corners = _corners_of(cell)
    return list(zip(corners, (*corners[1:], corners[0]), strict=True))
