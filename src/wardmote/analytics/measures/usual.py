"""The usual range: between which two counts a month would lie, if the year were like the years before it.

Sources: dispersion as in interval.py; a count whose variance is a multiple of its mean as a negative binomial, Cameron
and Trivedi (2013), Regression Analysis of Count Data, section 3.3; the allowance for a mean and a dispersion that are
themselves estimated as for any prediction from a sample.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final

from wardmote.analytics.measures.control import Limits, limits
from wardmote.analytics.measures.interval import Dispersion, dispersion
from wardmote.foundations.periods import Month

LEVEL: Final = 0.95
YEAR: Final = 12
FEWEST_YEARS: Final = 2
MOST_YEARS: Final = 5
# Limits without seasons need a year of months, so that each season is in them once.
FEWEST_MONTHS: Final = 12


class Standing(StrEnum):
    """Where a month's count lies."""

    ABOVE = "above its usual range"
    WITHIN = "within its usual range"
    BELOW = "below its usual range"


@dataclass(frozen=True)
class Usual:
    """The usual range of one month: the count expected and the two ends, both included."""

    expected: Fraction
    low: int
    high: int

    def standing(self, count: int) -> Standing:
        """Say where a count lies."""
        if count > self.high:
            return Standing.ABOVE
        return Standing.BELOW if count < self.low else Standing.WITHIN


@dataclass(frozen=True)
class UsualYear:
    """The usual ranges of twelve months, and from how many years (or, without seasons, months) they come.

    `years` is 0 where fewer than two whole years came before: the ranges are then the limits of process control.
    """

    months: Mapping[Month, Usual]
    years: int
    earlier_months: int


def usual_year(series: Mapping[Any, int | None], last: Month) -> UsualYear | None:
    """Return the usual ranges of the twelve months up to `last`, from what came before them, None from too little.

    `series` has a count by month, None or absent where a month is missing; the earlier months are read back from the
    year before, up to the first that is missing, five years at most.
    """
    first = last - (YEAR - 1)
    earlier = _back_from(series, first - 1)
    years = min(len(earlier) // YEAR, MOST_YEARS)
    asked = [first + step for step in range(YEAR)]
    if years >= FEWEST_YEARS:
        kept = earlier[-years * YEAR :]
        ranges = usual_ranges([kept[at : at + YEAR] for at in range(0, len(kept), YEAR)])
        return UsualYear(dict(zip(asked, ranges, strict=True)), years, years * YEAR)
    around = limits(earlier[-FEWEST_YEARS * YEAR :]) if len(earlier) >= FEWEST_MONTHS else None
    if around is None:
        return None
    return UsualYear(dict.fromkeys(asked, _of(around)), 0, around.points)


def usual_ranges(years: Sequence[Sequence[int]]) -> tuple[Usual, ...]:
    """Return the 95% range of each of the twelve months that follow whole years of monthly counts (years x 12).

    expected = mean of the same month in those years. A new month has the variance phi x expected x (1 + 1/years), for
    the noise of its own and that of the mean; it is widened by (t / z)^2, since phi is estimated. The ends are the
    quantiles of the negative binomial with that mean and variance. Raises ValueError from fewer than two years.
    """
    spread = dispersion(years)
    if spread is None:
        raise ValueError("A usual range needs two whole years at least.")
    totals = [sum(month) for month in zip(*years, strict=True)]
    return tuple(_range(total, len(years), spread) for total in totals)


def _range(total: int, years: int, spread: Dispersion) -> Usual:
    from scipy.stats import nbinom, norm, t

    tail = (1 - LEVEL) / 2
    # A month that never had any may still have one: half a count stands for what was too rare to be seen.
    mean = max(total, 0.5) / years
    widened = (t.ppf(1 - tail, spread.degrees) / norm.ppf(1 - tail)) ** 2
    variance = mean * spread.phi * (1 + 1 / years) * widened
    # Mean m and variance v: m / v is the chance of a success, m^2 / (v - m) their number.
    chance, size = mean / variance, mean * mean / (variance - mean)
    low, high = (int(nbinom.ppf(q, size, chance)) for q in (tail, 1 - tail))
    return Usual(Fraction(total, years), low, high)


def _of(around: Limits) -> Usual:
    """Return control limits as a range of whole counts: those that lie within the limits."""
    return Usual(Fraction(around.mean), ceil(around.lower), floor(around.upper))


def _back_from(series: Mapping[Any, int | None], last: Month) -> list[int]:
    """Return the counts up to a month, in order of time, back to the first that is missing."""
    found: list[int] = []
    month = last
    while len(found) < MOST_YEARS * YEAR:
        count = series.get(month)
        if count is None:
            break
        found.append(count)
        month = month - 1
    return found[::-1]
