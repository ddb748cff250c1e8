"""The ranking of an assessment under one matrix: the panel's middle scores, ranks with ties, and how firm they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import cast

from wardmote.analytics.measures.scoring import Scored, score, spread
from wardmote.analytics.measures.stress import (
    Doubt,
    Draws,
    Placing,
    doubt_from_confidence,
    doubt_from_panel,
    kendall_tau,
    stress,
)
from wardmote.definitions import Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.models import Assessment, Score

from . import scores_of

DRAWS = 5000
# The same seed for every assessment: whoever repeats the test gets the same answer.
SEED = 1998

Panel = dict[str, dict[str, list[Score]]]


@dataclass(frozen=True)
class RankedProblem:
    """One problem in a ranking, with the words its row shows."""

    slug: str
    title: str
    rank: int | None
    rank_words: str
    score_words: str
    scorers: int
    firmness_words: str
    contribution_words: tuple[str, ...]
    spread_words: str


@dataclass(frozen=True)
class Ranking:
    """A ranking under one matrix; rows are best first, those that cannot be ranked last."""

    matrix: str
    title: str
    description: str
    criteria: tuple[str, ...]
    top: int
    draws: int
    note: str
    rows: tuple[RankedProblem, ...]


def ranking_of(assessment: Assessment, slug: str) -> Ranking:
    """Return the ranking of an assessment's problems; a problem with a criterion nobody scored has no rank."""
    matrix = matrix_named(slug)
    titles = {problem.slug: problem.title for problem in assessment.problems.all()}
    panel = _panel(scores_of(assessment, slug))
    scores = {problem: _middle(matrix, panel.get(problem, {})) for problem in sorted(titles)}
    firm = stress(matrix, scores, top=assessment.top, doubts=_doubts(matrix, panel), draws=Draws(DRAWS, SEED))
    places = {placing.problem: placing for placing in firm.placings}
    rows = [
        _row(matrix, titles[one.problem], one, panel.get(one.problem, {}), places.get(one.problem))
        for one in score(matrix, scores)
    ]
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0, row.title))
    return Ranking(
        matrix=slug,
        title=matrix.title,
        description=matrix.description,
        criteria=tuple(criterion.label for criterion in matrix.criteria),
        top=assessment.top,
        draws=DRAWS,
        note=_note(rows),
        rows=tuple(rows),
    )


def _panel(scores: list[Score]) -> Panel:
    found: Panel = {}
    for given in scores:
        found.setdefault(given.problem.slug, {}).setdefault(given.criterion, []).append(given)
    return found


def _values(given: list[Score]) -> list[int]:
    return [one.value for one in given if one.value is not None]


def _middle(matrix: Matrix, given: Mapping[str, list[Score]]) -> Mapping[str, int | None]:
    """Return the median of the panel for each criterion, None where nobody scored; exact, so a half is a fraction."""
    middle = {
        criterion.code: Fraction(median(map(Fraction, values)))
        if (values := _values(given.get(criterion.code, [])))
        else None
        for criterion in matrix.criteria
    }
    return cast("Mapping[str, int | None]", middle)


def _doubts(matrix: Matrix, panel: Panel) -> dict[tuple[str, str], Doubt]:
    """Return how far each score may be off: the panel's own spread, or one scorer's confidence."""
    return {
        (problem, code): _doubt(matrix, code, given)
        for problem, criteria in panel.items()
        for code, given in criteria.items()
    }


def _doubt(matrix: Matrix, code: str, given: list[Score]) -> Doubt:
    values = _values(given)
    if len(values) > 1:
        return doubt_from_panel(values)
    return doubt_from_confidence(matrix, code, values[0], given[0].confidence or "medium")


def _row(
    matrix: Matrix, title: str, one: Scored, given: Mapping[str, list[Score]], place: Placing | None
) -> RankedProblem:
    scorers = {score.scorer_key for scores in given.values() for score in scores}
    return RankedProblem(
        slug=one.problem,
        title=title,
        rank=one.rank,
        rank_words=_rank_words(matrix, one),
        score_words="" if one.normalised is None else with_thousands(one.normalised, 1),
        scorers=len(scorers),
        firmness_words=_firmness_words(place),
        contribution_words=tuple(_points(one.contributions[criterion.code]) for criterion in matrix.criteria),
        spread_words=_spread_words(given),
    )


def _rank_words(matrix: Matrix, one: Scored) -> str:
    if one.rank is None:
        return f"not ranked: {len(one.missing)} of {len(matrix.criteria)} criteria not scored"
    return f"{one.rank}=" if one.tied_with else str(one.rank)


def _firmness_words(place: Placing | None) -> str:
    if place is None:
        return ""
    percent = with_thousands(Fraction(place.probability) * 100, 1)
    return f"{place.firmness} ({percent}% of draws, places {place.best_rank} to {place.worst_rank})"


def _points(part: Fraction | None) -> str:
    return "missing" if part is None else with_thousands(part, 0 if part.denominator == 1 else 1)


def _spread_words(given: Mapping[str, list[Score]]) -> str:
    spreads = [found for scores in given.values() if (found := spread(_values(scores)))]
    widest = max((found.maximum - found.minimum for found in spreads), default=0)
    return f"scorers differ by up to {widest}" if widest else ""


def _note(rows: list[RankedProblem]) -> str:
    unranked = [row.title for row in rows if row.rank is None]
    return f"Not ranked because a criterion has no score yet: {', '.join(unranked)}." if unranked else ""


def agreement_words(first: Ranking, second: Ranking) -> str:
    """Return in a sentence how far two rankings of the same problems agree."""
    other = {row.slug: row.rank for row in second.rows}
    pairs = [(row.rank, other[row.slug]) for row in first.rows if row.rank is not None and other.get(row.slug)]
    tau = kendall_tau([a for a, _ in pairs], [b or 0 for _, b in pairs])
    if tau is None:
        return "The two models cannot be compared: fewer than two problems are ranked by both."
    both = {row.slug for row in first.rows if row.rank and row.rank <= first.top}
    shared = both & {row.slug for row in second.rows if row.rank and row.rank <= second.top}
    return (
        f"The two models agree on {len(shared)} of the first {first.top} problems. Over all {len(pairs)} problems "
        f"ranked by both, Kendall's tau is {with_thousands(Fraction(tau).limit_denominator(1000), 2)}: 1 is full "
        "agreement, 0 none."
    )
