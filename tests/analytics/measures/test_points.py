"""Incidents at points: counted again row by row, inside the areas asked about only, and those without a point apart."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import world
from tests.analytics.measures.world import SALTMARSH, Row, incident
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.ground import degrees_within, ground_of, on_grid
from wardmote.analytics.measures.points import counts_at_points
from wardmote.foundations.national_grid import to_degrees
from wardmote.foundations.periods import Month, Period

HELD = ("2025-08", "2025-09")
YEAR = Period(Month(2025, 8), Month(2025, 9))
INSIDE = ("E01900001", "E01900002", "E01900003")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(HELD),
        st.sampled_from(("Burglary", "Shoplifting", "Drugs")),
        st.sampled_from((*INSIDE, "E01900004", None)),
        st.sampled_from(((900_000, 54_500_000), (900_000, 54_500_001), (None, None))),
    ),
    min_size=1,
    max_size=30,
)


def row(month: str, category: str, lsoa: str | None, point: tuple[int | None, int | None]) -> Row:
    return incident(month, category, lsoa, longitude_micro=point[0], latitude_micro=point[1])


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_every_incident_inside_is_counted_at_its_point_and_those_without_one_apart(rows: list[Row]) -> None:
    where = {"district": (SALTMARSH,), "problem": ("burglary", "shoplifting")}
    found = counts_at_points(
        world.evidence([row(*one) for one in rows], HELD), Query(by=("problem",), where=where, period=YEAR)
    )
    for slug, category in (("burglary", "Burglary"), ("shoplifting", "Shoplifting")):
        own = [one for one in rows if one[1] == category]
        at = Counter(point for _, _, lsoa, point in own if lsoa in INSIDE and point[0] is not None)
        assert found[slug,].at == at
        assert found[slug,].without_point == sum(point[0] is None for *_, point in own)


def test_only_the_months_of_the_period_count() -> None:
    rows = [row(month, "Burglary", "E01900001", (900_000, 54_500_000)) for month in HELD]
    query = Query(where={"district": (SALTMARSH,)}, period=Period(Month(2025, 9), Month(2025, 9)))
    assert counts_at_points(world.evidence(rows, HELD), query)[()].at == {(900_000, 54_500_000): 1}


def test_areas_that_no_lookup_knows_are_refused() -> None:
    with pytest.raises(FiguresRefused):
        counts_at_points(world.evidence([incident("2025-08")], HELD, lookup=False), Query(where={"ward": ("Quay",)}))


def test_the_ground_of_two_squares_says_how_much_it_is_and_where_a_place_lies() -> None:
    square = '{{"type": "Polygon", "coordinates": [[[{0}, 52], [{1}, 52], [{1}, 52.01], [{0}, 52.01], [{0}, 52]]]}}'
    ground = ground_of([square.format(-1.0, -0.99), square.format(-0.99, -0.98)])
    # A hundredth of a degree of the ellipsoid is 1,112.7 metres north and 686.7 metres east there.
    assert ground.square_metres == pytest.approx(2 * 1112.7 * 686.7, rel=0.0005)
    west, south, east, north = ground.box
    assert (east - west, north - south) == pytest.approx((1370, 1120), rel=0.05)
    points = on_grid([(-995_000, 52_005_000), (-985_000, 52_005_000), (-970_000, 52_005_000)])
    assert ground.areas_at([tuple(one) for one in points]) == [0, 1, None]


@pytest.mark.parametrize("box", [(440_000, 290_000, 500_000, 340_000), (90_000, 10_000, 190_000, 90_000)])
def test_many_places_at_once_lie_where_each_would_to_a_metre(box: tuple[float, float, float, float]) -> None:
    """Leicestershire; and Cornwall, far from the middle of the grid."""
    random = np.random.default_rng(5)
    places = [tuple(one) for one in random.uniform(box[:2], box[2:], (200, 2)).tolist()]
    exact = np.array([to_degrees(*place) for place in places])
    apart = (degrees_within(box, places) - exact) * [111_320 * np.cos(np.radians(exact[:, 1])).min(), 111_320]
    assert np.hypot(*apart.T).max() < 1
