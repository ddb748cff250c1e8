"""Standard rates: by hand, against PySAL's esda and exact fractions, as properties, and on maps without a pattern."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.measures.grids import grid
from wardmote.analytics.measures.gi_star import Standing, gi_star
from wardmote.analytics.measures.permutation import Draws
from wardmote.analytics.measures.standard_rates import STEPS, standard_rates

AREAS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5000)), min_size=2, max_size=40).filter(
    lambda areas: any(count for count, _ in areas)
)


def slow(counts: list[int], people: list[int], *, fault: str = "") -> list[float]:
    """The formula of the methods page in exact fractions, one area after another."""
    n, everyone = len(counts), sum(people)
    b = Fraction(sum(counts), everyone)
    weights = [1 if fault == "areas weigh alike" else number for number in people]
    rates = [Fraction(count, number) for count, number in zip(counts, people, strict=True)]
    s2 = sum((w * (p - b) ** 2 for w, p in zip(weights, rates, strict=True)), Fraction(0)) / sum(weights)
    a, found = s2 - b / Fraction(everyone, n), []
    for p, number in zip(rates, people, strict=True):
        v = a + b / number if a + b / number >= 0 else b / number
        found.append(float(p - b) / sqrt(v) if v else 0.0)
    return found


def test_two_areas_by_hand() -> None:
    # b = 20 / 2,000 = 0.01, both p - b are 0.01; s2 = 0.0001, a = 0.0001 - 0.01 / 1,000 = 0.00009, v = 0.0001: z = 1.
    assert standard_rates([20, 0], [1000, 1000]).tolist() == [STEPS, -STEPS]


def test_the_documented_example_of_esda_is_met() -> None:
    # esda 2.9, documentation of esda.smoothing.assuncao_rate: the first four of eight.
    counts, people = [30, 25, 25, 15, 33, 21, 30, 20], [100, 100, 110, 90, 100, 90, 110, 90]
    documented = [1.03843594, -0.04099089, -0.56250375, -1.73061861]
    assert standard_rates(counts, people)[:4].tolist() == [round(STEPS * z) for z in documented]


@given(AREAS)
def test_no_standard_rate_differs_from_exact_fractions_or_from_esda(areas: list[tuple[int, int]]) -> None:
    from esda.smoothing import assuncao_rate

    counts, people = [count for count, _ in areas], [number for _, number in areas]
    found = standard_rates(counts, people)
    exact = slow(counts, people)
    # At a variance of next to nothing both programs divide rounding by rounding.
    if min(abs(z) for z in exact) > 1e-6:
        assert (found / STEPS).tolist() == pytest.approx(exact, abs=0.6 / STEPS, rel=1e-6)
        theirs = assuncao_rate(np.array(counts, dtype=float), np.array(people, dtype=float))
        assert (found / STEPS).tolist() == pytest.approx(theirs.tolist(), abs=0.6 / STEPS, rel=1e-6)


def test_a_fault_in_either_would_be_caught() -> None:
    counts, people = [9, 7, 0, 5], [1500, 1000, 2500, 400]
    wrong = slow(counts, people, fault="areas weigh alike")
    assert (standard_rates(counts, people) / STEPS).tolist() != pytest.approx(wrong, abs=1e-3)


@given(AREAS)
def test_an_area_above_the_map_s_rate_is_above_nought_and_equal_areas_are_equal(areas: list[tuple[int, int]]) -> None:
    areas = [*areas, areas[0]]
    counts, people = [count for count, _ in areas], [number for _, number in areas]
    found = standard_rates(counts, people)
    b = Fraction(sum(counts), sum(people))
    assert found[0] == found[-1]
    for z, (count, number) in zip(found.tolist(), areas, strict=True):
        assert z >= 0 if Fraction(count, number) > b else z <= 0


def test_the_same_rate_of_fewer_people_lies_less_far_out() -> None:
    found = standard_rates([20, 2, 10, 10, 10], [1000, 100, 2000, 2000, 2000])
    assert found[0] > found[1] > 0


def test_without_incidents_all_are_nought_and_an_area_without_people_is_refused() -> None:
    assert standard_rates([0, 0], [5, 6]).tolist() == [0, 0]
    with pytest.raises(ValueError, match="at least one person"):
        standard_rates([1, 2], [5, 0])
    with pytest.raises(ValueError, match="as many numbers"):
        standard_rates([1, 2], [5])


def test_small_populations_make_no_hotspots_of_their_own_where_plain_rates_do() -> None:
    """On maps without a pattern of risk, a corner having a sixth of the residents, as the methods page tells it."""
    random, here, corner = np.random.default_rng(7), grid(10), np.zeros((10, 10), dtype=bool)
    corner[:4, :4] = True
    corner = corner.ravel()
    found = {"plain": 0, "standard": 0}
    for _ in range(60):
        people = np.maximum(300, 1500 * np.exp(random.normal(0, 0.35, 100))).astype(np.int64)
        people[corner] //= 6
        counts = random.poisson(people * 0.01 * np.exp(random.normal(0, 0.3, 100)))
        values = {"plain": counts * 10**6 // people, "standard": standard_rates(counts.tolist(), people.tolist())}
        for name, one in values.items():
            found[name] += int((gi_star(one, here, Draws(199, 199)).p[corner] <= 0.05).sum())
    share = {name: number / (60 * 16) for name, number in found.items()}
    assert share["standard"] < 0.08
    assert share["plain"] > 0.12


def test_nine_areas_of_three_times_the_risk_are_found() -> None:
    random, risk = np.random.default_rng(8), np.ones((10, 10))
    risk[5:8, 5:8] = 3
    people = np.maximum(300, 1500 * np.exp(random.normal(0, 0.35, 100))).astype(np.int64)
    counts = random.poisson(people * 0.01 * risk.ravel())
    standings = np.array(gi_star(standard_rates(counts.tolist(), people.tolist()), grid(10)).standings).reshape(10, 10)
    assert standings[6, 6] == Standing.HOT
