"""Reading assessments: those of the reader's partnership, their problems, scores, decisions and analysis."""

import json
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.documents.queries import read_stored
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.models import AssessedProblem, Assessment, Score
from wardmote.strategy.assessment.rules import AssessmentState


def assessments_for(reader: Reader) -> QuerySet[Assessment]:
    """Return the assessments of the reader's partnership, newest first."""
    reader.require(Permission.SEE_ASSESSMENT)
    return Assessment.objects.filter(partnership=partnership_of(reader)).select_related("partnership")


def assessment_for(reader: Reader, key: UUID) -> Assessment:
    """Return one assessment, or raise Assessment.DoesNotExist where it is another partnership's."""
    return assessments_for(reader).get(id=key)


def problem_for(reader: Reader, assessment: Assessment, slug: str) -> AssessedProblem:
    """Return one problem of an assessment, or raise AssessedProblem.DoesNotExist."""
    reader.require(Permission.SEE_ASSESSMENT)
    return assessment.problems.select_related("assessment", "decision").get(slug=slug)


def analysis_of(assessment: Assessment) -> dict[str, Any] | None:
    """Return the analysis as it was kept, or None before there is one."""
    if not assessment.analysis_sha256:
        return None
    content: dict[str, Any] = json.loads(read_stored(assessment.analysis_sha256))
    return content


def scores_of(assessment: Assessment, matrix: str) -> list[Score]:
    """Return every first answer given under a matrix, with its problem."""
    found = Score.objects.filter(problem__assessment=assessment, matrix=matrix)
    return list(found.select_related("problem").order_by("problem__slug", "criterion", "scored_at", "id"))


def own_scores(reader: Reader, problem: AssessedProblem, matrix: str) -> dict[str, Score]:
    """Return the reader's own answers about a problem by criterion; nobody else's."""
    return scores_of_scorer(problem, matrix, reader.key)


def scores_of_scorer(problem: AssessedProblem, matrix: str, scorer: UUID) -> dict[str, Score]:
    """Return one scorer's answers about a problem by criterion; an agency is the scorer of a sheet entered for it."""
    return {score.criterion: score for score in problem.scores.filter(matrix=matrix, scorer_key=scorer)}


def scored_by_reader(reader: Reader, assessment: Assessment, matrix: str) -> dict[str, int]:
    """Return for each problem's slug how many criteria the reader has answered."""
    return answered_by(assessment, matrix, reader.key)


def answered_by(assessment: Assessment, matrix: str, scorer: UUID) -> dict[str, int]:
    """Return for each problem's slug how many criteria one scorer has answered."""
    own = Score.objects.filter(problem__assessment=assessment, matrix=matrix, scorer_key=scorer)
    counted = own.values("problem__slug").annotate(n=Count("id"))
    return {row["problem__slug"]: row["n"] for row in counted}


def has_given(reader: Reader, problem: AssessedProblem, matrix: str) -> bool:
    """Whether the reader, or somebody for their agency, has answered every criterion of a problem."""
    wanted = len(matrix_named(matrix).criteria)
    keys = [key for key in (reader.key, reader.agency) if key]
    counted = problem.scores.filter(matrix=matrix, scorer_key__in=keys).values("scorer_key").annotate(n=Count("id"))
    return any(row["n"] >= wanted for row in counted)


def was_entered(problem: AssessedProblem, matrix: str, agency: UUID) -> bool:
    """Whether somebody has entered an agency's scores of a problem for it."""
    return problem.scores.filter(matrix=matrix, scorer_key=agency).exists()


def own_people_scored(problem: AssessedProblem, matrix: str, agency: UUID) -> bool:
    """Whether an agency's own people have scored a problem."""
    return problem.scores.filter(matrix=matrix, agency_id=agency).exclude(scorer_key=agency).exists()


def entered_and_seen(reader: Reader, problem: AssessedProblem, matrix: str, agency: UUID) -> dict[str, Score]:
    """Return the answers entered for an agency, so far as the reader may see them.

    While everyone scores apart these are the ones they entered themselves: who runs the session may be a scorer too.
    """
    entered = scores_of_scorer(problem, matrix, agency)
    if problem.assessment.state != AssessmentState.SCORING:
        return entered
    return {code: score for code, score in entered.items() if score.entered_by_key == reader.key}


def scorers_of(assessment: Assessment, matrix: str) -> int:
    """Return how many have answered anything under a matrix."""
    given = Score.objects.filter(problem__assessment=assessment, matrix=matrix)
    return given.values("scorer_key").distinct().count()


def undecided_count(assessment: Assessment) -> int:
    """Return how many problems of an assessment have no decision."""
    return assessment.problems.filter(decision__isnull=True).count()
