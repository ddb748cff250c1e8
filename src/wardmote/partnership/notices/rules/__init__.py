"""When somebody is told that something waits, how often, and what becomes of a message on its way."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from wardmote.access.readers import Reader
from wardmote.foundations.working_days import is_working_day


class Again(StrEnum):
    """What the owner of a notice says when it is asked again, as the person who would be told."""

    WAITS = "waits"
    ANSWERED = "answered"  # done meanwhile, or overtaken
    NOT_YOURS = "not-yours"  # the person may not see it (any longer)


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    TOLD = "told"
    DROPPED = "dropped"


class Dropped(StrEnum):
    """Why a notice came to nothing."""

    ANSWERED = "answered"
    NOT_YOURS = "not-yours"
    LEFT = "left"
    NOT_SENT = "not-sent"


@dataclass(frozen=True)
class Due:
    """Somebody whom a thing waits for: the appointment in which it concerns them, and the owner's key of the thing."""

    appointment: UUID
    thing: UUID


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice, as its owner declares it: its words, whom it concerns, and whether it still does.

    `find` gets the key of a partnership and a day; `decide` the recipient as a reader, the key of the thing and a day.
    The words stand on pages behind sign-in and in no mail.
    """

    one: str
    many: str  # with {n}
    find: Callable[[UUID, date], Iterable[Due]]
    decide: Callable[[Reader, UUID, date], Again]
    url: Callable[[UUID], str]

    def words(self, n: int) -> str:
        """Return in a sentence how many of this kind wait."""
        return self.one if n == 1 else self.many.format(n=n)


class HowOften(StrEnum):
    """How often a person wants to be told by e-mail."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


HOW_OFTEN_WORDS = {
    HowOften.DAILY: "At most once a working day",
    HowOften.WEEKLY: "At most once a week, on its first working day",
    HowOften.NEVER: "Never",
}
# People are told between these hours, by the clock of the partnership.
FIRST_HOUR, LAST_HOUR = 7, 18
# What still waits is mentioned again after a week.
AGAIN_AFTER = timedelta(days=7)


def may_tell_now(now: datetime, holidays: Container[date]) -> bool:
    """Whether this is a moment at which people are written to; `now` is local time."""
    return is_working_day(now.date(), holidays) and FIRST_HOUR <= now.hour < LAST_HOUR


def wants_today(how_often: HowOften, today: date, holidays: Container[date]) -> bool:
    """Whether somebody who wants to be told so often is told on this working day."""
    match how_often:
        case HowOften.NEVER:
            return False
        case HowOften.DAILY:
            return True
        case HowOften.WEEKLY:
            before = (today - timedelta(days=n) for n in range(1, today.weekday() + 1))
            return not any(is_working_day(day, holidays) for day in before)


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"  # a worker has it in hand
    SENT = "sent"
    KEPT = "kept"  # no mail is set up: it was written and kept here
    DROPPED = "dropped"  # nothing waited any more when it was to be sent
    FAILED = "failed"
    UNSURE = "unsure"  # it may have gone: sending it again might tell somebody twice


OVER = frozenset(MessageState) - {MessageState.WAITING, MessageState.SENDING}
# Minutes until a message that could not be handed over is tried again; then it has failed.
PAUSES = (1, 5, 15, 60, 240)
# A worker hands a message over in seconds, or is cut off by a time limit of 30; after this it is taken for dead.
IN_HAND = timedelta(minutes=10)


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when a message that was tried so often is tried again; None where that was enough."""
    return now + timedelta(minutes=PAUSES[tries - 1]) if tries <= len(PAUSES) else None


SUBJECT = "You have an update in Wardmote"


def sentence(things: int) -> str:
    """Return what a message says: how many things wait, and nothing about them."""
    return (
        "1 thing is waiting for you in Wardmote."
        if things == 1
        else f"{things} things are waiting for you in Wardmote."
    )


class Handed(StrEnum):
    """What became of handing a message over."""

    SENT = "sent"
    KEPT = "kept"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Letter:
    """A message as it is handed over; `reference` is the same each time that it is tried."""

    to: str
    things: int
    link: str
    reference: str
    tried_before: bool = False

    @property
    def body(self) -> str:
        """The whole text."""
        them = "it" if self.things == 1 else "them"
        paragraphs = (
            sentence(self.things),
            f"Sign in to see {them}: {self.link}",
            "There you can also choose fewer e-mails.",
        )
        return "\n\n".join(paragraphs) + "\n"


@dataclass(frozen=True)
class Delivery:
    """What became of handing a letter over, in words that hold no address; and the key that the provider gave it."""

    handed: Handed
    words: str = ""
    provider_key: str = ""
