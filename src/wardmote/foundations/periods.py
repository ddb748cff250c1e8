"""Months and runs of whole months: the calendar of published crime figures, with financial years and quarters."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_PATTERN: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_FINANCIAL_YEAR_PATTERN: Final = re.compile(r"(\d{4})/(\d{2})", re.ASCII)
_QUARTER_PATTERN: Final = re.compile(r"(\d{4}) Q([1-4])", re.ASCII)
_FINANCIAL_YEAR_STARTS: Final = 4

# A day in a year outside these is a slip of the keys: audits go back to 1998, and no plan reaches 2100.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100


def is_known_year(day: dt.date) -> bool:
    """Whether a day lies in a year that somebody can mean; both ends count."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, `Month(2024, 1)` for January 2024. Months sort in time order."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"{self.number} is not a month of the year: use 1 to 12.")
        if not 1 <= self.year <= 9999:
            raise ValueError(f"{self.year} is not a year that a calendar has: use 1 to 9999.")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2024-01`; raises ValueError for anything else, spaces and single digits included."""
        match = _MONTH_PATTERN.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}” is not a month: write it like 2024-01.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> "Month":
        """Return the month whose `index` this is."""
        # December belongs to its own year although year * 12 + 12 equals (year + 1) * 12, hence the step of one.
        year, zero_based = divmod(index - 1, 12)
        return cls(year, zero_based + 1)

    @property
    def index(self) -> int:
        """Months counted through, `year * 12 + number`: neighbours differ by one, across years too."""
        return self.year * 12 + self.number

    @property
    def first_day(self) -> dt.date:
        """The first day of the month."""
        return dt.date(self.year, self.number, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        if (self.year, self.number) == (9999, 12):
            return dt.date.max
        return (self + 1).first_day - dt.timedelta(days=1)

    def words(self) -> str:
        """Write the month for a reader: `January 2024`."""
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __add__(self, months: int) -> "Month":
        return Month.from_index(self.index + months)

    def __sub__(self, months: int) -> "Month":
        return Month.from_index(self.index - months)

    def since(self, earlier: "Month") -> int:
        """Count the months from another month to this one (negative when that one is later)."""
        return self.index - earlier.index


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months, both ends included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A period cannot end ({self.last}) before it begins ({self.first}).")

    @property
    def length(self) -> int:
        """How many months the period has."""
        return self.last.since(self.first) + 1

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of the period, in order."""
        return tuple(self)

    def __iter__(self) -> Iterator[Month]:
        return (self.first + step for step in range(self.length))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def words(self) -> str:
        """Write the period for a reader: `year to September 2025`, `January 2024`, `January 2024 to March 2024`."""
        if self.length == 12:
            return f"year to {self.last.words()}"
        if self.length == 1:
            return self.first.words()
        return f"{self.first.words()} to {self.last.words()}"

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


def rolling_12(month: Month) -> Period:
    """Return the twelve months that end with this one."""
    return Period(month - 11, month)


def before(period: Period) -> Period:
    """Return the period of the same length immediately before."""
    return Period(period.first - period.length, period.first - 1)


def financial_year(month: Month) -> str:
    """Name the financial year (April to March) of a month: `2024/25` for April 2024 and for March 2025."""
    starts = month.year if month.number >= _FINANCIAL_YEAR_STARTS else month.year - 1
    return f"{starts}/{(starts + 1) % 100:02}"


def financial_year_period(label: str) -> Period:
    """Return April to March of `2024/25`; raises ValueError when the two years do not follow each other."""
    match = _FINANCIAL_YEAR_PATTERN.fullmatch(label)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError(f"“{label}” is not a financial year: write it like 2024/25.")
    first = Month(int(match[1]), _FINANCIAL_YEAR_STARTS)
    return Period(first, first + 11)


def quarter(month: Month) -> str:
    """Name the calendar quarter of a month: `2025 Q3` for July to September 2025."""
    return f"{month.year} Q{(month.number + 2) // 3}"


def quarter_period(label: str) -> Period:
    """Return the three months of `2025 Q3`; raises ValueError for anything else."""
    match = _QUARTER_PATTERN.fullmatch(label)
    if match is None:
        raise ValueError(f"“{label}” is not a calendar quarter: write it like 2025 Q3.")
    first = Month(int(match[1]), int(match[2]) * 3 - 2)
    return Period(first, first + 2)
