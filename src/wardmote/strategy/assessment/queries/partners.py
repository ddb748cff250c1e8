"""Questions to partners and their paragraphs: an agency sees its own, whoever prepares the assessment sees all."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import NOBODY, Reader
from wardmote.partnership.members.models import Appointment
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.models import AssessedProblem, Assessment, PartnerParagraph, PartnerQuestion
from wardmote.strategy.assessment.rules.profile import QuestionState, is_overdue, question_state


@dataclass(frozen=True)
class QuestionView:
    """A question with the paragraphs given to it, the newest first, and where it stands."""

    question: PartnerQuestion
    paragraphs: tuple[PartnerParagraph, ...]
    state: QuestionState
    is_overdue: bool

    @property
    def newest(self) -> PartnerParagraph | None:
        """The paragraph that counts."""
        return self.paragraphs[0] if self.paragraphs else None


def questions_for(reader: Reader) -> QuerySet[PartnerQuestion]:
    """Return the questions of the reader's partnership that they may see: all, or those to their own agency."""
    reader.require(Permission.SEE_ASSESSMENT)
    found = PartnerQuestion.objects.filter(problem__assessment__partnership=partnership_of(reader))
    if not reader.may(Permission.PREPARE_ASSESSMENT):
        found = found.filter(agency_id=reader.agency or NOBODY)
    return found.select_related("agency", "problem__assessment").prefetch_related("paragraphs")


def question_for(reader: Reader, assessment: Assessment, key: UUID) -> PartnerQuestion:
    """Return one question of an assessment, or raise PartnerQuestion.DoesNotExist where the reader may not see it."""
    return questions_for(reader).get(problem__assessment=assessment, id=key)


def somebody_can_answer(agency: UUID, *, today: date) -> bool:
    """Whether anybody is appointed at an agency today, so that a question to it has a home page to stand on."""
    return bool(Appointment.objects.current(today).filter(agency_id=agency).exists())


def questions_about(reader: Reader, problem: AssessedProblem, *, today: date) -> list[QuestionView]:
    """Return what was asked about a problem, so far as the reader may see it, the first due first."""
    return [question_view(one, today=today) for one in questions_for(reader).filter(problem=problem)]


def unanswered_questions(
    reader: Reader, *, today: date, assessment: Assessment | None = None, agency: UUID | None = None
) -> list[QuestionView]:
    """Return the questions that wait for an agency's answer, the first due first; a reminder asks this again when sent.

    Those of an assessment that has been issued are left out: nobody waits for them any more.
    """
    found = questions_for(reader).filter(problem__assessment__published__isnull=True)
    if assessment is not None:
        found = found.filter(problem__assessment=assessment)
    if agency is not None:
        found = found.filter(agency_id=agency)
    views = [question_view(one, today=today) for one in found]
    return [view for view in views if view.state is QuestionState.WAITING]


def answers_to_read(reader: Reader, *, today: date) -> list[QuestionView]:
    """Return the questions whose newest paragraph waits to be accepted or sent back, for those who prepare."""
    if not reader.may(Permission.PREPARE_ASSESSMENT):
        return []
    found = questions_for(reader).filter(problem__assessment__published__isnull=True)
    views = [question_view(one, today=today) for one in found]
    return [view for view in views if view.state is QuestionState.ANSWERED]


def question_view(question: PartnerQuestion, *, today: date) -> QuestionView:
    """Return a question with its paragraphs and where it stands."""
    paragraphs = tuple(sorted(question.paragraphs.all(), key=lambda one: -one.number))
    newest = paragraphs[0] if paragraphs else None
    state = question_state(
        has_paragraph=newest is not None,
        is_accepted=bool(newest and newest.accepted_at),
        is_returned=bool(newest and newest.returned_at),
    )
    return QuestionView(question, paragraphs, state, is_overdue(state, question.due_on, today=today))
