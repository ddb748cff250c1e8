"""Forecasts: by hand, against a slow second make of all of it, and their coverage in simulation and on real series."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, sqrt
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures.london import boroughs
from wardmote.analytics.measures.forecasts import Forecasts, ends_around, forecast
from wardmote.analytics.measures.smoothing import Carried, Method, carry, season

WAVE = [20, 18, 22, 30, 35, 40, 44, 41, 36, 30, 24, 20]


def drawn(seed: int, *, series: int = 6, months: int = 60, level: float = 40) -> dict[str, list[int]]:
    """Series with a season whose level wanders a little and whose counts vary more than Poisson counts."""
    random = np.random.default_rng(seed)
    means = level * np.exp(random.normal(0, 0.03, (series, months)).cumsum(axis=1))
    means *= 1 + 0.3 * np.sin(np.arange(months) * np.pi / 6)
    counts = random.poisson(random.gamma(1 / 0.03, means * 0.03))
    return {f"s{at}": row.tolist() for at, row in enumerate(counts)}


def carried(method: Method, counts: Sequence[int], factors: Sequence[float] = (1.0,) * 12) -> Carried:
    return carry(method, np.array([counts], dtype=float), np.array([len(counts)]), np.array([factors], dtype=float))


def test_the_season_by_hand() -> None:
    # Four equal years: the centred average is 30 in every month, so each factor is the month over 30.
    assert season([WAVE * 4]).tolist() == pytest.approx([count / 30 for count in WAVE])
    # The first factor is that of the month to come, wherever the year begins.
    assert season([(WAVE * 4)[5:]]).tolist() == pytest.approx([count / 30 for count in WAVE])
    assert season([(WAVE * 5)[: 12 * 4 + 5]]).tolist() == pytest.approx([c / 30 for c in WAVE[5:] + WAVE[:5]])


def test_a_season_is_left_out_where_it_cannot_be_known() -> None:
    assert set(season([WAVE * 2 + WAVE[:11]]).tolist()) == {1.0}
    assert set(season([[1, 0, 4] * 12]).tolist()) == {1.0}
    # Two sparse series together can have one.
    assert len(set(season([[1, 0, 4] * 12] * 2).tolist())) > 1


def test_the_average_by_hand() -> None:
    # Roots 9 and 11 in turns: mean 10, noise sqrt(12 / 11), expected 100 + 12 / 11.
    found = carried(Method.MEAN, [50] * 24 + [81, 121] * 6)
    assert found.roots[0].tolist() == pytest.approx([10] * 12)
    assert found.noise[0] == pytest.approx(sqrt(12 / 11))
    assert found.spread[0].tolist() == pytest.approx([sqrt(12 / 11)] * 12)


def test_the_same_month_of_the_year_before_is_carried_on_as_it_is() -> None:
    found = carried(Method.NAIVE, [*WAVE, *[count + 5 for count in WAVE]])
    assert (found.roots[0] ** 2).tolist() == pytest.approx([count + 5 for count in WAVE])


def test_no_series_is_taken_to_vary_less_than_chance_does() -> None:
    assert [carried(method, [100] * 40).noise[0] for method in (Method.MEAN, Method.SMOOTHING)] == [0.5, 0.5]


def test_smoothing_errs_more_the_further_it_looks_ahead() -> None:
    found = carried(Method.SMOOTHING, [*[100] * 20, *[144] * 20])
    # A level that jumps at once wants the largest weight, 0.95: six months ahead noise^2 x (1 + 5 x 0.95^2).
    assert found.spread[0, 5] == pytest.approx(found.noise[0] * sqrt(1 + 5 * 0.95**2))
    assert found.roots[0].tolist() == pytest.approx([12] * 12)


def slow_smoothing(counts: Sequence[int], factors: Sequence[float]) -> tuple[float, float, float]:
    """Level, noise and weight by statsmodels' own smoothing, one weight after the other."""
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    by_month = [sqrt(factors[(at - len(counts)) % 12]) for at in range(len(counts))]
    adjusted = np.array([sqrt(count) / one for count, one in zip(counts, by_month, strict=True)])
    best = (float("inf"), 0.0, 0.0)
    for step in range(1, 20):
        model = SimpleExpSmoothing(adjusted, initialization_method="known", initial_level=adjusted[:12].mean())
        fitted = model.fit(smoothing_level=step / 20, optimized=False)
        squares = sum((float(e) * f) ** 2 for e, f in zip(fitted.resid[12:], by_month[12:], strict=True))
        if squares < best[0] - 1e-9:
            best = squares, float(fitted.forecast(1)[0]), step / 20
    ratios = len(counts) / 12 - 1
    wide = sqrt((ratios + 0.5) / (ratios - 0.5)) if len(set(factors)) > 1 else 1.0
    return best[1], max(0.5, wide * sqrt(best[0] / (len(counts) - 12))), best[2]


