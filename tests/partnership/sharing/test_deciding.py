"""Who may see what: every row of the table by an example, and the whole against a second implementation."""

import os
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.partnership.sharing import worlds
from tests.partnership.sharing.oracle import verdict
from tests.partnership.sharing.worlds import (
    CASE,
    CLASSES,
    COUNCIL,
    EVERYTHING,
    KIND,
    NOW,
    OTHER,
    PERSON,
    POLICE,
    RECORD,
    THIRD,
)
from wardmote.partnership.sharing.rules import deciding
from wardmote.partnership.sharing.rules.agreements import Agreement, FieldClass, Gateway, Party, Purpose
from wardmote.partnership.sharing.rules.deciding import Decision, Duty, Outcome, Reason, decide
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

WORLDS = int(os.environ.get("WARDMOTE_WORLDS", "500"))
AGREEMENT = Agreement(
    key=UUID(int=41),
    version=1,
    parties=(Party(COUNCIL, date(2026, 1, 1)), Party(POLICE, date(2026, 1, 1))),
    kinds=frozenset({KIND}),
    purposes=frozenset({Purpose.ASB_CASE}),
    classes=frozenset({FieldClass.IDENTITY}),
    gateway=Gateway.CRIME_AND_DISORDER,
    starts_on=date(2026, 1, 1),
    ends_on=date(2027, 1, 1),
)
OFFICER = ReaderFacts(
    person=PERSON,
    agency=COUNCIL,
    since=NOW - timedelta(days=9),
    has_second_factor=True,
    stepped_up_at=NOW - timedelta(minutes=3),
    capabilities=EVERYTHING,
    purposes=frozenset({Purpose.ASB_CASE}),
)
HELD = RecordFacts(
    key=RECORD,
    kind=KIND,
    holder=COUNCIL,
    sensitivity=Sensitivity.OFFICIAL,
    container=CASE,
    purpose=Purpose.ASB_CASE,
    classes=CLASSES,
)
MEMBER = (Membership(CASE, Capacity.MEMBER, NOW - timedelta(days=1)),)
OBSERVER = (Membership(CASE, Capacity.OBSERVER, NOW - timedelta(days=1)),)
GLASS = (Grant(RECORD, frozenset({FieldClass.IDENTITY}), NOW + timedelta(hours=4)),)
GRAVELY = {"action": Action.EXPORT, "has_reason": True}


@dataclass(frozen=True)
class Question:
    """A reader, a record and what is asked, as they differ from an officer who opens a record of their own agency."""

    reader: dict[str, Any]
    record: dict[str, Any]
    asked: dict[str, Any]
    purpose: Purpose | None = Purpose.ASB_CASE

    def decided(self) -> Decision:
        reader, record = replace(OFFICER, **self.reader), replace(HELD, **self.record)
        asked = replace(Asked(Action.READ), **self.asked)
        return decide(reader, record, asked, purpose=self.purpose, now=NOW)


def asking(
    reader: dict[str, Any] | None = None,
    record: dict[str, Any] | None = None,
    *,
    purpose: Purpose | None = Purpose.ASB_CASE,
    **asked: Any,
) -> Question:
    return Question(reader or {}, record or {}, asked, purpose)


