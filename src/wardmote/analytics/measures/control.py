"""Process control for monthly values (XmR): the limits within which a steady process stays, and signs that it moved.

Sources: Wheeler (2000), Understanding Variation, for the limits; the rules of NHS England's “Making Data Count”, in the
order that the NHS-R Community's package NHSRplotthedots gives them (commit 050b07d, September 2025).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

# 3 / 1.128: three standard deviations, where 1.128 is the mean range of two values of a normal distribution.
TO_LIMIT: Final = 2.66
# 3.267 x the average moving range is the upper limit of a moving range: a larger one is a jump, not the ordinary noise.
JUMP: Final = 3.267
RUN: Final = 7
# Limits from fewer values may still move a good deal with the next ones.
FIRM_FROM: Final = 12

Value = float | int | None


class Signal(StrEnum):
    """A sign that something other than the ordinary variation is at work, the plainest first."""

    OUTSIDE = "outside the limits"
    TREND = "seven in a row rising or falling"
    TWO_OF_THREE = "two of three close to a limit"
    SHIFT = "seven in a row on one side of the average"


@dataclass(frozen=True)
class Limits:
    """The average of the values and the limits around it; `points` is how many values they rest on."""

    mean: float
    moving_range: float
    points: int

    @property
    def lower(self) -> float:
        """Return the lower limit; of a count never below 0."""
        return max(0.0, self.mean - TO_LIMIT * self.moving_range)

    @property
    def upper(self) -> float:
        """Return the upper limit."""
        return self.mean + TO_LIMIT * self.moving_range

    @property
    def is_trial(self) -> bool:
        """Say whether the limits rest on so few values that they may still move."""
        return self.points < FIRM_FROM

    def is_near(self, value: float) -> bool:
        """Say whether a value lies in the outer third between the average and a limit, that limit included."""
        away = abs(value - self.mean)
        return 2 * TO_LIMIT / 3 * self.moving_range < away <= TO_LIMIT * self.moving_range


@dataclass(frozen=True)
class Signalled:
    """What a value signals and which way: above the average (or rising), or below it (or falling)."""

    signal: Signal
    above: bool


@dataclass(frozen=True)
class Run:
    """Seven values or more in a row that tell of a lasting move, by the position of the first and the last."""

    signal: Signal
    above: bool
    first: int
    last: int


def limits(values: Sequence[Value]) -> Limits | None:
    """Return the limits of the values in order of time, None of fewer than two neighbouring ones.

    A missing value is None and has no moving range with its neighbours. Moving ranges of a jump (3.267 x their average
    or more) are left out once, so that one freak month does not hide the next.
    """
    known = [float(value) for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return None
    average = _mean(ranges)
    ordinary = [one for one in ranges if one < JUMP * average]
    return Limits(_mean(known), _mean(ordinary) if ordinary else average, len(known))


def signals(values: Sequence[Value], around: Limits) -> tuple[Signalled | None, ...]:
    """Return for each value the plainest signal that it is part of, or None; a missing value ends every run."""
    found: dict[int, Signalled] = {}
    # The plainest last, so that it stands where several hold.
    for mark in (_shifts, _two_of_three, _trends, _outside):
        found.update(mark(values, around))
    return tuple(found.get(at) for at in range(len(values)))


def lasting_moves(values: Sequence[Value], around: Limits) -> tuple[Run, ...]:
    """Return the runs that rise, fall or stay on one side of the average, each whole, in order of time."""
    return tuple(sorted((*_trend_runs(values), *_shift_runs(values, around)), key=lambda run: (run.first, run.last)))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _outside(values: Sequence[Value], around: Limits) -> Iterator[tuple[int, Signalled]]:
    for at, value in enumerate(values):
        if value is not None and not around.lower <= value <= around.upper:
            yield at, Signalled(Signal.OUTSIDE, value > around.mean)


def _shifts(values: Sequence[Value], around: Limits) -> Iterator[tuple[int, Signalled]]:
    for run in _shift_runs(values, around):
        yield from ((at, Signalled(run.signal, run.above)) for at in range(run.first, run.last + 1))


def _trends(values: Sequence[Value], around: Limits) -> Iterator[tuple[int, Signalled]]:
    del around
    for run in _trend_runs(values):
        yield from ((at, Signalled(run.signal, run.above)) for at in range(run.first, run.last + 1))


def _shift_runs(values: Sequence[Value], around: Limits) -> Iterator[Run]:
    for above in (True, False):
        held = [_on_side(value, around, above=above) for value in values]
        yield from (Run(Signal.SHIFT, above, first, last) for first, last in _runs(held, RUN))


def _trend_runs(values: Sequence[Value]) -> Iterator[Run]:
    for above in (True, False):
        steps = [_steps_up(a, b) if above else _steps_up(b, a) for a, b in pairwise(values)]
        # Seven values have six steps between them: the value before the first step belongs to the run.
        yield from (Run(Signal.TREND, above, first, last + 1) for first, last in _runs(steps, RUN - 1))


def _two_of_three(values: Sequence[Value], around: Limits) -> Iterator[tuple[int, Signalled]]:
    for start in range(len(values) - 2):
        three = values[start : start + 3]
        for above in (True, False):
            if not all(_on_side(value, around, above=above) for value in three):
                continue
            near = [start + i for i, value in enumerate(three) if value is not None and around.is_near(value)]
            if len(near) >= 2:
                yield from ((at, Signalled(Signal.TWO_OF_THREE, above)) for at in near)


def _on_side(value: Value, around: Limits, *, above: bool) -> bool:
    if value is None:
        return False
    return value > around.mean if above else value < around.mean


def _steps_up(a: Value, b: Value) -> bool:
    return a is not None and b is not None and b > a


def _runs(held: Sequence[bool], least: int) -> Iterator[tuple[int, int]]:
    """Give first and last position of each unbroken run of at least `least` true ones."""
    start = 0
    for at in range(len(held) + 1):
        if at < len(held) and held[at]:
            continue
        if at - start >= least:
            yield start, at - 1
        start = at + 1
