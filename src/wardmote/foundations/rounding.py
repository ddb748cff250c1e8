"""How numbers are printed: half up, thousands apart, a real minus sign, and points that are never called per cent."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

MINUS: Final = "\N{MINUS SIGN}"
UP: Final = "▲"
DOWN: Final = "▼"
SAME: Final = "="
Exact = int | Decimal | Fraction


def half_up(value: Exact, places: int = 0) -> Decimal:
    """Round to a number of decimal places, halves away from zero (2.5 becomes 3, -2.5 becomes -3).

    Takes exact numbers only: a float has lost the half before it arrives here.
    """
    if isinstance(value, float):
        raise TypeError("Round exact numbers (int, Decimal, Fraction): a float is not what was measured.")
    top, bottom = value.as_integer_ratio()
    top, bottom = (top * 10**places, bottom) if places >= 0 else (top, bottom * 10**-places)
    rounded = (2 * abs(top) + bottom) // (2 * bottom)
    # Built from its digits: arithmetic would round again, to the 28 digits of Decimal's context.
    return Decimal(f"{'-' if top < 0 and rounded else ''}{rounded}E{-places}")


def with_thousands(value: Exact, places: int = 0) -> str:
    """Write `18,293`, `1,054.5` or `−1,234`."""
    rounded = half_up(value, places)
    return f"{MINUS if rounded < 0 else ''}{rounded.copy_abs():,}"


def signed(value: Exact, places: int = 0) -> str:
    """Write a difference with its sign: `+12`, `−3.5`, and `0` without one."""
    rounded = half_up(value, places)
    return f"+{rounded:,}" if rounded > 0 else with_thousands(rounded, places)


def signed_percentage(value: Exact, places: int = 1) -> str:
    """Write a relative change: `+17.5%`, `−7.8%`."""
    return f"{signed(value, places)}%"


def percentage_points(value: Exact, places: int = 1) -> str:
    """Write the gap between two percentages: `+3.5 percentage points`, never with a per cent sign."""
    return f"{signed(value, places)} percentage point{'' if abs(half_up(value, places)) == 1 else 's'}"


def arrowed(value: Exact, *, percent: bool, places: int = 1) -> str:
    """Write a difference as board reports do: `▼ 7.8%`, `▲ 3.5` (points), a last `.0` left out.

    The arrow is the direction of the number, not whether that is good.
    Source: Kent Community Safety Partnership agenda pack, 1 November 2012, Appendix A.
    """
    rounded = half_up(value, places)
    arrow = SAME if rounded == 0 else UP if rounded > 0 else DOWN
    whole = rounded == rounded.to_integral_value()
    return f"{arrow} {abs(half_up(rounded, 0) if whole else rounded):,}{'%' if percent else ''}"


def ordinal(number: int) -> str:
    """Write `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"
