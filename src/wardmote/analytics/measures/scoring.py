"""Scoring problems with a matrix: totals, ranks, what each criterion gives, and how far the scorers differ.

Source: the scoring matrix of the Safer Kingston Partnership Plan 2011-14, and the usual weighted sum
S = sum of weight x score, normalised 100 x sum of weight x (score - minimum) / (maximum - minimum) / sum of weights.
Products of groups are those of grids of impact and likelihood: see `combining`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from wardmote.analytics.measures.combining import combined, extremes, share_in_group
from wardmote.analytics.measures.ranks import competition_ranks
from wardmote.definitions import Criterion, Matrix

# A panel's middle may lie between two scores, so a score can be a fraction.
Given = int | Fraction | None
Scores = Mapping[str, Mapping[str, Given]]
Weights = Mapping[str, Fraction]


class ScoreRefused(ValueError):
    """A score that the matrix does not have; the message names problem, criterion and scale."""


@dataclass(frozen=True)
class Scored:
    """One problem under a matrix.

    `total` and `normalised` (0 to 100) are None while a score is missing: a blank is never taken for zero.
    `contributions` say by criterion what it adds to the total of its group. `tied_with` names the problems that share
    the rank for good. `second_axis` holds by group the totals that stand beside the rank and do not move it.
    """

    problem: str
    total: Fraction | None
    normalised: Fraction | None
    rank: int | None
    tied_with: tuple[str, ...]
    contributions: Mapping[str, Fraction | None]
    missing: tuple[str, ...]
    second_axis: Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Spread:
    """How far a panel's scores for one problem and criterion lie apart."""

    minimum: int
    median: Fraction
    maximum: int
    scorers: int


@dataclass(frozen=True)
class Sensitivity:
    """What happens to a problem's rank when the weight of one criterion is one less or one more."""

    criterion: str
    problem: str
    rank: int | None
    rank_with_less: int | None
    rank_with_more: int | None


def default_weights(matrix: Matrix) -> dict[str, Fraction]:
    """Return the weights that the matrix is published with."""
    return {one.code: Fraction(str(one.weight)) for one in matrix.criteria}


def score(matrix: Matrix, scores: Scores, weights: Weights | None = None) -> tuple[Scored, ...]:
    """Score and rank problems; rank 1 has the highest total, ties are decided by the matrix's order, else shown.

    `scores` maps problem to criterion to score. A problem with a missing score has no total and no rank. Raises
    ScoreRefused for a score off the scale or of an unknown criterion.
    """
    used = {**default_weights(matrix), **(weights or {})}
    for problem, given in scores.items():
        _check(matrix, problem, given)
    keys = {problem: _key(matrix, used, given) for problem, given in scores.items()}
    ranks = _ranks(keys)
    return tuple(_scored(matrix, used, problem, given, keys, ranks) for problem, given in scores.items())


def directed(criterion: Criterion, given: Given) -> Given:
    """Turn a score round where a lower one raises priority, so that higher always does."""
    if given is None or criterion.direction == "higher_raises_priority":
        return given
    return criterion.minimum + criterion.maximum - given


def spread(panel: Sequence[int | None]) -> Spread | None:
    """Return least, middle and greatest of the scores that a panel gave, None when nobody scored."""
    known = [one for one in panel if one is not None]
    if not known:
        return None
    return Spread(min(known), Fraction(median(map(Fraction, known))), max(known), len(known))


def sensitivity(matrix: Matrix, scores: Scores, weights: Weights | None = None) -> tuple[Sensitivity, ...]:
    """Rank again with each weight one less (not below zero) and one more, the others as they are."""
    used = {**default_weights(matrix), **(weights or {})}
    usual = _rank_by_problem(matrix, scores, used)
    found: list[Sensitivity] = []
    for criterion in matrix.criteria:
        code = criterion.code
        less = _rank_by_problem(matrix, scores, {**used, code: max(Fraction(0), used[code] - 1)})
        more = _rank_by_problem(matrix, scores, {**used, code: used[code] + 1})
        found += [Sensitivity(code, problem, usual[problem], less[problem], more[problem]) for problem in scores]
    return tuple(found)


