"""The national grid: the worked example of Ordnance Survey, known places both ways, and references of squares."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.foundations import national_grid
from wardmote.foundations.national_grid import grid_reference, to_degrees, to_grid

# Public landmarks with their positions in both systems.
LANDMARKS = [
    (530_268, 179_640, -0.124625, 51.500729),  # Big Ben, Westminster
    (216_677, 771_288, -5.003508, 56.796850),  # Ben Nevis, the summit
]


def test_the_worked_example_of_ordnance_survey_is_met_both_ways() -> None:
    """Guide to coordinate systems, annex C: E 651409.903, N 313177.270 is 52°39′27.2531″ N, 1°43′4.5177″ E on Airy."""
    north, east = 52 + 39 / 60 + 27.2531 / 3600, 1 + 43 / 60 + 4.5177 / 3600
    latitude, longitude = national_grid._airy(651_409.903, 313_177.270)
    assert math.degrees(latitude) == pytest.approx(north, abs=1e-8)
    assert math.degrees(longitude) == pytest.approx(east, abs=1e-8)
    projected = national_grid._projected(math.radians(north), math.radians(east))
    assert projected == pytest.approx((651_409.903, 313_177.270), abs=0.002)


@pytest.mark.parametrize(("easting", "northing", "longitude", "latitude"), LANDMARKS)
def test_known_places_come_out_within_some_metres(
    easting: int, northing: int, longitude: float, latitude: float
) -> None:
    x, y = to_degrees(easting, northing)
    assert math.hypot((x - longitude) * 111_320 * math.cos(math.radians(latitude)), (y - latitude) * 111_320) < 15
    assert math.dist(to_grid(longitude, latitude), (easting, northing)) < 15


@given(st.floats(80_000, 655_000), st.floats(5_000, 1_220_000))
def test_there_and_back_is_the_same_place_to_a_few_centimetres(easting: float, northing: float) -> None:
    assert math.dist(to_grid(*to_degrees(easting, northing)), (easting, northing)) < 0.1


@pytest.mark.parametrize(
    ("easting", "northing", "words"),
    [
        (458_700, 304_300, "SK 587 043"),  # Leicester
        (530_268, 179_640, "TQ 302 796"),  # Westminster
        (216_677, 771_288, "NN 166 712"),  # Ben Nevis
        (99_999, 0, "SV 999 000"),
        (447_100, 1_141_900, "HU 471 419"),  # Lerwick
    ],
)
def test_a_square_has_its_letters_and_hundreds_of_metres(easting: float, northing: float, words: str) -> None:
    assert grid_reference(easting, northing) == words


def test_a_place_beyond_the_grid_has_no_reference() -> None:
    with pytest.raises(ValueError, match="beyond the national grid"):
        grid_reference(-1, 5)
