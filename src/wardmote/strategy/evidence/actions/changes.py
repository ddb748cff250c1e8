"""Writing down a change in how a source records, so that no figure is compared across it unsaid."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import Effect
from wardmote.foundations.periods import Month
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import RecordedChange


@dataclass(frozen=True)
class GivenChange:
    """A change in recording; `dataset` is a partner's data set or blank for data.police.uk, no problems means all."""

    month: Month
    dataset: str
    problems: tuple[str, ...]
    words: str
    source: str
    effect: Effect


@transaction.atomic
def keep_change(reader: Reader, given: GivenChange, *, change: RecordedChange | None = None) -> RecordedChange:
    """Keep a change in recording, new or corrected; drafts take it up when they are analysed again.

    The same change given again, as a second press of the button does, is kept once.
    """
    reader.require(Permission.IMPORT_EVIDENCE)
    said = {
        "month": str(given.month),
        "dataset": given.dataset,
        "problems": list(given.problems),
        "words": given.words.strip(),
        "source": given.source.strip(),
        "effect": given.effect,
    }
    same = None if change else RecordedChange.objects.filter(partnership=partnership_of(reader), **said).first()
    if same is not None:
        return same
    kept = change or RecordedChange(partnership=partnership_of(reader))
    for name, value in said.items():
        setattr(kept, name, value)
    kept.recorded_at, kept.recorded_by_key = timezone.now(), reader.key
    kept.save()
    record(reader, "keep", kind="recorded change", key=kept.id, changed=sorted(said))
    return kept


@transaction.atomic
def remove_change(reader: Reader, change: RecordedChange) -> None:
    """Take back a change in recording that was none."""
    reader.require(Permission.IMPORT_EVIDENCE)
    record(reader, "remove", kind="recorded change", key=change.id)
    change.delete()
