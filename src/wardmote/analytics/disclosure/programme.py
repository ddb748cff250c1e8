"""The sums of a table as a matrix, and what a reader knows of each cell: shared by the choice and by the check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardmote.analytics.disclosure.tables import CountTable, Limits


@dataclass(frozen=True)
class System:
    """Cells in a fixed order, their counts, and one row a sum: +1 for each part, -1 for the total."""

    names: tuple[str, ...]
    counts: tuple[int, ...]
    matrix: Any

    @property
    def places(self) -> Mapping[str, int]:
        """Where each cell stands."""
        return {name: place for place, name in enumerate(self.names)}


def system_of(table: CountTable) -> System:
    """Return the sums of a table as a sparse matrix whose product with the counts is nought."""
    from scipy.sparse import lil_matrix

    names = tuple(sorted(table.counts))
    places = {name: place for place, name in enumerate(names)}
    matrix = lil_matrix((len(table.sums), len(names)))
    for row, one in enumerate(table.sums):
        matrix[row, places[one.total]] -= 1
        for part in one.parts:
            matrix[row, places[part]] += 1
    return System(names, tuple(table.counts[name] for name in names), matrix.tocsr())


def known_of(name: str, table: CountTable, limits: Limits) -> tuple[int, int]:
    """The least and the most that a cell can be for someone who sees it."""
    count = table.counts[name]
    return (count, count) if name in table.structural else limits.known(count)
