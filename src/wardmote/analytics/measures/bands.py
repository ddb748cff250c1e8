"""Bands from 1 to 5 that answer a criterion from figures: how much, how often, how bad, and where it is going."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wardmote.foundations.rounding import signed_percentage, with_thousands

FEWEST_TO_COMPARE: Final = 5
# Per cent on the year before: 10 either way for the outer bands, 3 for the inner ones.
LARGE: Final = Decimal(10)
SMALL: Final = Decimal(3)
# Harm days of one incident at which a band begins: each is ten times the one before, as sentences grow.
HARM_DAYS: Final = (1, 10, 100, 1000)
WEEKLY: Final = 52
DAILY: Final = 365
# Incidents a year at which a band begins: one, every month, every week, every day.
OFTEN: Final = (1, 12, WEEKLY, DAILY)


@dataclass(frozen=True)
class Band:
    """A level from 1 to 5 and how it came about; or None with the reason why the figures give none."""

    level: int | None
    working: str


def volume_band(counts: Mapping[str, int], problem: str) -> Band:
    """Return the fifth in which a problem's count lies among all that were counted; equal counts share a band."""
    if problem not in counts:
        return Band(None, "it is not counted in the data held")
    if len(counts) < FEWEST_TO_COMPARE:
        return Band(None, f"only {len(counts)} of the problems are counted, and fifths need {FEWEST_TO_COMPARE}")
    below = sum(1 for count in counts.values() if count < counts[problem])
    others = len(counts) - 1
    than = {0: "none", others: "each"}.get(below, str(below))
    words = f"{counts[problem]:,} incidents, more than {than} of the other {others} problems counted"
    return Band(1 + 5 * below // len(counts), words)


def trend_band(percent: Decimal | None, *, is_clear: bool) -> Band:
    """Return the band of a change on the year before; the outer bands are for clear changes alone.

    `percent` is None where no percentage can be given honestly; `is_clear` says that chance does not explain it.
    """
    if percent is None:
        return Band(None, "no percentage can be given for its change")
    size = 2 if abs(percent) >= LARGE and is_clear else 1 if abs(percent) >= SMALL else 0
    clear = "a clear change" if is_clear else "which may be chance"
    return Band(3 + size if percent > 0 else 3 - size, f"{signed_percentage(percent)} on the year before, {clear}")


def harm_band(per_incident: Decimal | None, *, why_not: str = "") -> Band:
    """Return the band of the harm that one incident does, in days, each band ten times the one before."""
    if per_incident is None:
        return Band(None, why_not.rstrip(".") or "its harm is not estimated")
    level = 1 + bisect_right(HARM_DAYS, per_incident)
    return Band(level, f"an estimated {with_thousands(per_incident, 1)} harm days for each incident")


def often_band(count: int | None, *, words: str) -> Band:
    """Return the band of how often something happens: less than once a year, then every month, week and day.

    `count` is of a year, of incidents that were recorded or that are expected; `words` says which.
    """
    if count is None:
        return Band(None, "it is not counted in the data held")
    return Band(1 + bisect_right(OFTEN, count), f"{with_thousands(count)} incidents {words}")


def spread_band(counts: Sequence[int | None], *, areas: str) -> Band:
    """Return the band of how often and how widely something happens, from the year's counts of every area.

    5: daily in most; 4: daily in one, or weekly in most; 3: weekly in one; 2: in several; 1: in one, or nowhere.
    """
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return Band(None, f"it is not known how it spreads over {areas}")
    daily, weekly, any_at_all = (sum(1 for count in known if count >= least) for least in (DAILY, WEEKLY, 1))
    words = f"of {len(known)} {areas} {daily} had one a day or more, {weekly} one a week or more"
    if 2 * daily > len(known):
        return Band(5, words)
    if daily or 2 * weekly > len(known):
        return Band(4, words)
    return Band(3 if weekly else 2 if any_at_all > 1 else 1, words)


@dataclass(frozen=True)
class ExpectedYear:
    """What is expected of the coming year: the middle and the ends of the 80% interval, in incidents."""

    expected: int
    low: int
    high: int


def forecast_band(count: int | None, year: ExpectedYear | None, *, why_not: str = "") -> Band:
    """Return the band of what is expected, beside the count of the year that has passed.

    The outer bands are for forecasts whose 80% interval leaves out that count; within 3% either way it is 3.
    """
    if year is None:
        return Band(None, why_not.rstrip(".") or "there is no forecast")
    if not count:
        return Band(None, "there were none in the year that has passed, so that no percentage can be given")
    percent = Decimal(100 * (year.expected - count)) / count
    is_clear = not year.low <= count <= year.high
    size = 0 if abs(percent) < SMALL else 2 if is_clear else 1
    ends = f"80% interval {with_thousands(year.low)} to {with_thousands(year.high)}"
    clear = "outside the year that has passed" if is_clear else "which holds the year that has passed"
    words = f"{with_thousands(year.expected)} expected in the coming year ({ends}, {clear}: {with_thousands(count)})"
    return Band(3 + size if percent > 0 else 3 - size, words)
