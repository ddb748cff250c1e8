"""Putting down earlier assessments, and how often the partnership assesses."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.assessment.models import AssessmentCycle, EarlierAssessment
from wardmote.strategy.assessment.rules.cycles import CycleKind

from .refused import AssessmentRefused


@dataclass(frozen=True)
class GivenEarlier:
    """What is said of an earlier assessment; `reference` is where it is kept, `plan` the plan that cites it."""

    kind: CycleKind
    title: str
    covers_from: date
    covers_to: date
    approved_on: date
    approved_by: str
    reference: str = ""
    plan: str = ""


@transaction.atomic
def put_down_earlier(
    reader: Reader, given: GivenEarlier, *, earlier: EarlierAssessment | None = None
) -> EarlierAssessment:
    """Put down an assessment that was approved before or elsewhere, or change what was put down."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    partnership = partnership_of(reader)
    kept = earlier or EarlierAssessment(partnership=partnership)
    others = partnership.earlier_assessments.exclude(id=kept.id)
    if others.filter(title__iexact=given.title.strip()).exists():
        raise AssessmentRefused(f"{given.title.strip()} is in the register already. Change that one.")
    _refuse_days(given)
    kept.kind, kept.title = given.kind, given.title.strip()
    kept.covers_from, kept.covers_to = given.covers_from, given.covers_to
    kept.approved_on, kept.approved_by = given.approved_on, given.approved_by.strip()
    kept.reference, kept.plan = given.reference.strip(), given.plan.strip()
    kept.save()
    changed = ["approved_by", "approved_on", "covers_from", "covers_to", "kind", "plan", "reference", "title"]
    record(reader, "put down", kind="earlier assessment", key=kept.id, changed=changed)
    return kept


def _refuse_days(given: GivenEarlier) -> None:
    if given.covers_to < given.covers_from:
        raise AssessmentRefused("The period ends before it begins. Swap the two days.")
    if given.approved_on > timezone.localdate():
        raise AssessmentRefused("That day lies ahead: an approval is put down when it has happened.")


@transaction.atomic
def remove_earlier(reader: Reader, earlier: EarlierAssessment) -> None:
    """Take an earlier assessment out of the register."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    record(reader, "remove", kind="earlier assessment", key=earlier.id)
    earlier.delete()


@transaction.atomic
def choose_cycle(reader: Reader, kind: CycleKind, starts_on: date) -> AssessmentCycle:
    """Say how often the partnership assesses from a day on; said again for the same day it takes the other's place."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    kept, _ = AssessmentCycle.objects.update_or_create(
        partnership=partnership_of(reader), starts_on=starts_on, defaults={"kind": kind}
    )
    record(reader, "choose", kind="assessment cycle", key=kept.id, changed=["kind", "starts_on"])
    return kept
