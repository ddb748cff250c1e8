"""The assessment or problem that an address names, for the reader who asks; not found where it is another's."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from wardmote.access.routes import reader_of
from wardmote.strategy.assessment.models import AssessedProblem, Assessment
from wardmote.strategy.assessment.queries import analysis_of, assessment_for, problem_for


def assessment_of(request: HttpRequest, key: UUID) -> Assessment:
    """Return an assessment of the reader's partnership."""
    try:
        return assessment_for(reader_of(request), key)
    except Assessment.DoesNotExist:
        raise Http404 from None


def problem_of(request: HttpRequest, key: UUID, slug: str) -> AssessedProblem:
    """Return a problem of an assessment of the reader's partnership."""
    try:
        return problem_for(reader_of(request), assessment_of(request, key), slug)
    except AssessedProblem.DoesNotExist:
        raise Http404 from None


def analysed_of(request: HttpRequest, key: UUID) -> tuple[Assessment, dict[str, Any]]:
    """Return an assessment of the reader's partnership with its analysis; not found before there is one."""
    assessment = assessment_of(request, key)
    analysis = analysis_of(assessment)
    if analysis is None:
        raise Http404
    return assessment, analysis
