"""One row of a list of incidents: when by the clock in Britain, where, and under which pseudonyms; or why it cannot be.

No reason quotes a cell: in a row that has slipped by a column any cell may hold a name.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.ons.source import GSS_CODE, RowRejected
from wardmote.foundations.british_time import in_britain, moments_of
from wardmote.foundations.national_grid import to_degrees
from wardmote.foundations.periods import Month, is_known_year

from .layout import KEYS, problems_by_word
from .pseudonyms import Pseudonyms

_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(.+))?", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]+(.+))?", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", re.ASCII)
_ZONED: Final = re.compile(r".*\d(Z|[+-]\d{2}:?\d{2})", re.ASCII)
_DAY: Final = dt.timedelta(days=1)
_MINUTE: Final = dt.timedelta(minutes=1)
_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - UTC without its mark
# The national grid, and Great Britain in degrees.
_GRID: Final = ((0, 700_000), (0, 1_300_000))
_DEGREES: Final = ((-9.0, 2.5), (49.0, 61.5))
MICRO: Final = 6
Record = tuple[object, ...]


@dataclass
class Taking:
    """What the rows are taken with: today, the pseudonyms, what each column is called, references met so far."""

    today: dt.date
    pseudonyms: Pseudonyms
    headings: Mapping[str, str]
    seen: set[str] = field(default_factory=set)

    def reject(self, ours: str, reason: str, kind: str) -> RowRejected:
        """Return why a row cannot be, under the heading that the file has for the column."""
        return RowRejected(self.headings.get(ours, ""), reason, kind=kind)


def take(texts: Mapping[str, str], taking: Taking) -> Record:
    """Return one incident in the columns of INCIDENT_RECORDS; raises RowRejected with column and reason."""
    problem = problems_by_word().get(fold(texts["problem"]))
    if problem is None:
        raise taking.reject("problem", "no problem that Wardmote knows: write its name, such as burglary", "problem")
    first, last = _when(texts, taking)
    day = in_britain(first.replace(tzinfo=dt.UTC)).date()
    longitude, latitude = _point(texts, taking)
    lsoa = texts.get("lsoa", "").upper()
    if lsoa and not GSS_CODE.fullmatch(lsoa):
        raise taking.reject("lsoa", "not the code of an LSOA, such as E01000001", "not an area code")
    reference = texts.get("reference", "")
    if reference and reference in taking.seen:
        raise taking.reject("reference", "an incident of this reference stands in an earlier row", "repeated")
    taking.seen.add(reference)
    keys = (taking.pseudonyms.of(role, texts.get(role, "")) for role in KEYS)
    minutes = ((one - _EPOCH) // _MINUTE for one in (first, last))
    return (problem, *minutes, day, Month.of(day).index, longitude, latitude, lsoa or None, *keys)


def _when(texts: Mapping[str, str], taking: Taking) -> tuple[dt.datetime, dt.datetime]:
    """Return the first and last moment in UTC; a day without an hour is the whole of that day."""
    first, is_day = _read(texts, "first", taking)
    if not texts.get("last"):
        starts = _moments(first, "first", taking)
        return starts[0], (_moments(first + _DAY, "first", taking)[-1] if is_day else starts[0])
    last, is_last_day = _read(texts, "last", taking)
    start = _moments(first, "first", taking)[0]
    ends = _moments(last + _DAY if is_last_day else last, "last", taking)
    # Where the clock showed an hour twice, the second time is meant if the first lies before the start.
    end = next((one for one in ends if one >= start), None)
    if end is None:
        raise taking.reject("last", "the last possible time lies before the first: exchange or correct them", "order")
    return start, end


def _read(texts: Mapping[str, str], ours: str, taking: Taking) -> tuple[dt.datetime, bool]:
    """Return what the clock showed, and whether only the day is given."""
    text, hour = texts[ours], texts.get(f"{ours}_time", "")
    try:
        clock, is_day = _clock_in(text, hour)
    except ValueError:
        reason = "not a date and time such as 31/12/2025 23:15 or 2025-12-31 23:15"
        raise taking.reject(ours, reason, "not a date") from None
    if not is_known_year(clock) or clock.date() > taking.today:
        raise taking.reject(ours, "a day in the future, or in no year that can be meant", "not a date")
    return clock, is_day


def _clock_in(text: str, hour: str) -> tuple[dt.datetime, bool]:
    if _ZONED.fullmatch(text):
        return in_britain(dt.datetime.fromisoformat(text)), False
    found, turned = _YEAR_FIRST.fullmatch(text), _DAY_FIRST.fullmatch(text)
    match = found or turned
    if match is None:
        raise ValueError("no date")
    year, month, day = (int(match[at]) for at in ((1, 2, 3) if found else (3, 2, 1)))
    written = hour or match[4] or ""
    # A spreadsheet gives a bare day as its midnight, and the hour beside it.
    midnight = dt.datetime(year, month, day)  # noqa: DTZ001 - what the clock showed
    if not written:
        return midnight, True
    clock = _CLOCK.fullmatch(written.strip())
    if clock is None:
        raise ValueError("no time")
    return midnight.replace(hour=int(clock[1]), minute=int(clock[2])), False


def _moments(clock: dt.datetime, ours: str, taking: Taking) -> tuple[dt.datetime, ...]:
    moments = moments_of(clock)
    if not moments:
        raise taking.reject(ours, "the clocks went forward over this hour: no clock showed it", "lost hour")
    return moments


def _point(texts: Mapping[str, str], taking: Taking) -> tuple[float | None, float | None]:
    """Return longitude and latitude, to a tenth of a metre; none where a row gives none."""
    for names, ends, is_grid in ((("easting", "northing"), _GRID, True), (("longitude", "latitude"), _DEGREES, False)):
        written = [texts.get(name, "") for name in names]
        if not any(written):
            continue
        given = [_number(text) for text in written]
        for name, value, (low, high) in zip(names, given, ends, strict=True):
            if value is None or not low < value < high:
                raise taking.reject(name, f"not a {name} in Great Britain", "not a place")
        across, up = (one for one in given if one is not None)
        longitude, latitude = to_degrees(across, up) if is_grid else (across, up)
        return round(longitude, MICRO), round(latitude, MICRO)
    return None, None


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
