"""Axes: round ticks from zero, places on a scale, and the words under the months."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from wardmote.printing.chart_kinds import Number

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Scale:
    """From zero to `top` in round steps, drawn from `start` to `end`."""

    top: Decimal
    step: Decimal
    start: float
    end: float

    def at(self, value: Number) -> float:
        """Where a value stands."""
        return self.start + (self.end - self.start) * float(Decimal(value) / self.top)

    def ticks(self) -> tuple[Decimal, ...]:
        """The round values from zero to the last that fits."""
        return tuple(self.step * place for place in range(int(self.top / self.step) + 1))


def scale(values: Iterable[Number | None], *, start: float, end: float, ticks: int = 4) -> Scale:
    """A scale that holds all values and no more than about `ticks` steps; 0 to 1 when there is nothing to show."""
    top = max((Decimal(value) for value in values if value is not None), default=Decimal(0))
    if top <= 0:
        return Scale(Decimal(1), Decimal(1), start, end)
    rough = top / ticks
    power = Decimal(10) ** rough.adjusted()
    step = next(candidate * power for candidate in _STEPS if candidate * power >= rough)
    # A little air above the highest value, but no empty step.
    return Scale(top * Decimal("1.06"), step, start, end)


def written(value: Number) -> str:
    """A number with thousands separators, without needless noughts: 1,250 or 2.5."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def month_words(month: str) -> str:
    """2026-03 as Mar 2026."""
    year, number = month.split("-")
    return f"{calendar.month_abbr[int(number)]} {year}"


def month_ticks(months: tuple[str, ...], *, most: int) -> tuple[tuple[int, str], ...]:
    """Positions and words under a time axis: years at each January, or months when there are few."""
    januaries = [(place, month[:4]) for place, month in enumerate(months) if month.endswith("-01")]
    if len(months) > 18 and len(januaries) > 1:
        every = -(-len(januaries) // most)
        return tuple(januaries[:: every or 1])
    every = max(-(-len(months) // most), 1)
    return tuple((place, month_words(month)) for place, month in enumerate(months) if place % every == 0)
