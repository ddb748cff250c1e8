"""What waits is told at most once a day, decided again as the recipient, and sent at most once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AppointmentFactory, PartnershipFactory, reader_with
from tests.partnership.notices.kinds import OWNER
from tests.partnership.notices.servers import notify_server
from wardmote.access.permissions import Role
from wardmote.access.readers import Reader
from wardmote.audit.queries import entries_of
from wardmote.definitions import bank_holidays
from wardmote.jobs.actions.clock import tick
from wardmote.jobs.models import Schedule
from wardmote.partnership.members.models import Account, Appointment
from wardmote.partnership.members.queries import reader_by_key
from wardmote.partnership.notices.actions import choose_how_often
from wardmote.partnership.notices.actions.digests import write_digests
from wardmote.partnership.notices.actions.sending import send_waiting
from wardmote.partnership.notices.adapter.notify import Notify
from wardmote.partnership.notices.models import Message, Notice, Preference
from wardmote.partnership.notices.rules import (
    IN_HAND,
    PAUSES,
    Delivery,
    Dropped,
    Due,
    Handed,
    HowOften,
    Letter,
    MessageState,
    NoticeState,
    may_tell_now,
    next_try,
    wants_today,
)

pytestmark = pytest.mark.django_db
# A Wednesday at nine o'clock in London.
MORNING = datetime(2026, 11, 18, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MONDAY = date(2026, 11, 16)
EASTER_MONDAY = date(2027, 3, 29)


class Spy:
    """A transport that answers as it is told and remembers what it got."""

    def __init__(self, *answers: Handed, asks_first: bool = True) -> None:
        self.answers = list(answers)
        self.asks_first = asks_first
        self.got: list[Letter] = []

    def send(self, letter: Letter) -> Delivery:
        """Take a letter."""
        self.got.append(letter)
        handed = self.answers.pop(0) if self.answers else Handed.SENT
        return Delivery(handed, "" if handed is Handed.SENT else "The server is ill.")


class Killed(BaseException):
    """What no code catches."""


class Killing(Spy):
    """A transport whose worker is killed when the letter has gone."""

    def send(self, letter: Letter) -> Delivery:
        """Take a letter and never come back."""
        super().send(letter)
        raise Killed


@pytest.fixture(autouse=True)
def tea(settings: Any) -> Iterator[None]:
    """Only these tests' own kind of notice, and nothing waiting."""
    settings.WARDMOTE_NOTICES = {"tea": "tests.partnership.notices.kinds.TEA"}
    settings.WARDMOTE_URL = "https://csp.example"
    OWNER.__init__()  # type: ignore[misc]
    yield
    OWNER.__init__()  # type: ignore[misc]


def waits_for(reader: Reader, things: int = 1) -> list[UUID]:
    """Let so many things wait for somebody."""
    keys = [uuid4() for _ in range(things)]
    assert reader.partnership
    assert reader.appointment
    OWNER.due.setdefault(reader.partnership, []).extend(Due(reader.appointment, key) for key in keys)
    return keys


def only_message() -> Message:
    return Message.objects.get()


def test_what_waits_is_written_once_a_day_and_sent() -> None:
    reader = reader_with(Role.ANALYST)
    waits_for(reader, 3)
    assert write_digests(MORNING) == 1
    assert write_digests(MORNING + timedelta(hours=3)) == 0
    spy = Spy()
    assert send_waiting(MORNING, transport=spy) == 1
    assert send_waiting(MORNING, transport=spy) == 0
    (letter,) = spy.got
    assert (letter.to, letter.things) == (Account.objects.get(id=reader.key).email, 3)
    assert letter.link == "https://csp.example/waiting/"
    message = only_message()
    assert (message.state, message.tries, message.ended_at) == (MessageState.SENT, 1, MORNING)
    assert set(message.notices.values_list("state", flat=True)) == {NoticeState.TOLD}
    assert [entry.action for entry in entries_of(message.id)] == ["write", "sent"]
    assert entries_of(message.notices.all()[0].id).get().action == "note"


def test_an_owner_that_breaks_half_way_leaves_nothing_behind() -> None:
    waits_for(reader_with(Role.ANALYST))
    OWNER.breaks = True
    with pytest.raises(RuntimeError):
        write_digests(MORNING)
    assert not Notice.objects.exists()
    assert not Message.objects.exists()


