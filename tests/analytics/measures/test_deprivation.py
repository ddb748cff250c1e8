"""Small areas of a ward by fifth of deprivation: by hand, by another way of counting, and as a property."""

from collections import Counter
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.deprivation import Fifths, fifths_by_ward, fifths_of

OLD, NEW, BOTH = frozenset({"2011"}), frozenset({"2021"}), frozenset({"2011", "2021"})


def by_ceiling(deciles: list[int | None]) -> Fifths:
    """Count the fifths another way: the ceiling of half a decile, in a counter."""
    counted = Counter(ceil(decile / 2) for decile in deciles if decile is not None)
    return Fifths(tuple(counted[fifth] for fifth in range(1, 6)), deciles.count(None))


def test_two_deciles_make_a_fifth() -> None:
    assert fifths_of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == Fifths((2, 2, 2, 2, 2), 0)
    assert fifths_of([10, None, 1]) == Fifths((1, 0, 0, 0, 1), 1)


@given(st.lists(st.one_of(st.none(), st.integers(1, 10))))
def test_another_way_of_counting_agrees_and_none_is_lost(deciles: list[int | None]) -> None:
    found = fifths_of(deciles)
    assert found == by_ceiling(deciles)
    assert found.areas == len(deciles)


@given(st.lists(st.integers(1, 9), min_size=1))
def test_less_deprived_areas_never_fill_an_earlier_fifth(deciles: list[int]) -> None:
    before, after = fifths_of(deciles).counts, fifths_of([decile + 1 for decile in deciles]).counts
    assert all(sum(after[:upto]) <= sum(before[:upto]) for upto in range(6))


def test_only_small_areas_of_the_files_own_edition_are_counted() -> None:
    wards = {"W1": {"A": BOTH, "B": OLD, "C": NEW}, "W2": {"D": NEW}}
    deciles = {"A": 1, "C": 10}
    assert fifths_by_ward(wards, deciles, "2011") == {"W1": Fifths((1, 0, 0, 0, 0), 1)}
    found = fifths_by_ward(wards, deciles, "2021")
    assert found == {"W1": Fifths((1, 0, 0, 0, 1), 0), "W2": Fifths((0, 0, 0, 0, 0), 1)}
