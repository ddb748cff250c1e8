"""The register of sources: who owes what, when they were asked, how far to rely on it; and the gaps in what we know."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.partnership.members.models import Agency
from wardmote.partnership.members.queries import partnership_of
from wardmote.strategy.evidence.models import Chase, EvidenceGap, Supply
from wardmote.strategy.evidence.rules.supplies import GapState, Refresh, Reliability, Sureness


class RegisterRefused(Exception):
    """The register cannot be changed like this; the text says what to do."""


@dataclass(frozen=True)
class GivenSupply:
    """What is said of a source; `lag_days` are from the end of its period to the day it is expected."""

    title: str
    supplier: Agency | None
    dataset: str
    coverage: str
    refresh: Refresh
    lag_days: int


@dataclass(frozen=True)
class GivenGap:
    """Something that is not known: what it costs not to know, which post finds out, and by when."""

    question: str
    consequence: str
    owner: str
    due_on: date


@transaction.atomic
def keep_supply(reader: Reader, given: GivenSupply, *, supply: Supply | None = None) -> Supply:
    """Add a source to the register, or change it."""
    reader.require(Permission.IMPORT_EVIDENCE)
    partnership = partnership_of(reader)
    kept = supply or Supply(partnership=partnership)
    if partnership.supplies.exclude(id=kept.id).filter(title__iexact=given.title.strip()).exists():
        raise RegisterRefused(
            f"{given.title.strip()} is in the register already. Change that one, or choose another name."
        )
    kept.title, kept.supplier, kept.dataset = given.title.strip(), given.supplier, given.dataset
    kept.coverage, kept.refresh, kept.lag_days = given.coverage.strip(), given.refresh, given.lag_days
    kept.save()
    fields = ["coverage", "dataset", "lag_days", "refresh", "supplier", "title"]
    record(reader, "keep", kind="supply", key=kept.id, changed=fields)
    return kept


@transaction.atomic
def grade_supply(reader: Reader, supply: Supply, reliability: Reliability, sureness: Sureness, reason: str) -> None:
    """Say how far a source can be relied on and how sure of it we are, and why; dated today."""
    reader.require(Permission.IMPORT_EVIDENCE)
    if not reason.strip():
        raise RegisterRefused("Say why: a grade without a reason cannot be explained next year.")
    supply.reliability, supply.sureness = reliability, sureness
    supply.grade_reason, supply.graded_on = reason.strip(), timezone.localdate()
    supply.save()
    record(reader, "grade", kind="supply", key=supply.id, changed=["grade_reason", "reliability", "sureness"])


@transaction.atomic
def mark_unavailable(reader: Reader, supply: Supply, because: str, expected_on: date | None) -> None:
    """Say that nothing can be had of a source now, why, and when it is expected again; no reason takes it back."""
    reader.require(Permission.IMPORT_EVIDENCE)
    supply.unavailable_because = because.strip()
    supply.expected_again_on = expected_on if supply.unavailable_because else None
    supply.save()
    record(reader, "mark", kind="supply", key=supply.id, changed=["expected_again_on", "unavailable_because"])


@transaction.atomic
def note_chase(reader: Reader, supply: Supply, note: str) -> Chase:
    """Note that the supplier was asked today."""
    reader.require(Permission.IMPORT_EVIDENCE)
    chase = Chase.objects.create(
        supply=supply, chased_on=timezone.localdate(), note=note.strip(), chased_by_key=reader.key
    )
    record(reader, "chase", kind="supply", key=supply.id)
    return chase


@transaction.atomic
def raise_gap(reader: Reader, given: GivenGap, *, gap: EvidenceGap | None = None) -> EvidenceGap:
    """Put down something that we do not know, or change what was put down; the same open gap is put down once."""
    reader.require(Permission.IMPORT_EVIDENCE)
    said = {
        "question": given.question.strip(),
        "consequence": given.consequence.strip(),
        "owner": given.owner.strip(),
        "due_on": given.due_on,
    }
    same = None if gap else partnership_of(reader).evidence_gaps.filter(**said, state=GapState.OPEN).first()
    if same is not None:
        return same
    kept = gap or EvidenceGap(partnership=partnership_of(reader), raised_on=timezone.localdate())
    if kept.state == GapState.CLOSED:
        raise RegisterRefused("This gap is closed. Raise a new one if the question has come back.")
    for name, value in said.items():
        setattr(kept, name, value)
    kept.save()
    record(reader, "raise", kind="gap", key=kept.id, changed=sorted(said))
    return kept


@transaction.atomic
def close_gap(reader: Reader, gap: EvidenceGap, answer: str) -> None:
    """Close a gap with what was found out; it stays in the list for next year's reader."""
    reader.require(Permission.IMPORT_EVIDENCE)
    if gap.state == GapState.CLOSED:
        raise RegisterRefused("This gap is closed already.")
    if not answer.strip():
        raise RegisterRefused("Say what was found out, or why the question no longer matters.")
    gap.state, gap.closed_on, gap.answer = GapState.CLOSED, timezone.localdate(), answer.strip()
    gap.save()
    record(reader, "close", kind="gap", key=gap.id, changed=["answer", "state"])
