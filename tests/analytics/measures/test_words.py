"""Changes in words and the strings that board reports print."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.interval import Interval
from wardmote.analytics.measures.words import Verdict, change_sentence, percent_change, printed_change, verdict
from wardmote.foundations.periods import Month, Period

# Kent Community Safety Partnership agenda pack, 1 November 2012, Appendix A: previous, current, counts?, printed.
KENT = [
    ("4.1", "2.0", False, "▼ 2.1"),
    ("18041", "18293", True, "▲ 1.4%"),
    ("23.8", "24", False, "▲ 0.2"),
    ("17.7", "21.2", False, "▲ 3.5"),
    ("896", "887", True, "▼ 1%"),
    ("887", "958", True, "▲ 8%"),
    ("83", "88", False, "▲ 5"),
    ("24582", "22655", True, "▼ 7.8%"),
    ("3962", "4657", True, "▲ 17.5%"),
    ("18111", "18219", True, "▲ 0.6%"),
    ("16408", "16480", True, "▲ 0.4%"),
    ("600", "548", True, "▼ 8.7%"),
]
YEARS = (Period(Month(2023, 10), Month(2024, 9)), Period(Month(2024, 10), Month(2025, 9)))


@pytest.mark.parametrize(("previous", "current", "of_counts", "printed"), KENT)
def test_the_twelve_printed_differences_of_kent_reproduce(
    previous: str, current: str, of_counts: bool, printed: str
) -> None:
    assert printed_change(Decimal(previous), Decimal(current), of_counts=of_counts) == printed


@pytest.mark.shared_data
def test_the_twelve_are_those_of_the_printed_table(shared: Path) -> None:
    table = (shared.parent / "seed_figures.md").read_text(encoding="utf-8")
    lines = re.findall(r",(?:Diff\.|Difference),([▼▲] [\d.]+%?),L\d+", table)
    assert lines == [printed for *_, printed in KENT]


def test_from_nothing_there_is_no_percentage() -> None:
    assert percent_change(0, 20) is None
    assert printed_change(0, 20, of_counts=True) == "n/a"


@pytest.mark.parametrize(
    ("counts", "found", "sentence"),
    [
        (
            (812, 640),
            Verdict.FALL,
            "Burglary fell from 812 (year to September 2024) to 640 (year to September 2025), down 21%: a clear fall",
        ),
        (
            (600, 612),
            Verdict.NONE,
            "Burglary rose from 600 (year to September 2024) to 612 (year to September 2025), up 2%: no clear change",
        ),
        (
            (1600, 2400),
            Verdict.RISE,
            "Burglary rose from 1,600 (year to September 2024) to 2,400 (year to September 2025), up 50%: a clear rise",
        ),
        (
            (12, 9),
            Verdict.NONE,
            "Burglary fell from 12 (year to September 2024) to 9 (year to September 2025), 3 fewer: no clear change",
        ),
        (
            (0, 4),
            Verdict.NONE,
            "Burglary rose from 0 (year to September 2024) to 4 (year to September 2025), 4 more: no clear change",
        ),
        (
            (1000, 1001),
            Verdict.NONE,
            "Burglary rose from 1,000 (year to September 2024) to 1,001 (year to September 2025), up less than 1%: "
            "no clear change",
        ),
        (
            (640, 640),
            Verdict.NONE,
            "Burglary stayed at 640 (year to September 2024 and year to September 2025): no clear change",
        ),
        (
            (30, 40),
            Verdict.UNKNOWN,
            "Burglary rose from 30 (year to September 2024) to 40 (year to September 2025), up 33%: too few months are "
            "held to say whether it is a clear change",
        ),
    ],
)
def test_a_change_in_words(counts: tuple[int, int], found: Verdict, sentence: str) -> None:
    assert change_sentence("Burglary", counts, YEARS, found) == sentence


def test_a_change_is_clear_when_the_interval_leaves_out_no_change() -> None:
    assert verdict(Interval(1.01, 1.2)) is Verdict.RISE
    assert verdict(Interval(1.01, None)) is Verdict.RISE
    assert verdict(Interval(0.7, 0.99)) is Verdict.FALL
    assert verdict(Interval(0.9, 1.1)) is Verdict.NONE
    assert verdict(None) is Verdict.UNKNOWN


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_arrow_points_where_the_number_went(previous: int, current: int) -> None:
    printed = printed_change(previous, current, of_counts=True)
    if current > previous:
        assert not printed.startswith("▼")
    if current < previous:
        assert not printed.startswith("▲")
