"""Laying two sources of one problem side by side, and saying which of them is the figure we publish."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import SourcePair
from wardmote.strategy.evidence.rules.pairs import Chosen


class PairRefused(Exception):
    """The two sources cannot be laid side by side like this; the text says what to change."""


@dataclass(frozen=True)
class GivenPair:
    """What is said of two sources; `areas` are those of the partner's figures that together are the partnership."""

    problem: str
    dataset: str
    measure: str
    areas: tuple[str, ...]
    reasons: tuple[str, ...]
    note: str
    chosen: Chosen
    why: str


@transaction.atomic
def keep_pair(reader: Reader, given: GivenPair, *, pair: SourcePair | None = None) -> SourcePair:
    """Keep two sources of a problem, new or changed, and which is published; drafts take it up when analysed again."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    kept = pair or SourcePair(partnership=partnership)
    if partnership.source_pairs.exclude(id=kept.id).filter(problem=given.problem).exists():
        raise PairRefused("This problem has two sources already. Change those, or choose another problem.")
    if given.chosen is Chosen.PARTNER and not given.reasons and not given.note.strip():
        raise PairRefused("Say what explains the gap: readers can see the open figure too, and will ask.")
    fields = ["problem", "dataset", "measure", "note", "chosen", "why"]
    for name in fields:
        setattr(kept, name, getattr(given, name))
    kept.areas, kept.reasons = list(given.areas), list(given.reasons)
    kept.chosen_at, kept.chosen_by_key = timezone.now(), reader.key
    kept.save()
    record(reader, "keep", kind="source pair", key=kept.id, changed=sorted([*fields, "areas", "reasons"]))
    return kept


@transaction.atomic
def part_pair(reader: Reader, pair: SourcePair) -> None:
    """Stop laying two sources side by side; versions already published keep what they say."""
    reader.require(Permission.IMPORT_EVIDENCE)
    record(reader, "remove", kind="source pair", key=pair.id)
    pair.delete()