def test_what_still_waits_is_told_again_after_a_week_and_no_sooner() -> None:
    waits_for(reader_with(Role.ANALYST))
    told = []
    for n in range(9):
        if write_digests(MORNING + n * DAY):
            told.append(n)
        send_waiting(MORNING + n * DAY, transport=Spy())
    assert told == [0, 7]


def test_what_was_answered_meanwhile_is_dropped() -> None:
    done, _ = waits_for(reader_with(Role.ANALYST), 2)
    write_digests(MORNING)
    OWNER.answered = {done}
    spy = Spy()
    send_waiting(MORNING, transport=spy)
    assert spy.got[0].things == 1
    assert Notice.objects.get(thing_key=done).dropped == Dropped.ANSWERED


def test_a_message_for_which_nothing_is_left_is_not_sent() -> None:
    OWNER.answered = set(waits_for(reader_with(Role.ANALYST)))
    write_digests(MORNING)
    spy = Spy()
    send_waiting(MORNING, transport=spy)
    assert (spy.got, only_message().state) == ([], MessageState.DROPPED)


def test_whoever_lost_their_appointment_is_not_told() -> None:
    reader = reader_with(Role.ANALYST)
    waits_for(reader)
    write_digests(MORNING)
    Appointment.objects.filter(id=reader.appointment).update(ends_on=(MORNING - DAY).date())
    spy = Spy()
    send_waiting(MORNING, transport=spy)
    assert (spy.got, Notice.objects.get().dropped) == ([], Dropped.LEFT)


def test_whoever_may_not_see_it_any_longer_is_not_told() -> None:
    reader = reader_with(Role.ANALYST)
    waits_for(reader)
    write_digests(MORNING)
    Appointment.objects.filter(id=reader.appointment).update(role=Role.ADMINISTRATOR)
    spy = Spy()
    send_waiting(MORNING, transport=spy)
    assert (spy.got, Notice.objects.get().dropped) == ([], Dropped.NOT_YOURS)


def test_the_owner_is_asked_as_the_recipient() -> None:
    reader = reader_with(Role.ANALYST)
    waits_for(reader)
    write_digests(MORNING)
    send_waiting(MORNING, transport=Spy())
    assert OWNER.asked_as == [reader]


def test_a_name_that_settings_do_not_hold_is_never_called() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    Notice.objects.update(owner="os.remove")
    spy = Spy()
    send_waiting(MORNING, transport=spy)
    assert (spy.got, OWNER.asked_as, only_message().state) == ([], [], MessageState.DROPPED)


def test_two_appointments_of_one_person_make_one_message() -> None:
    reader = reader_with(Role.ANALYST)
    other = AppointmentFactory(account_id=reader.key, agency__partnership=PartnershipFactory(), role=Role.SCORER)
    waits_for(reader)
    waits_for(reader_by_key(reader.key, appointment=other.id))
    assert write_digests(MORNING) == 1


def test_the_database_holds_one_message_for_a_person_and_a_day() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    message = only_message()
    message.id, message.reference = uuid4(), "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        message.save(force_insert=True)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 21, 9, tzinfo=UTC),  # a Saturday
        datetime(2026, 12, 25, 9, tzinfo=UTC),  # Christmas
        datetime(2026, 11, 18, 6, 59, tzinfo=UTC),
        datetime(2026, 11, 18, 18, tzinfo=UTC),
    ],
)
def test_nobody_is_written_to_outside_working_hours(moment: datetime) -> None:
    waits_for(reader_with(Role.ANALYST))
    assert write_digests(moment) == 0


@pytest.mark.parametrize(
    ("how_often", "day", "wants"),
    [
        (HowOften.DAILY, date(2026, 11, 18), True),
        (HowOften.NEVER, MONDAY, False),
        (HowOften.WEEKLY, MONDAY, True),
        (HowOften.WEEKLY, date(2026, 11, 17), False),
        (HowOften.WEEKLY, EASTER_MONDAY + DAY, True),
    ],
)
def test_each_is_told_as_often_as_they_wish(how_often: HowOften, day: date, wants: bool) -> None:
    assert wants_today(how_often, day, bank_holidays()) is wants


