"""Which further cells to hide (secondary suppression), by a mixed-integer programme.

Hiding is a 0-1 variable for each cell. For each cell to protect there are two whole tables that a reader could believe
in, one that moves it up and one that moves it down; a cell that stays shown moves in neither by more than its rounding
leaves open. What is hidden costs its count, a total twenty times as much, and the programme finds the least cost.
"""

from collections.abc import Collection
from typing import Any, Final

from wardmote.analytics.disclosure.programme import System, known_of, system_of
from wardmote.analytics.disclosure.tables import CountTable, Limits

COST_OF_A_CELL: Final = 10
COST_OF_A_TOTAL: Final = 20


def choose(table: CountTable, hidden: Collection[str], needy: Collection[str], limits: Limits) -> frozenset[str]:
    """Return `hidden` and the cheapest further cells so that each needy cell could be something else far enough away.

    All needy cells at once: use it with one of them at a time where the table is large.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    programme = _Programme(table, frozenset(hidden) | table.unpublished, tuple(sorted(needy)), limits)
    rows, low, high = programme.constraints()
    found = milp(
        programme.costs(),
        constraints=[LinearConstraint(rows, low, high)],
        bounds=Bounds(*programme.bounds()),
        integrality=np.ones(programme.width),
    )
    if found.x is None:
        raise ArithmeticError(f"No choice protects these cells: {found.message}")
    names = programme.system.names
    return frozenset(name for name, taken in zip(names, found.x[: len(names)], strict=True) if taken > 0.5)


class _Programme:
    """The variables are a 0-1 for each cell, then for each needy cell and direction a move of each cell."""

    def __init__(self, table: CountTable, hidden: frozenset[str], needy: tuple[str, ...], limits: Limits) -> None:
        self.table, self.hidden, self.needy, self.limits = table, hidden, needy, limits
        self.system: System = system_of(table)
        self.cells = len(self.system.names)
        self.moves = 2 * len(needy)
        self.width = self.cells * (1 + self.moves)
        # No cell ever has to move further than this: all needy cells move by a threshold or so.
        self.furthest = 4 * limits.threshold

    def costs(self) -> Any:
        """What hiding each cell costs; nothing for what is hidden anyway."""
        import numpy as np

        costs = np.zeros(self.width)
        for place, name in enumerate(self.system.names):
            weight = COST_OF_A_TOTAL if name in self.table.totals else 1
            costs[place] = 0 if name in self.hidden else (COST_OF_A_CELL + self.table.counts[name]) * weight
        return costs

    def bounds(self) -> tuple[list[float], list[float]]:
        """What is hidden stays hidden; a zero that the rule shows stays shown."""
        low, high = [], []
        for name in self.system.names:
            low.append(1.0 if name in self.hidden else 0.0)
            high.append(0.0 if self._stays_shown(name) else 1.0)
        reach = float(self.furthest)
        return low + [-reach] * (self.cells * self.moves), high + [reach] * (self.cells * self.moves)

    def _stays_shown(self, name: str) -> bool:
        if name in self.hidden:
            return False
        return name in self.table.structural or self.table.counts[name] < self.limits.floor

    def constraints(self) -> tuple[Any, list[float], list[float]]:
        """Every moved table still adds up, shown cells keep still, and each needy cell moves far enough."""
        from scipy.sparse import vstack

        blocks, low, high = [], [], []
        for move in range(self.moves):
            for rows, least, most in (self._adds_up(move), self._keeps_still(move)):
                blocks.append(rows)
                low += least
                high += most
        rows, least, most = self._far_enough()
        return vstack([*blocks, rows]).tocsr(), low + least, high + most

    def _placed(self, rows: Any, start: int) -> Any:
        from scipy.sparse import csr_matrix, hstack

        height = rows.shape[0]
        before, after = csr_matrix((height, start)), csr_matrix((height, self.width - start - rows.shape[1]))
        return hstack([before, rows, after])

    def _adds_up(self, move: int) -> tuple[Any, list[float], list[float]]:
        rows = self._placed(self.system.matrix, self.cells * (1 + move))
        nought = [0.0] * rows.shape[0]
        return rows, nought, nought

    def _keeps_still(self, move: int) -> tuple[Any, list[float], list[float]]:
        """Bind each move to its cell's 0-1: within what is known when shown, at or above the floor when hidden."""
        from scipy.sparse import eye, hstack, vstack

        reach, least, most = self.furthest, [], []
        for name, count in zip(self.system.names, self.system.counts, strict=True):
            known = known_of(name, self.table, self.limits)
            floor = 0 if name in self.table.unpublished else self.limits.floor
            least.append((known[0] - count, floor - known[0]))
            most.append((known[1] - count, reach - (known[1] - count)))
        identity = eye(self.cells)
        # move - hidden x room >= (or <=) what is left when shown.
        start = self._diagonal([-room for _, room in least]), self._diagonal([-room for _, room in most])
        gap = self.cells * move
        spacer = self._spacer(gap)
        rows = vstack([self._padded(hstack([one, *spacer, identity])) for one in start])
        infinite = [float("inf")] * self.cells
        low = [float(still) for still, _ in least] + [-one for one in infinite]
        high = infinite + [float(still) for still, _ in most]
        return rows, low, high

    def _diagonal(self, values: list[int]) -> Any:
        from scipy.sparse import diags

        return diags([float(value) for value in values])

    def _spacer(self, width: int) -> list[Any]:
        from scipy.sparse import csr_matrix

        return [csr_matrix((self.cells, width))] if width else []

    def _padded(self, rows: Any) -> Any:
        from scipy.sparse import csr_matrix, hstack

        rest = self.width - rows.shape[1]
        return hstack([rows, csr_matrix((rows.shape[0], rest))]) if rest else rows

    def _far_enough(self) -> tuple[Any, list[float], list[float]]:
        """Up and down together span a threshold, and up reaches it."""
        from scipy.sparse import lil_matrix

        rows = lil_matrix((2 * len(self.needy), self.width))
        low: list[float] = []
        for place, name in enumerate(self.needy):
            cell = self.system.places[name]
            up, down = self.cells * (1 + 2 * place) + cell, self.cells * (2 + 2 * place) + cell
            rows[2 * place, up], rows[2 * place, down] = 1, -1
            rows[2 * place + 1, up] = 1
            low += [float(self.limits.threshold), float(max(self.limits.threshold - self.table.counts[name], 0))]
        return rows, low, [float("inf")] * len(low)
