"""Dates in the words of a printed document."""

import calendar
from datetime import date


def words(day: date) -> str:
    """31 March 2026."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
