"""Which hours or weekdays have clearly more, or fewer, incidents than if each had happened at a time of its own.

Sources: Westfall and Young (1993), Resampling-Based Multiple Testing, for the largest and the smallest of each deal, so
that all slots are looked at together; Ratcliffe (2000) for incidents shared out over several slots (see aoristic).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

SEED: Final = 20_261_122
DEALS: Final = 999
# In each direction: in 1 deal of 40 some slot has more than the upper bound, in 1 of 40 fewer than the lower.
TAIL: Final = 0.025


@dataclass(frozen=True)
class Bounds:
    """Between which two numbers every slot lies, 19 times in 20, where no slot differs from the others."""

    low: float
    high: float

    def clear(self, value: float) -> int:
        """Return 1 where a slot has clearly more, -1 where clearly fewer, else 0."""
        return (value > self.high) - (value < self.low)


def chance_bounds(shares: Sequence[Sequence[float]] | Any, *, deals: int = DEALS, seed: int = SEED) -> Bounds:
    """Return the bounds of slots that lie in a ring, such as the hours of the day.

    `shares` are incidents x slots, each incident's part of each slot, 1 in all. A deal turns every incident by a
    number of slots of its own, each as likely. Raises ValueError where there is no incident.
    """
    import numpy as np

    given = np.asarray(shares, dtype=float)
    if given.ndim != 2 or not len(given):
        raise ValueError("Give at least one incident.")
    random, slots = np.random.default_rng(seed), given.shape[1]
    whole = given.max(axis=1) == 1
    spread, at = given[~whole], np.arange(slots)
    dealt = random.multinomial(int(whole.sum()), [1 / slots] * slots, size=deals).astype(float)
    for deal in range(deals if len(spread) else 0):
        turned = (at + random.integers(0, slots, size=(len(spread), 1))) % slots
        dealt[deal] += np.bincount(turned.ravel(), weights=spread.ravel(), minlength=slots)
    most, fewest = np.sort(dealt.max(axis=1)), np.sort(dealt.min(axis=1))
    beyond = math.floor(TAIL * (deals + 1)) - 1
    return Bounds(float(fewest[beyond]), float(most[-1 - beyond]))
