"""The daily round: note what waits for whom, and write each of them at most one message."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from wardmote.audit.actions import record
from wardmote.definitions import bank_holidays
from wardmote.partnership.members.models import Account, Appointment, Partnership
from wardmote.partnership.members.queries import CLOCK, service_reader
from wardmote.partnership.notices.models import Message, Notice
from wardmote.partnership.notices.queries import how_often_of, kinds
from wardmote.partnership.notices.rules import AGAIN_AFTER, Due, NoticeState, may_tell_now, wants_today


def write_digests(now: datetime) -> int:
    """Note what waits in every partnership and write who has not been written to today; returns how many messages.

    Does nothing outside working hours. Done again on the same day it writes to nobody twice: the database holds one
    message for a person and a day.
    """
    here = timezone.localtime(now)
    if not may_tell_now(here, bank_holidays()):
        return 0
    return sum(write_digests_of(partnership, now) for partnership in Partnership.objects.all())


def write_digests_of(partnership: Partnership, now: datetime) -> int:
    """Note what waits in one partnership and write who has not been written to today; returns how many messages."""
    today = timezone.localdate(now)
    note_what_waits(partnership.id, now, today)
    waiting: dict[UUID, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(partnership_key=partnership.id, state=NoticeState.WAITING, message=None):
        waiting[notice.account_key].append(notice)
    told = set(Message.objects.filter(day=today).values_list("account_key", flat=True))
    holidays = bank_holidays()
    wanted = [
        notices
        for account, notices in waiting.items()
        if account not in told and wants_today(how_often_of(account), today, holidays)
    ]
    return sum(_write(notices, now, today) for notices in wanted)


@transaction.atomic
def note_what_waits(partnership: UUID, now: datetime, today: date) -> int:
    """Note everything that waits for somebody and is not noted, or was told so long ago that it is told again."""
    accounts = dict(Appointment.objects.current(today).values_list("id", "account_id"))
    noted = 0
    for name, kind in kinds().items():
        known = _known(partnership, name, now)
        for due in kind.find(partnership, today):
            if (due.appointment, due.thing) in known or due.appointment not in accounts:
                continue
            known.add((due.appointment, due.thing))
            _note(partnership, name, due, accounts[due.appointment], now)
            noted += 1
    return noted


def _known(partnership: UUID, kind: str, now: datetime) -> set[tuple[UUID, UUID]]:
    own = Notice.objects.filter(partnership_key=partnership, kind=kind)
    waiting = own.filter(state=NoticeState.WAITING)
    lately = own.filter(state=NoticeState.TOLD, settled_at__gt=now - AGAIN_AFTER)
    return {*waiting.values_list("appointment_key", "thing_key"), *lately.values_list("appointment_key", "thing_key")}


def _note(partnership: UUID, kind: str, due: Due, account: UUID, now: datetime) -> None:
    notice = Notice.objects.create(
        partnership_key=partnership,
        account_key=account,
        appointment_key=due.appointment,
        kind=kind,
        thing_key=due.thing,
        owner=settings.WARDMOTE_NOTICES[kind],
        created_at=now,
    )
    record(service_reader(CLOCK, partnership=partnership), "note", kind="notice", key=notice.id)


def _write(notices: list[Notice], now: datetime, today: date) -> int:
    try:
        with transaction.atomic():
            _write_message(notices, now, today)
    except IntegrityError:
        return 0  # another worker was first
    return 1


def _write_message(notices: list[Notice], now: datetime, today: date) -> None:
    first = notices[0]
    key = uuid4()
    message = Message.objects.create(
        id=key,
        partnership_key=first.partnership_key,
        account_key=first.account_key,
        appointment_key=first.appointment_key,
        day=today,
        to=Account.objects.get(id=first.account_key).email,
        things=len(notices),
        link=settings.WARDMOTE_URL + reverse("notices:waiting"),
        reference=f"wardmote-{key}",
        written_at=now,
        next_try_at=now,
    )
    Notice.objects.filter(id__in=[notice.id for notice in notices]).update(message=message)
    record(service_reader(CLOCK, partnership=first.partnership_key), "write", kind="message", key=key)
