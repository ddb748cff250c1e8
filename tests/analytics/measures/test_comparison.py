"""Comparison with a group: by hand, against columns of numpy, and how often chance alone is called high."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from wardmote.analytics.measures.comparison import AreaCount, Comparison, Place, compare


def group(*counts: int, base: int = 10_000) -> list[AreaCount]:
    return [AreaCount(f"E0700000{at}", count, base) for at, count in enumerate(counts)]


def slow_compare(areas: list[AreaCount], *, fault: str = "") -> dict[str, object]:
    """The formulas of the methods page as columns of numpy."""
    count = np.array([area.count for area in areas], dtype=float)
    base = np.array([area.base for area in areas], dtype=float)
    pooled = count.sum() / base.sum()
    expected = pooled * base
    y, s = np.sqrt(count / expected), 1 / (2 * np.sqrt(expected))
    z = (y - 1) / s
    n = len(areas)
    if fault != "not winsorised":
        z = np.asarray(stats.mstats.winsorize(z, limits=(0.1, 0.1)))
        # What the same pulling in does to a million normal values, by their quantiles.
        q = stats.norm.ppf(1 - int(0.1 * n) / n)
        normal = np.clip(stats.norm.ppf((np.arange(1_000_000) + 0.5) / 1_000_000), -q, q)
    phi = float(np.mean(z**2)) / (1.0 if fault in ("not winsorised", "not corrected") else float(np.mean(normal**2)))
    w = s**-2
    tau = 0.0 if n * phi < n - 1 else (n * phi - (n - 1)) / (w.sum() - (w**2).sum() / w.sum())
    if fault == "no overdispersion":
        tau = 0.0
    away = stats.norm.ppf(0.975) * np.sqrt(s**2 + tau)
    low, high = pooled * np.maximum(0, 1 - away) ** 2 * 1000, pooled * (1 + away) ** 2 * 1000
    mean = float(np.mean(count / base * 1000)) if fault != "pooled mean" else float(pooled * 1000)
    return {"phi": phi, "tau": tau, "low": low, "high": high, "mean": mean}


def agrees(found: Comparison, slow: dict[str, object]) -> bool:
    lows, highs = [area.low_95 for area in found.areas], [area.high_95 for area in found.areas]
    return bool(
        np.isclose(found.phi, slow["phi"], rtol=1e-4)
        and np.isclose(found.tau_squared, slow["tau"], rtol=2e-3, atol=1e-4)
        and np.allclose(lows, slow["low"], rtol=1e-3, atol=0.01)
        and np.allclose(highs, slow["high"], rtol=1e-3)
        and np.isclose(float(found.mean), slow["mean"])
    )


def test_equal_rates_lie_within_narrow_limits_by_hand() -> None:
    # Five areas of 100 in 10,000: pooled 10 per 1,000, E = 100, s = 1/20, no overdispersion.
    # 95%: 10 x (1 ± 1.96 / 20)^2 = 8.136 and 12.056; 99.8%: 10 x (1 ± 3.0902 / 20)^2 = 7.149 and 13.329.
    found = compare(group(100, 100, 100, 100, 100))
    assert found is not None
    one = found.areas[0]
    assert (found.mean, found.pooled, found.phi, found.tau_squared) == (10, 10, 0.0, 0.0)
    assert (one.low_95, one.high_95) == (pytest.approx(8.136, abs=1e-3), pytest.approx(12.056, abs=1e-3))
    assert (one.low_998, one.high_998) == (pytest.approx(7.149, abs=1e-3), pytest.approx(13.329, abs=1e-3))
    assert {area.place for area in found.areas} == {Place.WITHIN}
    assert {(area.rank, area.tied) for area in found.areas} == {(1, 5)}


def test_an_area_far_from_a_group_of_equals_stands_out_and_the_mean_is_that_of_the_rates() -> None:
    areas = [*group(100, 100, 100, 100, 100, 100, 100, 100, 100, 100), AreaCount("own", 500, 20_000)]
    found = compare(areas)
    assert found is not None
    assert found.of("own").place is Place.FAR_ABOVE
    assert found.of("own").rank == 1
    assert found.mean == Fraction(125, 11)
    assert found.pooled == Fraction(1500 * 1000, 120_000)


def test_areas_that_differ_by_more_than_chance_widen_the_limits_for_all() -> None:
    found = compare(group(40, 80, 100, 120, 160))
    assert found is not None
    assert found.tau_squared > 0
    assert found.areas[-1].place is Place.WITHIN


def test_ties_share_a_rank_and_low_rates_are_below() -> None:
    found = compare([*group(100, 100, 101, 99, 100, 101, 99, 100, 100, 101, 99), AreaCount("own", 10, 10_000)])
    assert found is not None
    assert found.of("own").place is Place.FAR_BELOW
    assert [area.rank for area in found.areas][:3] == [4, 4, 1]
    assert found.areas[2].tied == 3


def test_too_few_areas_none_counted_or_nobody_there_give_no_comparison() -> None:
    assert compare(group(1, 2, 3, 4)) is None
    assert compare(group(0, 0, 0, 0, 0)) is None
    assert compare([*group(1, 2, 3, 4, 5), AreaCount("empty", 1, 0)]) is None


AREAS = st.lists(st.tuples(st.integers(0, 3000), st.integers(500, 400_000)), min_size=5, max_size=40).filter(
    lambda pairs: sum(count for count, _ in pairs) > 0
)


@settings(max_examples=40, deadline=None)
@given(AREAS)
def test_it_equals_columns_of_numpy(pairs: list[tuple[int, int]]) -> None:
    areas = [AreaCount(str(at), count, base) for at, (count, base) in enumerate(pairs)]
    found = compare(areas)
    assert found is not None
    assert agrees(found, slow_compare(areas))
    assert all(one.low_998 <= one.low_95 <= float(found.pooled) + 1e-9 <= one.high_95 + 2e-9 for one in found.areas)


@pytest.mark.parametrize("fault", ["not winsorised", "not corrected", "no overdispersion", "pooled mean"])
def test_a_fault_in_either_would_be_caught(fault: str) -> None:
    areas = [
        AreaCount(str(at), count, base)
        for at, (count, base) in enumerate(
            [
                (40, 9_000),
                (80, 8_000),
                (100, 10_000),
                (120, 15_000),
                (160, 9_500),
                (90, 10_000),
                (300, 11_000),
                (70, 9_900),
                (95, 8_800),
                (10, 9_000),
                (105, 9_700),
            ]
        )
    ]
    found = compare(areas)
    assert found is not None
    assert agrees(found, slow_compare(areas))
    assert not agrees(found, slow_compare(areas, fault=fault))


def test_by_chance_alone_about_one_area_in_twenty_lies_outside() -> None:
    random = np.random.default_rng(20261121)
    bases = random.integers(20_000, 300_000, size=40)
    outside = 0
    for _ in range(200):
        # Areas that truly differ, by a tenth either way, around 8 in 1,000.
        true = random.gamma(100, 0.008 / 100, size=40)
        found = compare(
            [
                AreaCount(str(i), int(random.poisson(t * b)), int(b))
                for i, (t, b) in enumerate(zip(true, bases, strict=True))
            ]
        )
        assert found is not None
        outside += sum(area.place is not Place.WITHIN for area in found.areas)
    assert 0.03 <= outside / (200 * 40) <= 0.08
