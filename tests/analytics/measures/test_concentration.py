"""Concentration: by hand, against the mean difference of all pairs and the area under the curve, and as a property."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.concentration import CURVE_PERCENT, concentration, curve, lorenz

PLACES = st.lists(st.integers(0, 30), min_size=1, max_size=60).filter(any)


def slow_gini(counts: list[int], *, fault: str = "") -> Fraction:
    """Half the mean difference of all pairs of places, over the mean."""
    n = len(counts)
    pairs = n * (n - 1) if fault == "pairs without themselves" else n * n
    return Fraction(sum(abs(a - b) for a in counts for b in counts), 2 * pairs) / Fraction(sum(counts), n)


def slow_generalised(counts: list[int]) -> Fraction:
    """The Lorenz curve of these counts against the most even one that whole incidents allow, by areas."""
    n, total = len(counts), sum(counts)
    points = lorenz(counts)
    under = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(points))
    # The most even curve climbs to 1 over as many places as there are incidents, if these are fewer.
    even = 1 - min(Fraction(total, n), Fraction(1)) / 2
    return (under - even) / (1 - even)


def test_concentration_by_hand() -> None:
    # Twenty places: one has 10, two have 5, the rest none. Ranks 20 x 10 + 19 x 5 + 18 x 5 = 385.
    # G = (2 x 385 - 21 x 20) / (20 x 20) = 0.875. As many incidents as places: nothing to allow for.
    found = concentration([0] * 17 + [5, 10, 5])
    assert found is not None
    assert (found.gini, found.generalised) == (Fraction(7, 8), Fraction(7, 8))
    assert [(top.percent, top.places, top.count, top.share) for top in found.tops] == [
        (5, 1, 10, Fraction(1, 2)),
        (10, 2, 15, Fraction(3, 4)),
    ]


def test_four_incidents_at_four_of_ten_places_are_as_even_as_they_can_be() -> None:
    found = concentration([1, 1, 1, 1] + [0] * 6)
    assert found is not None
    assert (found.gini, found.generalised) == (Fraction(3, 5), 0)


def test_all_at_one_place_is_nearly_one_and_all_alike_is_nought() -> None:
    one, alike = concentration([0] * 99 + [500]), concentration([7] * 100)
    assert one is not None
    assert alike is not None
    assert (one.generalised, alike.generalised) == (Fraction(99, 100), 0)
    assert [top.share for top in alike.tops] == [Fraction(1, 100), Fraction(1, 20), Fraction(1, 10)]


def test_without_incidents_nothing_is_said_and_a_negative_count_is_refused() -> None:
    assert concentration([0, 0]) is None
    assert concentration([]) is None
    assert lorenz([0, 0]) == ((0, 0),)
    with pytest.raises(ValueError, match="fewer than no incidents"):
        concentration([1, -1])


@given(PLACES)
def test_the_coefficients_equal_those_of_all_pairs_and_of_areas(counts: list[int]) -> None:
    found = concentration(counts)
    assert found is not None
    assert found.gini == slow_gini(counts)
    assert found.generalised == slow_generalised(counts)
    assert 0 <= found.generalised <= found.gini < 1


def test_a_fault_in_either_would_be_caught() -> None:
    found = concentration([0, 1, 5])
    assert found is not None
    assert found.gini != slow_gini([0, 1, 5], fault="pairs without themselves")


@given(PLACES)
def test_the_curve_rises_ever_more_slowly_and_no_other_places_have_more_than_the_top(counts: list[int]) -> None:
    steps = [(b[1] - a[1]) for a, b in pairwise(lorenz(counts))]
    assert steps == sorted(steps, reverse=True)
    found = concentration(counts)
    assert found is not None
    assert all(top.share == lorenz(counts)[top.places][1] for top in found.tops)


def slow_curve(counts: list[int], *, fault: str = "") -> list[tuple[int, int, int]]:
    """Take the largest place out again and again, and note where a twentieth of the places is full."""
    left, taken, points = list(counts), 0, {0: 0}
    for at in range(1, len(counts) + 1):
        taken += left.pop(left.index(min(left) if fault == "fewest first" else max(left)))
        points[at] = taken
    whole = [(percent, int(Fraction(percent, 100) * len(counts))) for percent in CURVE_PERCENT]
    return [(percent, at, points[at]) for percent, at in whole if at]


@given(PLACES)
def test_the_curve_of_the_chart_is_what_taking_places_out_one_by_one_gives(counts: list[int]) -> None:
    found = curve(counts)
    assert [(top.percent, top.places, top.count) for top in found] == slow_curve(counts)
    assert found[-1].share == 1
    assert all((Fraction(top.places, len(counts)), top.share) in lorenz(counts) for top in found)


def test_a_curve_with_fewest_first_would_be_caught_and_without_incidents_there_is_none() -> None:
    counts = [0, 1, 5, *[2] * 20]
    assert [(top.percent, top.places, top.count) for top in curve(counts)] != slow_curve(counts, fault="fewest first")
    assert curve([0, 0]) == ()
