"""Asking an agency for a paragraph, signing one, and accepting it into the profile or asking again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import NotAllowed, Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import agencies_of
from wardmote.strategy.assessment.models import AssessedProblem, PartnerParagraph, PartnerQuestion
from wardmote.strategy.assessment.queries.partners import question_view
from wardmote.strategy.assessment.rules.profile import QuestionState

from .refused import AssessmentRefused


@dataclass(frozen=True)
class GivenQuestion:
    """What is asked, of which agency of the partnership, and by when."""

    agency: UUID
    question: str
    due_on: date


@dataclass(frozen=True)
class GivenPaper:
    """A paragraph on paper: its words, the post that signed it (without its agency), and the day on it."""

    text: str
    signed_post: str
    paper_on: date


@transaction.atomic
def ask_partner(reader: Reader, problem: AssessedProblem, given: GivenQuestion) -> PartnerQuestion:
    """Ask an agency for a paragraph about a problem; from then on it stands on the home page of its people."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    agency = agencies_of(reader).filter(id=given.agency).first()
    if agency is None:
        raise AssessmentRefused("Choose an agency of your partnership.")
    if not given.question.strip():
        raise AssessmentRefused("Enter the question.")
    if given.due_on < timezone.localdate():
        raise AssessmentRefused("Give them until today or later.")
    if problem.questions.filter(agency=agency, question=given.question.strip(), paragraphs__isnull=True).exists():
        raise AssessmentRefused(f"{agency.name} has been asked this already, and has not answered yet.")
    row = PartnerQuestion.objects.create(
        problem=problem,
        agency=agency,
        question=given.question.strip(),
        due_on=given.due_on,
        asked_at=timezone.now(),
        asked_by_key=reader.key,
        asked_by_post=reader.post,
    )
    record(reader, "ask", kind="question", key=row.id, changed=["agency", "due_on", "question"])
    return row


@transaction.atomic
def sign_paragraph(reader: Reader, question: PartnerQuestion, text: str) -> PartnerParagraph:
    """Keep a paragraph signed by the reader's agency and post; earlier ones stay as they are.

    Raises NotAllowed for anybody of another agency: nobody signs for others, not even who asked.
    """
    reader.require(Permission.SEE_ASSESSMENT)
    locked = PartnerQuestion.objects.select_for_update().get(id=question.id)
    if reader.agency is None or locked.agency_id != reader.agency:
        raise NotAllowed(Permission.SEE_ASSESSMENT)
    row = _new_paragraph(reader, locked, text)
    row.signed_post = reader.post
    row.save()
    record(reader, "sign", kind="paragraph", key=row.id, changed=["signed_post", "text"])
    return row


@transaction.atomic
def key_paper(reader: Reader, question: PartnerQuestion, given: GivenPaper) -> PartnerParagraph:
    """Keep a paragraph that an agency signed on paper, with the post and the day on it and the post that keyed it.

    Raises AssessmentRefused where it says no post, or its day lies ahead.
    """
    reader.require(Permission.PREPARE_ASSESSMENT)
    locked = PartnerQuestion.objects.select_for_update().get(id=question.id)
    if not given.signed_post.strip():
        raise AssessmentRefused("Enter the post that signed it. Without one it is nobody's word: ask the agency.")
    if given.paper_on > timezone.localdate():
        raise AssessmentRefused("That day lies ahead: enter the day on the paper.")
    row = _new_paragraph(reader, locked, given.text)
    row.signed_post = f"{given.signed_post.strip()}, {locked.agency.name}"
    row.paper_on, row.keyed_by_post = given.paper_on, reader.post
    row.save()
    record(reader, "key", kind="paragraph", key=row.id, changed=["keyed_by_post", "paper_on", "signed_post", "text"])
    return row


def _new_paragraph(reader: Reader, question: PartnerQuestion, text: str) -> PartnerParagraph:
    """Return the next paragraph of a question, not kept yet; refuses an empty one and the same one sent twice."""
    if not text.strip():
        raise AssessmentRefused("Write your paragraph.")
    newest = question.paragraphs.order_by("-number").first()
    if newest and newest.returned_at is None and newest.text == text.strip():
        raise AssessmentRefused("This very paragraph stands here already. Change it, or leave it as it is.")
    number = newest.number + 1 if newest else 1
    return PartnerParagraph(
        question=question, number=number, text=text.strip(), signed_at=timezone.now(), signed_by_key=reader.key
    )


@transaction.atomic
def accept_paragraph(reader: Reader, question: PartnerQuestion) -> None:
    """Take the newest paragraph into the profile, as it was signed."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    row = _answered(question)
    row.accepted_at, row.accepted_by_post = timezone.now(), reader.post
    row.save(update_fields=["accepted_at", "accepted_by_post"])
    record(reader, "accept", kind="paragraph", key=row.id, changed=["accepted_at", "accepted_by_post"])


@transaction.atomic
def ask_again(reader: Reader, question: PartnerQuestion, *, why: str, due_on: date) -> None:
    """Send the newest paragraph back with the reason, and wait for another until a new day."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    row = _answered(question)
    if not why.strip():
        raise AssessmentRefused("Say what is missing, so that they know what to write.")
    if due_on < timezone.localdate():
        raise AssessmentRefused("Give them until today or later.")
    row.returned_at, row.returned_why = timezone.now(), why.strip()
    row.save(update_fields=["returned_at", "returned_why"])
    question.due_on = due_on
    question.save(update_fields=["due_on"])
    record(reader, "return", kind="paragraph", key=row.id, changed=["due_on", "returned_at", "returned_why"])


@transaction.atomic
def withdraw_question(reader: Reader, question: PartnerQuestion) -> None:
    """Take back a question that nobody has answered."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    locked = PartnerQuestion.objects.select_for_update().get(id=question.id)
    if locked.paragraphs.exists():
        raise AssessmentRefused("It has been answered: what was signed stays.")
    record(reader, "withdraw", kind="question", key=locked.id)
    locked.delete()


def _answered(question: PartnerQuestion) -> PartnerParagraph:
    """Return the newest paragraph where it waits to be read; refuses where it does not."""
    locked = PartnerQuestion.objects.select_for_update().get(id=question.id)
    view = question_view(locked, today=timezone.localdate())
    if view.state is not QuestionState.ANSWERED or view.newest is None:
        raise AssessmentRefused("No paragraph waits to be read. Look at the question again.")
    return view.newest
