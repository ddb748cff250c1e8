"""What the assessment has people told: scoring is open, the day is near, an assessment is due, a partner was asked."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from wardmote.access.permissions import Permission, Role
from wardmote.access.readers import NOBODY, Reader
from wardmote.partnership.members.models import Appointment, YearDate
from wardmote.partnership.members.queries import appointments_with_role, reader_by_key
from wardmote.partnership.members.rules import KeyDate
from wardmote.partnership.notices.rules import Again, Due, NoticeKind
from wardmote.strategy.assessment.models import Assessment, PartnerQuestion
from wardmote.strategy.assessment.rules import NOT_SCORING, AssessmentState
from wardmote.strategy.assessment.rules.cycles import DueState
from wardmote.strategy.assessment.rules.profile import QuestionState

from .cycles import due_in
from .partners import question_view
from .session import given_in_every_matrix

# The last working week before the scoring day.
NEAR = timedelta(days=5)


def _open(partnership: UUID | None) -> list[Assessment]:
    return list(Assessment.objects.filter(partnership=partnership, state=AssessmentState.SCORING))


def _has_to_score(reader: Reader, assessment: Assessment) -> bool:
    """Whether the reader's agency takes part with scores and has not answered every problem."""
    if assessment.attendance.filter(agency=reader.agency, presence__in=list(NOT_SCORING)).exists():
        return False
    return len(given_in_every_matrix(reader, assessment)) < assessment.problems.count()


def _find_scoring(partnership: UUID, today: date) -> Iterable[Due]:
    found = _open(partnership)
    if not found:
        return
    for held in appointments_with_role(partnership, [Role.SCORER], today=today):
        reader = reader_by_key(held.account_id, appointment=held.id, today=today)
        yield from (Due(held.id, one.id) for one in found if _has_to_score(reader, one))


def _decide_scoring(reader: Reader, thing: UUID, today: date) -> Again:
    reader.require(Permission.SCORE_PROBLEMS)
    assessment = Assessment.objects.filter(id=thing, partnership=reader.partnership).first()
    if assessment is None:
        return Again.NOT_YOURS
    is_open = assessment.state == AssessmentState.SCORING
    return Again.WAITS if is_open and _has_to_score(reader, assessment) else Again.ANSWERED


def _day_is_near(partnership: UUID | None, today: date) -> bool:
    days = YearDate.objects.filter(partnership=partnership, kind=KeyDate.SCORING_DAY)
    return days.filter(on__gte=today, on__lte=today + NEAR).exists()


def _find_near(partnership: UUID, today: date) -> Iterable[Due]:
    return _find_scoring(partnership, today) if _day_is_near(partnership, today) else []


def _decide_near(reader: Reader, thing: UUID, today: date) -> Again:
    if not _day_is_near(reader.partnership, today):
        return Again.ANSWERED
    return _decide_scoring(reader, thing, today)


SCORING_OPEN = NoticeKind(
    one="Scoring is open, and you have not scored every problem",
    many="{n} assessments are open for scoring, and you have not scored every problem",
    find=_find_scoring,
    decide=_decide_scoring,
    url=lambda thing: reverse("assessment:scoring", args=[thing]),
)
SCORING_DAY_NEAR = NoticeKind(
    one="The scoring day is near",
    many="{n} scoring days are near",
    find=_find_near,
    decide=_decide_near,
    url=lambda thing: reverse("assessment:scoring", args=[thing]),
)


def _is_due(partnership: UUID, today: date) -> bool:
    return due_in(partnership, today=today).state in (DueState.SOON, DueState.OVERDUE)


def _find_due(partnership: UUID, today: date) -> Iterable[Due]:
    """Return everybody who prepares an assessment, where the next one is due within a month or overdue."""
    if not _is_due(partnership, today):
        return []
    held = appointments_with_role(partnership, [Role.MANAGER, Role.ANALYST], today=today)
    return [Due(appointment, partnership) for appointment in held.values_list("id", flat=True)]


def _decide_due(reader: Reader, thing: UUID, today: date) -> Again:
    reader.require(Permission.PREPARE_ASSESSMENT)
    if thing != reader.partnership:
        return Again.NOT_YOURS
    return Again.WAITS if _is_due(thing, today) else Again.ANSWERED


ASSESSMENT_DUE = NoticeKind(
    one="The next assessment is due",
    many="{n} assessments are due",
    find=_find_due,
    decide=_decide_due,
    url=lambda thing: reverse("assessment:register"),
)


def _waiting_questions(partnership: UUID | None) -> list[PartnerQuestion]:
    found = PartnerQuestion.objects.filter(
        problem__assessment__partnership=partnership, problem__assessment__published__isnull=True
    ).prefetch_related("paragraphs")
    return [one for one in found if question_view(one, today=one.due_on).state is QuestionState.WAITING]


def _find_questions(partnership: UUID, today: date) -> Iterable[Due]:
    """Return everybody of an agency that was asked and has not answered."""
    for question in _waiting_questions(partnership):
        held = Appointment.objects.current(today).filter(agency_id=question.agency_id)
        yield from (Due(appointment, question.id) for appointment in held.values_list("id", flat=True))


def _decide_question(reader: Reader, thing: UUID, today: date) -> Again:
    reader.require(Permission.SEE_ASSESSMENT)
    question = PartnerQuestion.objects.filter(id=thing, agency_id=reader.agency or NOBODY).first()
    if question is None:
        return Again.NOT_YOURS
    waiting = {one.id for one in _waiting_questions(reader.partnership)}
    return Again.WAITS if question.id in waiting else Again.ANSWERED


def _question_url(thing: UUID) -> str:
    question = PartnerQuestion.objects.select_related("problem").get(id=thing)
    return reverse("assessment:question", args=[question.problem.assessment_id, thing])


QUESTION_WAITS = NoticeKind(
    one="Your agency was asked for a paragraph",
    many="Your agency was asked for {n} paragraphs",
    find=_find_questions,
    decide=_decide_question,
    url=_question_url,
)
