"""Repeats: the 365 days, by hand, and against every pair looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.concentration import concentration
from wardmote.analytics.measures.repeats import Repeats, repeats


def pair_by_pair(incidents: list[tuple[str, int]], first: int, last: int, *, fault: str = "") -> tuple[int, int]:
    """Count incidents of the period with some earlier one of their key, every pair looked at; and their keys."""
    window = 366 if fault == "a day more" else 365
    ordered = sorted(incidents, key=lambda one: one[1])
    found = [
        key
        for at, (key, day) in enumerate(ordered)
        if first <= day <= last and any(other == key and (day - then) <= window for other, then in ordered[:at])
    ]
    return len(found), len(set(found))


def counted(found: Repeats) -> tuple[int, int]:
    return found.repeats, found.repeat_keys


@pytest.mark.parametrize(("apart", "is_repeat"), [(0, True), (1, True), (365, True), (366, False)])
def test_the_same_victim_within_365_days_is_a_repeat_and_at_366_days_not(apart: int, is_repeat: bool) -> None:
    found = repeats([("A", 1000), ("A", 1000 + apart)], first=1000, last=2000)
    assert (found.incidents, found.keys, found.repeats == 1) == (2, 1, is_repeat)


def test_the_year_before_is_looked_back_at_and_not_counted() -> None:
    found = repeats([("A", 90), ("A", 100), ("B", 95)], first=100, last=200)
    assert (found.incidents, found.keys, found.repeats, found.repeat_keys) == (1, 1, 1, 1)
    assert found.by_key == {"A": 1}


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 1200)), max_size=25))
def test_it_equals_every_pair_looked_at(incidents: list[tuple[str, int]]) -> None:
    found = repeats(incidents, first=400, last=1000)
    assert counted(found) == pair_by_pair(incidents, 400, 1000)
    assert found.repeats <= found.incidents == sum(found.by_key.values())
    assert found.repeat_keys <= min(found.keys, found.repeats)


def test_a_fault_in_either_would_be_caught() -> None:
    incidents = [("A", 500), ("A", 866)]
    assert counted(repeats(incidents, first=400, last=1000)) != pair_by_pair(incidents, 400, 1000, fault="a day more")


def test_five_in_a_hundred_offenders_with_half_of_all_offences_are_said_to_be_so() -> None:
    incidents = [(f"most {at}", 400) for at in range(5) for _ in range(20)]
    incidents += [(f"other {at}", 400) for at in range(95)] + [("other 0", 400)] * 5
    found = repeats(incidents, first=400, last=400)
    spread = concentration(list(found.by_key.values()))
    assert spread is not None
    top = next(one for one in spread.tops if one.percent == 5)
    assert (top.places, top.count, float(top.share)) == (5, 100, 0.5)
