"""How firm a ranking is: seeded draws, certain and doubtful scores, and the agreement of two matrices."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.analytics.measures.test_scoring import CODES, HAND, KINGSTON, sheet
from wardmote.analytics.measures.stress import (
    Doubt,
    Draws,
    Firmness,
    agreement,
    doubt_from_confidence,
    doubt_from_panel,
    firmness,
    kendall_tau,
    stress,
)
from wardmote.definitions import matrix

FEW = Draws(2000, seed=7)
KINGSTON_2024 = matrix("kingston-2024")


def test_the_same_seed_gives_the_same_outcome_and_another_seed_another() -> None:
    rows = sheet({"one": [5, 5, 5, 5, 1, 1, 1, 1], "other": [1, 1, 1, 1, 5, 5, 5, 5]})
    first = stress(KINGSTON, rows, top=1, draws=FEW)
    assert first == stress(KINGSTON, rows, top=1, draws=FEW)
    assert first.placings != stress(KINGSTON, rows, top=1, draws=Draws(2000, seed=8)).placings


def test_a_problem_that_leads_under_every_heading_is_always_in_and_the_last_is_out() -> None:
    rows = {"leads": [5] * 8, "middle": [3] * 8, "last": [1] * 8}
    found = {one.problem: one for one in stress(KINGSTON, sheet(rows), top=1, draws=FEW).placings}
    assert (found["leads"].probability, found["leads"].firmness) == (1.0, Firmness.ALWAYS)
    assert (found["last"].probability, found["last"].firmness) == (0.0, Firmness.OUT)
    assert (found["middle"].best_rank, found["middle"].worst_rank) == (2, 2)


def test_two_mirror_images_could_go_either_way() -> None:
    rows = {"one": [5, 5, 5, 5, 1, 1, 1, 1], "other": [1, 1, 1, 1, 5, 5, 5, 5]}
    found = stress(KINGSTON, sheet(rows), top=1, draws=FEW).placings
    assert [one.firmness for one in found] == [Firmness.EITHER, Firmness.EITHER]
    assert found[0].probability == pytest.approx(0.5, abs=0.05)


def test_doubtful_scores_alone_give_the_probability_that_counting_all_of_them_gives() -> None:
    # All weight on one criterion: a is 2, 3 or 4, b is 3 for sure; a is first (or level) in two cases of three.
    weights = {code: Fraction(int(code == "volume")) for code in CODES}
    rows = {"a": [3] + [1] * 7, "b": [3] + [1] * 7}
    found = stress(KINGSTON, sheet(rows), top=1, weights=weights, doubts={("a", "volume"): Doubt(2, 4)}, draws=FEW)
    cases = [a >= 3 for a in (2, 3, 4)]
    assert found.placings[0].probability == pytest.approx(sum(cases) / len(cases), abs=0.04)


def test_a_problem_with_a_missing_score_is_left_out_and_named() -> None:
    scores = sheet(HAND)
    scores["burglary"]["volume"] = None
    found = stress(KINGSTON, scores, top=2, draws=FEW)
    assert found.left_out == ("burglary",)
    assert len(found.placings) == 3
    assert stress(KINGSTON, {"burglary": {}}, top=1).placings == ()


@pytest.mark.parametrize(
    ("probability", "named"),
    [(0.95, Firmness.ALWAYS), (0.9499, Firmness.EITHER), (0.0501, Firmness.EITHER), (0.05, Firmness.OUT)],
)
def test_the_words_for_a_probability(probability: float, named: Firmness) -> None:
    assert firmness(probability) is named


def test_the_range_of_a_score_comes_from_the_panel_or_from_the_confidence() -> None:
    assert doubt_from_panel([2, 5, 3]) == Doubt(2, 5)
    assert doubt_from_confidence(KINGSTON, "volume", 4, "high") == Doubt(4, 4)
    assert doubt_from_confidence(KINGSTON, "volume", 4, "low") == Doubt(2, 5)


def test_two_matrices_on_the_same_problems_side_by_side() -> None:
    codes = [criterion.code for criterion in KINGSTON_2024.criteria]
    rows = {"burglary": [3] * 6, "anti-social-behaviour": [2] * 6, "violent-crime": [5] * 6, "shoplifting": [1] * 6}
    second = {problem: dict(zip(codes, scores, strict=True)) for problem, scores in rows.items()}
    found = agreement(KINGSTON, sheet(HAND), KINGSTON_2024, second)
    assert {name: (a, b) for name, a, b in found.ranks}["burglary"] == (3, 2)
    # Six pairs, five in the same order and one turned round: (5 - 1) / 6.
    assert found.tau == pytest.approx(4 / 6)
    assert found.compared == 4


def slow_tau(left: list[int], right: list[int], *, fault: str = "") -> float:
    """tau-b by scipy; the fault is tau-c, which treats ties in another way."""
    variant = "c" if fault == "another treatment of ties" else "b"
    return float(stats.kendalltau(left, right, variant=variant).statistic) * (-1 if fault == "upside down" else 1)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=12))
def test_tau_equals_scipy(pairs: list[tuple[int, int]]) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    found = kendall_tau(left, right)
    if len(set(left)) == 1 or len(set(right)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(slow_tau(left, right))


@pytest.mark.parametrize("fault", ["another treatment of ties", "upside down"])
def test_a_fault_in_either_tau_would_be_caught(fault: str) -> None:
    left, right = [1, 2, 2, 4, 5], [2, 1, 3, 3, 5]
    assert kendall_tau(left, right) == pytest.approx(slow_tau(left, right))
    assert kendall_tau(left, right) != pytest.approx(slow_tau(left, right, fault=fault))


def slow_probability(rows: dict[str, list[int]], doubts: dict[tuple[str, int], list[int]], *, fault: str = "") -> float:
    """Probability that `a` is first under fixed equal weights: every combination of doubtful scores, counted."""
    names, hits, total = list(rows), 0, 0
    for choice in itertools.product(*doubts.values()):
        drawn = {name: list(scores) for name, scores in rows.items()}
        for (name, at), value in zip(doubts, choice, strict=True):
            drawn[name][at] = value
        sums = {name: sum(drawn[name]) for name in names}
        better = [
            n for n in names if n != "a" and (sums[n] >= sums["a"] if fault == "ties lose" else sums[n] > sums["a"])
        ]
        hits, total = hits + (not better), total + 1
    return hits / total


@pytest.mark.parametrize("fault", ["", "ties lose"])
def test_draws_agree_with_counting_every_combination(fault: str) -> None:
    rows = {"a": [3] * 8, "b": [3] * 8}
    places = {("a", 0): [2, 3, 4], ("b", 0): [1, 2, 3, 4, 5]}
    doubts = {("a", "volume"): Doubt(2, 4), ("b", "volume"): Doubt(1, 5)}
    # All weight on one criterion, so that only the scores wander.
    weights = {code: Fraction(int(code == "volume")) for code in CODES}
    drawn = stress(KINGSTON, sheet(rows), top=1, doubts=doubts, weights=weights, draws=Draws(4000, seed=3))
    agrees = drawn.placings[0].probability == pytest.approx(slow_probability(rows, places, fault=fault), abs=0.03)
    assert agrees is (fault == "")
