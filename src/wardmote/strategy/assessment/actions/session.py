"""The session: its stages, who took part, and what was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.actions import record
from wardmote.definitions import matrix as matrix_named
from wardmote.partnership.members.queries import chair_is_vacant
from wardmote.strategy.assessment.models import (
    AgreedScore,
    Agreement,
    AssessedProblem,
    Assessment,
    Attendance,
    StageEntered,
)
from wardmote.strategy.assessment.rules import AssessmentState, Confidence, Presence, may_move, may_open_ranking

from .refused import AssessmentRefused


@dataclass(frozen=True)
class GivenAgreement:
    """What was agreed about a problem: a score for each criterion, None where nobody knows; how sure, and why."""

    scores: Mapping[str, int | None]
    confidence: Confidence
    reason: str


@dataclass(frozen=True)
class GivenAttendance:
    """How an agency took part, and as which post; None takes back what was said before."""

    agency: UUID
    presence: Presence | None
    post: str = ""


@transaction.atomic
def move_assessment(reader: Reader, assessment: Assessment, then: AssessmentState) -> None:
    """Open scoring, open the discussion, open the ranking (the chair), or open the discussion again."""
    _require_mover(reader, assessment, then)
    locked = Assessment.objects.select_for_update().get(id=assessment.id)
    if not may_move(AssessmentState(locked.state), then):
        raise AssessmentRefused("The assessment has moved on since you opened this page. Look at where it stands now.")
    if then is AssessmentState.SCORING and not locked.analysis_sha256:
        raise AssessmentRefused("The evidence has not been analysed yet. Scoring opens when it has.")
    locked.state = then
    locked.save(update_fields=["state"])
    assessment.state = then
    StageEntered.objects.create(
        assessment=locked,
        state=then,
        entered_at=timezone.now(),
        entered_by_key=reader.key,
        entered_by_post=reader.post,
    )
    record(reader, "move", kind="assessment", key=assessment.id, changed=["state"])


def _require_mover(reader: Reader, assessment: Assessment, then: AssessmentState) -> None:
    if then is not AssessmentState.DECIDING:
        reader.require(Permission.PREPARE_ASSESSMENT)
    elif not may_open_ranking(
        holds_permission=reader.may(Permission.OPEN_RANKING),
        prepares=reader.may(Permission.PREPARE_ASSESSMENT),
        chair_is_vacant=chair_is_vacant(assessment.partnership, today=timezone.localdate()),
    ):
        raise NotAllowed(Permission.OPEN_RANKING)


@transaction.atomic
def agree(reader: Reader, problem: AssessedProblem, matrix: str, given: GivenAgreement) -> Agreement:
    """Record what the panel agreed about a problem; first scores stay beside it. Agreeing again replaces it."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    now = Assessment.objects.select_for_update().get(id=problem.assessment_id)
    if now.state != AssessmentState.DISCUSSING:
        raise AssessmentRefused(
            "The discussion is closed, so nothing was kept. What you entered still stands here: ask the chair to open "
            "the discussion again, then send it."
        )
    if not given.reason.strip():
        raise AssessmentRefused("Write down in a line why the panel agreed on this.")
    _check_agreed(matrix, given)
    agreement, _ = Agreement.objects.update_or_create(
        problem=problem,
        matrix=matrix,
        defaults={
            "confidence": given.confidence,
            "reason": given.reason.strip(),
            "agreed_at": timezone.now(),
            "recorded_by_key": reader.key,
        },
    )
    agreement.scores.all().delete()
    AgreedScore.objects.bulk_create(
        AgreedScore(agreement=agreement, criterion=code, value=value) for code, value in given.scores.items()
    )
    changed = ["confidence", "reason", *(f"{matrix}:{code}" for code in given.scores)]
    record(reader, "agree", kind="problem", key=problem.id, changed=changed)
    return agreement


def _check_agreed(matrix: str, given: GivenAgreement) -> None:
    criteria = {one.code: one for one in matrix_named(matrix).criteria}
    if set(given.scores) != set(criteria):
        raise AssessmentRefused("Agree on every criterion, or say that nobody knows.")
    for code, value in given.scores.items():
        if value is not None and not criteria[code].minimum <= value <= criteria[code].maximum:
            raise AssessmentRefused("That score is not on the scale. Reload the page and agree again.")


@transaction.atomic
def record_attendance(reader: Reader, assessment: Assessment, given: Sequence[GivenAttendance]) -> None:
    """Record how each agency took part; recording again replaces what was said of that agency."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    if not set(assessment.partnership.agencies.values_list("id", flat=True)) >= {one.agency for one in given}:
        raise AssessmentRefused("An agency in this list is not of your partnership. Reload the page.")
    taken_back = [one.agency for one in given if one.presence is None]
    assessment.attendance.filter(agency_id__in=taken_back).delete()
    for one in given:
        if one.presence is None:
            continue
        Attendance.objects.update_or_create(
            assessment=assessment,
            agency_id=one.agency,
            defaults={
                "presence": one.presence,
                "post": one.post.strip(),
                "recorded_by_key": reader.key,
                "recorded_at": timezone.now(),
            },
        )
    record(reader, "attendance", kind="assessment", key=assessment.id, changed=[str(one.agency) for one in given])
