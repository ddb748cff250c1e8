"""Choosing the edition of boundaries by which a partnership's figures are counted."""

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import BoundaryChoice


@transaction.atomic
def choose_boundaries(reader: Reader, dataset: str, why: str) -> None:
    """Choose an edition by the data set of its lookup, or leave the choice to us (no data set); drafts follow."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    BoundaryChoice.objects.filter(partnership=partnership).delete()
    if dataset:
        BoundaryChoice.objects.create(
            partnership=partnership,
            dataset=dataset,
            why=why.strip(),
            chosen_at=timezone.now(),
            chosen_by_key=reader.key,
        )
    record(reader, "choose", kind="boundaries", key=partnership.id, changed=[dataset or "the one that knows most"])
