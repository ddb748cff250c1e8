"""Season: by hand, against a regression of another library, and in worlds without one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.analytics.measures.test_interval import slow_phi
from tests.analytics.measures.test_several import step_by_step
from wardmote.analytics.measures.seasons import DAYS, seasons

FLAT = [100] * 12
NOVEMBER = [100] * 10 + [180, 100]


def slow(years: list[list[int]], *, first: int, fault: str = "") -> list[int]:
    """The verdicts with numpy's fit of the trend and statsmodels' phi, and the correction of the paper step by step."""
    table = np.array(years, dtype=float)
    slope = np.polyfit(range(len(years)), np.log(table.sum(axis=1)), 1)[0] / 12
    days = np.roll(DAYS, 1 - first) if fault != "equal months" else np.ones(12)
    parts = days * np.exp(slope * np.arange(12) * (fault != "no trend"))
    expected = table.sum() * parts / parts.sum()
    phi = 1.0 if fault == "chance alone" else max(1.0, slow_phi(years))
    z = (table.sum(axis=0) - expected) / np.sqrt(phi * expected * (1 - expected / table.sum()))
    chances = 2 * stats.t.sf(np.abs(z), (len(years) - 1) * 11)
    clear = step_by_step({str(at): float(one) for at, one in enumerate(chances)})
    return [int(np.sign(z[at])) if str(at) in clear else 0 for at in range(12)]


def test_by_hand() -> None:
    # Each year 1,280: November would have 1,280 x 30 / 365.25 = 105.1 of its days, and has 180: 71% more.
    found = seasons([NOVEMBER] * 3, first=1)
    assert found is not None
    assert (found[10].count, found[10].clear) == (540, 1)
    assert found[10].expected == pytest.approx(3 * 1280 * 30 / 365.25)
    assert float(found[10].percent) == pytest.approx(100 * (540 / (3 * 1280 * 30 / 365.25) - 1))
    # phi is 1, so one standard deviation of November is sqrt(315.4 x (1 - 0.0821)) = 17.0; 224.6 / 17.0 = 13.2.
    assert found[10].chance == pytest.approx(2 * stats.t.sf(13.2, 22), rel=0.3)


def test_a_short_month_is_not_low_for_its_days() -> None:
    found = seasons([[31 * 40 if d == 31 else round(d * 40) for d in DAYS]] * 4, first=1)
    assert found is not None
    assert [one.clear for one in found] == [0] * 12


def test_a_steady_rise_is_no_season() -> None:
    rising = [[round(200 * 1.3 ** (year + month / 12)) for month in range(12)] for year in range(4)]
    found = seasons(rising, first=1)
    assert found is not None
    assert found[0].clear == found[11].clear == 0


def test_the_first_column_may_be_any_month() -> None:
    turned = [*NOVEMBER[3:], *NOVEMBER[:3]]
    found = seasons([turned] * 3, first=4)
    assert found is not None
    assert [at for at, one in enumerate(found) if one.clear > 0] == [7]


def test_too_little_knows_no_season() -> None:
    assert seasons([FLAT] * 2, first=1) is None
    assert seasons([[1] * 12, [1] * 12, [2] * 12], first=1) is None
    assert seasons([FLAT, [0] * 12, FLAT], first=1) is None


# The oracle's own remark: it fits some of these tables exactly, and says so.
@pytest.mark.filterwarnings("ignore:Perfect separation")
@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(5, 90), min_size=12, max_size=12), min_size=3, max_size=5), st.integers(1, 12))
def test_it_equals_a_second_make_and_the_expected_add_up(years: list[list[int]], first: int) -> None:
    found = seasons(years, first=first)
    assert found is not None
    assert [one.clear for one in found] == slow(years, first=first)
    assert sum(one.expected for one in found) == pytest.approx(sum(map(sum, years)))


def drawn(seed: int, *, high: float = 1.0, trend: float = 0.0, years: int = 4, alpha: float = 0.03) -> list[list[int]]:
    random = np.random.default_rng(seed)
    means = 40 * np.tile(np.array(DAYS) / 30.4375, years) * np.exp(np.arange(12 * years) * trend / 12)
    means[10::12] *= high
    drawn: list[list[int]] = random.poisson(random.gamma(1 / alpha, means * alpha)).reshape(years, 12).tolist()
    return drawn


@pytest.mark.parametrize("fault", ["equal months", "no trend", "chance alone"])
def test_a_fault_in_either_make_would_be_caught(fault: str) -> None:
    lots = [drawn(seed, trend=0.3, alpha=0.05) for seed in range(40)]
    mine = [[one.clear for one in seasons(years, first=1) or ()] for years in lots]
    assert mine == [slow(years, first=1) for years in lots]
    assert mine != [slow(years, first=1, fault=fault) for years in lots]


@pytest.mark.parametrize("trend", [0.0, 0.15])
def test_a_world_without_season_has_any_clear_month_five_times_in_a_hundred(trend: float) -> None:
    found = [seasons(drawn(seed, trend=trend), first=1) for seed in range(400)]
    false = sum(any(one.clear for one in months or ()) for months in found)
    assert false / 400 <= 0.08


def test_a_real_peak_is_found() -> None:
    found = [seasons(drawn(seed, high=2.0), first=1) for seed in range(60)]
    assert sum(bool(months and months[10].clear > 0) for months in found) >= 54
