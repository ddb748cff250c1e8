"""Neighbours from outlines: corners, edges, gaps within and beyond the tolerance, islands; and real boundaries."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.neighbours import METRES_A_DEGREE, contiguity, neighbours_from

# Squares of 100 metres on the equator, where a degree is as long either way.
SIDE = 100 / METRES_A_DEGREE


def square(column: float, row: float) -> str:
    west, south, east, north = column * SIDE, row * SIDE, (column + 1) * SIDE, (row + 1) * SIDE
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def test_areas_that_share_an_edge_or_a_corner_are_neighbours() -> None:
    found = contiguity([square(0, 0), square(1, 0), square(1, 1), square(2, 2)])
    assert [found.of(at) for at in range(4)] == [(1, 2), (0, 2), (0, 1, 3), (2,)]
    assert found.numbers.tolist() == [2, 2, 3, 1]


def test_a_gap_within_the_tolerance_does_not_part_and_a_wider_one_does() -> None:
    outlines = [square(0, 0), square(1.15, 0), square(2.4, 0)]
    assert [contiguity(outlines).of(at) for at in range(3)] == [(1,), (0,), ()]
    assert contiguity(outlines).islands == (2,)
    assert contiguity(outlines, tolerance_metres=0).islands == (0, 1, 2)
    assert contiguity(outlines, tolerance_metres=30).islands == ()


def test_an_area_of_several_parts_is_a_neighbour_by_any_of_them() -> None:
    parts = [json.loads(square(0, 0))["coordinates"], json.loads(square(9, 9))["coordinates"]]
    split = json.dumps({"type": "MultiPolygon", "coordinates": parts})
    assert contiguity([split, square(9, 8), square(5, 5)]).of(0) == (1,)


def test_without_areas_there_are_no_neighbours() -> None:
    assert contiguity([]).areas == 0


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40),
    st.lists(st.integers(0, 99), min_size=10, max_size=10),
)
def test_neighbours_are_mutual_and_their_sums_are_those_of_a_plain_loop(
    pairs: Sequence[tuple[int, int]], values: list[int]
) -> None:
    found = neighbours_from(pairs, 10)
    together = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    for area in range(10):
        assert set(found.of(area)) == {other for other in range(10) if frozenset((area, other)) in together}
    assert found.sums(np.array(values)).tolist() == [sum(values[other] for other in found.of(at)) for at in range(10)]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "areas", "touching", "within"),
    [
        ("lsoa21_kingston", 99, 257, 262),
        ("lsoa21_leicestershire_rutland", 634, 1849, 1871),
        ("wards22_city_of_london", 21, 45, 45),
    ],
)
def test_twenty_metres_join_few_areas_that_do_not_touch_in_the_real_boundaries(
    shared: Path, file: str, areas: int, touching: int, within: int
) -> None:
    features = json.loads((shared / "geography" / f"{file}.geojson").read_text(encoding="utf-8"))["features"]
    outlines = [json.dumps(feature["geometry"]) for feature in features]
    exact, tolerant = contiguity(outlines, tolerance_metres=0), contiguity(outlines)
    assert (exact.areas, int(exact.numbers.sum()) // 2, int(tolerant.numbers.sum()) // 2) == (areas, touching, within)
    assert (exact.islands, tolerant.islands) == ((), ())
