"""How firm is this ranking? Thousands of seeded draws of weights and scores, and how often each problem stays on top.

Sources: Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity analysis techniques as tools for the
quality assessment of composite indicators; Kendall (1945), The treatment of ties in ranking problems (tau-b).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any, Final

from wardmote.analytics.measures.combining import combined
from wardmote.analytics.measures.scoring import Scores, Weights, default_weights, directed, score
from wardmote.definitions import Matrix

ALWAYS: Final = 0.95
NEVER: Final = 0.05
# How much weights wander: Dirichlet around the chosen weights, with this many imagined points to hand out a criterion.
STEADINESS: Final = 10.0
# How far a score may be off, when no panel shows it: high confidence not at all, medium and low one and two steps.
REACH: Final = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True)
class Draws:
    """How many draws, and the seed that makes them the same again."""

    count: int = 5000
    seed: int = 1


USUAL: Final = Draws()


class Firmness(StrEnum):
    """What the draws say of a problem's place among the first."""

    ALWAYS = "always in"
    EITHER = "could go either way"
    OUT = "out"


@dataclass(frozen=True)
class Doubt:
    """How far a score may be off: the range that a panel gave, or a confidence of high, medium or low."""

    lowest: int
    highest: int


@dataclass(frozen=True)
class Placing:
    """How often a problem was among the first `top`, of `draws` draws; ranks are the middle 90% of its places."""

    problem: str
    probability: float
    firmness: Firmness
    best_rank: int
    worst_rank: int


@dataclass(frozen=True)
class StressTest:
    """The outcome of a stress test with everything that is needed to repeat it."""

    placings: tuple[Placing, ...]
    left_out: tuple[str, ...]
    top: int
    draws: Draws


@dataclass(frozen=True)
class Agreement:
    """Two matrices on the same problems: ranks side by side and how far they agree (Kendall's tau-b, -1 to 1)."""

    ranks: tuple[tuple[str, int | None, int | None], ...]
    tau: float | None
    compared: int


def doubt_from_panel(panel: Sequence[int]) -> Doubt:
    """Return the range of the scores that a panel gave."""
    return Doubt(min(panel), max(panel))


def doubt_from_confidence(matrix: Matrix, code: str, given: int, confidence: str) -> Doubt:
    """Return the range of a score known with high, medium or low confidence, inside the scale."""
    criterion = next(one for one in matrix.criteria if one.code == code)
    reach = REACH[confidence]
    return Doubt(max(criterion.minimum, given - reach), min(criterion.maximum, given + reach))


def stress(
    matrix: Matrix,
    scores: Scores,
    *,
    top: int,
    doubts: Mapping[tuple[str, str], Doubt] | None = None,
    weights: Weights | None = None,
    draws: Draws = USUAL,
) -> StressTest:
    """Draw weights and scores again and again, and count how often each problem is among the first `top`.

    Within each group weights come from a Dirichlet distribution around the chosen ones; a score is any whole number of
    its range in `doubts` (by problem and criterion), else it is certain. Problems with a missing score are left out and
    named. The same seed gives the same outcome. Ties at the edge count as in.
    """
    import numpy as np

    whole = [problem for problem in scores if all(scores[problem].get(c.code) is not None for c in matrix.counted)]
    left_out = tuple(problem for problem in scores if problem not in whole)
    if not whole:
        return StressTest((), left_out, top, draws)
    random = np.random.default_rng(draws.seed)
    drawn = _drawn_weights(random, draws.count, matrix, weights)
    totals = _totals(random, matrix, drawn, _ranges(matrix, scores, whole, doubts or {}))
    # Rounded, since sums of floats that should be equal differ in the last digit.
    totals = np.round(totals, 9)
    ranks = 1 + (totals[:, None, :] > totals[:, :, None]).sum(axis=2)
    placings = tuple(_placing(problem, ranks[:, at], top) for at, problem in enumerate(whole))
    return StressTest(placings, left_out, top, draws)


def firmness(probability: float) -> Firmness:
    """Name a probability: always in from 95%, out up to 5%."""
    if probability >= ALWAYS:
        return Firmness.ALWAYS
    return Firmness.OUT if probability <= NEVER else Firmness.EITHER


def agreement(first: Matrix, first_scores: Scores, second: Matrix, second_scores: Scores) -> Agreement:
    """Rank the same problems by two matrices and measure how far the rankings agree."""
    left = {one.problem: one.rank for one in score(first, first_scores)}
    right = {one.problem: one.rank for one in score(second, second_scores)}
    both = [problem for problem in left if problem in right]
    pairs = [(left[p], right[p]) for p in both]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    ranks = tuple((problem, left[problem], right[problem]) for problem in both)
    return Agreement(ranks, kendall_tau([a for a, _ in known], [b for _, b in known]), len(known))


def kendall_tau(left: Sequence[int], right: Sequence[int]) -> float | None:
    """Return Kendall's tau-b of two rankings, None with fewer than two problems or when one ranking is all ties."""
    balance = left_untied = right_untied = 0
    for at in range(len(left)):
        for other in range(at):
            a, b = _sign(left[at] - left[other]), _sign(right[at] - right[other])
            balance += a * b
            left_untied += a * a
            right_untied += b * b
    return balance / sqrt(left_untied * right_untied) if left_untied and right_untied else None


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def _drawn_weights(random: Any, draws: int, matrix: Matrix, weights: Weights | None) -> dict[str, Any]:
    """By criterion, a weight for each draw; a weight of zero stays zero, and a group keeps the sum of its weights."""
    import numpy as np

    used = {**default_weights(matrix), **(weights or {})}
    found = {one.code: np.zeros((draws, 1)) for one in matrix.counted}
    for group in matrix.groups:
        counted = [one.code for one in matrix.of_group(group.code) if one.code in found and used[one.code] > 0]
        if not counted:
            continue
        chosen = np.array([float(used[code]) for code in counted])
        drawn = random.dirichlet(chosen / chosen.sum() * STEADINESS * len(counted), size=draws) * chosen.sum()
        found |= {code: drawn[:, [at]] for at, code in enumerate(counted)}
    return found


def _ranges(
    matrix: Matrix, scores: Scores, problems: Sequence[str], doubts: Mapping[tuple[str, str], Doubt]
) -> list[list[tuple[int, int]]]:
    """Problems x criteria: lowest and highest score, turned so that higher raises priority."""
    found: list[list[tuple[int, int]]] = []
    for problem in problems:
        row = []
        for one in matrix.counted:
            given = int(scores[problem][one.code] or 0)
            doubt = doubts.get((problem, one.code), Doubt(given, given))
            ends = (directed(one, doubt.lowest) or 0, directed(one, doubt.highest) or 0)
            row.append((int(min(ends)), int(max(ends))))
        found.append(row)
    return found


def _totals(random: Any, matrix: Matrix, weights: dict[str, Any], ranges: list[list[tuple[int, int]]]) -> Any:
    """Draws x problems."""
    import numpy as np

    bounds = np.array(ranges)
    draws = len(next(iter(weights.values())))
    drawn = random.integers(bounds[:, :, 0], bounds[:, :, 1] + 1, size=(draws, *bounds.shape[:2]))
    return combined(matrix, weights, {one.code: drawn[:, :, at] for at, one in enumerate(matrix.counted)})


def _placing(problem: str, ranks: Any, top: int) -> Placing:
    import numpy as np

    probability = float((ranks <= top).mean())
    best, worst = (int(np.quantile(ranks, q, method="nearest")) for q in (0.05, 0.95))
    return Placing(problem, probability, firmness(probability), best, worst)
