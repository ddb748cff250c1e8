"""Hours clear of chance: how often chance alone is called clear, a real peak found, and against a plain loop."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.analytics.measures.clear_times import chance_bounds
from wardmote.analytics.measures.incident_records import in_metres


def one_hot(hours: list[int], slots: int = 24) -> list[list[float]]:
    return [[float(at == hour) for at in range(slots)] for hour in hours]


def plain_bounds(shares: list[list[float]], deals: int, *, fault: str = "") -> tuple[float, float]:
    """Deal by deal and incident by incident, with the standard library's own draws."""
    draw = random.Random(7)
    slots, most, fewest = len(shares[0]), [], []
    for _ in range(deals):
        counts = [0.0] * slots
        for one in shares:
            by = 0 if fault == "nothing turned" else draw.randrange(slots)
            for at, part in enumerate(one):
                counts[(at + by) % slots] += part
        most.append(max(counts))
        fewest.append(min(counts))
    beyond = int(0.025 * (deals + 1)) - 1
    return sorted(fewest)[beyond], sorted(most)[-1 - beyond]


def test_the_bounds_are_those_of_a_plain_loop() -> None:
    shares = one_hot([at % 24 for at in range(60)]) + [[0.25] * 4 + [0.0] * 20] * 40
    found = chance_bounds(shares, deals=1999)
    low, high = plain_bounds(shares, 1999)
    assert found.high == pytest.approx(high, abs=0.5)
    assert found.low == pytest.approx(low, abs=0.5)
    assert plain_bounds(shares, 199, fault="nothing turned")[1] != pytest.approx(high, abs=0.5)


def test_of_years_without_a_peak_about_one_in_twenty_has_an_hour_called_clear() -> None:
    numbers = np.random.default_rng(3)
    called = 0
    for year in range(200):
        hours = numbers.integers(0, 24, size=240)
        bounds = chance_bounds(one_hot(list(hours)), deals=199, seed=year)
        called += any(bounds.clear(float((hours == hour).sum())) for hour in range(24))
    # 5% of 200 is 10; whole counts seldom lie exactly on a bound, so that fewer are called.
    assert called <= 18


def test_a_peak_is_found_in_its_hour_alone() -> None:
    hours = [at % 24 for at in range(240)] + [22] * 40
    bounds = chance_bounds(one_hot(hours))
    assert [hour for hour in range(24) if bounds.clear(hours.count(hour)) > 0] == [22]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=30), st.integers(0, 6))
def test_turning_all_incidents_by_the_same_hours_changes_no_bound(days: list[int], by: int) -> None:
    turned = [(day + by) % 7 for day in days]
    assert chance_bounds(one_hot(days, 7), deals=99) == chance_bounds(one_hot(turned, 7), deals=99)


def test_without_an_incident_there_is_nothing_to_deal() -> None:
    with pytest.raises(ValueError, match="at least one incident"):
        chance_bounds([])


def test_a_thousandth_of_a_degree_in_metres() -> None:
    # At 52 degrees north a degree is 111.267 km up and 68.678 km across (Ordnance Survey's ellipsoid radii).
    ((west, south), (east, north)) = in_metres([(-1.0, 52.0), (-0.999, 52.001)])
    assert (west, south) == (0, 0)
    assert north == pytest.approx(111.27, abs=0.05)
    assert east == pytest.approx(68.68, abs=0.05)
    assert in_metres([]) == []
