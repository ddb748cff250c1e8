"""Road casualties: killed and seriously injured, their rate and interval, three-year mean, changes in recording.

Sources: Fay and Feuer (1997), Confidence intervals for directly standardized rates, Statistics in Medicine 16, 791-801,
for the interval of a sum of counts that count differently: several people are hurt in one collision, so casualties are
no independent events, but collisions are. Department for Transport, Guide to severity adjustments for reported road
casualty statistics (2024), for what changed in recording.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from wardmote.analytics.measures.change import HISTORY_YEARS, Change, Compared, worked_change
from wardmote.analytics.measures.interval import chance, dispersion
from wardmote.definitions import road_casualty_terms
from wardmote.foundations.periods import Month, Period, before

PER: Final = 10_000
YEARS: Final = 3
YEAR: Final = 12
LEVEL: Final = 0.95
SEVERE: Final = frozenset({"fatal", "serious"})


@dataclass(frozen=True)
class CasualtyCount:
    """Casualties that share month, place, severity, road user, age group and way of recording.

    `serious` is the sum of their published chances of being serious, None where one of them has none.
    """

    month: Month
    district: str
    lsoa: str | None
    severity: str
    road_user: str
    is_child: bool | None
    injury_based: bool | None
    count: int
    serious: Fraction | None

    @property
    def is_severe(self) -> bool:
        """Whether they were killed or seriously injured, as recorded."""
        return self.severity in SEVERE


Keep = Callable[[CasualtyCount], bool]
# How many collisions hurt one person, two, …
Sizes = Mapping[int, int]


@dataclass(frozen=True)
class CasualtyRate:
    """Casualties for every 10,000 residents and year, with the ends of the 95% interval."""

    value: Fraction
    low: float
    high: float


def everyone(_one: CasualtyCount) -> bool:
    """Keep every casualty."""
    return True


def severe(one: CasualtyCount) -> bool:
    """Keep who was killed or seriously injured (KSI)."""
    return one.is_severe


def killed(one: CasualtyCount) -> bool:
    """Keep who was killed."""
    return one.severity == "fatal"


def severe_child(one: CasualtyCount) -> bool:
    """Keep the children who were killed or seriously injured."""
    return one.is_severe and one.is_child is True


def by_month(counts: Iterable[CasualtyCount], held: Iterable[Month], keep: Keep) -> dict[Month, int]:
    """Return the casualties of each month held: nought where nobody was hurt, absent where the month is not held."""
    found = dict.fromkeys(sorted(held), 0)
    for one in counts:
        if one.month in found and keep(one):
            found[one.month] += one.count
    return found


def total_over(series: Mapping[Month, int], period: Period) -> int | None:
    """Return the casualties of a period, None where one of its months is not held."""
    return None if any(month not in series for month in period) else sum(series[month] for month in period)


def three_year_mean(series: Mapping[Month, int], last: Month) -> Fraction | None:
    """Return the mean of the three years that end with a month, None where one of their months is not held."""
    total = total_over(series, Period(last - (YEARS * YEAR - 1), last))
    return None if total is None else Fraction(total, YEARS)


def interval_of(sizes: Sizes) -> tuple[float, float]:
    """Return the 95% interval of the casualties expected, given collisions by how many people they hurt.

    Fay and Feuer: y = sum of size x number, v = sum of size^2 x number, w = largest size. Low = v / 2y x chi-square
    quantile 2.5% of 2 y^2 / v degrees; high the same of 97.5% with y + w and v + w^2. Without any: 0 to 3.7.
    """
    from scipy.stats import chi2

    total = sum(size * number for size, number in sizes.items())
    variance = sum(size * size * number for size, number in sizes.items())
    largest = max((size for size, number in sizes.items() if number), default=1)
    tail = (1 - LEVEL) / 2
    low = variance / (2 * total) * chi2.ppf(tail, 2 * total * total / variance) if total else 0.0
    above, wider = total + largest, variance + largest * largest
    return float(low), float(wider / (2 * above) * chi2.ppf(1 - tail, 2 * above * above / wider))


def casualty_rate(sizes: Sizes, residents: int, *, years: int = 1) -> CasualtyRate | None:
    """Return casualties a year for every 10,000 residents; None where nobody lives there."""
    if residents <= 0:
        return None
    low, high = interval_of(sizes)
    base = residents * years
    total = sum(size * number for size, number in sizes.items())
    return CasualtyRate(Fraction(total * PER, base), low * PER / base, high * PER / base)


def recorded_by_injury(counts: Iterable[CasualtyCount], period: Period) -> Fraction | None:
    """Return the share of injured casualties whose injuries were recorded; None where a file does not say it of all.

    The killed are left out: how injuries are recorded does not move who counts as killed.
    """
    within = [one for one in counts if one.month in period and one.severity != "fatal"]
    if not within or any(one.injury_based is None for one in within):
        return None
    return Fraction(sum(one.count for one in within if one.injury_based), sum(one.count for one in within))


def adjusted_severe(counts: Iterable[CasualtyCount], period: Period) -> Fraction | None:
    """Return killed and seriously injured as they would be had all injuries been recorded; None where not published."""
    within = [one for one in counts if one.month in period]
    if not within or any(one.serious is None for one in within if one.severity != "fatal"):
        return None
    return sum((Fraction(one.count) if killed(one) else one.serious or Fraction() for one in within), Fraction())


def recording_break(previous: Fraction | None, current: Fraction | None) -> str:
    """Say that recording changed between two years so far that serious injuries cannot be compared; empty where not."""
    limit = Fraction(road_casualty_terms().limit_points, 100)
    if previous is None or current is None or abs(current - previous) <= limit:
        return ""
    now, then = (round(100 * share) for share in (current, previous))
    return f"injuries themselves were recorded for {now}% of the injured, and for {then}% the year before"


def casualty_change(series: Mapping[Month, int], last: Month, *, broken: str = "") -> Change:
    """Compare the twelve months that end with a month with the twelve before, as every change of Wardmote is."""
    current = Period(last - (YEAR - 1), last)
    return worked_change(series, Compared(before(current), current), broken=broken)


def casualty_chance(series: Mapping[Month, int], last: Month) -> float | None:
    """Return the chance of counts as far apart as those of the two years that end with a month had nothing changed.

    None where a month of them is not held, or nobody was hurt in either. Noise is read from up to five years.
    """
    current = Period(last - (YEAR - 1), last)
    counts = total_over(series, before(current)), total_over(series, current)
    spread = dispersion(_whole_years(series, last))
    if counts[0] is None or counts[1] is None or spread is None or not any(counts):
        return None
    return chance(counts[0], counts[1], spread)


def _whole_years(series: Mapping[Month, int], last: Month) -> list[list[int]]:
    years: list[list[int]] = []
    for back in range(HISTORY_YEARS):
        months = Period(last - (back * YEAR + YEAR - 1), last - back * YEAR)
        if total_over(series, months) is None:
            break
        years.append([series[month] for month in months])
    return years


def provisional_within(period: Period, provisional: Sequence[str]) -> int:
    """Count the months of a period whose figures are not yet validated."""
    return sum(str(month) in provisional for month in period)
