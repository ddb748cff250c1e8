"""Products of groups and offsets: by hand, by a slow second implementation, and in the stress test."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.combining import extremes
from wardmote.analytics.measures.scoring import Scored, default_weights, score, sensitivity
from wardmote.analytics.measures.stress import Doubt, Draws, stress
from wardmote.definitions import Group, Matrix, matrix

GRID = matrix("impact-likelihood-4x4")
MORILE = matrix("morile-style")
# Impact x likelihood + gaps: the second axis made an addend.
OFFSET = replace(
    MORILE,
    combine="product_plus_offset",
    groups=(*MORILE.groups[:2], Group("position", "Gaps", use="addend", total="sum")),
)
MATRICES = (GRID, matrix("impact-likelihood-5x5"), MORILE, OFFSET)
CODES = [one.code for one in MORILE.criteria]


def one_problem(used: Matrix, scores: Mapping[str, int | None]) -> Scored:
    (found,) = score(used, {"burglary": scores})
    return found


def test_a_grid_multiplies_impact_by_likelihood() -> None:
    found = one_problem(GRID, {"impact": 4, "likelihood": 3})
    assert found.total == 12
    # The grid gives 1 to 16: (12 - 1) / (16 - 1).
    assert found.normalised == Fraction(100 * 11, 15)
    assert found.contributions == {"impact": 4, "likelihood": 3}


def test_morile_style_by_hand() -> None:
    scores = dict(zip(CODES, [3, 4, 1, 3, 2, 0, 4, 3, 5, 2, 3], strict=True))
    found = one_problem(MORILE, scores)
    # Harm 3+4+1+3+2+0 = 13; likelihood (4+3+5)/15 = 0.8; 13 x 0.8 = 10.4 of 30.
    assert found.total == Fraction("10.4")
    assert found.normalised == Fraction("10.4") * 100 / 30
    assert found.contributions["frequency"] == Fraction(4, 15)
    assert found.second_axis == {"position": 5}


def test_gaps_stand_beside_the_rank_and_a_missing_one_does_not_undo_it() -> None:
    scores: dict[str, int | None] = dict(zip(CODES, [3] * 11, strict=True))
    found = one_problem(MORILE, {**scores, "capacity": None})
    assert (found.rank, found.missing) == (1, ())
    assert found.second_axis == {"position": None}
    assert one_problem(MORILE, {**scores, "capacity": 0}).total == one_problem(MORILE, {**scores, "capacity": 5}).total


def test_an_offset_is_added_to_the_product() -> None:
    scores = dict(zip(CODES, [3, 4, 1, 3, 2, 0, 4, 3, 5, 2, 3], strict=True))
    assert one_problem(OFFSET, scores).total == Fraction("10.4") + 5
    assert one_problem(OFFSET, {**scores, "capacity": None}).total is None


@pytest.mark.parametrize("used", MATRICES, ids=lambda used: f"{used.slug} {used.combine}")
def test_a_missing_score_of_a_factor_has_no_total_and_is_never_zero(used: Matrix) -> None:
    full: dict[str, int | None] = {one.code: one.maximum for one in used.criteria}
    first = used.criteria[0].code
    found = one_problem(used, {**full, first: None})
    assert (found.total, found.normalised, found.rank, found.missing) == (None, None, None, (first,))


@pytest.mark.parametrize(
    ("used", "least", "most"), [(GRID, 1, 16), (MATRICES[1], 1, 25), (MORILE, 0, 30), (OFFSET, 0, 40)]
)
def test_the_least_and_the_most_of_each_matrix(used: Matrix, least: int, most: int) -> None:
    assert extremes(used, default_weights(used)) == (least, most)


def slow_total(used: Matrix, scores: Mapping[str, int], *, fault: str = "") -> float:
    """The total from the methods page with floats: add up each group, then multiply, then add."""
    product, offset = 1.0, 0.0
    for group in used.groups:
        members = [one for one in used.criteria if one.group == group.code]
        subtotal = float(sum(scores[one.code] for one in members))
        if group.total == "mean_share" and fault != "no share":
            subtotal = subtotal / len(members) / members[0].maximum
        if group.use == "factor":
            product = product + subtotal if fault == "adds instead" else product * subtotal
        elif group.use == "addend" or fault == "second axis counted":
            offset += subtotal
    return product + offset


SHEETS = st.lists(st.integers(0, 5), min_size=11, max_size=11)


def clipped(used: Matrix, drawn: list[int]) -> dict[str, int]:
    return {
        one.code: min(one.maximum, max(one.minimum, value))
        for one, value in zip(used.criteria, drawn[: len(used.criteria)], strict=True)
    }


@given(st.sampled_from(MATRICES), SHEETS)
def test_totals_equal_the_slow_implementation(used: Matrix, drawn: list[int]) -> None:
    scores = clipped(used, drawn)
    found = one_problem(used, scores)
    assert found.total is not None
    assert found.normalised is not None
    assert float(found.total) == pytest.approx(slow_total(used, scores))
    assert 0 <= found.normalised <= 100


@pytest.mark.parametrize("fault", ["no share", "adds instead", "second axis counted"])
def test_a_fault_in_either_would_be_caught(fault: str) -> None:
    scores = clipped(MORILE, [3, 4, 1, 3, 2, 0, 4, 3, 5, 2, 3])
    found = one_problem(MORILE, scores).total
    assert found is not None
    assert float(found) != pytest.approx(slow_total(MORILE, scores, fault=fault))


@given(st.sampled_from(MATRICES), SHEETS, st.integers(0, 10))
def test_a_higher_score_never_lowers_the_total(used: Matrix, drawn: list[int], at: int) -> None:
    scores = clipped(used, drawn)
    one = used.criteria[at % len(used.criteria)]
    higher = {**scores, one.code: min(one.maximum, scores[one.code] + 1)}
    before, after = one_problem(used, scores).total, one_problem(used, higher).total
    assert before is not None
    assert after is not None
    assert after >= before


def test_weights_of_a_grid_move_no_rank_since_they_multiply_every_problem_alike() -> None:
    rows = {
        "a": {"impact": 4, "likelihood": 2},
        "b": {"impact": 3, "likelihood": 3},
        "c": {"impact": 1, "likelihood": 4},
    }
    found = sensitivity(GRID, rows)
    assert {(one.rank, one.rank_with_more) for one in found} == {(1, 1), (2, 2), (3, 3)}
    placings = stress(GRID, rows, top=1, draws=Draws(500, seed=1)).placings
    assert {one.problem: one.probability for one in placings} == {"a": 0.0, "b": 1.0, "c": 0.0}


def test_doubtful_scores_of_a_product_give_the_probability_that_counting_all_of_them_gives() -> None:
    rows = {"a": {"impact": 3, "likelihood": 3}, "b": {"impact": 4, "likelihood": 2}}
    found = stress(GRID, rows, top=1, doubts={("a", "impact"): Doubt(1, 4)}, draws=Draws(4000, seed=5)).placings[0]
    # a has 3, 6, 9 or 12 against 8.
    assert found.probability == pytest.approx(2 / 4, abs=0.03)


def test_the_second_axis_takes_no_part_in_the_draws() -> None:
    rows = {
        "a": clipped(MORILE, [4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 0]),
        "b": clipped(MORILE, [3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5]),
    }
    doubts = {(problem, "capacity"): Doubt(0, 5) for problem in rows}
    placings = stress(MORILE, rows, top=1, doubts=doubts, draws=Draws(500, seed=2)).placings
    assert [one.probability for one in placings] == [1.0, 0.0]
