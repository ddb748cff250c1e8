"""How numbers are printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.foundations import rounding


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("1.005"), 2, "1.01"),
        (Decimal("-0.04"), 1, "0.0"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(2, 3), 1, "0.7"),
        (7, 1, "7.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Decimal, places: int, printed: str) -> None:
    assert str(rounding.half_up(value, places)) == printed


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="exact numbers"):
        rounding.half_up(0.1)  # type: ignore[arg-type]


def test_signs_and_thousands() -> None:
    assert rounding.with_thousands(18293) == "18,293"
    assert rounding.with_thousands(-1234) == "\N{MINUS SIGN}1,234"
    assert rounding.signed(12) == "+12"
    assert rounding.signed(0) == "0"
    assert rounding.signed_percentage(Decimal("-7.84")) == "\N{MINUS SIGN}7.8%"


def test_points_are_never_per_cent() -> None:
    assert rounding.percentage_points(Decimal("3.5")) == "+3.5 percentage points"
    assert rounding.percentage_points(1, 0) == "+1 percentage point"
    assert "%" not in rounding.percentage_points(Decimal("-0.2"))


def test_arrows_follow_the_number_and_drop_a_last_zero() -> None:
    assert rounding.arrowed(Decimal("-7.84"), percent=True) == "▼ 7.8%"
    assert rounding.arrowed(Decimal("8.004"), percent=True) == "▲ 8%"
    assert rounding.arrowed(Decimal("3.5"), percent=False) == "▲ 3.5"
    assert rounding.arrowed(Decimal("0.04"), percent=False) == "= 0"
    assert rounding.arrowed(Decimal("1250"), percent=True) == "▲ 1,250%"


@given(st.fractions(max_denominator=10_000), st.integers(min_value=0, max_value=4))
def test_rounding_moves_a_number_by_half_a_step_at_most(value: Fraction, places: int) -> None:
    rounded = Fraction(rounding.half_up(value, places))
    assert abs(rounded - value) * 2 * 10**places <= 1
    assert Fraction(rounding.half_up(-value, places)) == -rounded


def test_a_place_in_an_order_is_written_as_it_is_spoken() -> None:
    assert [rounding.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 32, 103, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "32nd", "103rd", "111th"
    ]  # fmt: skip
