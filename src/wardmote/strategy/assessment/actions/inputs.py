"""Putting down what an assessment rests on beside figures, carrying out a recommendation, and last year's once more."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypeVar
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.strategy.assessment.models import Assessment, NeedsAssessment, Provision, ReviewLearning
from wardmote.strategy.assessment.queries.inputs import earlier_with_inputs
from wardmote.strategy.assessment.rules.inputs import LearningState, ReviewKind

from .refused import AssessmentRefused

Input = NeedsAssessment | ReviewLearning | Provision
Row = TypeVar("Row", NeedsAssessment, ReviewLearning, Provision)
# The required part that each kind of input fills.
PART_OF: dict[type[Input], str] = {
    NeedsAssessment: "needs-assessments",
    ReviewLearning: "reviews",
    Provision: "services",
}
KIND_OF: dict[type[Input], str] = {
    NeedsAssessment: "needs assessment",
    ReviewLearning: "learning",
    Provision: "provision",
}


@dataclass(frozen=True)
class GivenNeeds:
    """A needs assessment that was used; `findings` are those cited, `review_on` is its own review date."""

    title: str
    owner: str
    dated_on: date
    findings: str
    review_on: date | None = None
    reference: str = ""


@dataclass(frozen=True)
class GivenLearning:
    """One recommendation; `reference` tells nobody's name, `problem` is a slug of the assessment or empty."""

    kind: ReviewKind
    reference: str
    recommendation: str
    owner: str
    due_on: date
    problem: str = ""


@dataclass(frozen=True)
class GivenProvision:
    """A need and its service, or the gap; numbers need what they count, their period and their source."""

    need: str
    problem: str = ""
    service: str = ""
    provider: str = ""
    counted_as: str = ""
    capacity: int | None = None
    taken_up: int | None = None
    period: str = ""
    source: str = ""
    outcome: str = ""
    gap: str = ""


@transaction.atomic
def keep_needs(
    reader: Reader, assessment: Assessment, given: GivenNeeds, *, row: NeedsAssessment | None = None
) -> NeedsAssessment:
    """Put down a needs assessment that was used, or change what was put down."""
    kept = row or NeedsAssessment(assessment=assessment)
    others = assessment.needs_assessments.exclude(id=kept.id)
    if others.filter(title__iexact=given.title.strip()).exists():
        raise AssessmentRefused(f"{given.title.strip()} is put down already. Change that one.")
    if given.dated_on > timezone.localdate():
        raise AssessmentRefused("Its date lies in the future. Enter the day on which it was finished.")
    if given.review_on and given.review_on < given.dated_on:
        raise AssessmentRefused("Its review date lies before its own date. Check both.")
    return _keep(reader, assessment, kept, given)


@transaction.atomic
def keep_learning(
    reader: Reader, assessment: Assessment, given: GivenLearning, *, row: ReviewLearning | None = None
) -> ReviewLearning:
    """Put down a recommendation of a review, or change one that is open."""
    if row and row.state == LearningState.DONE:
        raise AssessmentRefused("This recommendation was carried out. Put down a new one if there is more to do.")
    return _keep(reader, assessment, row or ReviewLearning(assessment=assessment), given)


@transaction.atomic
def finish_learning(reader: Reader, learning: ReviewLearning, result: str, done_on: date) -> None:
    """Say what came of a recommendation, and on which day it was carried out."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    if learning.state == LearningState.DONE:
        raise AssessmentRefused("This recommendation is done already.")
    if not result.strip():
        raise AssessmentRefused("Say what came of it.")
    if done_on > timezone.localdate():
        raise AssessmentRefused("That day lies ahead: a recommendation is carried out when it has happened.")
    learning.state, learning.done_on, learning.result = LearningState.DONE, done_on, result.strip()
    learning.save()
    _lift_agreement(learning.assessment, ReviewLearning)
    record(reader, "finish", kind="learning", key=learning.id, changed=["done_on", "result", "state"])


@transaction.atomic
def keep_provision(
    reader: Reader, assessment: Assessment, given: GivenProvision, *, row: Provision | None = None
) -> Provision:
    """Put down a need with its service, or with the gap where none or too little meets it; or change it."""
    has_number = given.capacity is not None or given.taken_up is not None
    if not given.service.strip():
        if not given.gap.strip():
            raise AssessmentRefused("Name the service. If there is none, say what the gap is and how large.")
        if has_number or given.provider.strip() or given.outcome.strip():
            raise AssessmentRefused("Provider, numbers and outcome belong to a service: name it, or leave them empty.")
    if has_number and not (given.counted_as.strip() and given.period.strip() and given.source.strip()):
        raise AssessmentRefused("A number needs what it counts, its period and its source.")
    return _keep(reader, assessment, row or Provision(assessment=assessment), given)


@transaction.atomic
def remove_input(reader: Reader, row: Input) -> None:
    """Take an input out of its assessment."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    record(reader, "remove", kind=KIND_OF[type(row)], key=row.id)
    _lift_agreement(row.assessment, type(row))
    row.delete()


@transaction.atomic
def copy_forward(reader: Reader, assessment: Assessment) -> int:
    """Take over from the last assessment every kind of input of which this one has none; returns how many rows.

    Recommendations that were carried out stay behind.
    """
    reader.require(Permission.PREPARE_ASSESSMENT)
    before = earlier_with_inputs(assessment)
    copied = 0
    if before is not None:
        still = before.learning.filter(state=LearningState.OPEN)
        copied += _copy(before.needs_assessments.all(), assessment, is_empty=not assessment.needs_assessments.exists())
        copied += _copy(still, assessment, is_empty=not assessment.learning.exists())
        copied += _copy(before.provision.all(), assessment, is_empty=not assessment.provision.exists())
    if not copied:
        raise AssessmentRefused("There is nothing to copy: each kind is put down here already, or was not before.")
    record(reader, "copy", kind="assessment", key=assessment.id, changed=["learning", "needs", "provision"])
    return copied


def _copy(rows: Iterable[Input], assessment: Assessment, *, is_empty: bool) -> int:
    if not is_empty:
        return 0
    known = set(assessment.problems.values_list("slug", flat=True))
    copied = list(rows)
    for row in copied:
        row.id, row.assessment = uuid4(), assessment
        # A problem that is not assessed this time leaves its rows without one.
        if not isinstance(row, NeedsAssessment) and row.problem not in known:
            row.problem = ""
        row.save(force_insert=True)
        _lift_agreement(assessment, type(row))
    return len(copied)


def _keep(reader: Reader, assessment: Assessment, row: Row, given: GivenNeeds | GivenLearning | GivenProvision) -> Row:
    reader.require(Permission.PREPARE_ASSESSMENT)
    values = {name: value.strip() if type(value) is str else value for name, value in asdict(given).items()}
    problem = values.get("problem")
    if problem and not assessment.problems.filter(slug=problem).exists():
        raise AssessmentRefused("That problem is not in this assessment. Choose one that is.")
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    _lift_agreement(assessment, type(row))
    record(reader, "keep", kind=KIND_OF[type(row)], key=row.id, changed=list(values))
    return row


def _lift_agreement(assessment: Assessment, kind: type[Input]) -> None:
    """What a part says has changed: whoever agreed to it looks again."""
    assessment.parts.filter(code=PART_OF[kind]).update(agreed_on=None, agreed_by="")
