"""Bands from 1 to 5 that answer a criterion from figures: how much there is, and where it is going."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from wardmote.foundations.rounding import signed_percentage

FEWEST_TO_COMPARE: Final = 5
# Per cent on the year before: 10 either way for the outer bands, 3 for the inner ones.
LARGE: Final = Decimal(10)
SMALL: Final = Decimal(3)


@dataclass(frozen=True)
class Band:
    """A level from 1 to 5 and how it came about; or None with the reason why the figures give none."""

    level: int | None
    working: str


def volume_band(counts: Mapping[str, int], problem: str) -> Band:
    """Return the fifth in which a problem's count lies among all that were counted; equal counts share a band."""
    if problem not in counts:
        return Band(None, "it is not counted in the data held")
    if len(counts) < FEWEST_TO_COMPARE:
        return Band(None, f"only {len(counts)} of the problems are counted, and fifths need {FEWEST_TO_COMPARE}")
    below = sum(1 for count in counts.values() if count < counts[problem])
    others = len(counts) - 1
    than = {0: "none", others: "each"}.get(below, str(below))
    words = f"{counts[problem]:,} incidents, more than {than} of the other {others} problems counted"
    return Band(1 + 5 * below // len(counts), words)


def trend_band(percent: Decimal | None, *, is_clear: bool) -> Band:
    """Return the band of a change on the year before; the outer bands are for clear changes alone.

    `percent` is None where no percentage can be given honestly; `is_clear` says that chance does not explain it.
    """
    if percent is None:
        return Band(None, "no percentage can be given for its change")
    size = 2 if abs(percent) >= LARGE and is_clear else 1 if abs(percent) >= SMALL else 0
    clear = "a clear change" if is_clear else "which may be chance"
    return Band(3 + size if percent > 0 else 3 - size, f"{signed_percentage(percent)} on the year before, {clear}")