def test_smoothing_equals_that_of_another_library() -> None:
    for counts in drawn(5, series=4, months=47).values():
        factors = season([counts]).tolist()
        found = carried(Method.SMOOTHING, counts, factors)
        level, noise, weight = slow_smoothing(counts, factors)
        assert found.roots[0].tolist() == pytest.approx([level * sqrt(one) for one in factors])
        assert found.noise[0] == pytest.approx(noise)
        assert found.spread[0, 11] == pytest.approx(noise * sqrt(1 + 11 * weight**2))


def slow_season(counts: Sequence[int]) -> list[float]:
    """The season by the formula of the methods page, month by month."""
    if len(counts) < 36 or mean(counts) < 3:
        return [1.0] * 12
    ratios: dict[int, list[float]] = {phase: [] for phase in range(12)}
    for at in range(6, len(counts) - 6):
        around = (sum(counts[at - 5 : at + 6]) + (counts[at - 6] + counts[at + 6]) / 2) / 12
        ratios[(at - len(counts)) % 12].append(counts[at] / around)
    means = [mean(ratios[phase]) for phase in range(12)]
    return [one / mean(means) for one in means]


def slow_average(counts: Sequence[int], *, fault: str = "") -> tuple[list[float], float]:
    """The twelve roots and the noise of the average with its season."""
    factors = slow_season(counts)
    last = [sqrt(count) / sqrt(f) for count, f in zip(counts[-12:], factors, strict=True)]
    level = mean(last)
    squares = sum(((one - level) * sqrt(f)) ** 2 for one, f in zip(last, factors, strict=True))
    k = len(counts) / 12 - 1
    wide = 1.0 if len(counts) < 36 or fault == "season taken as known" else (k + 0.5) / (k - 0.5)
    return [level * sqrt(f) for f in factors], max(0.5, sqrt(wide * squares / 11))


def slow_outlook(series: Mapping[str, Sequence[int]], *, fault: str = "") -> dict[str, list[tuple[Any, ...]]]:
    """The months of the average's forecast, with intervals from ranked errors, by plain lists and no library."""
    errors = []
    for counts in series.values():
        for back in range(12, len(counts) - 23):
            roots, noise = slow_average(counts[:-back], fault=fault)
            after = counts[len(counts) - back : len(counts) - back + 12]
            errors += [abs(sqrt(y) - root) / noise for y, root in zip(after, roots, strict=True)]
    one_more = 0 if fault == "no error still to come" else 1
    widths = [sorted(errors)[ceil((len(errors) + one_more) * level / 100) - 1] for level in (80, 95)]
    found = {}
    for name, counts in series.items():
        roots, noise = slow_average(counts, fault=fault)
        found[name] = [
            (
                round(root**2 + noise**2, 6),
                *(
                    end
                    for width in widths
                    for end in (ceil(max(0, root - width * noise) ** 2), floor((root + width * noise) ** 2))
                ),
            )
            for root in roots
        ]
    return found


def plain(found: Forecasts) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: [(round(float(m.point), 6), m.low80, m.high80, m.low95, m.high95) for m in one.months]
        for name, one in found.outlooks.items()
    }


def averaged(seed: int, **more: Any) -> tuple[dict[str, list[int]], Forecasts]:
    """Series for which the average is the method chosen."""
    for at in range(seed, seed + 50):
        series = drawn(at, **more)
        found = forecast(series)
        if found is not None and found.method is Method.MEAN:
            return series, found
    raise AssertionError("No draw chose the average.")


def test_all_of_it_equals_a_slow_second_make() -> None:
    series, found = averaged(1, months=50)
    assert plain(found) == slow_outlook(series)
    short, without_season = averaged(1, months=40)
    assert plain(without_season) == slow_outlook(short)


def test_a_fault_in_either_make_would_be_caught() -> None:
    series, found = averaged(1, months=50)
    assert plain(found) != slow_outlook(series, fault="season taken as known")
    few, short = averaged(1, months=36)
    assert plain(short) == slow_outlook(few)
    assert plain(short) != slow_outlook(few, fault="no error still to come")


