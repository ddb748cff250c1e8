"""Numbers are exact, blank and suppressed are missing with a reason, and nothing else is a number."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.sources.figures.making import LONG
from wardmote.analytics.sources.figures.values import FigureValue, ValueFault, parse_value

MONEY = replace(LONG, marks=("£", "%", "brackets"))
COMMA = replace(LONG, decimal=",")


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1234", "1234", "number"),
        ("1,234", "1234", "number"),
        ("1,234,567.50", "1234567.50", "number"),
        (" 12 ", "12", "number"),
        ("0", "0", "number"),
        ("-3", "-3", "number"),
        ("−3.5", "-3.5", "number"),
        ("£1,234", "1234", "£"),
        ("-£5", "-5", "£"),
        ("(12)", "-12", "number"),
        ("(£12)", "-12", "£"),
        ("12%", "12", "%"),
        ("12.5 %", "12.5", "%"),
        (12.0, "12", "number"),
        (0.1 + 0.2, "0.3", "number"),
        (7, "7", "number"),
    ],
)
def test_a_number_is_read_exactly_with_its_unit(cell: Any, value: str, unit: str) -> None:
    found = parse_value(cell, MONEY)
    assert (found.value, found.unit, found.missing_reason) == (Decimal(value), unit, None)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("-", "blank"),
        ("n/a", "blank"),
        ("N/A", "blank"),
        ("*", "suppressed"),
        ("[c]", "suppressed"),
        ("<5", "suppressed"),
        ("< 10", "suppressed"),
        ("[x]", "unavailable"),
    ],
)
def test_a_sign_is_a_missing_figure_with_its_reason_and_never_nought(cell: str, reason: str) -> None:
    assert parse_value(cell, LONG) == FigureValue(None, "number", reason)


@pytest.mark.parametrize(
    "cell",
    [
        "1e5",
        "0x10",
        "١٢",
        "½",
        "1.234,56",
        "12,34",
        "1,2345",
        "1 234",
        "12a",
        "?",
        "<n",
        "--3",
        "(12",
        "1.2.3",
        "0." + "1" * 19,
        "9" * 21,
        True,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_number_is_said_and_not_guessed(cell: Any) -> None:
    with pytest.raises(ValueFault):
        parse_value(cell, LONG)


@pytest.mark.parametrize(("cell", "mark"), [("£5", "£"), ("12%", "%"), ("(12)", "brackets")])
def test_a_mark_that_the_mapping_does_not_say_is_rejected(cell: str, mark: str) -> None:
    with pytest.raises(ValueFault, match=mark):
        parse_value(cell, LONG)


def test_a_comma_is_a_decimal_only_where_the_mapping_says_so() -> None:
    assert parse_value("1.234,56", COMMA).value == Decimal("1234.56")
    with pytest.raises(ValueFault):
        parse_value("1,234.56", COMMA)


def test_a_cell_that_shows_a_percentage_is_the_percentage_that_it_shows() -> None:
    assert parse_value(0.123, MONEY, shows_percent=True) == FigureValue(Decimal("12.3"), "%")
    with pytest.raises(ValueFault, match="%"):
        parse_value(0.123, LONG, shows_percent=True)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4, allow_nan=False))
def test_what_is_written_with_or_without_separators_is_the_same_number(number: Decimal) -> None:
    assert parse_value(f"{number:,}", LONG).value == number == parse_value(f"{number:f}", LONG).value
    european = f"{number:,}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse_value(european, COMMA).value == number
