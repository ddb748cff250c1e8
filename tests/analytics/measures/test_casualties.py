"""Road casualties: counts by hand, the interval against another algorithm, and what a change in recording forbids."""

import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.analytics.measures.casualties import (
    CasualtyCount,
    adjusted_severe,
    by_month,
    casualty_change,
    casualty_rate,
    everyone,
    interval_of,
    killed,
    provisional_within,
    recorded_by_injury,
    recording_break,
    severe,
    severe_child,
    three_year_mean,
    total_over,
)
from wardmote.analytics.measures.words import Verdict
from wardmote.foundations.periods import Month, Period

JANUARY = Month(2024, 1)
YEAR = Period(JANUARY, JANUARY + 11)


def count(month: Month = JANUARY, severity: str = "serious", number: int = 1, **changes: object) -> CasualtyCount:
    values: dict[str, object] = {
        "district": "E06000900",
        "lsoa": "E01900001",
        "road_user": "cyclist",
        "is_child": False,
        "injury_based": True,
        "serious": Fraction(number) if severity == "serious" else Fraction(),
    }
    return CasualtyCount(month=month, severity=severity, count=number, **{**values, **changes})  # type: ignore[arg-type]


COUNTS = (
    count(severity="fatal", number=2),
    count(number=3, is_child=True),
    count(JANUARY + 2, number=4, is_child=None),
    count(JANUARY + 2, severity="slight", number=10, injury_based=False, serious=Fraction(5, 2)),
)


def test_each_month_held_has_its_casualties_and_nought_is_not_missing() -> None:
    held = [JANUARY, JANUARY + 1, JANUARY + 2]
    assert list(by_month(COUNTS, held, severe).values()) == [5, 0, 4]
    assert list(by_month(COUNTS, held, killed).values()) == [2, 0, 0]
    assert list(by_month(COUNTS, held, severe_child).values()) == [3, 0, 0]
    assert list(by_month(COUNTS, held[:1], everyone).values()) == [5]
    assert total_over(by_month(COUNTS, held, severe), Period(JANUARY, JANUARY + 2)) == 9
    assert total_over(by_month(COUNTS, held[:2], severe), Period(JANUARY, JANUARY + 2)) is None


def test_the_mean_of_three_years_needs_every_month_of_them() -> None:
    series = {JANUARY + at: 1 + (at >= 12) for at in range(36)}
    assert three_year_mean(series, JANUARY + 35) == Fraction(12 + 24 + 24, 3)
    assert three_year_mean({month: n for month, n in series.items() if month != JANUARY + 5}, JANUARY + 35) is None


# --- the interval, by another algorithm: the gamma distribution added up as a series and inverted by halving ---------


def gamma_below(x: float, shape: float) -> float:
    """P(shape, x) by its power series: x^a e^-x / Gamma(a + 1) x (1 + x/(a+1) + x^2/((a+1)(a+2)) + …)."""
    if x <= 0:
        return 0.0
    term = total = 1.0
    at = shape
    while term > total * 1e-16:
        at += 1
        term *= x / at
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape + 1))


def inverted(of: Callable[[float], float], part: float) -> float:
    low, high = 0.0, 5_000.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) < part else (low, middle)
    return low


def slow_interval(sizes: dict[int, int]) -> tuple[float, float]:
    """Fay and Feuer by gamma distributions with mean y and variance v, and y + w and v + w squared."""
    people = [size for size, number in sizes.items() for _ in range(number)]
    y, v, w = sum(people), sum(size**2 for size in people), max(people, default=1)

    def end(mean: float, variance: float, part: float) -> float:
        return variance / mean * inverted(lambda x: gamma_below(x, mean * mean / variance), part)

    return (end(y, v, 0.025) if people else 0.0), end(y + w, v + w * w, 0.975)


SIZES = st.dictionaries(st.integers(1, 6), st.integers(0, 30), max_size=4)


@given(SIZES)
def test_the_interval_agrees_with_the_slow_one_and_holds_the_count(sizes: dict[int, int]) -> None:
    low, high = interval_of(sizes)
    assert (low, high) == pytest.approx(slow_interval(sizes), rel=1e-7, abs=1e-9)
    assert low <= sum(size * number for size, number in sizes.items()) <= high


