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
    """Keep a change in recording, new or corrected; drafts take it up when they are analysed again."""
    reader.require(Permission.IMPORT_EVIDENCE)
    kept = change or RecordedChange(partnership=partnership_of(reader))
    kept.month, kept.dataset, kept.problems = str(given.month), given.dataset, list(given.problems)
    kept.words, kept.source, kept.effect = given.words.strip(), given.source.strip(), given.effect
    kept.recorded_at, kept.recorded_by_key = timezone.now(), reader.key
    kept.save()
    fields = ["dataset", "effect", "month", "problems", "source", "words"]
    record(reader, "keep", kind="recorded change", key=kept.id, changed=fields)
    return kept


@transaction.atomic
def remove_change(reader: Reader, change: RecordedChange) -> None:
    """Take back a change in recording that was none."""
    reader.require(Permission.IMPORT_EVIDENCE)
    record(reader, "remove", kind="recorded change", key=change.id)
    change.delete()
