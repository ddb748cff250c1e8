"""Choosing the districts that a partnership compares itself with."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import ComparisonGroup


@transaction.atomic
def choose_comparison(reader: Reader, codes: Sequence[str], why: str) -> None:
    """Choose the districts by code, or leave it to all that the data cover (no codes); drafts follow when analysed."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    ComparisonGroup.objects.filter(partnership=partnership).delete()
    if codes:
        ComparisonGroup.objects.create(
            partnership=partnership,
            codes=sorted(codes),
            why=why.strip(),
            chosen_at=timezone.now(),
            chosen_by_key=reader.key,
        )
    record(
        reader, "choose", kind="comparison", key=partnership.id, changed=sorted(codes) or ["all that the data cover"]
    )
