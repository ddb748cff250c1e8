"""Knox: by hand, against every deal of the days, a plain loop and PySAL's pointpats, and with snapped points."""

from itertools import permutations
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.analytics.measures.knox import MOST_PAIRS, Knox, knox, shared_points
from wardmote.analytics.measures.knox_loops import near_pairs

ENDS, SPANS = (100, 250), (3, 9)
PLACES = st.tuples(st.integers(0, 600), st.integers(0, 600))
INCIDENTS = st.lists(st.tuples(PLACES, st.integers(0, 20)), min_size=2, max_size=40)


def slow_table(places: list[tuple[int, int]], days: list[int], *, fault: str = "") -> dict[tuple[int, int], int]:
    """Every pair looked at, one by one."""
    found = {(end, span): 0 for end in (0, *ENDS) for span in SPANS}
    for one in range(len(days)):
        for other in range(one):
            away = hypot(places[one][0] - places[other][0], places[one][1] - places[other][1])
            apart = abs(days[one] - days[other]) + (fault == "one day off")
            end = next((end for end in (0, *ENDS) if away <= end), None)
            if fault == "one point not apart" and end == 0:
                end = ENDS[0]
            span = next((span for span in SPANS if apart <= span), None)
            if end is not None and span is not None:
                found[end, span] += 1
    return found


def table(found: Knox) -> dict[tuple[int, int], int]:
    return {(one.distance, one.days): one.pairs for one in found.cells}


@settings(max_examples=60, deadline=None)
@given(INCIDENTS)
def test_the_pairs_are_those_of_a_plain_loop(incidents: list[tuple[tuple[int, int], int]]) -> None:
    places, days = [place for place, _ in incidents], [day for _, day in incidents]
    assert table(knox(places, days, distances=ENDS, spans=SPANS, permutations=9)) == slow_table(places, days)


@pytest.mark.parametrize("fault", ["one day off", "one point not apart"])
def test_a_fault_in_either_would_be_caught(fault: str) -> None:
    places, days = [(0, 0), (0, 0), (100, 0), (350, 0)], [0, 3, 9, 12]
    found = table(knox(places, days, distances=ENDS, spans=SPANS, permutations=9))
    assert found == slow_table(places, days)
    assert found != slow_table(places, days, fault=fault)


def test_p_comes_near_that_of_every_deal_of_the_days() -> None:
    places, days = [(0, 0), (50, 0), (90, 0), (900, 0), (950, 0), (2000, 0)], [0, 1, 2, 40, 43, 90]
    found = knox(places, days, distances=(100,), spans=(3,), permutations=20_000)
    cell = found.cells[1]
    deals = [slow_near(places, list(dealt)) for dealt in permutations(days)]
    assert cell.pairs == slow_near(places, days)
    assert cell.expected == pytest.approx(sum(deals) / len(deals), abs=0.02)
    assert cell.p == pytest.approx(sum(deal >= cell.pairs for deal in deals) / len(deals), abs=0.01)


def slow_near(places: list[tuple[int, int]], days: list[int]) -> int:
    return sum(
        abs(places[a][0] - places[b][0]) <= 100 and abs(days[a] - days[b]) <= 3 for a in range(6) for b in range(a)
    )


def test_the_statistic_is_pointpats_own() -> None:
    from pointpats import Knox as Peer

    random = np.random.default_rng(4)
    places, days = random.random((300, 2)) * 3000, random.integers(0, 200, 300)
    theirs = Peer(places, days[:, None].astype(float), 200, 14, permutations=9)
    ours = knox(places, days, distances=(200,), spans=(14,), permutations=9)
    assert sum(one.pairs for one in ours.cells) == theirs.statistic_


def test_incidents_that_breed_others_are_found_and_days_at_random_are_not() -> None:
    random = np.random.default_rng(9)
    first, when = random.random((150, 2)) * 8000, random.integers(0, 365, 150)
    places = np.concatenate((first, first + random.normal(0, 40, (150, 2))))
    bred = knox(places, np.concatenate((when, when + random.integers(0, 6, 150))), permutations=199)
    near = next(one for one in bred.cells if (one.distance, one.days) == (100, 7))
    assert near.p == 1 / 200
    assert (near.ratio or 0) > 5
    shuffled = [knox(places, random.permutation(300), permutations=99, seed=seed).cells[4].p for seed in range(60)]
    # Sixty worlds without near repeats: three are expected at .05, nine is more than three standard errors above.
    assert sum(p <= 0.05 for p in shuffled) <= 9


def test_snapped_points_are_recognised_and_their_pairs_are_no_near_repeats() -> None:
    random = np.random.default_rng(2)
    places = random.integers(0, 12, (200, 2)) * 300
    snapped = knox(places, random.integers(0, 365, 200), permutations=9)
    assert snapped.is_snapped
    assert sum(one.pairs for one in snapped.cells if one.distance in (100, 200)) == 0
    assert sum(one.pairs for one in snapped.cells if one.distance == 0) > 0
    own = knox(random.random((200, 2)) * 3000, random.integers(0, 365, 200), permutations=9)
    assert (own.is_snapped, own.shared_points) == (False, 0.0)
    assert shared_points([(1, 1), (1, 1), (2, 2), (3, 3)]) == 0.5
    assert shared_points([]) == 0.0


def test_no_incidents_and_one_alone_have_no_pairs() -> None:
    for given_places, days in (([], np.array([], dtype=int)), ([(5, 5)], [1])):
        found = knox(given_places, days, permutations=9)
        assert (found.near, {one.pairs for one in found.cells}) == (0, {0})
        assert found.cells[0].ratio is None


def test_days_that_are_not_whole_and_bands_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        knox([(0, 0)], [0.5])
    with pytest.raises(ValueError, match="rise from above 0"):
        knox([(0, 0)], [1], distances=(200, 100))


def test_more_pairs_than_allowed_are_counted_and_not_kept() -> None:
    same, nought = np.zeros((50, 2)), np.full(50, 50)
    starts, others, _ = near_pairs(same, nought, nought, nought, np.array([0.0]), 100)
    assert (int(starts[-1]), len(others)) == (50 * 49 // 2, 0)
    assert MOST_PAIRS > 100_000_000
