"""Scoring with a matrix: totals, ranks, ties, missing scores, sensitivity and the spread of a panel."""

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.scoring import Scored, ScoreRefused, score, sensitivity, spread
from wardmote.definitions import Matrix, matrix

KINGSTON = matrix("kingston-2011")
CODES = [criterion.code for criterion in KINGSTON.criteria]
# In the order of the eight headings: volume, performance, trends, seriousness, community, police, generator, PESTELO.
HAND = {
    "burglary": [3, 2, 4, 3, 4, 3, 2, 3],  # 24
    "anti-social-behaviour": [5, 3, 3, 2, 5, 3, 4, 3],  # 28
    "violent-crime": [4, 4, 3, 5, 3, 5, 3, 3],  # 30
    "shoplifting": [4, 3, 3, 2, 4, 2, 3, 3],  # 24
}


def sheet(rows: Mapping[str, list[int]]) -> dict[str, dict[str, int | None]]:
    return {problem: dict(zip(CODES, scores, strict=True)) for problem, scores in rows.items()}


def by_problem(found: tuple[Scored, ...]) -> dict[str, Scored]:
    return {one.problem: one for one in found}


def test_totals_and_ranks_by_hand() -> None:
    found = by_problem(score(KINGSTON, sheet(HAND)))
    assert {name: one.total for name, one in found.items()} == {
        "burglary": 24,
        "anti-social-behaviour": 28,
        "violent-crime": 30,
        "shoplifting": 24,
    }
    # (30 - 8 x 1) / (8 x 4) = 22 / 32
    assert found["violent-crime"].normalised == Fraction(100 * 22, 32)
    assert found["violent-crime"].contributions["seriousness"] == 5
    # Equal totals: seriousness decides, 3 against 2.
    assert {name: one.rank for name, one in found.items()} == {
        "violent-crime": 1,
        "anti-social-behaviour": 2,
        "burglary": 3,
        "shoplifting": 4,
    }


def test_a_tie_that_the_order_does_not_decide_is_shown() -> None:
    untied = replace(KINGSTON, tie_order=())
    found = by_problem(score(untied, sheet(HAND)))
    assert (found["burglary"].rank, found["shoplifting"].rank) == (3, 3)
    assert found["burglary"].tied_with == ("shoplifting",)


def test_a_missing_score_has_no_total_and_is_never_zero() -> None:
    scores = sheet(HAND)
    scores["violent-crime"]["trends"] = None
    del scores["burglary"]["volume"]
    found = by_problem(score(KINGSTON, scores))
    assert (found["violent-crime"].total, found["violent-crime"].rank) == (None, None)
    assert found["violent-crime"].missing == ("trends",)
    assert found["burglary"].missing == ("volume",)
    assert found["anti-social-behaviour"].rank == 1


def test_a_changed_weight_changes_the_rank() -> None:
    found = by_problem(score(KINGSTON, sheet(HAND), {"community-priority": Fraction(3)}))
    assert found["anti-social-behaviour"].rank == 1
    assert found["anti-social-behaviour"].total == 28 + 2 * 5


def test_a_criterion_that_counts_downwards_is_turned_round() -> None:
    criteria = (replace(KINGSTON.criteria[0], direction="lower_raises_priority"), *KINGSTON.criteria[1:])
    found = by_problem(score(replace(KINGSTON, criteria=criteria), sheet(HAND)))
    assert found["anti-social-behaviour"].contributions["volume"] == 1


@pytest.mark.parametrize(
    ("given_scores", "complaint"),
    [({"volume": 6}, "Volume is scored from 1 to 5, not 6"), ({"luck": 3}, "“luck” is not a criterion")],
)
def test_a_score_off_the_scale_is_refused(given_scores: dict[str, int], complaint: str) -> None:
    with pytest.raises(ScoreRefused, match=complaint):
        score(KINGSTON, {"burglary": given_scores})


def test_the_spread_of_a_panel() -> None:
    found = spread([2, 5, None, 3, 3])
    assert found is not None
    assert (found.minimum, found.median, found.maximum, found.scorers) == (2, 3, 5, 4)
    assert spread([None]) is None


def test_the_sensitivity_of_each_weight_is_the_ranking_with_that_weight() -> None:
    found = {(one.criterion, one.problem): one for one in sensitivity(KINGSTON, sheet(HAND))}
    one = found["community-priority", "anti-social-behaviour"]
    # One more: 28 + 5 = 33 equals 30 + 3 = 33, and seriousness decides for violent crime.
    assert (one.rank, one.rank_with_less, one.rank_with_more) == (2, 2, 2)
    assert found["volume", "anti-social-behaviour"].rank_with_more == 2
    assert len(found) == 8 * 4


def slow_ranks(rows: Mapping[str, list[int]], weights: list[int], *, fault: str = "") -> dict[str, int]:
    """Ranks by comparing every pair, criterion by criterion."""
    tie = [CODES.index(code) for code in KINGSTON.tie_order]

    def key(scores: list[int]) -> list[int]:
        used = [1] * 8 if fault == "weights forgotten" else weights
        return [sum(w * s for w, s in zip(used, scores, strict=True)), *(scores[at] for at in tie)]

    found = {}
    for name, scores in rows.items():
        better = [other for other in rows.values() if key(other) > key(scores)]
        if fault == "dense ranks":
            better = list(map(list, {tuple(key(other)) for other in better}))
        found[name] = len(better) + 1
    return found


SHEETS = st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.integers(1, 5), min_size=8, max_size=8), min_size=1)


@given(SHEETS, st.lists(st.integers(1, 4), min_size=8, max_size=8))
def test_ranks_equal_the_slow_implementation_in_any_order_of_entry(
    rows: dict[str, list[int]], weights: list[int]
) -> None:
    given_weights = {code: Fraction(weight) for code, weight in zip(CODES, weights, strict=True)}
    found = {one.problem: one.rank for one in score(KINGSTON, sheet(rows), given_weights)}
    assert found == slow_ranks(rows, weights)
    shuffled = list(rows)
    random.Random(1).shuffle(shuffled)
    again = score(KINGSTON, sheet({name: rows[name] for name in shuffled}), given_weights)
    assert {one.problem: one.rank for one in again} == found


@pytest.mark.parametrize("fault", ["weights forgotten", "dense ranks"])
def test_a_fault_in_either_implementation_would_be_caught(fault: str) -> None:
    weights = [1, 1, 1, 1, 3, 1, 1, 1]
    rows = {**HAND, "drug-offences": HAND["shoplifting"], "robbery": [1] * 8}
    given_weights = {code: Fraction(weight) for code, weight in zip(CODES, weights, strict=True)}
    found = {one.problem: one.rank for one in score(KINGSTON, sheet(rows), given_weights)}
    assert found == slow_ranks(rows, weights)
    assert found != slow_ranks(rows, weights, fault=fault)


@given(SHEETS)
def test_the_normalised_total_lies_between_0_and_100(rows: dict[str, list[int]]) -> None:
    model: Matrix = KINGSTON
    for one in score(model, sheet(rows)):
        assert one.normalised is not None
        assert 0 <= one.normalised <= 100
