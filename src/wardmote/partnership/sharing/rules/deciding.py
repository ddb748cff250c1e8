"""What a reader may do with a record: a table of rows, of which the first that matches decides.

Rows 1 to 19 settle what may be seen, rows 20 and 21 can only lower it. The numbers are those of the table in
docs/decisions/0016-who-may-see-what.md. `decide` is pure and total: it asks nobody, and answers whatever it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from .agreements import FieldClass, Purpose, covered_classes
from .facts import (
    AS_MEMBER,
    COMPARTMENTS,
    GRAVE,
    READING,
    WITH_OTHERS,
    Action,
    Asked,
    Capacity,
    Grant,
    ReaderFacts,
    RecordFacts,
    RecordState,
    Sensitivity,
)

STEP_UP: Final = timedelta(minutes=10)
MANY_RECORDS: Final = 200
# What was decided where a fact is missing.
NO_ROW: Final = 0


class Outcome(StrEnum):
    """How a decision ends: the record may be opened, its reader is told why not, or it is as if there were none."""

    ALLOW = "allow"
    HIDE = "hide"
    REFUSE = "refuse"


class Reason(StrEnum):
    """Why a reader is refused."""

    SIGN_IN = "sign in"
    ENDED = "your appointment has ended"
    SECOND_FACTOR = "a second factor is needed"
    INTEREST = "you declared an interest"
    ROLE = "your role does not allow this"
    DISPOSED = "the record was disposed of"
    PURPOSE = "not for this purpose"
    READ_ONLY = "break-glass opens it for reading alone"
    NOT_ON_CASE = "you are not on this case: ask the lead officer"
    OTHER_AGENCY = "another agency holds it"
    ASK_HOLDER = "a record exists: ask its holder"
    CAPACITY = "your part in this case does not allow it"
    STATE = "the record is closed, or held for legal reasons"
    STALE = "somebody changed it since you opened it"
    STEP_UP = "confirm that it is you, and give a reason"
    SECOND_PERSON = "a second person has to agree"
    FACTS = "it cannot be decided now"


class Duty(StrEnum):
    """What comes with a decision."""

    AUDIT = "audit"
    WATERMARK = "watermark"
    NOTIFY_HOLDER = "notify the holder"
    STEP_UP = "step up"
    STUB = "show the holder alone"
    TITLE_ONLY = "show a title that tells nothing"
    TOMBSTONE = "show that it was disposed of"


@dataclass(frozen=True)
class Decision:
    """What was decided, by which row, and why; the classes of field that may be shown, and until when."""

    outcome: Outcome
    row: int
    reason: Reason | None = None
    fields: frozenset[FieldClass] = frozenset()
    duties: frozenset[Duty] = frozenset()
    expires_at: datetime | None = None


@dataclass(frozen=True)
class _Case:
    """What is decided on, and what follows from it at once."""

    reader: ReaderFacts
    record: RecordFacts
    asked: Asked
    purpose: Purpose | None
    now: datetime

    @property
    def reads(self) -> bool:
        return self.asked.action in READING

    @property
    def own(self) -> bool:
        return self.record.holder is not None and self.reader.agency == self.record.holder

    @property
    def is_member(self) -> bool:
        return bool(self.capacities)

    @property
    def capacities(self) -> frozenset[Capacity]:
        """As what the reader is a live member of what the record stands in."""
        return frozenset(
            one.capacity
            for one in self.reader.memberships
            if one.container == self.record.container and one.is_live_at(self.now)
        )

    @property
    def supervises(self) -> bool:
        return self.record.container in self.reader.supervises

    @property
    def grant(self) -> Grant | None:
        live = (one for one in self.reader.grants if one.record == self.record.key and self.now < one.until)
        return max(live, key=lambda one: one.until, default=None)

    @property
    def covered(self) -> frozenset[FieldClass]:
        """The classes of this record's fields that agreements let the reader's agency have."""
        if self.record.holder is None or self.reader.agency is None or self.purpose is None:
            return frozenset()
        return self.record.classes & covered_classes(
            self.record.agreements,
            holder=self.record.holder,
            reader=self.reader.agency,
            kind=self.record.kind,
            purpose=self.purpose,
            on=self.now.date(),
        )

    @property
    def is_told_of(self) -> bool:
        """Whether an agreement in force lets the reader's agency learn that the record exists."""
        holder, agency = self.record.holder, self.reader.agency
        return any(
            one.tells_of_existence
            and self.record.kind in one.kinds
            and one.is_in_force(holder, agency, self.now.date())
            for one in self.record.agreements
            if holder is not None and agency is not None
        )


