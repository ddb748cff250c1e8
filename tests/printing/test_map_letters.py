"""Letters on a map: inside the outline, and drawn with it."""

from hypothesis import given
from hypothesis import strategies as st

from wardmote.printing.charts import Titled, draw
from wardmote.printing.map_letters import middle
from wardmote.printing.maps import Area, AreaMap

SQUARE = '{"type":"Polygon","coordinates":[[[0,51],[0.01,51],[0.01,51.01],[0,51.01],[0,51]]]}'


def test_the_letter_of_a_square_stands_in_its_middle() -> None:
    assert middle([[(0, 0), (80, 0), (80, 80), (0, 80), (0, 0)]])[0] == 40


def test_the_letter_of_a_horseshoe_stands_in_an_arm_and_not_in_the_gap() -> None:
    shoe = [(0, 0), (100, 0), (100, 80), (70, 80), (70, 5), (20, 5), (20, 80), (0, 80), (0, 0)]
    assert middle([shoe])[0] == 85


def test_the_letter_avoids_a_hole() -> None:
    hole = [(10, 10), (90, 10), (90, 90), (10, 90), (10, 10)]
    x, _ = middle([[(0, 0), (120, 0), (120, 100), (0, 100), (0, 0)], hole])
    assert x == 105


@given(st.integers(1, 500), st.integers(0, 4))
def test_the_letter_of_a_triangle_lies_within_it(width: int, height: int) -> None:
    x, y = middle([[(0, 0), (width, 0), (0, height), (0, 0)]])
    assert 0 <= x <= width
    assert 0 <= y <= height + 1


def test_a_letter_is_drawn_on_the_area_that_has_one() -> None:
    chart = AreaMap((Area("E1", "One", SQUARE, 0, letter="P"), Area("E2", "Two", SQUARE, 0)), ("all",), "Legend")
    for width in ("wide", "narrow"):
        assert draw(chart, Titled("Where", "A map.", "where"), width=width).count(">P<") == 1
