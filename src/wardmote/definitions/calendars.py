"""The bank holidays of England and Wales, from the list of GOV.UK that its library ships; nothing is fetched."""

import datetime as dt
from functools import cache


@cache
def bank_holidays() -> frozenset[dt.date]:
    """Return the bank holidays known; the library's list ends some years ahead, and later days count as no holiday."""
    from govuk_bank_holidays.bank_holidays import BankHolidays

    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return frozenset(holiday["date"] for holiday in listed)