def decide(
    reader: ReaderFacts, record: RecordFacts, asked: Asked, *, purpose: Purpose | None, now: datetime
) -> Decision:
    """Decide what a reader may do with a record at a moment, for a purpose that they confirmed.

    Where a fact is missing, or a fault turns up, casework is hidden and anything else is refused.
    """
    try:
        return _with_duties(_decided(_Case(reader, record, asked, purpose, now)), record)
    except Exception:
        return _without_facts(record)


def _decided(case: _Case) -> Decision:
    first = next((found for row in ROWS if (found := row(case)) is not None), None)
    if first is None:
        return _hide(19)
    if first.outcome is not Outcome.ALLOW or case.reads:
        return first
    return next((found for row in LOWERING if (found := row(case, first)) is not None), first)


def _with_duties(found: Decision, record: RecordFacts) -> Decision:
    return _adding(found, Duty.AUDIT) if record.is_casework else found


def _adding(found: Decision, *duties: Duty) -> Decision:
    kept = found.duties | set(duties)
    return Decision(found.outcome, found.row, found.reason, found.fields, kept, found.expires_at)


def _without_facts(record: RecordFacts) -> Decision:
    if record.is_casework:
        return Decision(Outcome.HIDE, NO_ROW, duties=frozenset({Duty.AUDIT}))
    return _refuse(NO_ROW, Reason.FACTS)


def _hide(row: int) -> Decision:
    return Decision(Outcome.HIDE, row)


def _refuse(row: int, reason: Reason, *duties: Duty) -> Decision:
    return Decision(Outcome.REFUSE, row, reason, duties=frozenset(duties))


def _allow(row: int, fields: frozenset[FieldClass], *duties: Duty, until: datetime | None = None) -> Decision:
    return Decision(Outcome.ALLOW, row, None, fields, frozenset(duties), until)


def _published(case: _Case) -> Decision | None:
    """Row 1: what is published may be read by anyone; a casework record never is, though a report made of it may be."""
    is_public = case.record.is_published and not case.record.is_casework
    return _allow(1, case.record.classes) if is_public and case.reads else None


def _signed_out(case: _Case) -> Decision | None:
    """Row 2: nothing private is looked up for somebody who has not signed in."""
    return _refuse(2, Reason.SIGN_IN) if case.reader.person is None else None


def _ended(case: _Case) -> Decision | None:
    """Row 3: account, appointment and agency have to be current."""
    since, until = case.reader.since, case.reader.until
    is_current = since is not None and since <= case.now and (until is None or case.now < until)
    return None if is_current else _refuse(3, Reason.ENDED)


def _one_factor(case: _Case) -> Decision | None:
    """Row 4: casework takes a second factor, before anything is looked up."""
    lacks = case.record.is_casework and not case.reader.has_second_factor
    return _refuse(4, Reason.SECOND_FACTOR, Duty.STEP_UP) if lacks else None


def _blocked(case: _Case) -> Decision | None:
    """Row 5: whoever must never learn of it does not, whatever else they are."""
    return _hide(5) if case.reader.person in case.record.blocked | case.record.parties else None


def _interested(case: _Case) -> Decision | None:
    """Row 6: a declared interest takes part in nothing, and sees a title that tells nothing."""
    if case.reader.person not in case.record.interested:
        return None
    return _refuse(6, Reason.INTEREST, *([Duty.TITLE_ONLY] if case.reads else []))


def _without_capability(case: _Case) -> Decision | None:
    """Row 7: a role that has nothing to do with this kind of record."""
    if any(kind == case.record.kind for kind, _ in case.reader.capabilities):
        return None
    return _hide(7) if case.record.is_casework else _refuse(7, Reason.ROLE)


def _disposed(case: _Case) -> Decision | None:
    """Row 8: of what was disposed of a tombstone is left, for those who look after disposal."""
    if case.record.state is not RecordState.DISPOSED:
        return None
    if not case.reader.sees_tombstones:
        return _hide(8)
    return _allow(8, frozenset(), Duty.TOMBSTONE) if case.reads else _refuse(8, Reason.DISPOSED)


def _wrong_purpose(case: _Case) -> Decision | None:
    """Row 9: the purpose is that of what the record stands in, and one that the role may have."""
    fits = case.purpose == case.record.purpose and (case.purpose is None or case.purpose in case.reader.purposes)
    if fits and (case.purpose is not None or not case.record.is_casework):
        return None
    return _refuse(9, Reason.PURPOSE) if case.is_member or case.supervises else _hide(9)


def _outside_review(case: _Case) -> Decision | None:
    """Row 10: a restricted review is for its members, and no glass can be broken on it."""
    return _hide(10) if case.record.kept is Sensitivity.REVIEW and not case.is_member else None


def _broken_glass(case: _Case) -> Decision | None:
    """Row 11: a live grant opens what it names for reading, and lets a note on somebody's safety be added."""
    grant = case.grant
    if grant is None:
        return None
    if not case.reads and case.asked.action is not Action.SAFETY_NOTE:
        return _refuse(11, Reason.READ_ONLY)
    return _allow(11, case.record.classes & grant.classes, Duty.NOTIFY_HOLDER, until=grant.until)


