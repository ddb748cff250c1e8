"""Conditional permutation: how often an area's neighbours would have as much if values lay anywhere on the map.

Each area keeps its own value while those of its neighbours are drawn, without replacement, from all other areas
(Anselin 1995, Local Indicators of Spatial Association, Geographical Analysis 27, section 3). Values are whole numbers,
so that a draw equal to what was observed is equal, and counts against it. Getis and Ord's Gi* and Local Moran order
these draws alike, for an area's own value is the same in all of them: both take their p values from here.
"""

from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.neighbours import Neighbours

SEED: Final = 20_261_121
# One correction for a whole map needs small p values: areas that the first draws leave in doubt are drawn again.
FIRST: Final = 999
MORE: Final = 99_999
# A p value above this can never be found by a correction at 5%, so that it needs no further draws.
IN_DOUBT: Final = 0.1
_BATCH: Final = 20_000


@dataclass(frozen=True)
class Draws:
    """How many permutations all areas get, how many those in doubt get afresh, and the seed of both."""

    first: int = FIRST
    more: int = MORE
    seed: int = SEED


@dataclass(frozen=True)
class Tails:
    """Of each area: in how many draws its neighbours had at least, and at most, what they have; out of how many."""

    at_least: Any
    at_most: Any
    draws: Any

    @property
    def upper(self) -> Any:
        """Say of each area whether the tail above is the thinner one."""
        return self.at_least < self.at_most

    @property
    def p(self) -> Any:
        """Return the two-sided p values: twice the thinner tail, what was observed counted as one of the draws."""
        import numpy as np

        thinner = np.minimum(self.at_least, self.at_most)
        return np.minimum(1.0, 2 * (thinner + 1) / (self.draws + 1))


def whole(values: Any) -> Any:
    """Return values as 64-bit integers; raises ValueError where one is not a whole number."""
    import numpy as np

    given = np.asarray(values)
    if not np.issubdtype(given.dtype, np.integer):
        raise ValueError("Give whole numbers: a rate as incidents per million residents, say, so that ties stay ties.")
    return given.astype(np.int64)


def tails(values: Any, neighbours: Neighbours, draws: Draws) -> Tails:
    """Count the draws for every area with a neighbour; an island has none (`draws` is 0, so that p is 1)."""
    import numpy as np

    # Two streams of one seed: the second draws owe nothing to the first.
    first, second = (np.random.default_rng(one) for one in np.random.SeedSequence(draws.seed).spawn(2))
    numbers, sums = neighbours.numbers, neighbours.sums(values)
    found = _swept(values, numbers, sums, draws.first, first)
    doubtful = np.flatnonzero((found.p <= IN_DOUBT) & (numbers > 0)) if draws.more > draws.first else np.zeros(0, int)
    if len(doubtful):
        _drawn_again(found, doubtful, (values, numbers, sums), draws.more, second)
    return found


def corrected(p: Any, numbers: Any) -> Any:
    """Return Benjamini and Hochberg's adjusted p values over the areas of one map; islands take no part and have 1.

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57.
    """
    import numpy as np
    from scipy.stats import false_discovery_control

    adjusted, taking_part = np.ones(len(p)), numbers > 0
    if taking_part.any():
        adjusted[taking_part] = false_discovery_control(p[taking_part], method="bh")
    return adjusted


def drawn(areas: int, size: int, draws: int, random: Any) -> Any:
    """Draw `size` of the positions 0 to areas - 2 without replacement, `draws` times (draws x size).

    The first k of a row are a draw of k. Position r stands for area r, or for r + 1 from the area that keeps its value.
    """
    import numpy as np

    from wardmote.analytics.measures.permutation_loops import pick

    return pick(random.random((draws, size)), np.arange(areas - 1, dtype=np.int64))


def _swept(values: Any, numbers: Any, sums: Any, draws: int, random: Any) -> Tails:
    import numpy as np

    from wardmote.analytics.measures.permutation_loops import sweep

    found = Tails(*(np.zeros(len(values), dtype=np.int64) for _ in range(3)))
    rows = drawn(len(values), int(numbers.max(initial=0)), draws, random)
    for number in np.unique(numbers[numbers > 0]).tolist():
        at, taken = np.flatnonzero(numbers == number), np.ascontiguousarray(rows[:, :number])
        found.at_least[at], found.at_most[at] = sweep(values, taken, at, sums[at], np.unique(sums[at]))
        found.draws[at] = draws
    return found


def _drawn_again(found: Tails, at: Any, given: tuple[Any, Any, Any], draws: int, random: Any) -> None:
    from wardmote.analytics.measures.permutation_loops import tell

    values, numbers, sums = given
    found.at_least[at] = found.at_most[at] = 0
    found.draws[at] = draws
    for start in range(0, draws, _BATCH):
        rows = drawn(len(values), int(numbers[at].max()), min(_BATCH, draws - start), random)
        least, most = tell(values, rows, at, numbers[at], sums[at])
        found.at_least[at] += least
        found.at_most[at] += most
