"""Months, periods, financial years and quarters, by cases that can be checked against a calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.foundations.periods import (
    Month,
    Period,
    before,
    financial_year,
    financial_year_period,
    quarter,
    quarter_period,
    rolling_12,
)

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


def test_a_month_is_read_and_written_the_same() -> None:
    assert Month.parse("2024-01") == Month(2024, 1)
    assert str(Month(2024, 1)) == "2024-01"
    assert Month(2024, 1).words() == "January 2024"


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2024-1", "01/2024", " 2024-01", "2024-01-01", "", "٢٠٢٤-٠١"])
def test_anything_that_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_the_index_is_twelve_times_the_year_plus_the_month() -> None:
    assert Month(2024, 1).index == 24289
    assert Month(2023, 12).index == 24288


@given(MONTHS, st.integers(-600, 600))
def test_adding_and_taking_away_months_is_the_index_arithmetic(month: Month, step: int) -> None:
    assert (month + step).index == month.index + step
    assert (month + step) - step == month
    assert (month + step).since(month) == step
    assert Month.from_index(month.index) == month


@given(MONTHS)
def test_a_month_holds_its_first_and_last_day_and_no_other_months(month: Month) -> None:
    assert Month.of(month.first_day) == Month.of(month.last_day) == month
    assert month.last_day + dt.timedelta(days=1) == (month + 1).first_day


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-10", "2025-09", "year to September 2025"),
        ("2024-01", "2024-03", "January 2024 to March 2024"),
        ("2024-01", "2024-01", "January 2024"),
        ("2022-01", "2023-12", "January 2022 to December 2023"),
    ],
)
def test_a_period_is_written_for_a_reader(first: str, last: str, words: str) -> None:
    assert Period(Month.parse(first), Month.parse(last)).words() == words


def test_a_period_lists_its_months_with_both_ends() -> None:
    period = Period(Month(2023, 11), Month(2024, 2))
    assert [str(month) for month in period.months] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert period.length == 4
    assert Month(2024, 2) in period
    assert Month(2024, 3) not in period
    assert str(period) == "2023-11..2024-02"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(Month(2024, 2), Month(2024, 1))


def test_the_period_before_is_as_long_and_touches() -> None:
    assert before(Period(Month(2024, 1), Month(2024, 3))) == Period(Month(2023, 10), Month(2023, 12))
    assert before(rolling_12(Month(2025, 9))) == rolling_12(Month(2024, 9))


@pytest.mark.parametrize(
    ("month", "label"),
    [("2024-04", "2024/25"), ("2025-03", "2024/25"), ("2024-03", "2023/24"), ("1999-12", "1999/00")],
)
def test_the_financial_year_runs_from_april_to_march(month: str, label: str) -> None:
    assert financial_year(Month.parse(month)) == label
    assert Month.parse(month) in financial_year_period(label)
    assert financial_year_period(label).length == 12


@pytest.mark.parametrize("label", ["2024/26", "2024", "2024-25", "24/25"])
def test_years_that_do_not_follow_each_other_are_no_financial_year(label: str) -> None:
    with pytest.raises(ValueError, match="financial year"):
        financial_year_period(label)


@given(MONTHS)
def test_every_month_lies_in_its_own_quarter_and_financial_year(month: Month) -> None:
    assert month in quarter_period(quarter(month))
    assert quarter_period(quarter(month)).length == 3
    assert month in financial_year_period(financial_year(month))


def test_the_third_quarter_is_july_to_september() -> None:
    assert quarter(Month(2025, 7)) == "2025 Q3"
    assert quarter_period("2025 Q3") == Period(Month(2025, 7), Month(2025, 9))


def test_a_fifth_quarter_is_refused() -> None:
    with pytest.raises(ValueError, match="quarter"):
        quarter_period("2025 Q5")


@pytest.mark.parametrize(("year", "number"), [(2024, 0), (2024, 13), (0, 1), (10000, 1)])
def test_a_month_outside_the_calendar_cannot_be_made(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="not a"):
        Month(year, number)
