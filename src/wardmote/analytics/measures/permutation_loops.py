"""The loops of conditional permutation, compiled: import this only inside the function that needs it.

Draws are shared by all areas: row r of a draw stands for area r, or for r + 1 from the area that keeps its value on. So
the sum of a draw changes only where a sweep over the areas passes one of its rows. A Fenwick tree (Fenwick 1994,
Software: Practice and Experience 24) holds where the sums of all draws lie among those to be judged.
"""

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def pick(chances: Any, pool: Any) -> Any:
    """Return draws without replacement (draws x size) from `pool`, by as many steps of a shuffle as are drawn."""
    rows = np.empty(chances.shape, np.int64)
    for row in range(chances.shape[0]):
        for step in range(chances.shape[1]):
            other = step + int(chances[row, step] * (len(pool) - step))
            pool[step], pool[other] = pool[other], pool[step]
            rows[row, step] = pool[step]
    return rows


@njit(cache=True)
def _code(total: int, levels: Any) -> int:
    """Return where a total lies: 2m + 1 at level m, 2m between levels m - 1 and m."""
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        if levels[middle] < total:
            low = middle + 1
        else:
            high = middle
    return 2 * low + int(low < len(levels) and levels[low] == total)


@njit(cache=True)
def _add(tree: Any, code: int, number: int) -> None:
    at = code + 1
    while at < len(tree):
        tree[at] += number
        at += at & -at


@njit(cache=True)
def _up_to(tree: Any, code: int) -> int:
    at, found = code + 1, 0
    while at > 0:
        found += tree[at]
        at -= at & -at
    return found


@njit(cache=True)
def _by_row(rows: Any, areas: int) -> Any:
    """Return the draws that hold each row, one row after another, and where each row's draws begin."""
    starts = np.zeros(areas + 1, np.int64)
    for draw in range(rows.shape[0]):
        for row in rows[draw]:
            starts[row + 1] += 1
    for at in range(areas):
        starts[at + 1] += starts[at]
    free, holding = starts.copy(), np.empty(rows.size, np.int64)
    for draw in range(rows.shape[0]):
        for row in rows[draw]:
            holding[free[row]] = draw
            free[row] += 1
    return holding, starts


@njit(cache=True)
def sweep(values: Any, rows: Any, areas: Any, sums: Any, levels: Any) -> Any:
    """Return in how many draws the sum is at least, and at most, that of each area.

    `areas` are in order and have as many neighbours as a draw has rows; `levels` are their sums, in order, each once.
    """
    holding, starts = _by_row(rows, len(values))
    totals, tree = np.zeros(len(rows), np.int64), np.zeros(2 * len(levels) + 2, np.int64)
    for draw in range(len(rows)):
        for row in rows[draw]:
            totals[draw] += values[row + 1]
        _add(tree, _code(totals[draw], levels), 1)
    at_least, at_most = np.empty(len(areas), np.int64), np.empty(len(areas), np.int64)
    passed = 0
    for at in range(len(areas)):
        while passed < areas[at]:
            step = values[passed] - values[passed + 1]
            for draw in holding[starts[passed] : starts[passed + 1]]:
                _add(tree, _code(totals[draw], levels), -1)
                totals[draw] += step
                _add(tree, _code(totals[draw], levels), 1)
            passed += 1
        code = _code(sums[at], levels)
        at_most[at] = _up_to(tree, code)
        at_least[at] = len(rows) - _up_to(tree, code - 1)
    return at_least, at_most


@njit(cache=True)
def tell(values: Any, rows: Any, areas: Any, sizes: Any, sums: Any) -> Any:
    """Return the same for areas of any size of draw, one by one: each takes the first rows of every draw."""
    at_least, at_most = np.zeros(len(areas), np.int64), np.zeros(len(areas), np.int64)
    for at in range(len(areas)):
        for draw in range(len(rows)):
            total = 0
            for row in rows[draw, : sizes[at]]:
                total += values[row + (row >= areas[at])]
            at_least[at] += total >= sums[at]
            at_most[at] += total <= sums[at]
    return at_least, at_most
