"""Small worlds of facts, drawn so that every row of the table comes up often."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from wardmote.partnership.sharing.rules.agreements import Agreement, FieldClass, Gateway, Party, Purpose
from wardmote.partnership.sharing.rules.facts import (
    Action,
    Asked,
    Capacity,
    Grant,
    Membership,
    ReaderFacts,
    RecordFacts,
    RecordState,
    Sensitivity,
)

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
PERSON, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))
COUNCIL, POLICE = UUID(int=11), UUID(int=12)
CASE, PANEL = UUID(int=21), UUID(int=22)
RECORD = UUID(int=31)
KIND = "casework-record"
EVERYTHING = frozenset((KIND, action) for action in Action)
CLASSES = frozenset({FieldClass.IDENTITY, FieldClass.HEALTH, FieldClass.STATISTIC})


def around(moment: datetime) -> st.SearchStrategy[datetime]:
    return st.sampled_from([moment + timedelta(minutes=minutes) for minutes in (-60, -10, -1, 0, 1, 60)])


def mostly(usual: object, *others: object) -> st.SearchStrategy[object]:
    """Draw the usual value in most worlds, so that a reader gets far down the table."""
    return st.sampled_from([usual] * 6 + list(others))


def party(agency: UUID) -> st.SearchStrategy[Party]:
    return st.builds(
        Party,
        agency=st.just(agency),
        signed_on=mostly(date(2026, 1, 1), None, date(2026, 11, 3)),
        left_on=mostly(None, date(2026, 11, 2), date(2026, 11, 3)),
        is_health_or_care=mostly(False, True),
    )


agreements = st.builds(
    Agreement,
    key=st.just(UUID(int=41)),
    version=st.just(1),
    parties=st.tuples(party(COUNCIL), party(POLICE)) | st.tuples(party(COUNCIL)),
    kinds=mostly(frozenset({KIND}), frozenset({"other-kind"})),
    purposes=mostly(frozenset({Purpose.ASB_CASE}), frozenset({Purpose.MARAC})),
    classes=st.sampled_from([CLASSES, frozenset({FieldClass.STATISTIC}), frozenset({FieldClass.NARRATIVE})]),
    gateway=st.sampled_from(list(Gateway)),
    starts_on=mostly(date(2026, 1, 1), date(2026, 11, 2), date(2026, 11, 3)),
    ends_on=mostly(date(2027, 1, 1), date(2026, 11, 2), date(2026, 11, 3)),
    suspended_on=mostly(None, date(2026, 11, 2), date(2026, 11, 3)),
    tells_of_existence=st.booleans(),
)
memberships = st.builds(
    Membership,
    container=st.sampled_from([CASE, PANEL]),
    capacity=st.sampled_from(list(Capacity)),
    since=around(NOW - timedelta(minutes=30)),
    until=st.none() | around(NOW),
)
readers = st.builds(
    ReaderFacts,
    person=mostly(PERSON, None, OTHER),
    agency=mostly(COUNCIL, POLICE, None),
    since=mostly(NOW - timedelta(days=9), None, NOW, NOW + timedelta(minutes=1)),
    until=mostly(None, NOW, NOW + timedelta(minutes=1)),
    has_second_factor=mostly(True, False),
    stepped_up_at=st.none() | around(NOW - timedelta(minutes=9)),
    capabilities=mostly(EVERYTHING, frozenset(), frozenset({(KIND, Action.READ)}), frozenset({("x", Action.READ)})),
    purposes=mostly(frozenset({Purpose.ASB_CASE}), frozenset(), frozenset({Purpose.MARAC})),
    sees_own_agency_stub=st.booleans(),
    sees_tombstones=st.booleans(),
    memberships=st.lists(memberships, max_size=2).map(tuple),
    supervises=st.sampled_from([frozenset(), frozenset({CASE})]),
    grants=mostly(
        (),
        (Grant(RECORD, frozenset({FieldClass.IDENTITY}), NOW + timedelta(hours=1)),),
        (Grant(RECORD, frozenset({FieldClass.IDENTITY}), NOW),),
        (Grant(UUID(int=99), CLASSES, NOW + timedelta(hours=1)),),
    ),
)
records = st.builds(
    RecordFacts,
    key=st.just(RECORD),
    kind=st.just(KIND),
    is_casework=mostly(True, False),
    is_published=mostly(False, True),
    holder=st.sampled_from([COUNCIL, POLICE, POLICE, None]),
    sensitivity=st.sampled_from([*Sensitivity, None]),
    container=mostly(CASE, PANEL, None),
    purpose=mostly(Purpose.ASB_CASE, None, Purpose.MARAC),
    state=mostly(*RecordState),
    classes=st.just(CLASSES),
    blocked=mostly(frozenset(), frozenset({PERSON}), frozenset({THIRD})),
    parties=mostly(frozenset(), frozenset({PERSON}), frozenset({THIRD})),
    interested=mostly(frozenset(), frozenset({PERSON}), frozenset({THIRD})),
    agreements=st.lists(agreements, min_size=1, max_size=2).map(tuple) | st.just(()),
)
questions = st.builds(
    Asked,
    action=mostly(Action.READ, *Action),
    records=mostly(1, 200, 201),
    has_reason=mostly(True, False),
    second_person=st.sampled_from([None, PERSON, THIRD]),
    by_identifier=st.booleans(),
    is_stale=mostly(False, True),
)
purposes = mostly(Purpose.ASB_CASE, None, Purpose.MARAC)
