"""What a decision is made on: facts about reader, record and what is asked, gathered before anything is decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from .agreements import Agreement, FieldClass, Purpose


class Sensitivity(StrEnum):
    """How closely a record is kept; the last two are compartments, and being in one gives nothing in another."""

    OFFICIAL = "official"
    OFFICIAL_SENSITIVE = "official-sensitive"
    PANEL = "restricted-panel"
    REVIEW = "restricted-review"


COMPARTMENTS = frozenset({Sensitivity.PANEL, Sensitivity.REVIEW})


class Action(StrEnum):
    """What may be asked of a record."""

    READ = "read"
    LIST = "list"
    COMMENT = "comment"
    OWN_ACTION = "own-action"
    OWN_INFORMATION = "own-information"
    SAFETY_NOTE = "safety-note"
    EDIT = "edit"
    DECIDE = "decide"
    EXPORT = "export"
    BULK = "bulk"
    PRINT = "print"
    UNMASK = "unmask"
    CHANGE_SENSITIVITY = "change-sensitivity"
    DISPOSE = "dispose"


READING = frozenset({Action.READ, Action.LIST})
# What takes a fresh second factor and a reason.
GRAVE = frozenset({Action.EXPORT, Action.BULK, Action.PRINT, Action.UNMASK, Action.CHANGE_SENSITIVITY, Action.DISPOSE})
# What may be done with the record of another agency: with one that is OFFICIAL, and with one as a member of its case.
WITH_OTHERS = frozenset({Action.COMMENT, Action.OWN_ACTION})
AS_MEMBER = frozenset({Action.OWN_ACTION, Action.OWN_INFORMATION})


class Capacity(StrEnum):
    """As what somebody is a member of a case, a panel or a review."""

    LEAD = "lead officer"
    CHAIR = "chair"
    MEMBER = "member"
    OBSERVER = "observer"


class RecordState(StrEnum):
    """Where a record stands."""

    OPEN = "open"
    CLOSED = "closed"
    LEGAL_HOLD = "legal hold"
    DISPOSED = "disposed"


@dataclass(frozen=True)
class Membership:
    """An appointment in a case, panel or review, from a moment until another or until further notice."""

    container: UUID
    capacity: Capacity
    since: datetime
    until: datetime | None = None

    def is_live_at(self, now: datetime) -> bool:
        """Whether it counts at a moment."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Grant:
    """A break-glass grant on one record, with the classes of field that it opens until a moment."""

    record: UUID
    classes: frozenset[FieldClass]
    until: datetime


@dataclass(frozen=True)
class ReaderFacts:
    """A person in one active appointment; `person` is None where nobody is signed in.

    `since` and `until` bound the time in which account, appointment and agency are all current. `capabilities` are the
    (kind of record, action) pairs of the role.
    """

    person: UUID | None = None
    agency: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    has_second_factor: bool = False
    stepped_up_at: datetime | None = None
    capabilities: frozenset[tuple[str, Action]] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    sees_own_agency_stub: bool = False
    sees_tombstones: bool = False
    memberships: tuple[Membership, ...] = ()
    # Cases whose lead officers the reader supervises.
    supervises: frozenset[UUID] = frozenset()
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True)
class RecordFacts:
    """A record: whose it is, what it stands in, how closely it is kept, who must never learn of it.

    `container` is its case, panel or review, whose purpose is `purpose`. People are named by key: `blocked` by the
    block list, `parties` by an open link to somebody in the record, `interested` by an interest that they declared.
    """

    key: UUID
    kind: str
    is_casework: bool = True
    is_published: bool = False
    holder: UUID | None = None
    sensitivity: Sensitivity | None = None
    container: UUID | None = None
    purpose: Purpose | None = None
    state: RecordState = RecordState.OPEN
    classes: frozenset[FieldClass] = frozenset()
    blocked: frozenset[UUID] = frozenset()
    parties: frozenset[UUID] = frozenset()
    interested: frozenset[UUID] = frozenset()
    agreements: tuple[Agreement, ...] = ()

    @property
    def kept(self) -> Sensitivity:
        """How closely it is kept: the strictest where nobody said."""
        if self.sensitivity is None:
            return Sensitivity.REVIEW if self.is_casework else Sensitivity.OFFICIAL_SENSITIVE
        return self.sensitivity


@dataclass(frozen=True)
class Asked:
    """What is asked: an action, on how many records at once, with a reason, and whether a second person agreed.

    `by_identifier` tells that the record was looked for by an exact identifier; `is_stale` that the reader changes a
    version that is no longer the last.
    """

    action: Action
    records: int = 1
    has_reason: bool = False
    second_person: UUID | None = None
    by_identifier: bool = False
    is_stale: bool = False