@given(st.dates(date(2026, 1, 5), date(2027, 12, 24)))
def test_weekly_is_at_most_once_in_any_week(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001 -- only its time of day counts
    days = [monday + timedelta(days=n) for n in range(7)]
    told = [
        one
        for one in days
        if may_tell_now(noon.replace(year=one.year, month=one.month, day=one.day), bank_holidays())
        and wants_today(HowOften.WEEKLY, one, bank_holidays())
    ]
    assert len(told) <= 1


def test_whoever_wants_none_gets_none_and_the_choice_is_in_the_audit() -> None:
    reader = reader_with(Role.ANALYST)
    waits_for(reader)
    choose_how_often(reader, HowOften.NEVER)
    assert write_digests(MORNING) == 0
    assert entries_of(Preference.objects.get().id).get().changed_fields == ["how_often"]


def test_five_missed_days_are_made_up_for_once(settings: Any) -> None:
    settings.WARDMOTE_SCHEDULES = {
        "digests": ("wardmote.partnership.notices.actions.digests.write_digests", timedelta(hours=1))
    }
    waits_for(reader_with(Role.ANALYST))
    Schedule.objects.create(name="digests", ran_at=MORNING - 5 * DAY)
    assert tick(MORNING) == ["digests"]
    assert tick(MORNING + timedelta(minutes=20)) == []
    assert Message.objects.count() == 1


def test_a_fault_that_passes_is_tried_again_after_a_pause() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    spy = Spy(Handed.LATER)
    send_waiting(MORNING, transport=spy)
    message = only_message()
    assert (message.state, message.words) == (MessageState.WAITING, "The server is ill.")
    assert send_waiting(MORNING + timedelta(seconds=59), transport=spy) == 0
    assert send_waiting(MORNING + timedelta(seconds=60), transport=spy) == 1
    assert [letter.tried_before for letter in spy.got] == [False, True]
    assert {letter.reference for letter in spy.got} == {message.reference}
    assert only_message().state == MessageState.SENT


def test_a_fault_that_stays_ends_in_words_and_is_told_anew_the_next_day() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    now = MORNING
    spy = Spy(*[Handed.LATER] * 20)
    for pause in (*PAUSES, 1, 1):
        send_waiting(now, transport=spy)
        now += timedelta(minutes=pause)
    message = only_message()
    assert (message.state, message.tries) == (MessageState.FAILED, len(PAUSES) + 1)
    assert message.words == "The server is ill. It was tried often enough."
    assert Notice.objects.get().dropped == Dropped.NOT_SENT
    assert write_digests(MORNING + DAY) == 1


def test_pauses_grow_and_end() -> None:
    found = [next_try(n, MORNING) for n in range(1, len(PAUSES) + 2)]
    assert found[-1] is None
    times = [one for one in found if one]
    assert times == sorted(set(times))


def test_what_the_server_refuses_has_failed_at_once() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    send_waiting(MORNING, transport=Spy(Handed.REFUSED))
    assert (only_message().state, only_message().words) == (MessageState.FAILED, "The server is ill.")


@pytest.mark.parametrize(
    ("asks_first", "state", "tries"), [(False, MessageState.UNSURE, 1), (True, MessageState.SENT, 2)]
)
def test_a_killed_worker_makes_no_second_letter(asks_first: bool, state: MessageState, tries: int) -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    with pytest.raises(Killed):
        send_waiting(MORNING, transport=Killing())
    spy = Spy(asks_first=asks_first)
    assert send_waiting(MORNING + IN_HAND, transport=spy) == 0  # it may still be at it
    send_waiting(MORNING + IN_HAND + timedelta(seconds=1), transport=spy)
    message = only_message()
    assert (message.state, message.tries) == (state, tries)
    assert [letter.tried_before for letter in spy.got] == [True] * (tries - 1)


def test_notify_has_one_message_though_the_worker_was_killed_as_it_took_it() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    with notify_server() as notify:
        way = Notify(notify.route)
        real = way.send

        def killed(letter: Letter) -> Delivery:
            real(letter)
            raise Killed

        way.send = killed  # type: ignore[method-assign]
        with pytest.raises(Killed):
            send_waiting(MORNING, transport=way)
        send_waiting(MORNING + 2 * IN_HAND, transport=Notify(notify.route))
        assert len(notify.sent) == 1
    message = only_message()
    assert (message.state, message.provider_key) == (MessageState.SENT, notify.sent[0]["id"])


def test_a_later_message_waits_for_its_time() -> None:
    waits_for(reader_with(Role.ANALYST))
    write_digests(MORNING)
    assert send_waiting(MORNING - timedelta(minutes=1), transport=Spy()) == 0
    assert timezone.is_aware(only_message().next_try_at)
