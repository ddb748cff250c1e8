"""The ranking of an assessment under one matrix: agreed or middle scores, ranks with ties, and how firm they are."""

from dataclasses import dataclass, replace
from fractions import Fraction

from wardmote.analytics.measures.scoring import Scored, score, spread
from wardmote.analytics.measures.stress import Doubt, Draws, Placing, kendall_tau, stress
from wardmote.definitions import Group, Matrix
from wardmote.definitions import matrix as matrix_named
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS

from .panel import ProblemPanel, panel_of
from .weak import weak_evidence

DRAWS = 5000
# The same seed for every assessment: whoever repeats the test gets the same answer.
SEED = 1998


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
    basis_words: str
    confidence_words: str
    second_axis_words: tuple[str, ...] = ()
    # Where a source of its figures is weak: the warning that stands beside the score.
    evidence_words: str = ""
    # What it was ranked by, criterion by criterion, and the places that it takes in nine of ten draws.
    points: tuple[Fraction | None, ...] = ()
    place: Placing | None = None


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
    second_axes: tuple[str, ...] = ()
    combine_words: str = ""


def ranking_of(assessment: Assessment, slug: str) -> Ranking:
    """Return the ranking of an assessment's problems; a problem with a criterion nobody scored has no rank."""
    matrix = matrix_named(slug)
    titles = {problem.slug: problem.title for problem in assessment.problems.all()}
    panel = panel_of(assessment, slug)
    scores = {problem: panel[problem].counted(matrix) for problem in sorted(titles)}
    firm = stress(matrix, scores, top=assessment.top, doubts=_doubts(matrix, panel), draws=Draws(DRAWS, SEED))
    places = {placing.problem: placing for placing in firm.placings}
    weak = weak_evidence(assessment)
    rows = [
        replace(
            _row(matrix, titles[one.problem], one, panel[one.problem], places.get(one.problem)),
            evidence_words=weak.get(one.problem, ""),
        )
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
        second_axes=tuple(group.label for group in _second_axes(matrix)),
        combine_words=COMBINE_WORDS[matrix.combine],
    )


COMBINE_WORDS = {
    "weighted_sum": "The points of the criteria are added up.",
    "product_of_groups": "The points are added up within each group, and the groups are multiplied.",
    "product_plus_offset": "The points are added up within each group; some groups are multiplied, others added.",
}


def _second_axes(matrix: Matrix) -> list[Group]:
    return [group for group in matrix.groups if group.use == "second_axis"]


def _doubts(matrix: Matrix, panel: dict[str, ProblemPanel]) -> dict[tuple[str, str], Doubt]:
    found = {
        (problem, one.code): given.doubt(matrix, one.code) for problem, given in panel.items() for one in matrix.counted
    }
    return {key: doubt for key, doubt in found.items() if doubt is not None}


def _row(matrix: Matrix, title: str, one: Scored, given: ProblemPanel, place: Placing | None) -> RankedProblem:
    return RankedProblem(
        slug=one.problem,
        title=title,
        rank=one.rank,
        rank_words=_rank_words(matrix, one),
        score_words="" if one.normalised is None else with_thousands(one.normalised, 1),
        scorers=given.scorers,
        firmness_words=_firmness_words(place),
        contribution_words=tuple(points_words(one.contributions[criterion.code]) for criterion in matrix.criteria),
        spread_words=_spread_words(matrix, given),
        basis_words="" if one.rank is None and not given.agreed else basis_words(given),
        confidence_words=CONFIDENCE_WORDS[given.agreed.confidence] if given.agreed else "",
        second_axis_words=tuple(_axis_words(matrix, group, one) for group in _second_axes(matrix)),
        points=tuple(one.contributions[criterion.code] for criterion in matrix.criteria),
        place=place,
    )


AGREED, MIDDLE, FIGURES = "agreed by the panel", "middle of the first scores", "the figures alone: nobody scored it"


def basis_words(given: ProblemPanel) -> str:
    """Return on what the scores of a problem rest; figures alone are no judgement of the panel."""
    if given.agreed:
        return AGREED
    return MIDDLE if given.scorers else FIGURES


def _axis_words(matrix: Matrix, group: Group, one: Scored) -> str:
    total = one.second_axis[group.code]
    most = sum(criterion.maximum for criterion in matrix.of_group(group.code))
    return "not scored" if total is None else f"{points_words(total)} of {most}"


def _rank_words(matrix: Matrix, one: Scored) -> str:
    if one.rank is None:
        return f"not ranked: {len(one.missing)} of {len(matrix.counted)} criteria not scored"
    return f"{one.rank}=" if one.tied_with else str(one.rank)


def _firmness_words(place: Placing | None) -> str:
    if place is None:
        return ""
    percent = with_thousands(Fraction(place.probability) * 100, 1)
    return f"{place.firmness} ({percent}% of draws, places {place.best_rank} to {place.worst_rank})"


def points_words(part: Fraction | None) -> str:
    """Return the points of a criterion as they are printed."""
    if part is None:
        return "missing"
    return with_thousands(part, 0 if part.denominator == 1 else 1 if part >= 1 else 2)


def _spread_words(matrix: Matrix, given: ProblemPanel) -> str:
    spreads = [found for one in matrix.criteria if (found := spread(given.values(one.code)))]
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
