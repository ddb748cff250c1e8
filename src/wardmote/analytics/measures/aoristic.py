"""When: incidents by weekday and hour, those known only to lie between two times shared out over that stretch.

Source: Ratcliffe (2000), Aoristic analysis: the spatial interpretation of unspecific temporal events, International
Journal of Geographical Information Science 14.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

DAYS: Final = 7
HOURS: Final = 24
HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)
Clock = Callable[[datetime], datetime]


def as_given(moment: datetime) -> datetime:
    """Read a moment as the clock showed it."""
    return moment


@dataclass(frozen=True)
class Stretch:
    """The first and the last moment at which an incident may have happened, in local time; equal where it is known."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("Give local times without a zone: the hour on the clock is what is counted.")
        if self.end < self.start:
            raise ValueError(f"An incident cannot end ({self.end}) before it begins ({self.start}).")

    @property
    def length(self) -> timedelta:
        """Return how long the stretch is."""
        return self.end - self.start


@dataclass(frozen=True)
class Times:
    """Incidents by weekday (Monday first) and hour, as exact fractions (7 x 24), and what they rest on.

    `known` are those known to the hour, `shared` those shared out, `left_out` those of a week or more.
    """

    hours: tuple[tuple[Fraction, ...], ...]
    known: int
    shared: int
    left_out: int

    def by_hour(self) -> tuple[Fraction, ...]:
        """Return the 24 hours of the day over all weekdays."""
        return tuple(sum(hour, Fraction(0)) for hour in zip(*self.hours, strict=True))

    def by_weekday(self) -> tuple[Fraction, ...]:
        """Return the seven weekdays, Monday first."""
        return tuple(sum(day, Fraction(0)) for day in self.hours)


def times(stretches: Iterable[Stretch], *, clock: Clock = as_given) -> Times:
    """Share each incident out evenly over its stretch, one in all; a stretch of a week or more says nothing of when.

    `clock` turns the moments of the stretches into what the clock showed, whole hours apart: so the hour that a night
    in March leaves out gets nothing, and the one that a night in October has twice gets both.
    """
    hours = [[Fraction(0)] * HOURS for _ in range(DAYS)]
    known = shared = left_out = 0
    for one in stretches:
        if one.length >= WEEK:
            left_out += 1
            continue
        touched = list(parts(one))
        known, shared = known + (len(touched) == 1), shared + (len(touched) > 1)
        for moment, part in touched:
            shown = clock(moment)
            hours[shown.weekday()][shown.hour] += part
    return Times(tuple(map(tuple, hours)), known, shared, left_out)


def parts(one: Stretch) -> Iterator[tuple[datetime, Fraction]]:
    """Give each hour of the clock that a stretch touches, with the part of the stretch that lies in it."""
    hour = one.start.replace(minute=0, second=0, microsecond=0)
    if one.end <= hour + HOUR:
        yield hour, Fraction(1)
        return
    while hour < one.end:
        within = min(one.end, hour + HOUR) - max(one.start, hour)
        yield hour, Fraction(within // timedelta.resolution, one.length // timedelta.resolution)
        hour += HOUR