def test_seasonal_naive_is_kept_where_nothing_is_better() -> None:
    found = forecast({f"s{at}": [count * (at + 1) for count in WAVE] * 4 for at in range(5)})
    assert found is not None
    assert found.method is Method.NAIVE
    assert found.scores[0].method is Method.NAIVE
    assert found.scores[0].wmape == pytest.approx(0)


def test_the_method_chosen_is_the_best_of_the_league_or_the_benchmark() -> None:
    for seed in range(8):
        found = forecast(drawn(seed))
        assert found is not None
        table = {one.method: one for one in found.scores}
        assert [one.wmape for one in found.scores] == sorted(one.wmape for one in found.scores)
        chosen, naive = table[found.method], table[Method.NAIVE]
        assert (chosen.wmape, chosen.interval_score) <= (naive.wmape, naive.interval_score)
        assert chosen.interval_score <= naive.interval_score


def test_too_little_gives_no_forecast() -> None:
    assert forecast({}) is None
    assert forecast({f"s{at}": [5] * 35 for at in range(20)}) is None
    # One series of three years has been forecast once: twelve errors cannot tell how wide 95% is.
    assert forecast({"s": WAVE * 3}) is None
    assert forecast({"s": [0] * 72}) is None


def test_a_series_that_is_too_short_is_left_out_and_does_not_spoil_the_rest() -> None:
    found = forecast(drawn(1) | {"short": [5] * 30})
    assert found is not None
    assert found.outlooks == forecast(drawn(1)).outlooks  # type: ignore[union-attr]


def test_the_total_is_the_sum_of_its_months_and_its_interval_narrower_than_theirs_together() -> None:
    found = forecast(drawn(3))
    assert found is not None
    for one in found.outlooks.values():
        assert one.year.point == sum((month.point for month in one.months), Fraction(0))
        assert one.year.high80 - one.year.low80 < sum(month.high80 - month.low80 for month in one.months)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 400), min_size=36, max_size=54), min_size=5, max_size=7),
    st.randoms(use_true_random=False),
)
def test_a_forecast_is_whole_and_the_same_whatever_the_order(rows: list[list[int]], random: Any) -> None:
    series = {f"s{at}": row for at, row in enumerate(rows)}
    mixed = list(series.items())
    random.shuffle(mixed)
    found = forecast(series)
    assert found == forecast(dict(mixed))
    for one in found.outlooks.values() if found else ():
        for month in (*one.months, one.year):
            assert 0 <= month.low95 <= month.low80 <= month.high80 <= month.high95
            assert month.point >= 0


def test_the_ends_are_whole_counts_within_and_never_below_none() -> None:
    assert ends_around(10, 1) == (81, 121)
    assert ends_around(10, 1.2) == (78, 125)  # 77.44 to 125.44
    assert ends_around(0.5, 1) == (0, 2)


def test_intervals_hold_what_they_say_in_a_simulated_world() -> None:
    held = {80: 0, 95: 0}
    for seed in range(40):
        series = drawn(seed, series=8, months=84)
        found = forecast({name: counts[:72] for name, counts in series.items()})
        assert found is not None
        for name, one in found.outlooks.items():
            for level in held:
                held[level] += sum(m.holds(y, level) for m, y in zip(one.months, series[name][72:], strict=True))
    assert held[80] / (40 * 8 * 12) == pytest.approx(0.80, abs=0.03)
    assert held[95] / (40 * 8 * 12) == pytest.approx(0.95, abs=0.03)


@pytest.mark.shared_data
@pytest.mark.parametrize("history", [36, 60, 72])
def test_intervals_hold_what_they_say_on_real_series_of_london(shared: Path, history: int) -> None:
    """Each borough is a partnership that forecasts with what it had, once a year, 2020 and 2021 included."""
    held, of, errors, naive, total = {80: 0, 95: 0}, 0, 0.0, 0.0, 0
    for series in list(boroughs(shared).values())[::3]:
        for end in range(history, 192 - 11, 12):
            found = forecast({kind: counts[end - history : end] for kind, counts in series.items()})
            assert found is not None
            for kind, one in found.outlooks.items():
                after, before = series[kind][end : end + 12], series[kind][end - 12 : end]
                of, total = of + 12, total + sum(after)
                errors += sum(abs(float(m.point) - y) for m, y in zip(one.months, after, strict=True))
                naive += sum(abs(x - y) for x, y in zip(before, after, strict=True))
                for level in held:
                    held[level] += sum(m.holds(y, level) for m, y in zip(one.months, after, strict=True))
    assert held[80] / of == pytest.approx(0.80, abs=0.03)
    assert held[95] / of == pytest.approx(0.95, abs=0.03)
    assert errors / total < 0.95 * naive / total
