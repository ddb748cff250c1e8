"""A perception survey over time: each wave beside the one before it, the nation and its rank."""

from dataclasses import dataclass
from fractions import Fraction

from wardmote.analytics.measures.proportions import change_interval
from wardmote.foundations.rounding import half_up, percentage_points, signed, with_thousands
from wardmote.strategy.consultation.models import Series, Wave

NO_BASE = "base not given"
NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class WaveResult:
    """A wave as it is printed; `change` is since the wave before, in percentage points, never across a break."""

    wave: Wave
    value: str
    base: str
    change: str
    interval: str
    national: str
    gap: str
    rank: str


@dataclass(frozen=True)
class SeriesResult:
    """A series with its waves, oldest first."""

    series: Series
    waves: tuple[WaveResult, ...]

    @property
    def latest(self) -> str:
        """The newest wave in a sentence; nothing where there is none."""
        return wave_sentence(self.series, self.waves[-1]) if self.waves else ""


def series_result(series: Series) -> SeriesResult:
    """Return a series as it is printed."""
    waves = list(series.waves.all())
    before: list[Wave | None] = [None, *waves]
    return SeriesResult(series, tuple(_wave(now, earlier) for now, earlier in zip(waves, before, strict=False)))


def _wave(now: Wave, before: Wave | None) -> WaveResult:
    return WaveResult(
        now,
        f"{half_up(now.value, 1)}%",
        with_thousands(now.base) if now.base else NO_BASE,
        _change(now, before),
        _interval(now, before),
        "" if now.national is None else f"{half_up(now.national, 1)}%",
        "" if now.national is None else percentage_points(now.value - now.national),
        f"{now.rank} of {now.ranked}" if now.rank else "",
    )


def _change(now: Wave, before: Wave | None) -> str:
    if before is None:
        return ""
    return NOT_COMPARED if now.break_before else percentage_points(now.value - before.value)


def _interval(now: Wave, before: Wave | None) -> str:
    if before is None or now.break_before:
        return ""
    if not (now.base and before.base):
        return NO_BASE
    found = change_interval(Fraction(before.value) / 100, before.base, Fraction(now.value) / 100, now.base)
    return f"{signed(Fraction(found.low) * 100, 1)} to {signed(Fraction(found.high) * 100, 1)}"


def wave_sentence(series: Series, one: WaveResult) -> str:
    """Return what the newest wave says, with its period, area and comparison."""
    parts = [f"{series.question}: {one.value} ({one.wave.period}, {series.area}; {_base_words(one)})"]
    if one.change and one.change != NOT_COMPARED:
        parts.append(f"{one.change} since the wave before")
    if one.gap:
        parts.append(f"{one.gap} against {one.national} ({series.compared_with or 'elsewhere'})")
    if one.rank:
        parts.append(f"rank {one.rank}")
    return "; ".join(parts) + "."


def _base_words(one: WaveResult) -> str:
    return one.base if one.base == NO_BASE else f"base {one.base}"
