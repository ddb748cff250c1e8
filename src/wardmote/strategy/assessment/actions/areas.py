"""Choosing a ward for a closer look, with the reason; changing the reason; and leaving it out again."""

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.strategy.assessment.models import Assessment, ChosenWard
from wardmote.strategy.assessment.queries.areas import wards_known

from .refused import AssessmentRefused


@transaction.atomic
def choose_ward(reader: Reader, assessment: Assessment, code: str, reason: str) -> ChosenWard:
    """Put the profile of a ward into the document with the reason, or change the reason where it is there already.

    Raises AssessmentRefused where no reason is given, or the analysis does not know the ward.
    """
    reader.require(Permission.PREPARE_ASSESSMENT)
    Assessment.objects.select_for_update().get(id=assessment.id)
    name = wards_known(assessment).get(code)
    if name is None:
        raise AssessmentRefused("The analysis has no figures of that ward. Choose one of the list.")
    if not reason.strip():
        raise AssessmentRefused("Say why this ward was chosen. The reason is printed.")
    row = assessment.chosen_wards.filter(code=code).first() or ChosenWard(assessment=assessment, code=code)
    row.name, row.reason = name, reason.strip()
    row.chosen_at, row.chosen_by_key, row.chosen_by_post = timezone.now(), reader.key, reader.post
    row.save()
    record(reader, "choose", kind="ward", key=row.id, changed=["code", "reason"])
    return row


@transaction.atomic
def leave_out_ward(reader: Reader, row: ChosenWard) -> None:
    """Take a ward's profile out of the document."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    record(reader, "remove", kind="ward", key=row.id)
    row.delete()
