"""Working days: weekends and bank holidays count for nothing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.definitions import bank_holidays
from wardmote.foundations.working_days import clear_working_days_before, is_working_day, working_day_before

HOLIDAYS = bank_holidays()


@pytest.mark.parametrize(
    ("meeting", "papers"),
    [
        # 3, 4, 7, 8 and 9 December lie between.
        (dt.date(2026, 12, 10), dt.date(2026, 12, 2)),
        # Over Christmas: 25 and 28 December (in lieu of Boxing Day) and 1 January are holidays.
        (dt.date(2027, 1, 5), dt.date(2026, 12, 23)),
        # A meeting on a Monday: Monday to Friday before it lie between, papers go out the Friday before.
        (dt.date(2026, 11, 16), dt.date(2026, 11, 6)),
    ],
)
def test_five_clear_days_before_a_meeting(meeting: dt.date, papers: dt.date) -> None:
    assert clear_working_days_before(meeting, 5, HOLIDAYS) == papers


def test_the_holidays_known_are_those_of_england_and_wales() -> None:
    assert dt.date(2026, 12, 28) in HOLIDAYS
    assert dt.date(2026, 11, 30) not in HOLIDAYS  # St Andrew's Day, Scotland
    assert working_day_before(dt.date(2027, 1, 1), HOLIDAYS) == dt.date(2026, 12, 31)


@given(day=st.dates(dt.date(2020, 1, 1), dt.date(2027, 12, 31)), clear=st.integers(0, 30))
def test_exactly_so_many_working_days_lie_between(day: dt.date, clear: int) -> None:
    found = clear_working_days_before(day, clear, HOLIDAYS)
    between = [found + dt.timedelta(days=n) for n in range(1, (day - found).days)]
    assert is_working_day(found, HOLIDAYS)
    assert sum(is_working_day(one, HOLIDAYS) for one in between) == clear
