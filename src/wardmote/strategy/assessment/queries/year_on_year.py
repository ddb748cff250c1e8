"""The assessment before this one: its ranking beside ours, and its forecasts, to be held against what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.measures.stress import Firmness
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.rules import AssessmentState
from wardmote.strategy.assessment.rules.year_on_year import Held, Move, Ranked, held_places, moves_between

from . import analysis_of
from .ranking import RankedProblem, Ranking, ranking_of


@dataclass(frozen=True)
class LastAssessment:
    """What is told of the assessment before this one.

    `moves` is empty where it was not ranked under the same matrix, and `why_not` says so. `forecasts` are those that it
    kept, by problem: counts expected month by month and in the year.
    """

    title: str
    matrix: str
    top: int
    moves: tuple[Move, ...]
    held: tuple[Held, ...]
    forecasts: Mapping[str, Mapping[str, Any]]
    why_not: str = ""


def last_assessment(assessment: Assessment, rankings: Sequence[Ranking]) -> LastAssessment | None:
    """Return what the assessment before this one said, beside the first ranking of this one, or None."""
    earlier = _before(assessment)
    if earlier is None:
        return None
    now = next((ranking for ranking in rankings if ranking.matrix in (earlier.matrix, earlier.second_matrix)), None)
    if now is None or not any(row.rank for row in now.rows):
        why = "It was not scored under the same matrix: ranks cannot be compared." if rankings else ""
        return LastAssessment(earlier.title, "", 0, (), (), _forecasts(earlier), why)
    then = ranking_of(earlier, now.matrix)
    moves = moves_between(_ranked(then), _ranked(now))
    held = tuple(
        held_places(moves, firmness=str(firmness), top=now.top) for firmness in (Firmness.ALWAYS, Firmness.OUT)
    )
    return LastAssessment(earlier.title, now.title, now.top, moves, held, _forecasts(earlier))


def _before(assessment: Assessment) -> Assessment | None:
    """Return the newest assessment with an earlier date whose ranking is open."""
    others = assessment.partnership.assessments.filter(as_at__lt=assessment.as_at, state=AssessmentState.DECIDING)
    return others.order_by("as_at", "created_at").last()


def _ranked(ranking: Ranking) -> list[Ranked]:
    return [_one(row, ranking.criteria) for row in ranking.rows]


def _one(row: RankedProblem, criteria: Sequence[str]) -> Ranked:
    found = Ranked(row.slug, row.title, row.rank, dict(zip(criteria, row.points, strict=True)))
    if row.place is None:
        return found
    place = row.place
    return Ranked(row.slug, row.title, row.rank, found.points, str(place.firmness), place.best_rank, place.worst_rank)


def _forecasts(earlier: Assessment) -> dict[str, Mapping[str, Any]]:
    problems = (analysis_of(earlier) or {}).get("problems", [])
    return {one["slug"]: one["forecast"] for one in problems if (one.get("forecast") or {}).get("months")}
