"""Reading consultations and survey series of the reader's partnership."""

from uuid import UUID

from django.db.models import QuerySet

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.consultation.models import Consultation, Question, Series


def consultations_for(reader: Reader) -> QuerySet[Consultation]:
    """Return the consultations of the reader's partnership, newest first."""
    reader.require(Permission.SEE_EVIDENCE)
    return Consultation.objects.filter(partnership=partnership_of(reader))


def consultation_for(reader: Reader, key: UUID) -> Consultation:
    """Return one consultation, or raise Consultation.DoesNotExist where it is another partnership's."""
    return consultations_for(reader).get(id=key)


def question_for(reader: Reader, key: UUID) -> Question:
    """Return one question, or raise Question.DoesNotExist where it is another partnership's."""
    reader.require(Permission.SEE_EVIDENCE)
    return Question.objects.select_related("consultation").get(id=key, consultation__partnership=partnership_of(reader))


def series_for(reader: Reader) -> QuerySet[Series]:
    """Return the survey series of the reader's partnership with their waves."""
    reader.require(Permission.SEE_EVIDENCE)
    return Series.objects.filter(partnership=partnership_of(reader)).prefetch_related("waves")
