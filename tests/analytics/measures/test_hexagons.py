"""Hexagons: by hand, against the nearest middle of all, as properties, and the rule for their width."""

from math import dist, hypot, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.hexagons import (
    MOST_HEXAGONS,
    WIDTHS,
    Hexagon,
    hexagons_at,
    hexagons_over,
    spacing_metres,
    square_metres,
    touching,
    width_for,
)

METRES = st.floats(-20_000, 700_000)


def test_the_middles_of_the_six_neighbours_lie_a_width_away() -> None:
    grid = hexagons_over((-3000, -3000, 3000, 3000), 1000)
    at = grid.index(Hexagon(0, 0, 1000))
    beside = [grid[other] for other in touching(grid).of(at)]
    assert len(beside) == 6
    assert [round(hypot(*one.middle), 6) for one in beside] == [1000.0] * 6
    assert sum(hypot(*one.middle) < 1001 for one in grid) == 7


def test_a_hexagon_has_six_corners_shared_with_its_neighbours_and_its_ground() -> None:
    one, east = Hexagon(3, 5, 500), Hexagon(4, 5, 500)
    shared = [corner for corner in one.corners if any(dist(corner, other) < 1e-6 for other in east.corners)]
    assert len(shared) == 2
    assert dist(*shared) == pytest.approx(500 / sqrt(3))
    xs, ys = np.array(one.corners).T
    shoelace = (xs * np.roll(ys, -1) - np.roll(xs, -1) * ys).sum() / 2
    assert shoelace == pytest.approx(square_metres(500)) == pytest.approx(216_506.35)


@given(METRES, METRES, st.sampled_from(WIDTHS))
def test_a_place_lies_in_the_hexagon_with_the_nearest_middle(east: float, north: float, width: int) -> None:
    """A hexagon is the ground nearer to its middle than to any other: another way to say which one it is."""
    column, row = hexagons_at([(east, north)], width)[0]
    mine = dist(Hexagon(int(column), int(row), width).middle, (east, north))
    others = hexagons_over((east - width, north - width, east + width, north + width), width)
    assert mine == pytest.approx(min(dist(one.middle, (east, north)) for one in others), abs=1e-6)
    assert mine <= width / sqrt(3) + 1e-6


@given(st.lists(st.tuples(METRES, METRES), max_size=60), st.sampled_from(WIDTHS))
def test_every_place_lies_in_one_hexagon(places: list[tuple[float, float]], width: int) -> None:
    found = hexagons_at(places, width)
    assert found.shape == (len(places), 2)
    assert all(tuple(found[at]) == tuple(hexagons_at([place], width)[0]) for at, place in enumerate(places))


def test_a_grid_over_a_box_has_every_middle_in_it_once() -> None:
    grid = hexagons_over((400_000, 300_000, 420_000, 310_000), 1000)
    assert len(grid) == len(set(grid)) == pytest.approx(20_000 * 10_000 / square_metres(1000), rel=0.05)
    assert all(400_000 <= one.middle[0] <= 420_000 and 300_000 <= one.middle[1] <= 310_000 for one in grid)
    counts = [len(touching(grid).of(at)) for at in range(len(grid))]
    assert max(counts) == 6
    assert min(counts) >= 2


def test_the_spacing_is_the_median_distance_to_the_nearest_other_point() -> None:
    assert spacing_metres([(0, 0), (0, 100), (300, 0), (1000, 0)]) == pytest.approx((100 + 300) / 2)
    assert spacing_metres([(5, 5)]) == 0.0


@pytest.mark.parametrize(
    ("square_km", "points", "spacing", "width"),
    [
        (73, 3000, 60, 500),  # a city: 337 hexagons of 500 metres with nine points each
        (73, 3000, 150, 750),  # four times 150 metres
        (480, 1000, 120, 1500),  # 554 hexagons of 1,000 metres would have fewer than two points each
        (480, 20_000, 50, 750),  # 2,217 hexagons of 500 metres would be too many
        (480, 10, 50, None),  # ten points are no map
    ],
)
def test_the_width_is_the_narrowest_that_keeps_the_rule(
    square_km: float, points: int, spacing: float, width: int | None
) -> None:
    found = width_for(square_km * 1e6, points, spacing)
    assert found == width
    assert found is None or square_km * 1e6 / square_metres(found) <= MOST_HEXAGONS
