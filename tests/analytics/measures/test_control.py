"""Process control: limits and signals by hand, and against rolling windows in pandas."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.analytics.measures.control import Limits, Run, Signal, Signalled, lasting_moves, limits, signals

AROUND = Limits(mean=10.0, moving_range=3.0, points=20)  # limits 2.02 and 17.98, near from 4.68 down and 15.32 up


def slow_limits(values: Sequence[float], *, fault: str = "") -> tuple[float, float, float]:
    """Mean and both limits with pandas: differences of neighbours, screened once for jumps."""
    series = pd.Series(values, dtype=float)
    moving = series.diff().abs().dropna()
    kept = moving if fault == "no screening" else moving[moving < 3.267 * moving.mean()]
    average = kept.mean() if len(kept) else moving.mean()
    scale = 3.0 if fault == "standard deviations" else 2.66
    return float(series.mean()), max(0.0, series.mean() - scale * average), series.mean() + scale * average


def slow_signals(values: Sequence[float], around: Limits, *, fault: str = "") -> list[Signalled | None]:
    """Every rule as a rolling window over a column, the plainest rule written last."""
    column = pd.Series(values, dtype=float)
    found: list[Signalled | None] = [None] * len(values)
    run = 8 if fault == "eight in a row" else 7
    for above in (True, False):
        for end in windows(on_side(column, around, above=above), run):
            found[end - run + 1 : end + 1] = [Signalled(Signal.SHIFT, above)] * run
    for at, above in two_of_three(column, around):
        found[at] = Signalled(Signal.TWO_OF_THREE, above)
    for above in (True, False):
        for end in windows(column.diff() > 0 if above else column.diff() < 0, 6):
            found[end - 6 : end + 1] = [Signalled(Signal.TREND, above)] * 7
    for at in column.index[(column < around.lower) | (column > around.upper)]:
        found[at] = Signalled(Signal.OUTSIDE, bool(column[at] > around.mean))
    return found


def two_of_three(column: "pd.Series[float]", around: Limits) -> list[tuple[int, bool]]:
    near = column.map(around.is_near)
    ends = [(end, above) for above in (True, False) for end in windows(on_side(column, around, above=above), 3)]
    kept = [(end, above) for end, above in ends if near[end - 2 : end + 1].sum() >= 2]
    return [(at, above) for end, above in kept for at in range(end - 2, end + 1) if near[at]]


def on_side(column: "pd.Series[float]", around: Limits, *, above: bool) -> "pd.Series[bool]":
    return column > around.mean if above else column < around.mean


def windows(held: "pd.Series[bool]", size: int) -> list[int]:
    """Return where windows end that are true throughout."""
    sums = held.astype(int).rolling(size).sum()
    return [int(end) for end in sums.index[sums == size]]


def test_the_limits_by_hand() -> None:
    # Ranges 2, 4, 2, 4: average 3. Mean 11. Limits 11 - 7.98 and 11 + 7.98.
    found = limits([10, 12, 8, 10, 14])
    assert found == Limits(mean=10.8, moving_range=3.0, points=5)
    assert found is not None
    assert (found.lower, found.upper) == (pytest.approx(2.82), pytest.approx(18.78))
    assert found.is_trial


def test_a_jump_widens_the_limits_only_by_moving_the_average() -> None:
    # Ranges: ten of 1 and two of 40. Their average is 90 / 12 = 7.5, and 40 is more than 3.267 x 7.5 = 24.5.
    found = limits([10, 11, 10, 11, 10, 50, 10, 11, 10, 11, 10, 11, 10])
    assert found is not None
    assert found.moving_range == 1.0
    assert not found.is_trial


def test_a_missing_month_has_no_range_with_its_neighbours() -> None:
    found = limits([10, 12, None, 40, 42])
    assert found == Limits(mean=26.0, moving_range=2.0, points=4)
    assert limits([10, None, 12]) is None


def test_a_count_has_no_limit_below_nought() -> None:
    found = limits([0, 3, 0, 3])
    assert found is not None
    assert found.lower == 0.0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([10, 10, 18], [None, None, Signalled(Signal.OUTSIDE, above=True)]),
        ([10, 2, 10], [None, Signalled(Signal.OUTSIDE, above=False), None]),
        ([11] * 6, [None] * 6),
        ([11] * 7, [Signalled(Signal.SHIFT, above=True)] * 7),
        ([9] * 7, [Signalled(Signal.SHIFT, above=False)] * 7),
        # A value on the average is on neither side.
        ([11, 11, 11, 10, 11, 11, 11], [None] * 7),
        ([7, 8, 9, 10, 11, 12], [None] * 6),
        ([7, 8, 9, 10, 11, 12, 13], [Signalled(Signal.TREND, above=True)] * 7),
        ([13, 12, 11, 10, 9, 8, 7], [Signalled(Signal.TREND, above=False)] * 7),
        (
            [10, 16, 11, 16],
            [None, *[Signalled(Signal.TWO_OF_THREE, above=True), None] * 1, Signalled(Signal.TWO_OF_THREE, above=True)],
        ),
        # All three must lie on the same side.
        ([16, 9, 16], [None] * 3),
    ],
)
def test_each_signal_by_hand(values: list[int], expected: list[Signalled | None]) -> None:
    assert list(signals(values, AROUND)) == expected


def test_the_plainest_signal_stands_where_several_hold() -> None:
    found = signals([11, 12, 13, 14, 15, 16, 19], AROUND)
    assert found == (*[Signalled(Signal.TREND, above=True)] * 6, Signalled(Signal.OUTSIDE, above=True))


def test_a_lasting_move_is_told_whole_whatever_else_its_months_signal() -> None:
    values = [11, 11, 19, 11, 11, 11, 11, 11, 9]
    assert signals(values, AROUND)[2] == Signalled(Signal.OUTSIDE, above=True)
    assert lasting_moves(values, AROUND) == (Run(Signal.SHIFT, above=True, first=0, last=7),)
    assert lasting_moves([4, 6, 8, 10, 12, 14, 16], AROUND) == (Run(Signal.TREND, above=True, first=0, last=6),)
    assert lasting_moves([11] * 6, AROUND) == ()


def test_a_missing_month_ends_a_run() -> None:
    assert signals([11, 11, 11, None, 11, 11, 11, 11], AROUND) == (None,) * 8


VALUES: Any = st.lists(st.integers(0, 40), min_size=3, max_size=40)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_limits_and_signals_equal_rolling_windows(values: list[int]) -> None:
    found = limits(values)
    assert found is not None
    assert (found.mean, found.lower, found.upper) == pytest.approx(slow_limits(values))
    assert list(signals(values, found)) == slow_signals(values, found)


@settings(max_examples=50, deadline=None)
@given(VALUES, st.integers(1, 100))
def test_adding_a_number_to_every_value_moves_the_average_and_no_signal(values: list[int], more: int) -> None:
    # Halves move every value off the average, and integers keep the sums exact.
    base, moved = limits([v + 1000 for v in values]), limits([v + 1000 + more for v in values])
    assert base is not None
    assert moved is not None
    assert moved.mean - base.mean == pytest.approx(more)
    assert moved.moving_range == pytest.approx(base.moving_range)


@pytest.mark.parametrize("fault", ["no screening", "standard deviations"])
def test_a_fault_in_either_limit_would_be_caught(fault: str) -> None:
    values = [10, 11, 10, 11, 10, 50, 10, 11, 10, 11]
    found = limits(values)
    assert found is not None
    assert (found.mean, found.lower, found.upper) == pytest.approx(slow_limits(values))
    assert (found.mean, found.lower, found.upper) != pytest.approx(slow_limits(values, fault=fault))


def test_a_fault_in_either_signal_would_be_caught() -> None:
    values = [11] * 7 + [9]
    assert list(signals(values, AROUND)) == slow_signals(values, AROUND)
    assert list(signals(values, AROUND)) != slow_signals(values, AROUND, fault="eight in a row")