@given(st.integers(1, 200))
def test_where_each_collision_hurts_one_the_interval_is_exact_and_hurting_more_widens_it(number: int) -> None:
    low, high = interval_of({1: number})
    # Garwood: as few as these with a chance of 2.5% at the upper end, as many with 2.5% at the lower.
    few = sum(math.exp(k * math.log(high) - high - math.lgamma(k + 1)) for k in range(number + 1))
    many = 1 - sum(math.exp(k * math.log(low) - low - math.lgamma(k + 1)) for k in range(number))
    assert (few, many) == pytest.approx((0.025, 0.025), rel=1e-6)
    twos = interval_of({2: number, 1: 0})
    assert twos == pytest.approx((2 * low, 2 * high))


def test_a_planted_fault_in_the_interval_is_caught() -> None:
    sizes = {1: 30, 2: 4, 3: 1}
    wrong = {1: sum(size * number for size, number in sizes.items())}
    assert interval_of(wrong) != pytest.approx(slow_interval(sizes), rel=1e-3)
    assert interval_of(sizes) != pytest.approx(slow_interval(wrong), rel=1e-3)


def test_nobody_hurt_has_a_rate_of_nought_with_an_upper_end_and_nobody_living_there_none() -> None:
    rate = casualty_rate({}, 10_000)
    assert rate is not None
    assert (rate.value, rate.low, round(rate.high, 2)) == (0, 0.0, 3.69)
    assert casualty_rate({1: 4}, 0) is None
    three = casualty_rate({1: 12}, 10_000, years=3)
    assert three is not None
    assert three.value == 4


# --- recording ------------------------------------------------------------------------------------------------------


def test_the_share_recorded_by_injury_leaves_the_killed_out_and_is_unknown_where_a_file_does_not_say() -> None:
    assert recorded_by_injury(COUNTS, YEAR) == Fraction(7, 17)
    assert recorded_by_injury([*COUNTS, count(injury_based=None)], YEAR) is None
    assert recorded_by_injury((), YEAR) is None


def test_the_adjusted_number_adds_the_killed_and_the_chances_of_the_others() -> None:
    assert adjusted_severe(COUNTS, YEAR) == 2 + 3 + 4 + Fraction(5, 2)
    assert adjusted_severe([*COUNTS, count(serious=None)], YEAR) is None


@pytest.mark.parametrize(
    ("then", "now", "is_break"),
    [(Fraction(95, 100), Fraction(1), False), (Fraction(94, 100), Fraction(1), True), (None, Fraction(1), False)],
)
def test_recording_that_moved_by_more_than_five_points_is_said(
    then: Fraction | None, now: Fraction, is_break: bool
) -> None:
    assert bool(recording_break(then, now)) is is_break
    if is_break:
        assert recording_break(then, now) == (
            "injuries themselves were recorded for 100% of the injured, and for 94% the year before"
        )


def test_a_change_is_that_of_every_change_and_none_across_a_break() -> None:
    series = {JANUARY + at: 60 if at < 24 else 30 for at in range(36)}
    found = casualty_change(series, JANUARY + 35)
    assert (found.previous, found.current, found.verdict) == (720, 360, Verdict.FALL)
    broken = casualty_change(series, JANUARY + 35, broken="recording changed")
    assert (broken.ratio, broken.verdict, broken.reason) == (
        None,
        Verdict.UNKNOWN,
        "change in recording: recording changed",
    )


def test_the_board_of_2012_reads_600_to_548_as_a_fall_of_8_7_per_cent() -> None:
    from wardmote.analytics.measures.words import printed_change

    series = {JANUARY + at: 50 for at in range(12)} | {JANUARY + 12 + at: 45 + (at < 8) for at in range(12)}
    found = casualty_change(series, JANUARY + 23)
    assert (found.previous, found.current) == (600, 548)
    assert printed_change(600, 548, of_counts=True) == "▼ 8.7%"


def test_provisional_months_of_a_period_are_counted() -> None:
    assert provisional_within(YEAR, ["2024-11", "2024-12", "2025-01"]) == 2
