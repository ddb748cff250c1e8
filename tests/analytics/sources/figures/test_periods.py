"""Periods are read in every form in which suppliers write them, and never guessed where two fit."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.sources.figures.periods import PeriodFault, of_month, parse_period
from wardmote.analytics.sources.mapping import PERIOD_KINDS
from wardmote.foundations.periods import Month


@pytest.mark.parametrize(
    ("cell", "text", "kind", "first", "months"),
    [
        ("2024-01", "2024-01", "month", "2024-01", 1),
        ("Jan 2024", "2024-01", "month", "2024-01", 1),
        ("January-2024", "2024-01", "month", "2024-01", 1),
        ("Sept 2024", "2024-09", "month", "2024-09", 1),
        ("2024 Mar", "2024-03", "month", "2024-03", 1),
        ("202403", "2024-03", "month", "2024-03", 1),
        ("03/2024", "2024-03", "month", "2024-03", 1),
        ("2024-03-31", "2024-03", "month", "2024-03", 1),
        ("2024-03-31T00:00:00", "2024-03", "month", "2024-03", 1),
        ("31/03/2024", "2024-03", "month", "2024-03", 1),
        ("01/01/2024", "2024-01", "month", "2024-01", 1),
        (dt.date(2024, 3, 31), "2024-03", "month", "2024-03", 1),
        (dt.datetime(2024, 3, 31, tzinfo=dt.UTC), "2024-03", "month", "2024-03", 1),
        ("2024 / Jan", "2024-01", "month", "2024-01", 1),
        ("2024/25 / Jan", "2025-01", "month", "2025-01", 1),
        ("2024/25 / April", "2024-04", "month", "2024-04", 1),
        ("2024/25 / Q1", "2024/25 Q1", "financial quarter", "2024-04", 3),
        ("2024 Q1", "2024 Q1", "quarter", "2024-01", 3),
        ("Q3 2024", "2024 Q3", "quarter", "2024-07", 3),
        ("2024/25 Q1", "2024/25 Q1", "financial quarter", "2024-04", 3),
        ("Q4 2024-25", "2024/25 Q4", "financial quarter", "2025-01", 3),
        ("2024/25", "2024/25", "financial year", "2024-04", 12),
        ("2024-25", "2024/25", "financial year", "2024-04", 12),
        ("FY2024/2025", "2024/25", "financial year", "2024-04", 12),
        ("1999/00", "1999/00", "financial year", "1999-04", 12),
        ("2024/01", "2024-01", "month", "2024-01", 1),
        (2024.0, "2024", "calendar year", "2024-01", 12),
        ("2024", "2024", "calendar year", "2024-01", 12),
        ("year ending 30 September 2024", "year to 2024-09", "year to", "2023-10", 12),
        ("YE Mar 2024", "year to 2024-03", "year to", "2023-04", 12),
    ],
)
def test_a_period_is_read_as_it_is_meant(
    cell: str | float | dt.date, text: str, kind: str, first: str, months: int
) -> None:
    found = parse_period(cell)
    assert (found.text, found.kind, str(found.period.first), found.period.length) == (text, kind, first, months)


@pytest.mark.parametrize(
    ("cell", "words", "ask"),
    [
        ("", "no period", False),
        ("soon", "is not a period", False),
        ("Janvier 2024", "is not a period", False),
        ("Jan-24", "two digits", False),
        ("01/02/24", "two digits", False),
        ("31/02/2024", "does not exist", False),
        ("2023-02-29", "does not exist", False),
        ("2024-13", "month that does not exist", False),
        ("13/2024", "month that does not exist", False),
        ("03/04/2024", "whether the day or the month comes first", True),
        ("2011-12", "a month or a financial year", True),
        ("2024/2027", "do not follow each other", False),
        ("0024", "lies before 1950", False),
        ("45292", "month that does not exist|is not a period", False),
        (45292.5, "is not a period", False),
        (True, "is not a period", False),
        ("٢٠٢٤", "is not a period", False),
    ],
)
def test_what_is_no_period_or_could_be_two_is_said(cell: str | float, words: str, ask: bool) -> None:
    with pytest.raises(PeriodFault, match=words) as fault:
        parse_period(cell)
    assert fault.value.ask is ask


@pytest.mark.parametrize(
    ("cell", "order", "kind", "text"),
    [
        ("03/04/2024", "day first", "", "2024-04"),
        ("03/04/2024", "month first", "", "2024-03"),
        ("2011-12", "", "month", "2011-12"),
        ("2011-12", "", "financial year", "2011/12"),
        ("2011/12", "", "", "2011/12"),
        (dt.date(2024, 4, 1), "", "financial year", "2024/25"),
        (dt.date(2024, 2, 1), "", "quarter", "2024 Q1"),
        (dt.date(2024, 2, 1), "", "financial quarter", "2023/24 Q4"),
        (dt.date(2024, 2, 1), "", "calendar year", "2024"),
        ("Mar 2024", "", "year to", "year to 2024-03"),
    ],
)
def test_what_the_mapping_says_decides(cell: str | dt.date, order: str, kind: str, text: str) -> None:
    assert parse_period(cell, date_order=order, kind=kind).text == text


def test_another_kind_than_the_mapping_says_is_refused() -> None:
    with pytest.raises(PeriodFault, match="is a calendar year, not a month"):
        parse_period("2024", kind="month")


@given(st.integers(1952 * 12 + 1, 2100 * 12), st.sampled_from(PERIOD_KINDS[1:]))
def test_what_is_written_is_read_again(index: int, kind: str) -> None:
    period = of_month(Month.from_index(index), kind)
    assert Month.from_index(index) in period.period
    assert parse_period(period.text, kind=kind) == period