def _rank_by_problem(matrix: Matrix, scores: Scores, weights: Weights) -> dict[str, int | None]:
    return {one.problem: one.rank for one in score(matrix, scores, weights)}


def _check(matrix: Matrix, problem: str, given: Mapping[str, Given]) -> None:
    known = {one.code: one for one in matrix.criteria}
    for code, value in given.items():
        criterion = known.get(code)
        if criterion is None:
            raise ScoreRefused(f"{problem}: “{code}” is not a criterion of {matrix.title}.")
        if value is not None and not criterion.minimum <= value <= criterion.maximum:
            raise ScoreRefused(
                f"{problem}: {criterion.label} is scored from {criterion.minimum} to {criterion.maximum}, not {value}."
            )


def _key(matrix: Matrix, weights: Weights, given: Mapping[str, Given]) -> tuple[Fraction, ...] | None:
    """Total first, then the scores that decide ties; None while any score that counts is missing."""
    values = {one.code: directed(one, given.get(one.code)) for one in matrix.counted}
    if None in values.values():
        return None
    known = {code: Fraction(value) for code, value in values.items() if value is not None}
    return (Fraction(combined(matrix, weights, known)), *(known[c] for c in matrix.tie_order))


def _ranks(keys: Mapping[str, tuple[Fraction, ...] | None]) -> dict[str, int | None]:
    # Standard competition ranking of whole tuples: place them in order first, then rank the places.
    order = sorted({key for key in keys.values() if key is not None})
    places = [None if key is None else order.index(key) for key in keys.values()]
    return dict(zip(keys, competition_ranks(places), strict=True))


def _scored(
    matrix: Matrix,
    weights: Weights,
    problem: str,
    given: Mapping[str, Given],
    keys: Mapping[str, tuple[Fraction, ...] | None],
    ranks: Mapping[str, int | None],
) -> Scored:
    parts = {one.code: _part(matrix, one, weights, given.get(one.code)) for one in matrix.criteria}
    key = keys[problem]
    same = tuple(sorted(other for other in keys if other != problem and key is not None and keys[other] == key))
    return Scored(
        problem=problem,
        total=None if key is None else key[0],
        normalised=None if key is None else _normalised(matrix, weights, given, key[0]),
        rank=ranks[problem],
        tied_with=same,
        contributions=parts,
        missing=tuple(one.code for one in matrix.counted if parts[one.code] is None),
        second_axis=_second_axis(matrix, parts),
    )


def _part(matrix: Matrix, criterion: Criterion, weights: Weights, given: Given) -> Fraction | None:
    value = directed(criterion, given)
    if value is None:
        return None
    return Fraction(share_in_group(matrix, criterion, weights, Fraction(value)))


def _second_axis(matrix: Matrix, parts: Mapping[str, Fraction | None]) -> dict[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for group in matrix.groups:
        if group.use == "second_axis":
            known = [parts[one.code] for one in matrix.of_group(group.code)]
            found[group.code] = None if None in known else sum((one for one in known if one is not None), Fraction(0))
    return found


def _normalised(matrix: Matrix, weights: Weights, given: Mapping[str, Given], total: Fraction) -> Fraction | None:
    if matrix.combine != "weighted_sum":
        least, most = extremes(matrix, weights)
        return None if least == most else 100 * (total - least) / (most - least)
    weighed = sum(weights[one.code] for one in matrix.counted)
    if not weighed:
        return None
    parts = Fraction(0)
    for one in matrix.counted:
        value = directed(one, given.get(one.code))
        if value is not None:
            parts += weights[one.code] * Fraction(value - one.minimum) / (one.maximum - one.minimum)
    return 100 * parts / weighed