SENSITIVE, PANEL, REVIEW = ({"sensitivity": one} for one in list(Sensitivity)[1:])
THEIRS = {"holder": POLICE, "agreements": (AGREEMENT,)}
TOLD = {**THEIRS, **SENSITIVE, "agreements": (replace(AGREEMENT, tells_of_existence=True),)}
# Row, what is asked, outcome and reason; then the same with the one condition of the row turned, and which row decides.
TABLE: list[tuple[int, Question, Outcome, Reason | None, Question, int]] = [
    (
        1,
        asking({"person": None}, {"is_casework": False, "is_published": True}),
        Outcome.ALLOW,
        None,
        asking({"person": None}, {"is_casework": False}),
        2,
    ),
    (2, asking({"person": None}), Outcome.REFUSE, Reason.SIGN_IN, asking(), 13),
    (3, asking({"until": NOW}), Outcome.REFUSE, Reason.ENDED, asking({"until": NOW + timedelta(seconds=1)}), 13),
    (4, asking({"has_second_factor": False}), Outcome.REFUSE, Reason.SECOND_FACTOR, asking(), 13),
    (5, asking({"grants": GLASS}, {"parties": frozenset({PERSON})}), Outcome.HIDE, None, asking({"grants": GLASS}), 11),
    (
        6,
        asking(record={"interested": frozenset({PERSON})}),
        Outcome.REFUSE,
        Reason.INTEREST,
        asking(record={"interested": frozenset({OTHER})}),
        13,
    ),
    (7, asking({"capabilities": frozenset()}), Outcome.HIDE, None, asking(), 13),
    (8, asking(record={"state": RecordState.DISPOSED}), Outcome.HIDE, None, asking(), 13),
    (9, asking(purpose=Purpose.MARAC), Outcome.HIDE, None, asking(), 13),
    (10, asking({"grants": GLASS}, REVIEW), Outcome.HIDE, None, asking({"memberships": MEMBER}, REVIEW), 14),
    (11, asking({"grants": GLASS}, PANEL), Outcome.ALLOW, None, asking(record=PANEL), 12),
    (12, asking(record=PANEL), Outcome.HIDE, None, asking({"memberships": MEMBER}, PANEL), 14),
    (13, asking(), Outcome.ALLOW, None, asking(record=SENSITIVE), 15),
    (14, asking({"memberships": MEMBER}, SENSITIVE), Outcome.ALLOW, None, asking(record=SENSITIVE), 15),
    (
        15,
        asking({"sees_own_agency_stub": True}, SENSITIVE),
        Outcome.REFUSE,
        Reason.NOT_ON_CASE,
        asking({"supervises": frozenset({CASE})}, SENSITIVE),
        14,
    ),
    (16, asking(record=THEIRS), Outcome.ALLOW, None, asking(record={**THEIRS, "agreements": ()}), 19),
    (
        17,
        asking({"memberships": MEMBER}, {**THEIRS, **SENSITIVE}),
        Outcome.ALLOW,
        None,
        asking(record={**THEIRS, **SENSITIVE}),
        19,
    ),
    (18, asking(record=TOLD, by_identifier=True), Outcome.REFUSE, Reason.ASK_HOLDER, asking(record=TOLD), 19),
    (19, asking(record={"holder": POLICE}), Outcome.HIDE, None, asking(), 13),
    (20, asking(action=Action.EDIT, is_stale=True), Outcome.REFUSE, Reason.STALE, asking(action=Action.EDIT), 13),
    (21, asking(action=Action.EXPORT), Outcome.REFUSE, Reason.STEP_UP, asking(**GRAVELY), 13),
]


@pytest.mark.parametrize(("row", "question", "outcome", "reason", "turned", "then"), TABLE, ids=[r[0] for r in TABLE])
def test_each_row_decides_what_it_says_and_not_when_its_condition_is_turned(
    row: int, question: Question, outcome: Outcome, reason: Reason | None, turned: Question, then: int
) -> None:
    found = question.decided()
    assert (found.row, found.outcome, found.reason) == (row, outcome, reason)
    assert turned.decided().row == then


def test_every_row_has_its_example() -> None:
    assert [row for row, *_ in TABLE] == list(range(1, 22))


@settings(max_examples=WORLDS, deadline=None)
@given(worlds.readers, worlds.records, worlds.questions, worlds.purposes)
def test_the_second_implementation_says_the_same(reader: Any, record: Any, asked: Any, purpose: Any) -> None:
    found = decide(reader, record, asked, purpose=purpose, now=NOW)
    outcome, fields = verdict(reader, record, asked, purpose=purpose, now=NOW)
    assert str(found.outcome) == outcome
    if found.outcome is Outcome.ALLOW:
        assert found.fields == fields


@pytest.mark.parametrize("left_out", range(len(deciding.ROWS)), ids=lambda at: deciding.ROWS[at].__name__)
def test_the_second_implementation_finds_a_row_that_is_left_out(left_out: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "ROWS", deciding.ROWS[:left_out] + deciding.ROWS[left_out + 1 :])

    def differs(world: Any) -> bool:
        reader, record, asked, purpose = world
        found = decide(reader, record, asked, purpose=purpose, now=NOW)
        return str(found.outcome) != verdict(reader, record, asked, purpose=purpose, now=NOW)[0]

    drawn = st.tuples(worlds.readers, worlds.records, worlds.questions, worlds.purposes)
    tried = settings(max_examples=50_000, deadline=None, database=None, phases=[Phase.generate])
    assert find(drawn, differs, settings=tried, random=Random(7))


@settings(max_examples=WORLDS, deadline=None)
@given(worlds.readers, worlds.records, worlds.questions, worlds.purposes)
def test_nothing_opens_for_whoever_is_blocked_or_a_party(reader: Any, record: Any, asked: Any, purpose: Any) -> None:
    for barred in ({"blocked": frozenset({reader.person})}, {"parties": frozenset({reader.person})}):
        found = decide(reader, replace(record, is_published=False, **barred), asked, purpose=purpose, now=NOW)
        assert found.outcome is not Outcome.ALLOW


