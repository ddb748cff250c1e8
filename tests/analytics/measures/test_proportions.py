"""Shares of those who answered and their change: statsmodels is the second way."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from wardmote.analytics.measures.proportions import change_interval, share_interval
from wardmote.foundations.rounding import half_up, percentage_points

bases = st.integers(1, 5000)
answers = bases.flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize("chosen", [881, 887, 894])
def test_any_count_from_881_to_894_of_1455_prints_61_percent(chosen: int) -> None:
    assert half_up(Fraction(100 * chosen, 1455)) == 61


@pytest.mark.parametrize(("chosen", "printed"), [(880, 60), (895, 62)])
def test_the_counts_beside_them_do_not(chosen: int, printed: int) -> None:
    assert half_up(Fraction(100 * chosen, 1455)) == printed


def test_wilson_by_hand() -> None:
    # 887 of 1,455: p = 0.60962, z = 1.95996, z² = 3.84146; middle = (0.60962 + 0.00132) / 1.00264 = 0.60933
    found = share_interval(Fraction(887, 1455), 1455)
    assert (round(found.low, 4), round(found.high, 4)) == (0.5843, 0.6344)


@given(answers)
def test_wilson_agrees_with_statsmodels(drawn: tuple[int, int]) -> None:
    chosen, base = drawn
    low, high = proportion_confint(chosen, base, method="wilson")
    found = share_interval(Fraction(chosen, base), base)
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)


@given(answers, answers)
def test_the_change_agrees_with_statsmodels(before: tuple[int, int], now: tuple[int, int]) -> None:
    found = change_interval(Fraction(*before), before[1], Fraction(*now), now[1])
    low, high = confint_proportions_2indep(*now, *before, compare="diff", method="newcomb")
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)


@given(answers)
def test_a_share_lies_inside_its_interval_and_a_tenfold_base_narrows_it(drawn: tuple[int, int]) -> None:
    share, base = Fraction(*drawn), drawn[1]
    narrow, wide = share_interval(share, base * 10), share_interval(share, base)
    assert wide.low <= share <= wide.high
    assert narrow.high - narrow.low < wide.high - wide.low


def test_the_perception_series_of_2011_and_2012() -> None:
    # Kent and Medway: 50.9% to 57.8%, England and Wales 61.3%.
    assert percentage_points(Fraction("57.8") - Fraction("50.9")) == "+6.9 percentage points"
    assert percentage_points(Fraction("57.8") - Fraction("61.3")) == "−3.5 percentage points"


@pytest.mark.parametrize(("share", "base"), [(Fraction(1, 2), 0), (Fraction(3, 2), 10)])
def test_what_is_no_share_is_refused(share: Fraction, base: int) -> None:
    with pytest.raises(ValueError, match="share"):
        share_interval(share, base)
