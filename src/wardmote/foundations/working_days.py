"""Working days: Monday to Friday without bank holidays, which are passed in."""

import datetime as dt
from collections.abc import Container


def is_working_day(day: dt.date, holidays: Container[dt.date]) -> bool:
    """Whether a day is Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays


def clear_working_days_before(day: dt.date, clear: int, holidays: Container[dt.date]) -> dt.date:
    """Return the last working day that leaves `clear` whole working days between it and the day.

    Five clear days before Thursday 10 December 2026 end with Wednesday 2 December: 3, 4, 7, 8 and 9 lie between.
    Source: Local Government Act 1972, section 100B(3) and (4), “at least five clear days before the meeting”.
    """
    found = day
    for _ in range(clear + 1):
        found = working_day_before(found - dt.timedelta(days=1), holidays)
    return found


def working_day_before(day: dt.date, holidays: Container[dt.date]) -> dt.date:
    """Return the day itself where it is a working day, else the last working day before it."""
    while not is_working_day(day, holidays):
        day -= dt.timedelta(days=1)
    return day
