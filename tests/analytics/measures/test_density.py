"""Kernel density: by hand, against a plain double loop, and its mass on a grid large enough."""

from math import dist, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.analytics.measures.density import Lattice, bandwidth_for, densities

METRES = st.floats(0, 3000)
PLACES = st.lists(st.tuples(METRES, METRES), min_size=1, max_size=25)


def slow(
    cells: list[tuple[float, float]],
    places: list[tuple[float, float]],
    numbers: list[int],
    h: float,
    *,
    fault: str = "",
) -> list[float]:
    """The formula of the methods page, one pair after another."""
    power = 1 if fault == "another kernel" else 2
    return [
        sum(
            number * 3 / (pi * h * h) * (1 - (dist(cell, place) / h) ** 2) ** power * 1_000_000
            for place, number in zip(places, numbers, strict=True)
            if dist(cell, place) < h
        )
        for cell in cells
    ]


@settings(deadline=None)
@given(PLACES, PLACES, st.sampled_from((300, 500, 1250)))
def test_it_is_the_double_loop(cells: list[tuple[float, float]], places: list[tuple[float, float]], h: int) -> None:
    numbers = [1 + at % 4 for at in range(len(places))]
    found = densities(cells, places, [[number] for number in numbers], h)[:, 0]
    assert found == pytest.approx(slow(cells, places, numbers, h), rel=1e-9, abs=1e-9)


def test_a_planted_fault_is_caught() -> None:
    cells, places = [(0.0, 0.0)], [(300.0, 0.0)]
    found = densities(cells, places, [[1]], 500)[:, 0]
    assert found != pytest.approx(slow(cells, places, [1], 500, fault="another kernel"))


@settings(deadline=None)
@given(PLACES, st.sampled_from((300, 450)))
def test_the_mass_is_the_number_of_incidents_on_a_grid_large_enough(places: list[tuple[float, float]], h: int) -> None:
    lattice = Lattice(h)
    squares = lattice.near(places)
    found = densities(lattice.middles(squares), places, [[1, 2]] * len(places), h)
    mass = found.sum(axis=0) * lattice.side**2 / 1_000_000
    # A sum over squares stands for an integral: with ten squares across a kernel it is right to 2%.
    assert mass == pytest.approx([len(places), 2 * len(places)], rel=0.02)


def test_problems_are_smoothed_apart_from_each_other_and_nothing_makes_nothing() -> None:
    found = densities([(0, 0), (2000, 0)], [(0, 0), (2000, 0)], [[3, 0], [0, 5]], 500)
    peak = 3 / (pi * 0.25)
    assert found == pytest.approx(np.array([[3 * peak, 0], [0, 5 * peak]]))
    assert densities([(0, 0)], [], np.zeros((0, 2)), 500).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    ("sides", "spacing", "bandwidth"),
    [
        ((20_000, 24_000), 28, 700),  # 20,000 / 30 = 667, up to whole 50 metres
        ((8000, 6000), 60, 300),  # 200 is too narrow
        ((9000, 9000), 110, 450),  # four times 110 metres
    ],
)
def test_the_bandwidth_keeps_its_rule(sides: tuple[int, int], spacing: float, bandwidth: int) -> None:
    assert bandwidth_for((400_000, 300_000, 400_000 + sides[0], 300_000 + sides[1]), spacing) == bandwidth


def test_the_outline_of_runs_is_their_squares_joined() -> None:
    joined = Lattice(500).outline([(0, 0, 2), (1, 1, 1), (5, 5, 5)])
    assert joined.area == pytest.approx(5 * 100 * 100)
    assert len(joined.geoms) == 2
    assert joined.bounds == (0, 0, 600, 600)
