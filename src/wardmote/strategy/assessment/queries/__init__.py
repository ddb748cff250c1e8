"""Reading assessments: those of the reader's partnership, their problems, scores, decisions and analysis."""

import json
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.partnership.documents.queries import read_stored
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.models import AssessedProblem, Assessment, Score


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
    """Return every score given under a matrix that is not blank, with its problem and agency."""
    found = Score.objects.filter(problem__assessment=assessment, matrix=matrix, value__isnull=False)
    return list(found.select_related("problem", "agency").order_by("problem__slug", "criterion", "scored_at"))


def own_scores(reader: Reader, problem: AssessedProblem, matrix: str) -> dict[str, Score]:
    """Return the reader's own scores of a problem by criterion; nobody else's."""
    return {score.criterion: score for score in problem.scores.filter(matrix=matrix, scorer_key=reader.key)}


def scored_by_reader(reader: Reader, assessment: Assessment, matrix: str) -> dict[str, int]:
    """Return for each problem's slug how many criteria the reader has scored."""
    own = Score.objects.filter(
        problem__assessment=assessment, matrix=matrix, scorer_key=reader.key, value__isnull=False
    )
    counted = own.values("problem__slug").annotate(n=Count("id"))
    return {row["problem__slug"]: row["n"] for row in counted}


def scorers_of(assessment: Assessment, matrix: str) -> int:
    """Return how many people have scored anything under a matrix."""
    given = Score.objects.filter(problem__assessment=assessment, matrix=matrix, value__isnull=False)
    return given.values("scorer_key").distinct().count()


def undecided_count(assessment: Assessment) -> int:
    """Return how many problems of an assessment have no decision."""
    return assessment.problems.filter(decision__isnull=True).count()