@pytest.mark.parametrize("is_casework", [True, False])
def test_a_fault_opens_nothing(*, is_casework: bool) -> None:
    naive = datetime(2026, 11, 2, 10, 0)  # noqa: DTZ001 - the fault
    found = decide(
        OFFICER, replace(HELD, is_casework=is_casework), Asked(Action.READ), purpose=Purpose.ASB_CASE, now=naive
    )
    assert (found.outcome, found.row) == ((Outcome.HIDE if is_casework else Outcome.REFUSE), 0)


def test_a_record_that_nobody_marked_is_kept_as_closely_as_can_be() -> None:
    assert asking(record={"sensitivity": None}).decided().row == 10


def test_an_agreement_opens_the_classes_that_it_covers_and_no_others() -> None:
    found = asking(record=THEIRS).decided()
    assert found.fields == {FieldClass.IDENTITY}
    assert Duty.WATERMARK in found.duties


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_on": date(2026, 11, 2)},
        {"suspended_on": date(2026, 11, 2)},
        {"starts_on": date(2026, 11, 3)},
        {"purposes": frozenset({Purpose.MARAC})},
        {"kinds": frozenset({"another"})},
        {"gateway": Gateway.DEPERSONALISED},
        {"parties": (Party(COUNCIL, date(2026, 1, 1)), Party(POLICE))},
        {"parties": (Party(COUNCIL, date(2026, 1, 1), date(2026, 11, 2)), Party(POLICE, date(2026, 1, 1)))},
        {"parties": (Party(COUNCIL, date(2026, 1, 1)),)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_an_agreement_that_does_not_bind_both_today_opens_nothing(changed: dict[str, Any]) -> None:
    assert asking(record={**THEIRS, "agreements": (replace(AGREEMENT, **changed),)}).decided().row == 19


def test_section_16_never_opens_what_is_of_health() -> None:
    of_all = replace(AGREEMENT, classes=CLASSES, gateway=Gateway.SERIOUS_VIOLENCE)
    assert asking(record={**THEIRS, "agreements": (of_all,)}).decided().fields == CLASSES - {FieldClass.HEALTH}
    health = Party(POLICE, date(2026, 1, 1), is_health_or_care=True)
    of_care = replace(of_all, parties=(of_all.parties[0], health))
    assert asking(record={**THEIRS, "agreements": (of_care,)}).decided().fields == {FieldClass.STATISTIC}


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (asking(**GRAVELY, records=200), 13),
        (asking(**GRAVELY, records=201), 21),
        (asking(**GRAVELY, records=201, second_person=PERSON), 21),
        (asking(**GRAVELY, records=201, second_person=THIRD), 13),
        (asking({"memberships": MEMBER}, PANEL, **GRAVELY), 21),
        (asking({"stepped_up_at": NOW - timedelta(minutes=10)}, **GRAVELY), 13),
        (asking({"stepped_up_at": NOW - timedelta(minutes=10, seconds=1)}, **GRAVELY), 21),
        (asking({"stepped_up_at": NOW + timedelta(seconds=1)}, **GRAVELY), 21),
    ],
)
def test_what_is_grave_takes_a_fresh_factor_a_reason_and_of_much_a_second_person(question: Question, row: int) -> None:
    assert question.decided().row == row


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (asking(record=THEIRS, action=Action.COMMENT), 16),
        (asking(record=THEIRS, action=Action.EDIT), 16),
        (asking({"memberships": OBSERVER}, SENSITIVE, action=Action.COMMENT), 20),
        (asking(record={"state": RecordState.CLOSED}, action=Action.EDIT), 20),
        (asking({"grants": GLASS}, SENSITIVE, action=Action.EDIT), 11),
        (asking({"capabilities": frozenset({(KIND, Action.READ)})}, action=Action.EDIT), 20),
    ],
)
def test_what_may_be_done_is_less_than_what_may_be_read(question: Question, row: int) -> None:
    found = question.decided()
    is_comment = question.asked["action"] is Action.COMMENT and row == 16
    assert (found.row, found.outcome) == (row, Outcome.ALLOW if is_comment else Outcome.REFUSE)


def test_broken_glass_lets_a_note_on_safety_be_added_and_tells_the_holder() -> None:
    found = asking({"grants": GLASS}, SENSITIVE, action=Action.SAFETY_NOTE).decided()
    assert found.outcome is Outcome.ALLOW
    assert found.duties == {Duty.AUDIT, Duty.NOTIFY_HOLDER}
    assert found.expires_at == NOW + timedelta(hours=4)
    assert found.fields == {FieldClass.IDENTITY}
