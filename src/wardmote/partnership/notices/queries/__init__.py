"""What waits for a reader, by kind and with its link; and the outbox of a partnership."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from wardmote.access.permissions import Permission
from wardmote.access.readers import NOBODY, NotAllowed, Reader
from wardmote.partnership.notices.models import Message, Preference
from wardmote.partnership.notices.rules import Again, HowOften, MessageState, NoticeKind


@dataclass(frozen=True)
class Waiting:
    """How many things of one kind wait for the reader, in a sentence, and where they are seen."""

    words: str
    url: str


def kinds() -> dict[str, NoticeKind]:
    """Return every kind of notice that an app has declared, by its name in the settings."""
    return {name: kind_named(name) for name in settings.WARDMOTE_NOTICES}


def kind_named(name: str) -> NoticeKind:
    """Return a declared kind; KeyError where the settings do not name it."""
    found: NoticeKind = import_string(settings.WARDMOTE_NOTICES[name])
    return found


def decide_again(kind: NoticeKind, reader: Reader, thing: UUID, *, today: date) -> Again:
    """Ask the owner, as the one who would be told, whether the thing still waits for them."""
    try:
        return kind.decide(reader, thing, today)
    except NotAllowed:
        return Again.NOT_YOURS


def waiting_for(reader: Reader, *, today: date) -> list[Waiting]:
    """Return what waits for the reader in the appointment that is active, decided now."""
    if reader.partnership is None or reader.appointment is None:
        return []
    return [found for kind in kinds().values() for found in _waiting(kind, reader, reader.partnership, today)]


def _waiting(kind: NoticeKind, reader: Reader, partnership: UUID, today: date) -> Iterator[Waiting]:
    own = [due.thing for due in kind.find(partnership, today) if due.appointment == reader.appointment]
    things = [thing for thing in own if decide_again(kind, reader, thing, today=today) is Again.WAITS]
    # Things that are seen on one page are one line.
    for url, count in Counter(kind.url(thing) for thing in things).items():
        yield Waiting(kind.words(count), url)


def how_often_of(account: UUID) -> HowOften:
    """Return how often a person wants to be told; daily until they have said otherwise."""
    stated = Preference.objects.filter(account_key=account).values_list("how_often", flat=True).first()
    return HowOften(stated) if stated else HowOften.DAILY


def outbox_of(reader: Reader) -> QuerySet[Message]:
    """Return the messages of the reader's partnership, newest first, for those who look after its members."""
    reader.require(Permission.MANAGE_MEMBERS)
    return Message.objects.filter(partnership_key=reader.partnership or NOBODY)


def undelivered(reader: Reader, *, since: date) -> int:
    """Return how many messages of the reader's partnership were not delivered on a day or after it."""
    return outbox_of(reader).filter(state=MessageState.FAILED, day__gte=since).count()
