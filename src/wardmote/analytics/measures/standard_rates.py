"""Standard rates: how far an area's rate lies from that of the whole map, allowing for how few people it rests on.

Source: Assunção and Reis (1999), A new proposal to adjust Moran's I for population density, Statistics in Medicine 18:
a rate of few people swings more by chance, so each is divided by the deviation that its own number of people gives it,
and that areas differ by beyond chance (Marshall 1991, Applied Statistics 40, for the moments).
"""

from collections.abc import Sequence
from math import fsum
from typing import Any, Final

# Gi* draws whole numbers, so that ties stay ties: a standard rate of 1 is 10,000.
STEPS: Final = 10_000


def standard_rates(counts: Sequence[int], people: Sequence[int]) -> Any:
    """Return the standard rate of each area in ten-thousandths (64-bit integers), 0 where no area has an incident.

    With rates p = count / people and b that of the whole map: z = (p - b) / sqrt(v), v = a + b / people, where
    a = (sum of people x (p - b)^2) / all people - b / mean people; v = b / people where the former is below 0. Raises
    ValueError for an area without people or for a count below 0.
    """
    import numpy as np

    if len(counts) != len(people):
        raise ValueError("Give as many numbers of people as counts.")
    if any(count < 0 for count in counts) or any(number <= 0 for number in people):
        raise ValueError("A rate needs a count of 0 or more and at least one person in each area.")
    total, everyone = sum(counts), sum(people)
    if not total:
        return np.zeros(len(counts), dtype=np.int64)
    mean, numbers = total / everyone, np.asarray(people, dtype=float)
    away = np.asarray(counts, dtype=float) / numbers - mean
    # A sum that is rounded once is the same on every machine.
    between = fsum((numbers * away**2).tolist()) / everyone - mean * len(counts) / everyone
    variance = np.where(between + mean / numbers < 0, mean / numbers, between + mean / numbers)
    deviates = np.divide(away, np.sqrt(variance), out=np.zeros(len(counts)), where=variance > 0)
    return np.rint(STEPS * deviates).astype(np.int64)
