"""Bands that answer a criterion from figures: fifths of the counts, and where a figure is going."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.bands import trend_band, volume_band

COUNTS = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 50}


def test_each_of_five_problems_lies_in_its_own_fifth() -> None:
    assert {slug: volume_band(COUNTS, slug).level for slug in COUNTS} == {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
    assert volume_band(COUNTS, "d").working == "40 incidents, more than 3 of the other 4 problems counted"
    assert volume_band(COUNTS, "a").working == "10 incidents, more than none of the other 4 problems counted"
    assert volume_band(COUNTS, "e").working == "50 incidents, more than each of the other 4 problems counted"


def test_equal_counts_share_a_band() -> None:
    assert volume_band({**COUNTS, "b": 30}, "b").level == volume_band({**COUNTS, "b": 30}, "c").level == 2


def test_what_is_not_counted_or_cannot_be_compared_has_no_band_and_says_why() -> None:
    assert volume_band(COUNTS, "x").level is None
    few = volume_band({"a": 1, "b": 2}, "a")
    assert (few.level, few.working) == (None, "only 2 of the problems are counted, and fifths need 5")


@pytest.mark.parametrize(
    ("percent", "is_clear", "level"),
    [
        ("-10.0", True, 1), ("-9.9", True, 2), ("-3.0", True, 2), ("-2.9", True, 3), ("0", False, 3),
        ("2.9", True, 3), ("3.0", True, 4), ("9.9", True, 4), ("10.0", True, 5),
        ("-40", False, 2), ("40", False, 4), ("-2", False, 3),
    ],
)  # fmt: skip
def test_the_band_of_a_change(percent: str, is_clear: bool, level: int) -> None:
    assert trend_band(Decimal(percent), is_clear=is_clear).level == level


def test_a_change_without_a_percentage_has_no_band() -> None:
    assert trend_band(None, is_clear=False).level is None


def test_the_working_of_a_trend_says_how_much_and_whether_it_is_clear() -> None:
    assert trend_band(Decimal("-12.34"), is_clear=True).working == "−12.3% on the year before, a clear change"
    assert trend_band(Decimal("4"), is_clear=False).working == "+4.0% on the year before, which may be chance"


def slow_band(counts: dict[str, int], slug: str) -> int:
    """The fifth by sorting: how far along the sorted list the first of the equal counts stands."""
    place = sorted(counts.values()).index(counts[slug])
    return next(band for band in range(1, 6) if place * 5 < band * len(counts))


@given(st.dictionaries(st.sampled_from("abcdefghijklmn"), st.integers(0, 60), min_size=5))
def test_volume_bands_equal_the_slow_implementation(counts: dict[str, int]) -> None:
    for slug in counts:
        assert volume_band(counts, slug).level == slow_band(counts, slug)
