"""What each supplier owes and when it is late, how far a source can be relied on, and gaps in what is known."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wardmote.foundations.periods import Month


class Refresh(StrEnum):
    """How often a source is renewed."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ONCE = "once"


REFRESH_WORDS = {
    Refresh.MONTHLY: "Every month",
    Refresh.QUARTERLY: "Every quarter",
    Refresh.YEARLY: "Every year",
    Refresh.ONCE: "Once",
}
MONTHS_IN = {Refresh.MONTHLY: 1, Refresh.QUARTERLY: 3, Refresh.YEARLY: 12}


class DueState(StrEnum):
    """Where the next delivery of a source stands."""

    ARRIVED = "arrived"
    WAITING = "waiting"
    NOT_YET = "not-yet"
    DUE = "due"
    LATE = "late"


DUE_WORDS = {
    DueState.ARRIVED: "Up to date",
    DueState.WAITING: "Came in, waits to be accepted",
    DueState.NOT_YET: "Not yet due",
    DueState.DUE: "Due",
    DueState.LATE: "Late",
}
# Days after the day on which it was expected until a delivery is called late and not due.
GRACE_DAYS = 7


@dataclass(frozen=True)
class Due:
    """What is expected next of a source: the last month it should hold, by which day, and where that stands."""

    state: DueState
    period_end: Month | None = None
    expected_on: date | None = None


def due_of(refresh: Refresh, lag_days: int, *, held_to: Month | None, waiting_to: Month | None, today: date) -> Due:
    """Return what is expected next of a source that is renewed so often, `lag_days` after its period has ended.

    `held_to` is the last month accepted, `waiting_to` the last that came in and waits; None where there is none.
    A monthly source held to August with a lag of 60 days is expected with September by 29 November.
    """
    if refresh is Refresh.ONCE:
        came = DueState.WAITING if waiting_to else DueState.DUE
        return Due(DueState.ARRIVED if held_to else came)
    step = MONTHS_IN[refresh]
    wanted = held_to + step if held_to else _last_complete(step, today - timedelta(days=lag_days))
    expected = wanted.last_day + timedelta(days=lag_days)
    if waiting_to and waiting_to >= wanted:
        return Due(DueState.WAITING, wanted, expected)
    if today > expected + timedelta(days=GRACE_DAYS):
        return Due(DueState.LATE, wanted, expected)
    return Due(DueState.DUE if today >= expected else DueState.NOT_YET, wanted, expected)


def _last_complete(step: int, day: date) -> Month:
    """Return the last month of the last whole month, quarter or year (by the calendar) that had ended on a day."""
    here = Month.of(day)
    ended = here if day == here.last_day else here - 1
    return ended - (ended.number % step)


class Reliability(StrEnum):
    """How far a source can be relied on, in the three grades of the police's intelligence reports (3x5x2)."""

    RELIABLE = "reliable"
    UNTESTED = "untested"
    NOT_RELIABLE = "not-reliable"


RELIABILITY_WORDS = {
    Reliability.RELIABLE: "Reliable: it has been right before and how it is made is known",
    Reliability.UNTESTED: "Untested: it may be right, but nobody has checked it",
    Reliability.NOT_RELIABLE: "Not reliable: there are reasons to doubt it",
}


class Sureness(StrEnum):
    """How sure we are of what a source says."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class GapState(StrEnum):
    """Whether something that we do not know has been found out."""

    OPEN = "open"
    CLOSED = "closed"
