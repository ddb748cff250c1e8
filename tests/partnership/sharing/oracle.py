"""Who may see what a second time: by sets of conditions that all hold or do not, without an order of rows.

Written from the definitions alone. `visible` is a union of grounds on which a record may be opened, less everything on
which it may not; what is neither open nor told of is hidden.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from wardmote.partnership.sharing.rules.agreements import Agreement, FieldClass, Gateway, Purpose
from wardmote.partnership.sharing.rules.facts import Action, Asked, Capacity, ReaderFacts, RecordFacts, RecordState

OFFICIAL, SENSITIVE, PANEL, REVIEW = "official", "official-sensitive", "restricted-panel", "restricted-review"
Verdict = tuple[str, frozenset[FieldClass]]


def kept(record: RecordFacts) -> str:
    if record.sensitivity is not None:
        return str(record.sensitivity)
    return REVIEW if record.is_casework else SENSITIVE


def parts(reader: ReaderFacts, record: RecordFacts, now: datetime) -> set[Capacity]:
    return {
        one.capacity
        for one in reader.memberships
        if one.container == record.container and not now < one.since and not (one.until and one.until <= now)
    }


def binding(record: RecordFacts, reader: ReaderFacts, now: datetime) -> Iterator[Agreement]:
    """The agreements that bind both agencies today."""
    day = now.date()
    for one in record.agreements:
        bound = {
            party.agency
            for party in one.parties
            if party.signed_on and party.signed_on <= day and not (party.left_on and party.left_on <= day)
        }
        runs = one.starts_on <= day and day < one.ends_on and not (one.suspended_on and one.suspended_on <= day)
        if runs and record.holder in bound and reader.agency in bound and record.kind in one.kinds:
            yield one


def given(record: RecordFacts, reader: ReaderFacts, purpose: Purpose | None, now: datetime) -> set[FieldClass]:
    """The classes of this record's fields that the law and the agreements give the reader's agency."""
    found: set[FieldClass] = set()
    for one in binding(record, reader, now):
        if purpose is None or purpose not in one.purposes:
            continue
        care = any(party.agency == record.holder and party.is_health_or_care for party in one.parties)
        for wanted in set(record.classes) & set(one.classes):
            if wanted is FieldClass.STATISTIC:
                found.add(wanted)
            elif one.gateway is Gateway.SERIOUS_VIOLENCE:
                found |= set() if care or wanted is FieldClass.HEALTH else {wanted}
            elif one.gateway is not Gateway.DEPERSONALISED:
                found.add(wanted)
    return found


def verdict(
    reader: ReaderFacts, record: RecordFacts, asked: Asked, *, purpose: Purpose | None, now: datetime
) -> Verdict:
    """Return allow, hide or refuse, and the classes of field that may be shown."""
    reads = asked.action in (Action.READ, Action.LIST)
    if record.is_published and not record.is_casework and reads:
        return "allow", record.classes
    is_known = reader.person is not None and reader.since is not None and reader.since <= now
    is_current = is_known and (reader.until is None or now < reader.until)
    if not is_current or (record.is_casework and not reader.has_second_factor):
        return "refuse", frozenset()
    secret = reader.person in record.blocked or reader.person in record.parties
    if secret:
        return "hide", frozenset()
    if reader.person in record.interested:
        return "refuse", frozenset()
    seen = _visible(reader, record, purpose, now)
    if seen is None:
        return _unseen(reader, record, asked, purpose, now), frozenset()
    ground, fields = seen
    if reads:
        return "allow", fields
    return ("allow" if _may_act(reader, record, asked, ground, now) else "refuse"), fields


def _knows_kind(reader: ReaderFacts, record: RecordFacts) -> bool:
    return record.kind in {kind for kind, _ in reader.capabilities}


def _fits(reader: ReaderFacts, record: RecordFacts, purpose: Purpose | None) -> bool:
    if purpose is None:
        return record.purpose is None and not record.is_casework
    return purpose == record.purpose and purpose in reader.purposes


def _visible(
    reader: ReaderFacts, record: RecordFacts, purpose: Purpose | None, now: datetime
) -> tuple[str, frozenset[FieldClass]] | None:
    """Return the ground on which a record is open, and its fields: the grounds exclude one another."""
    part, how, own = parts(reader, record, now), kept(record), reader.agency is not None
    own = own and reader.agency == record.holder
    if not _knows_kind(reader, record):
        return None
    if record.state is RecordState.DISPOSED:
        return ("tombstone", frozenset()) if reader.sees_tombstones else None
    if not _fits(reader, record, purpose) or (how == REVIEW and not part):
        return None
    glass = [one for one in reader.grants if one.record == record.key and one.until > now]
    if glass:
        return "glass", record.classes & max(glass, key=lambda one: one.until).classes
    if how == PANEL and not part:
        return None
    if own and (how == OFFICIAL or part or (how == SENSITIVE and record.container in reader.supervises)):
        return "own", record.classes
    fields = frozenset(given(record, reader, purpose, now))
    if not own and fields and (how == OFFICIAL or part):
        return ("shared" if how == OFFICIAL else "shared as member"), fields
    return None


def _unseen(reader: ReaderFacts, record: RecordFacts, asked: Asked, purpose: Purpose | None, now: datetime) -> str:
    """Return whether a record that is not open is refused with a word, or not there at all."""
    how, own = kept(record), record.holder is not None and reader.agency == record.holder
    if not _knows_kind(reader, record):
        return "hide" if record.is_casework else "refuse"
    if record.state is RecordState.DISPOSED:
        return "hide"
    if not _fits(reader, record, purpose):
        known = parts(reader, record, now) or record.container in reader.supervises
        return "refuse" if known else "hide"
    if how in (PANEL, REVIEW):
        return "hide"
    if own:
        return "refuse" if reader.sees_own_agency_stub else "hide"
    told = any(one.tells_of_existence for one in binding(record, reader, now))
    return "refuse" if told and asked.by_identifier else "hide"


def _may_act(reader: ReaderFacts, record: RecordFacts, asked: Asked, ground: str, now: datetime) -> bool:
    action = asked.action
    only = {
        "tombstone": set(),
        "glass": {Action.SAFETY_NOTE},
        "shared": {Action.COMMENT, Action.OWN_ACTION},
        "shared as member": {Action.OWN_ACTION, Action.OWN_INFORMATION},
    }
    if ground in only and action not in only[ground]:
        return False
    if (record.kind, action) not in reader.capabilities or asked.is_stale:
        return False
    takes = {Action.EXPORT, Action.PRINT, Action.UNMASK}
    alters = {Action.BULK, Action.CHANGE_SENSITIVITY, Action.DISPOSE}
    if record.state is not RecordState.OPEN and action not in {Action.SAFETY_NOTE, *takes}:
        return False
    if action not in takes | alters:
        return parts(reader, record, now) != {Capacity.OBSERVER}
    at = reader.stepped_up_at
    if at is None or at > now or now - at > timedelta(seconds=600) or not asked.has_reason:
        return False
    several = asked.records > 200 or kept(record) in (PANEL, REVIEW)
    return not several or (asked.second_person is not None and asked.second_person != reader.person)
