"""Several comparisons side by side: which stay clear when one allows for how many there are.

Source: Benjamini and Hochberg (1995), Controlling the false discovery rate, J. of the Royal Statistical Society B 57.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

RATE: Final = 0.05
Name = TypeVar("Name")


def clear_among(chances: Mapping[Name, float], *, rate: float = RATE) -> frozenset[Name]:
    """Return the comparisons that are clear among all of them, by the chance that each would show with no real change.

    Of those returned, 5 in 100 (`rate`) are false on average; where nothing is real, any is returned 5 times in 100.
    Raises ValueError for a chance that is none.
    """
    from scipy.stats import false_discovery_control

    if not chances:
        return frozenset()
    names = list(chances)
    adjusted = false_discovery_control([chances[name] for name in names], method="bh")
    return frozenset(name for name, one in zip(names, adjusted.tolist(), strict=True) if one <= rate)
