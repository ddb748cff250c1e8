"""Keeping what somebody made of the incidents that a check pointed out."""

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import IncidentReview, Release
from wardmote.strategy.evidence.rules.reviews import ReviewResult


@transaction.atomic
def review_incidents(reader: Reader, release: Release, check: str, *, result: ReviewResult, words: str) -> None:
    """Keep the result of looking into a check, and what was put right; the newest stands, the earlier ones stay."""
    reader.require(Permission.IMPORT_EVIDENCE)
    kept = IncidentReview.objects.create(
        partnership=partnership_of(reader),
        release=release,
        check_code=check,
        result=result,
        words=words.strip(),
        reviewed_at=timezone.now(),
        reviewed_by_key=reader.key,
    )
    record(reader, "review", kind="incidents", key=kept.id, changed=[check])
