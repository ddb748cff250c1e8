"""The interval of a change: by hand, against another algorithm and library, and its coverage in simulation."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from wardmote.analytics.measures.interval import Dispersion, chance, dispersion, interval

STEADY = [50, 48, 52, 51, 47, 53, 49, 50, 52, 48, 51, 49]
LUMPY = [90, 20, 80, 15, 70, 25, 95, 30, 60, 10, 85, 20]


def slow_phi(years: Sequence[Sequence[int]], *, fault: str = "") -> float:
    """phi from a Poisson regression on year and calendar month, fitted by statsmodels."""
    import statsmodels.api as sm

    counts = np.array(years, dtype=float)
    rows = [[1.0, *_dummies(y, len(counts)), *_dummies(m, 12)] for y in range(len(counts)) for m in range(12)]
    if fault == "no seasons":
        rows = [row[: len(counts)] for row in rows]
    fitted = sm.GLM(counts.ravel(), np.array(rows), family=sm.families.Poisson()).fit()
    return float(fitted.pearson_chi2 / (fitted.df_resid if fault != "no degrees" else counts.size))


def _dummies(at: int, size: int) -> list[float]:
    return [float(at == other) for other in range(1, size)]


def slow_interval(previous: int, current: int, spread: Dispersion, *, fault: str = "") -> tuple[float, float]:
    """The same interval by searching for the proportions that lie just t standard errors away."""
    degrees = 10**9 if fault == "normal quantile" else spread.degrees
    phi = 1.0 if fault == "no dispersion" else spread.phi
    t, size, share = stats.t.ppf(0.975, degrees), (previous + current) / phi, current / (previous + current)

    def away(p: float) -> float:
        return float((share - p) ** 2 * size - t * t * p * (1 - p))

    low = 0.0 if share == 0 else optimize.brentq(away, 1e-15, min(share, 1 - 1e-9), xtol=1e-15)
    high = 1.0 if share == 1 else optimize.brentq(away, max(share, 1e-9), 1 - 1e-15, xtol=1e-15)
    return low / (1 - low), math.inf if high == 1 else high / (1 - high)


def test_the_dispersion_by_hand() -> None:
    # Two years, two calendar months with counts: 10 30 / 30 10. Every expected count is 20, so Pearson's sum is
    # 4 x 10^2 / 20 = 20 with (2 - 1) x (2 - 1) = 1 degree of freedom.
    years = [[10, 30] + [0] * 10, [30, 10] + [0] * 10]
    assert dispersion(years) == Dispersion(phi=20.0, degrees=1)


def test_the_dispersion_is_never_below_one() -> None:
    assert dispersion([STEADY, STEADY]) == Dispersion(phi=1.0, degrees=11)


def test_a_season_is_no_dispersion_but_a_different_pattern_each_year_is() -> None:
    assert dispersion([LUMPY, LUMPY]) == Dispersion(1.0, 11)
    found = dispersion([LUMPY, LUMPY[::-1]])
    assert found is not None
    assert found.phi > 20


def test_less_than_two_years_give_no_dispersion_and_years_without_a_count_give_one() -> None:
    assert dispersion([STEADY]) is None
    assert dispersion([[0] * 12, [0] * 12]) == Dispersion(1.0, 11)


def test_the_interval_by_hand() -> None:
    # 100 then 100 with phi 1 and endless degrees: p = 1/2, n = 200, z = 1.96. Half width sqrt(z^2/(4n) + z^4/(4n^2)) /
    # (1 + z^2/n) = 0.0686, so p lies from 0.4314 to 0.5686 and the ratio from 0.7586 to 1.3182.
    found = interval(100, 100, Dispersion(1.0, 10**9))
    assert found is not None
    assert found.high is not None
    assert (found.low, found.high) == (pytest.approx(0.7586, abs=5e-5), pytest.approx(1.3182, abs=5e-5))


def test_from_nothing_the_interval_has_no_upper_end_and_from_nothing_to_nothing_none() -> None:
    assert interval(0, 0, Dispersion(1.0, 11)) is None
    found = interval(0, 30, Dispersion(1.0, 11))
    assert found is not None
    assert found.high is None
    assert found.low > 1


YEAR_OF_COUNTS = st.lists(st.integers(1, 60), min_size=12, max_size=12)


# The oracle's own remark: it fits some of these tables exactly, and says so.
@pytest.mark.filterwarnings("ignore:Perfect separation")
@settings(max_examples=20, deadline=None)
@given(st.lists(YEAR_OF_COUNTS, min_size=2, max_size=4))
def test_phi_equals_a_poisson_regression(years: list[list[int]]) -> None:
    found = dispersion(years)
    assert found is not None
    assert found.phi == pytest.approx(max(1.0, slow_phi(years)), rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(1, 20), st.integers(5, 60))
def test_the_interval_equals_a_search_and_holds_the_ratio(a: int, b: int, phi: float, degrees: int) -> None:
    assume(a + b > 0)
    spread = Dispersion(phi, degrees)
    found = interval(a, b, spread)
    assert found is not None
    low, high = slow_interval(a, b, spread)
    assert found.low == pytest.approx(low, rel=1e-6, abs=1e-9)
    assert (math.inf if found.high is None else found.high) == pytest.approx(high, rel=1e-6)
    assert a == 0 or found.low <= b / a <= (math.inf if found.high is None else found.high) + 1e-12


@pytest.mark.parametrize("fault", ["no seasons", "no degrees"])
def test_a_fault_in_either_dispersion_would_be_caught(fault: str) -> None:
    years = [LUMPY, STEADY, LUMPY[::-1]]
    found = dispersion(years)
    assert found is not None
    assert found.phi == pytest.approx(slow_phi(years))
    assert found.phi != pytest.approx(slow_phi(years, fault=fault), rel=1e-3)


@pytest.mark.parametrize("fault", ["normal quantile", "no dispersion"])
def test_a_fault_in_either_interval_would_be_caught(fault: str) -> None:
    spread = Dispersion(2.5, 11)
    found = interval(812, 640, spread)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(slow_interval(812, 640, spread))
    assert (found.low, found.high) != pytest.approx(slow_interval(812, 640, spread, fault=fault), rel=1e-3)


def _months(random: np.random.Generator, means: np.ndarray, alpha: float) -> np.ndarray:
    """Negative binomial months: variance mean + alpha mean^2; Poisson when alpha is 0."""
    return random.poisson(means if alpha == 0 else random.gamma(1 / alpha, means * alpha))


@pytest.mark.parametrize(
    ("mean", "alpha", "ratio", "least", "most"),
    [(50, 0.05, 1.0, 0.92, 0.98), (50, 0.05, 0.8, 0.92, 0.98), (5, 0.1, 1.0, 0.92, 0.99), (200, 0.0, 1.0, 0.94, 1.0)],
)
def test_the_interval_covers_the_real_change_in_simulation(
    mean: float, alpha: float, ratio: float, least: float, most: float
) -> None:
    random = np.random.default_rng(20261121)
    season = 1 + 0.3 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    covered = 0
    for _ in range(600):
        years = [_months(random, mean * season * level, alpha).tolist() for level in (ratio, 1.0, 1.0)]
        spread = dispersion(years)
        assert spread is not None
        found = interval(sum(years[1]), sum(years[0]), spread)
        covered += found is None or (found.low <= ratio and (found.high is None or ratio <= found.high))
    assert least <= covered / 600 <= most


@given(st.integers(0, 400), st.integers(0, 400), st.floats(1, 6), st.integers(1, 60))
def test_the_chance_is_below_five_per_cent_exactly_where_the_interval_leaves_out_no_change(
    previous: int, current: int, phi: float, degrees: int
) -> None:
    spread = Dispersion(phi, degrees)
    found = interval(previous, current, spread)
    if found is None:
        with pytest.raises(ValueError, match="nothing can be said"):
            chance(previous, current, spread)
        return
    one = chance(previous, current, spread)
    if abs(one - 0.05) > 1e-9:
        assert (one < 0.05) == (found.low > 1 or (found.high is not None and found.high < 1))
