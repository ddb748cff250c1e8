"""Season: which calendar months are clearly high or low, year after year.

Sources: dispersion as in interval.py; Benjamini and Hochberg (1995) for looking at twelve months at once (several.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt
from typing import Final

from wardmote.analytics.measures.interval import Dispersion, dispersion
from wardmote.analytics.measures.several import clear_among

YEAR: Final = 12
FEWEST_YEARS: Final = 3
# Twelve months need this many incidents in all, or chance alone fills and empties them.
FEWEST_INCIDENTS: Final = 60
# Days of January to December, February with its leap day every fourth year.
DAYS: Final = (31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class CalendarMonth:
    """A calendar month over some years: its counts, what its days alone would give, and the verdict.

    `clear` is 1 where it is clearly high, −1 where it is clearly low, else 0.
    """

    count: int
    expected: float
    chance: float
    clear: int

    @property
    def percent(self) -> Fraction:
        """Return by how many per cent it lies above (or below) what an average month of its length would have."""
        return (self.count / Fraction(self.expected) - 1) * 100


def seasons(years: Sequence[Sequence[int]], *, first: int) -> tuple[CalendarMonth, ...] | None:
    """Return the twelve calendar months of whole years of counts (years x 12), in the order of the columns.

    `first` is the calendar month (1 to 12) of the first column. Expected in a year: its total, shared out by days and
    by a trend, that of the years' totals. z = (count − expected) / sqrt(phi x expected x (1 − expected / all)), its
    chance by Student's t with the degrees of phi. None from under three years or 60 incidents, or a year with none.
    """
    if len(years) < FEWEST_YEARS or any(not sum(year) for year in years) or sum(map(sum, years)) < FEWEST_INCIDENTS:
        return None
    spread = dispersion(years)
    if spread is None:
        return None
    expected = _expected(years, first)
    counts = [sum(month) for month in zip(*years, strict=True)]
    chances = [_chance(count, one, sum(counts), spread) for count, one in zip(counts, expected, strict=True)]
    clear = clear_among(dict(enumerate(chances)))
    return tuple(
        CalendarMonth(count, one, chance, (1 if count > one else -1) if at in clear else 0)
        for at, (count, one, chance) in enumerate(zip(counts, expected, chances, strict=True))
    )


def _expected(years: Sequence[Sequence[int]], first: int) -> list[float]:
    totals = [sum(year) for year in years]
    step = _trend([log(total) for total in totals]) / YEAR
    days = [DAYS[(first - 1 + at) % YEAR] for at in range(YEAR)]
    parts = [day * exp(step * at) for at, day in enumerate(days)]
    return [sum(totals) * part / sum(parts) for part in parts]


def _trend(values: Sequence[float]) -> float:
    """Return the slope of values in order of time, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    across = sum((at - middle) * (value - mean) for at, value in enumerate(values))
    return across / sum((at - middle) ** 2 for at in range(len(values)))


def _chance(count: int, expected: float, total: int, spread: Dispersion) -> float:
    from scipy.stats import t

    z = (count - expected) / sqrt(spread.phi * expected * (1 - expected / total))
    return float(2 * t.sf(abs(z), spread.degrees))
