"""Conditional permutation: against every possible draw, against itself one by one, and with nothing to find."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures.grids import grid, skewed
from wardmote.analytics.measures.gi_star import Standing, gi_star
from wardmote.analytics.measures.neighbours import Neighbours, neighbours_from
from wardmote.analytics.measures.permutation import Draws, corrected, drawn, tails, whole
from wardmote.analytics.measures.permutation_loops import sweep, tell

# Seven areas in a ring with one chord: 2 or 3 neighbours each.
RING = neighbours_from([(at, (at + 1) % 7) for at in range(7)] + [(0, 3)], 7)
VALUES = np.array([9, 7, 0, 5, 0, 1, 5])


def exact_p(values: list[int], neighbours: Neighbours, area: int, *, fault: str = "") -> float:
    """The two-sided p of one area from every possible draw of its neighbours."""
    around = neighbours.of(area)
    pool = [at for at in range(len(values)) if at != area or fault == "own value drawn too"]
    observed = sum(values[at] for at in around)
    sums = [sum(values[at] for at in chosen) for chosen in combinations(pool, len(around))]
    if fault == "ties do not count":
        least, most = sum(s > observed for s in sums), sum(s < observed for s in sums)
    else:
        least, most = sum(s >= observed for s in sums), sum(s <= observed for s in sums)
    sides = least if fault == "one-sided" else 2 * min(least, most)
    return min(1.0, sides / len(sums))


def test_p_by_hand() -> None:
    # Area 1 has the neighbours 0 and 2 with 9 + 0 = 9. The pairs of 9, 0, 5, 0, 1, 5 are fifteen: 14, 14 and 10, 10 lie
    # above, 9 twice equals it, so 6 of 15 have at least 9; 9 or less have 11. p = 2 x 6/15 = 0.8.
    pairs = [a + b for a, b in combinations([9, 0, 5, 0, 1, 5], 2)]
    assert (sum(p >= 9 for p in pairs), sum(p <= 9 for p in pairs)) == (6, 11)
    assert exact_p(VALUES.tolist(), RING, 1) == pytest.approx(0.8)


def test_p_comes_near_that_of_every_possible_draw() -> None:
    found = tails(VALUES, RING, Draws(40_000, 40_000, 3)).p
    slow = [exact_p(VALUES.tolist(), RING, area) for area in range(7)]
    # The standard error of a p value of 0.5 from 40,000 draws is 0.0025, doubled 0.005.
    assert found == pytest.approx(slow, abs=0.02)


@pytest.mark.parametrize("fault", ["own value drawn too", "ties do not count", "one-sided"])
def test_a_fault_in_either_would_be_caught(fault: str) -> None:
    found = tails(VALUES, RING, Draws(40_000, 40_000, 3)).p
    wrong = [exact_p(VALUES.tolist(), RING, area, fault=fault) for area in range(7)]
    assert max(abs(found - wrong)) > 0.02


def test_areas_in_doubt_are_drawn_again_and_come_near_the_same() -> None:
    found = tails(VALUES, RING, Draws(99, 40_000, 4))
    assert set(found.draws.tolist()) <= {99, 40_000}
    again = found.draws == 40_000
    slow = np.array([exact_p(VALUES.tolist(), RING, area) for area in range(7)])
    assert found.p[again] == pytest.approx(slow[again], abs=0.02)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(1, 11), st.integers(0, 1000))
def test_the_sweep_counts_what_a_plain_loop_counts(values: list[int], size: int, seed: int) -> None:
    rows = drawn(12, size, 30, np.random.default_rng(seed))
    assert all(len(set(row)) == size and set(row) <= set(range(11)) for row in rows.tolist())
    given_values, areas = np.array(values), np.arange(12)
    sums = np.random.default_rng(seed).integers(0, 12 * size + 1, 12)
    swept = sweep(given_values, rows, areas, sums, np.unique(sums))
    told = tell(given_values, rows, areas, np.full(12, size), sums)
    slow = [
        [
            sum(sum(values[r + (r >= area)] for r in row) >= total for row in rows.tolist()),
            sum(sum(values[r + (r >= area)] for r in row) <= total for row in rows.tolist()),
        ]
        for area, total in zip(range(12), sums.tolist(), strict=True)
    ]
    assert np.array(swept).T.tolist() == np.array(told).T.tolist() == slow


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=16, max_size=16), st.integers(1, 9), st.integers(-50, 50))
def test_another_unit_or_a_constant_moves_no_p_value(values: list[int], times: int, plus: int) -> None:
    here, draws = grid(4), Draws(199, 999)
    one, other = (tails(np.array(x), here, draws) for x in (values, [times * v + plus for v in values]))
    assert one.p.tolist() == other.p.tolist()
    assert (one.at_least + one.at_most >= one.draws).all()


def test_the_same_seed_gives_the_same_and_another_gives_another() -> None:
    values = skewed(100, np.random.default_rng(1))
    first, again, other = (tails(values, grid(10), Draws(seed=seed)).p.tolist() for seed in (1, 1, 2))
    assert first == again != other


def test_an_island_has_no_p_value_and_takes_no_part_in_the_correction() -> None:
    here = grid(5, islands=3)
    values = np.concatenate((np.arange(25), [1000, 0, 50]))
    found = gi_star(values, here)
    assert found.standings[-3:] == (Standing.ISLAND,) * 3
    assert np.isnan(found.z[-3:]).all()
    assert (found.p[-3:].tolist(), found.q[-3:].tolist()) == ([1, 1, 1], [1, 1, 1])
    assert found.q[:25].tolist() == corrected(found.p[:25], here.numbers[:25]).tolist()


def test_a_map_of_islands_alone_and_an_empty_one_find_nothing() -> None:
    assert set(gi_star(np.array([5, 1, 0]), neighbours_from((), 3)).standings) == {Standing.ISLAND}
    assert gi_star(np.array([], dtype=np.int64), neighbours_from((), 0)).standings == ()


def test_where_all_are_equal_nothing_is_found() -> None:
    found = gi_star(np.full(25, 4), grid(5))
    assert set(found.p.tolist()) == {1.0}
    assert set(found.standings) == {Standing.NEITHER}


def test_values_that_are_not_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        whole([1.5, 2.0])


def test_the_correction_is_that_of_benjamini_and_hochberg_worked_by_hand() -> None:
    # Of four: .01 x 4/1, .02 x 4/2, .03 x 4/3 and .9 x 4/4, none above the next.
    found = corrected(np.array([0.03, 0.9, 0.01, 0.02]), np.ones(4))
    assert found == pytest.approx([0.04, 0.9, 0.04, 0.04])


def test_in_a_shuffled_world_hotspots_are_found_no_more_often_than_stated() -> None:
    random, here, maps = np.random.default_rng(20261121), grid(10), 300
    low, wrong = 0.0, 0
    for seed in range(maps):
        found = gi_star(skewed(100, random), here, Draws(999, 19_999, seed))
        low += (found.p <= 0.05).mean() / maps
        wrong += any(one in (Standing.HOT, Standing.COLD) for one in found.standings)
    # One area in twenty is below .05 and no more: ties make it somewhat fewer. Of 300 maps 15 may find something; 26
    # is three standard errors above.
    assert 0.035 <= low <= 0.052
    assert wrong <= 26


def test_a_planted_hotspot_and_coldspot_are_found_where_they_are() -> None:
    random = np.random.default_rng(7)
    values = random.poisson(20, (12, 12))
    values[1:5, 1:5] += 30
    values[8:11, 8:11] = 2
    found = np.array(gi_star(values.ravel(), grid(12)).standings).reshape(12, 12)
    assert set(found[2:4, 2:4].ravel()) == {Standing.HOT}
    assert found[9, 9] == Standing.COLD
    assert set(found[:, 6].ravel()) == {Standing.NEITHER}
