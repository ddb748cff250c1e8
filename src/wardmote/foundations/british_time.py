"""The clock of Britain by its rule, without a table of time zones: an hour ahead from March to October.

Source: Summer Time Order 2002: from 1:00 UTC on the last Sunday of March to 1:00 UTC on the last Sunday of October.
"""

import datetime as dt
from typing import Final

_HOUR: Final = dt.timedelta(hours=1)


def in_britain(moment: dt.datetime) -> dt.datetime:
    """Return a moment as a clock in Britain showed it, without a zone; a moment without a zone is one already."""
    if moment.tzinfo is None:
        return moment
    utc = moment.astimezone(dt.UTC).replace(tzinfo=None)
    summer = _change(utc.year, 3) <= utc < _change(utc.year, 10)
    return utc + _HOUR if summer else utc


def _change(year: int, month: int) -> dt.datetime:
    last = dt.date(year, month, 31)
    sunday = last - dt.timedelta(days=(last.weekday() + 1) % 7)
    return dt.datetime(sunday.year, sunday.month, sunday.day, 1)  # noqa: DTZ001 - UTC without its mark


def moments_of(clock: dt.datetime) -> tuple[dt.datetime, ...]:
    """Return the moments, in UTC without its mark, at which a clock in Britain showed this: one, or two, or none.

    The hour from 1:00 is shown twice on the last Sunday of October, and never on that of March.
    """
    found = (clock - ahead for ahead in (_HOUR, dt.timedelta(0)))
    return tuple(moment for moment in found if in_britain(moment.replace(tzinfo=dt.UTC)) == clock)
