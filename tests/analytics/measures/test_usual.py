"""The usual range: by hand, against a summed distribution and its coverage in simulation."""

from collections.abc import Sequence
from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.analytics.measures.test_interval import slow_phi
from wardmote.analytics.measures.usual import Standing, Usual, usual_ranges, usual_year
from wardmote.foundations.periods import Month

STEADY = [50, 48, 52, 51, 47, 53, 49, 50, 52, 48, 51, 49]
LUMPY = [90, 20, 80, 15, 70, 25, 95, 30, 60, 10, 85, 20]
LAST = Month(2026, 3)


def series_of(counts: Sequence[int | None], *, last: Month = LAST) -> dict[Month, int | None]:
    return {last - (len(counts) - 1 - at): count for at, count in enumerate(counts)}


def slow_ranges(years: Sequence[Sequence[int]], *, fault: str = "") -> list[tuple[int, int]]:
    """The ends by adding up the chances of 0, 1, 2 … until a tail is full; phi by a regression on dummies."""
    phi, size = max(1.0, slow_phi(years)), len(years)
    degrees = (size - 1) * (sum(1 for m in zip(*years, strict=True) if sum(m)) - 1)
    wide = 1.0 if fault == "normal quantile" else (stats.t.ppf(0.975, degrees) / 1.9599639845) ** 2
    own = 1.0 if fault == "mean taken as known" else 1 + 1 / size
    return [_tails(sum(month) / size, phi * own * wide) for month in zip(*years, strict=True)]


def _tails(mean: float, ratio: float) -> tuple[int, int]:
    """The 2.5% and 97.5% quantiles of a negative binomial of this mean and variance ratio x mean."""
    ends: list[int] = []
    size, total, k = mean / (ratio - 1), 0.0, 0
    while len(ends) < 2:
        density = lgamma(k + size) - lgamma(size) - lgamma(k + 1) - size * log(ratio) + k * log(1 - 1 / ratio)
        total += exp(density)
        while len(ends) < 2 and total >= (0.025, 0.975)[len(ends)]:
            ends.append(k)
        k += 1
    return ends[0], ends[1]


def test_the_range_by_hand() -> None:
    # Two years of 50 a month: phi 1, 11 degrees, t = 2.201. Variance 50 x 1 x 1.5 x (2.201 / 1.96)^2 = 94.6, so the
    # deviation is 9.7 and the range about 50 ± 19: a little higher at both ends, for counts lean upwards.
    assert set(usual_ranges([[50] * 12, [50] * 12])) == {Usual(50.0, 32, 70)}


def test_a_season_moves_the_range_and_does_not_widen_it() -> None:
    ranges = usual_ranges([LUMPY, LUMPY, LUMPY])
    assert (ranges[0].expected, ranges[9].expected) == (90.0, 10.0)
    assert ranges[0].low > ranges[9].high


def test_a_month_that_never_had_any_may_have_a_few() -> None:
    assert set(usual_ranges([[0] * 12, [0] * 12])) == {Usual(0.0, 0, 2)}


def test_less_than_two_years_are_refused() -> None:
    with pytest.raises(ValueError, match="two whole years"):
        usual_ranges([STEADY])


def test_where_a_count_lies() -> None:
    one = Usual(50.0, 32, 70)
    assert [one.standing(count) for count in (31, 32, 70, 71)] == [
        Standing.BELOW,
        Standing.WITHIN,
        Standing.WITHIN,
        Standing.ABOVE,
    ]


def test_the_year_is_compared_with_the_years_before_it_and_not_with_itself() -> None:
    found = usual_year(series_of([*[50] * 24, *[500] * 12]), LAST)
    assert found is not None
    assert (found.years, found.earlier_months) == (2, 24)
    assert list(found.months) == [LAST - (11 - step) for step in range(12)]
    assert {one.high for one in found.months.values()} == {70}


def test_only_unbroken_whole_years_count_and_five_at_most() -> None:
    broken = usual_year(series_of([*[50] * 12, None, *[50] * 30, *[60] * 12]), LAST)
    assert broken is not None
    assert broken.years == 2
    long = usual_year(series_of([*[9] * 24, *[50] * 60, *[60] * 12]), LAST)
    assert long is not None
    assert (long.years, long.months[LAST].expected) == (5, 50.0)


def test_from_less_than_two_years_the_range_is_that_of_process_control_and_knows_no_season() -> None:
    found = usual_year(series_of([*[48, 52] * 9, *[50] * 12]), LAST)
    assert found is not None
    assert (found.years, found.earlier_months) == (0, 18)
    # Mean 50, every moving range 4: 50 ± 2.66 x 4 = 39.36 to 60.64.
    assert set(found.months.values()) == {Usual(50.0, 40, 60)}


def test_from_less_than_a_year_there_is_none() -> None:
    assert usual_year(series_of([50] * 23), LAST) is None
    assert usual_year({}, LAST) is None


# The oracle's own remark: it fits some of these tables exactly, and says so.
@pytest.mark.filterwarnings("ignore:Perfect separation")
@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(1, 60), min_size=12, max_size=12), min_size=2, max_size=4))
def test_the_ends_equal_a_summed_distribution(years: list[list[int]]) -> None:
    ranges = usual_ranges(years)
    slow = slow_ranges(years)
    # A quantile that falls on the border of two counts may go either way by the last digit of phi.
    assert all(abs(f.low - low) <= 1 and abs(f.high - high) <= 1 for f, (low, high) in zip(ranges, slow, strict=True))
    assert all(one.low <= one.expected <= one.high for one in ranges)


@pytest.mark.parametrize("fault", ["normal quantile", "mean taken as known"])
def test_a_fault_in_either_range_would_be_caught(fault: str) -> None:
    years = [LUMPY, STEADY, LUMPY[::-1]]
    found = [(one.low, one.high) for one in usual_ranges(years)]
    assert found == slow_ranges(years)
    assert found != slow_ranges(years, fault=fault)


@pytest.mark.parametrize(("mean", "alpha", "years"), [(5, 0.05, 2), (50, 0.0, 3), (50, 0.05, 3), (200, 0.02, 5)])
def test_the_range_holds_the_months_of_a_year_that_is_like_those_before_it(
    mean: float, alpha: float, years: int
) -> None:
    random = np.random.default_rng(20261121)
    means = mean * (1 + 0.3 * np.sin(np.arange(12) * np.pi / 6))
    held = 0
    for _ in range(300):
        drawn = random.poisson(
            np.tile(means, (years + 1, 1))
            if alpha == 0
            else random.gamma(1 / alpha, np.tile(means, (years + 1, 1)) * alpha)
        )
        ranges = usual_ranges(drawn[:years].tolist())
        held += sum(one.low <= count <= one.high for one, count in zip(ranges, drawn[years].tolist(), strict=True))
    assert 0.93 <= held / (300 * 12) <= 0.99
