"""Average places and Borda's points: worked by hand, by a second way that goes ballot by ballot, and as properties."""

import itertools
import random
from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.preferences import orders_differ, rank_items

# Richmond's plan for 2016/17: 255 people ranked seven areas, and this is the order that was printed.
R02 = (
    "Burglary",
    "Anti-social behaviour",
    "Road safety",
    "Motor vehicle crime",
    "Town centre crime",
    "Domestic abuse",
    "Child sexual exploitation",
)
Ballot = dict[str, int]


def tallied(ballots: list[Ballot], items: tuple[str, ...]) -> dict[str, list[int]]:
    counts = {item: [0] * len(items) for item in items}
    for ballot in ballots:
        for item, place in ballot.items():
            counts[item][place - 1] += 1
    return counts


def slow(ballots: list[Ballot], items: tuple[str, ...]) -> dict[str, tuple[Fraction | None, int]]:
    """A second way, ballot by ballot: an item's points are the places below the one that it was given."""
    sums: dict[str, list[int]] = defaultdict(list)
    points = dict.fromkeys(items, 0)
    for ballot in ballots:
        every = range(1, len(items) + 1)
        for item, place in ballot.items():
            sums[item].append(place)
            points[item] += sum(1 for other in every if other > place)
    return {i: (Fraction(sum(sums[i]), len(sums[i])) if sums[i] else None, points[i]) for i in items}


def r02_ballots() -> list[Ballot]:
    """255 full ballots drawn around the printed order; the published answers themselves are not known."""
    draw = random.Random(2016)
    noisy = [sorted(R02, key=lambda item: R02.index(item) + draw.gauss(0, 2)) for _ in range(255)]
    return [{item: place for place, item in enumerate(order, start=1)} for order in noisy]


def test_255_answers_give_the_printed_order_of_seven() -> None:
    found = rank_items(tallied(r02_ballots(), R02))
    assert tuple(one.item for one in found) == R02
    assert {one.answered for one in found} == {255}
    assert not orders_differ(found), "with full ballots both orders are one"


def test_by_hand() -> None:
    # Three respondents, three items. A: 1, 1, 2; B: 2, 3, 1; C: 3, 2 and once without a place.
    found = {one.item: one for one in rank_items({"A": [2, 1, 0], "B": [1, 1, 1], "C": [0, 1, 1]})}
    assert (found["A"].average, found["A"].points) == (Fraction(4, 3), 2 + 2 + 1)
    assert (found["B"].average, found["B"].points) == (Fraction(2), 1 + 0 + 2)
    assert (found["C"].average, found["C"].points, found["C"].answered) == (Fraction(5, 2), 0 + 1, 2)
    assert [found[item].by_average for item in "ABC"] == [1, 2, 3]


def test_equal_items_share_a_place_and_one_without_answers_has_none() -> None:
    found = {one.item: one for one in rank_items({"A": [1, 1, 0], "B": [1, 1, 0], "C": [0, 0, 0], "D": [0, 0, 2]})}
    assert [found[item].by_average for item in "ABCD"] == [1, 1, None, 3]
    assert [found[item].by_points for item in "ABCD"] == [1, 1, 4, 3]


def test_the_two_orders_can_differ_where_people_left_items_out() -> None:
    # One enthusiast puts C first; ninety-nine put A before B and say nothing of C.
    found = rank_items({"A": [99, 0, 0], "B": [0, 99, 0], "C": [1, 0, 0]})
    assert orders_differ(found)
    assert {one.item: one.by_average for one in found} == {"A": 1, "C": 1, "B": 3}
    assert {one.item: one.by_points for one in found} == {"A": 1, "B": 2, "C": 3}


ITEMS = ("A", "B", "C", "D")
ballots = st.lists(
    st.sampled_from([order for n in range(1, 5) for order in itertools.permutations(ITEMS, n)]).map(
        lambda order: {item: place for place, item in enumerate(order, start=1)}
    ),
    max_size=30,
)


@given(ballots)
def test_counts_and_ballots_agree(drawn: list[Ballot]) -> None:
    expected = slow(drawn, ITEMS)
    assert {one.item: (one.average, one.points) for one in rank_items(tallied(drawn, ITEMS))} == expected


@given(ballots, st.integers(2, 5))
def test_the_same_answers_several_times_over_keep_the_order(drawn: list[Ballot], times: int) -> None:
    once, often = (rank_items(tallied(drawn * n, ITEMS)) for n in (1, times))
    assert [(a.item, a.by_average, a.average) for a in once] == [(a.item, a.by_average, a.average) for a in often]


def test_a_planted_fault_is_seen_by_the_second_way() -> None:
    counts = tallied(r02_ballots(), R02)
    counts["Burglary"][0] -= 1
    found = {one.item: one.points for one in rank_items(counts)}
    assert found["Burglary"] != pytest.approx(slow(r02_ballots(), R02)["Burglary"][1])