def _outside_panel(case: _Case) -> Decision | None:
    """Row 12: a restricted panel is for its members, of one's own agency too."""
    return _hide(12) if case.record.kept is Sensitivity.PANEL and not case.is_member else None


def _own_official(case: _Case) -> Decision | None:
    """Row 13: what one's own agency holds and nobody marked."""
    return _allow(13, case.record.classes) if case.own and case.record.kept is Sensitivity.OFFICIAL else None


def _own_member(case: _Case) -> Decision | None:
    """Row 14: what one's own agency holds more closely, as a member of it or, of a case, as a supervisor."""
    if not case.own or case.record.kept is Sensitivity.OFFICIAL:
        return None
    if case.record.kept in COMPARTMENTS:
        return _allow(14, case.record.classes, Duty.WATERMARK)
    return _allow(14, case.record.classes) if case.is_member or case.supervises else None


def _own_outsider(case: _Case) -> Decision | None:
    """Row 15: of one's own agency, and not on the case."""
    if not case.own:
        return None
    return _refuse(15, Reason.NOT_ON_CASE, Duty.STUB) if case.reader.sees_own_agency_stub else _hide(15)


def _shared(case: _Case) -> Decision | None:
    """Row 16: what another agency holds and nobody marked, as far as an agreement in force covers it."""
    if case.record.kept is not Sensitivity.OFFICIAL or not case.covered:
        return None
    if not case.reads and case.asked.action not in WITH_OTHERS:
        return _refuse(16, Reason.OTHER_AGENCY)
    return _allow(16, case.covered, Duty.WATERMARK)


def _shared_member(case: _Case) -> Decision | None:
    """Row 17: what another agency holds more closely, for members, as far as an agreement in force covers it."""
    if case.record.kept is Sensitivity.OFFICIAL or not case.is_member or not case.covered:
        return None
    if not case.reads and case.asked.action not in AS_MEMBER:
        return _refuse(17, Reason.OTHER_AGENCY)
    return _allow(17, case.covered, Duty.WATERMARK)


def _told_of(case: _Case) -> Decision | None:
    """Row 18: who asks for it by an exact identifier may be told who holds it; never of a compartment."""
    is_told = case.asked.by_identifier and case.record.kept not in COMPARTMENTS and case.is_told_of
    return _refuse(18, Reason.ASK_HOLDER, Duty.STUB, Duty.NOTIFY_HOLDER) if is_told else None


ROWS: Final[tuple[Callable[[_Case], Decision | None], ...]] = (
    _published,
    _signed_out,
    _ended,
    _one_factor,
    _blocked,
    _interested,
    _without_capability,
    _disposed,
    _wrong_purpose,
    _outside_review,
    _broken_glass,
    _outside_panel,
    _own_official,
    _own_member,
    _own_outsider,
    _shared,
    _shared_member,
    _told_of,
)


def _out_of_bounds(case: _Case, seen: Decision) -> Decision | None:
    """Row 20: readable, and yet not for this role, in this part, of a record that stands so."""
    if (case.record.kind, case.asked.action) not in case.reader.capabilities:
        return _refuse(20, Reason.ROLE)
    if case.capacities == {Capacity.OBSERVER} and case.asked.action not in GRAVE:
        return _refuse(20, Reason.CAPACITY)
    if case.record.state is not RecordState.OPEN and case.asked.action in _CHANGING:
        return _refuse(20, Reason.STATE)
    return _refuse(20, Reason.STALE) if case.asked.is_stale else None


_CHANGING: Final = frozenset(Action) - READING - {Action.SAFETY_NOTE, Action.EXPORT, Action.PRINT, Action.UNMASK}


def _too_grave(case: _Case, seen: Decision) -> Decision | None:
    """Row 21: what takes much away or cannot be undone takes a fresh factor and a reason, and a second person."""
    if case.asked.action not in GRAVE:
        return None
    stepped = case.reader.stepped_up_at
    is_fresh = stepped is not None and timedelta(0) <= case.now - stepped <= STEP_UP
    if not is_fresh or not case.asked.has_reason:
        return _refuse(21, Reason.STEP_UP, Duty.STEP_UP)
    takes_two = case.asked.records > MANY_RECORDS or case.record.kept in COMPARTMENTS
    return _refuse(21, Reason.SECOND_PERSON) if takes_two and not _another(case) else None


def _another(case: _Case) -> UUID | None:
    """Return the second person, who is not the first."""
    return case.asked.second_person if case.asked.second_person != case.reader.person else None


LOWERING: Final = (_out_of_bounds, _too_grave)
