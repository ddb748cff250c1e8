"""Bands that answer a criterion from figures: fifths of the counts, and where a figure is going."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.bands import (
    ExpectedYear,
    forecast_band,
    harm_band,
    often_band,
    spread_band,
    trend_band,
    volume_band,
)

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


@pytest.mark.parametrize(
    ("days", "level"),
    [("0", 1), ("0.9", 1), ("1", 2), ("9.9", 2), ("10", 3), ("99.9", 3), ("100", 4), ("999", 4), ("1000", 5)],
)
def test_the_band_of_the_harm_of_one_incident_rises_tenfold(days: str, level: int) -> None:
    assert harm_band(Decimal(days)).level == level


def test_harm_that_nobody_could_estimate_has_no_band_and_says_why() -> None:
    assert harm_band(None, why_not="no weights are held.").working == "no weights are held"
    assert harm_band(None).level is None


@pytest.mark.parametrize(
    ("count", "level"), [(0, 1), (1, 2), (11, 2), (12, 3), (51, 3), (52, 4), (364, 4), (365, 5), (9000, 5)]
)
def test_the_band_of_how_often_it_happens(count: int, level: int) -> None:
    assert often_band(count, words="in the year").level == level


def test_what_is_not_counted_is_not_said_to_be_rare() -> None:
    assert often_band(None, words="in the year").level is None
    assert spread_band([3, None], areas="wards").level is None
    assert spread_band([], areas="wards").level is None


@pytest.mark.parametrize(
    ("counts", "level"),
    [
        ((0, 0, 0), 1), ((3, 0, 0), 1), ((3, 1, 0), 2), ((51, 51, 51), 2), ((52, 0, 0), 3), ((52, 52, 0, 0), 3),
        ((52, 52, 0), 4), ((365, 0, 0), 4), ((365, 365, 0), 5), ((365, 365, 0, 0), 4),
    ],
)  # fmt: skip
def test_the_band_of_how_often_and_how_widely(counts: tuple[int, ...], level: int) -> None:
    assert spread_band(counts, areas="wards").level == level


def slow_spread(counts: list[int]) -> int:
    """The same from the words of the levels: the highest one whose words are true."""
    half = len(counts) / 2
    daily, weekly = [one for one in counts if one > 364], [one for one in counts if one > 51]
    true = {
        5: len(daily) > half,
        4: bool(daily) or len(weekly) > half,
        3: bool(weekly),
        2: len([*filter(None, counts)]) > 1,
        1: True,
    }
    return max(level for level, is_true in true.items() if is_true)


@given(st.lists(st.sampled_from([0, 1, 12, 51, 52, 53, 364, 365, 400]), min_size=1, max_size=9))
def test_the_band_of_spread_equals_the_words_of_its_levels(counts: list[int]) -> None:
    assert spread_band(counts, areas="wards").level == slow_spread(counts)


@pytest.mark.parametrize(
    ("count", "expected", "low", "high", "level"),
    [
        (100, 130, 105, 150, 5), (100, 110, 90, 130, 4), (100, 102, 95, 110, 3), (100, 98, 90, 106, 3),
        (100, 92, 80, 104, 2), (100, 70, 60, 90, 1), (100, 102, 101, 103, 3), (100, 103, 95, 110, 4),
    ],
)  # fmt: skip
def test_the_band_of_a_forecast(count: int, expected: int, low: int, high: int, level: int) -> None:
    assert forecast_band(count, ExpectedYear(expected, low, high)).level == level


def test_a_forecast_that_is_not_there_fills_nothing_in() -> None:
    assert forecast_band(100, None, why_not="There is no forecast: too few months.").level is None
    assert forecast_band(0, ExpectedYear(3, 1, 5)).level is None
    assert forecast_band(None, ExpectedYear(3, 1, 5)).level is None


@given(st.integers(1, 500), st.integers(0, 700), st.integers(0, 80), st.integers(0, 80))
def test_more_expected_never_lowers_the_band(count: int, expected: int, below: int, above: int) -> None:
    def level(middle: int) -> int:
        found = forecast_band(count, ExpectedYear(middle, middle - below, middle + above)).level
        assert found is not None
        return found

    assert level(expected) <= level(expected + 1)
