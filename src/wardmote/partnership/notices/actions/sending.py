"""Handing messages over: each is claimed, decided again, handed over outside any transaction, and settled.

What is promised: a message whose worker was killed between claiming and settling is sent by GOV.UK Notify at most once,
since Notify is asked by its reference first; by SMTP it is never tried again, since nobody can say whether it went.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wardmote.audit.actions import record
from wardmote.partnership.members.queries import CLOCK, reader_by_key, service_reader
from wardmote.partnership.notices.adapter import Transport, transport_of
from wardmote.partnership.notices.models import Message, Notice
from wardmote.partnership.notices.queries import decide_again, kind_named
from wardmote.partnership.notices.rules import (
    IN_HAND,
    Again,
    Delivery,
    Dropped,
    Handed,
    Letter,
    MessageState,
    NoticeState,
    next_try,
)

# A tick of the clock sends no more: the other schedules wait for it.
MOST_AT_ONCE = 200
TRIED_ENOUGH = "It was tried often enough."
INTERRUPTED = "The worker stopped while it was sending. It may have gone, so it is not sent again."
STATE_OF = {
    Handed.SENT: MessageState.SENT,
    Handed.KEPT: MessageState.KEPT,
    Handed.REFUSED: MessageState.FAILED,
    Handed.UNSURE: MessageState.UNSURE,
}


def send_waiting(now: datetime, *, transport: Transport | None = None) -> int:
    """Hand over every message whose time has come; returns how many were taken up."""
    way = transport or transport_of(settings.WARDMOTE_MAIL)
    _take_up_interrupted(now, way)
    keys = Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=now).order_by("next_try_at")
    return sum(_send(key, now, way) for key in keys.values_list("id", flat=True)[:MOST_AT_ONCE])


def _send(key: UUID, now: datetime, way: Transport) -> bool:
    claimed = Message.objects.filter(id=key, state=MessageState.WAITING).update(
        state=MessageState.SENDING, claimed_at=now, tries=F("tries") + 1
    )
    if not claimed:
        return False  # another worker has it
    message = Message.objects.get(id=key)
    things = _still_waiting(message, now)
    if not things:
        _settle(message, MessageState.DROPPED, Delivery(Handed.KEPT, "Nothing waited any more."), now)
        return True
    letter = Letter(message.to, things, message.link, message.reference, tried_before=message.tries > 1)
    Message.objects.filter(id=key).update(things=things)
    _note_delivery(message, way.send(letter), now)
    return True


@transaction.atomic
def _still_waiting(message: Message, now: datetime) -> int:
    """Ask each owner again as the recipient, drop what no longer waits, and return how many things are left."""
    left = 0
    for notice in message.notices.filter(state=NoticeState.WAITING):
        reason = _why_not(notice, now)
        if reason is None:
            left += 1
            continue
        _end_notice(notice, now, NoticeState.DROPPED, reason)
    return left


def _why_not(notice: Notice, now: datetime) -> Dropped | None:
    today = timezone.localdate(now)
    if settings.WARDMOTE_NOTICES.get(notice.kind) != notice.owner:
        return Dropped.NOT_YOURS  # no app declares it any longer: nobody can say that they may still see it
    reader = reader_by_key(notice.account_key, appointment=notice.appointment_key, today=today)
    if reader.partnership != notice.partnership_key:
        return Dropped.LEFT
    again = decide_again(kind_named(notice.kind), reader, notice.thing_key, today=today)
    return {Again.ANSWERED: Dropped.ANSWERED, Again.NOT_YOURS: Dropped.NOT_YOURS}.get(again)


def _note_delivery(message: Message, delivery: Delivery, now: datetime) -> None:
    if delivery.handed is not Handed.LATER:
        _settle(message, STATE_OF[delivery.handed], delivery, now)
        return
    again = next_try(message.tries, now)
    if again is None:
        words = f"{delivery.words} {TRIED_ENOUGH}"
        _settle(message, MessageState.FAILED, Delivery(Handed.REFUSED, words), now)
        return
    Message.objects.filter(id=message.id, state=MessageState.SENDING).update(
        state=MessageState.WAITING, next_try_at=again, words=delivery.words, claimed_at=None
    )


@transaction.atomic
def _settle(message: Message, state: MessageState, delivery: Delivery, now: datetime) -> None:
    ended = Message.objects.filter(id=message.id, state=MessageState.SENDING)
    if not ended.update(state=state, ended_at=now, words=delivery.words, provider_key=delivery.provider_key):
        return
    for notice in message.notices.filter(state=NoticeState.WAITING):
        if state is MessageState.FAILED:
            _end_notice(notice, now, NoticeState.DROPPED, Dropped.NOT_SENT)
        else:
            _end_notice(notice, now, NoticeState.TOLD)
    record(service_reader(CLOCK, partnership=message.partnership_key), state.value, kind="message", key=message.id)


def _end_notice(notice: Notice, now: datetime, state: NoticeState, dropped: Dropped | None = None) -> None:
    notice.state, notice.dropped, notice.settled_at = state, dropped or "", now
    notice.save(update_fields=["state", "dropped", "settled_at"])


def _take_up_interrupted(now: datetime, way: Transport) -> None:
    """Settle what a killed worker had in hand: asked about by its reference, else never sent again."""
    silent = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=now - IN_HAND)
    for message in silent:
        if way.asks_first:
            Message.objects.filter(id=message.id, state=MessageState.SENDING, claimed_at=message.claimed_at).update(
                state=MessageState.WAITING, next_try_at=now, claimed_at=None
            )
        else:
            _settle(message, MessageState.UNSURE, Delivery(Handed.UNSURE, INTERRUPTED), now)
