"""Somebody who wants to know: tries whole numbers, cell by cell, against all that is shown. No solver, no matrix.

Independent of the product: it knows only rows, columns and totals, and goes back a step when nothing fits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wardmote.analytics.disclosure import CountTable, Limits, Sum

# As good as no limit: further than any range that has to be shown to be wide enough.
FAR = 60


def grid(rows: Sequence[Sequence[int]]) -> CountTable:
    """A table of rows and columns with all its totals."""
    height, width = len(rows), len(rows[0])
    counts = {f"{i},{j}": rows[i][j] for i in range(height) for j in range(width)}
    counts |= {f"{i},T": sum(rows[i]) for i in range(height)}
    counts |= {f"T,{j}": sum(row[j] for row in rows) for j in range(width)}
    counts["T,T"] = sum(map(sum, rows))
    across = [Sum(f"{i},T", tuple(f"{i},{j}" for j in range(width))) for i in range(height)]
    down = [Sum(f"T,{j}", tuple(f"{i},{j}" for i in range(height))) for j in range(width)]
    corner = [Sum("T,T", tuple(f"{i},T" for i in range(height))), Sum("T,T", tuple(f"T,{j}" for j in range(width)))]
    return CountTable(counts, (*across, *down, *corner))


@dataclass(frozen=True)
class Seen:
    """What a reader knows: for each cell and total the least and the most that it can be."""

    height: int
    width: int
    known: Mapping[str, tuple[int, int]]

    def fixing(self, name: str, value: int) -> "Seen":
        return replace(self, known={**self.known, name: (value, value)})


def seen(shown: Mapping[str, int | None], limits: Limits, size: tuple[int, int]) -> Seen:
    """Turn a published table into what it tells: exact counts, rounded ones, and `[c]`."""
    known = {}
    for name, value in shown.items():
        if value is None:
            known[name] = (0 if limits.zeros_hidden else 1, FAR)
        elif limits.base == 1:
            known[name] = (value, value)
        else:
            # 10 stands for 8 to 12, but 8 and 9 would have been hidden.
            known[name] = (max(value - 2, limits.threshold), value + 2)
    return Seen(*size, known)


def possible(told: Seen) -> bool:
    """Whether any table of whole numbers agrees with what is told."""
    return _fill(told, 0, [0] * told.height, [0] * told.width)


def _fill(told: Seen, place: int, across: list[int], down: list[int]) -> bool:
    if place == told.height * told.width:
        low, high = told.known["T,T"]
        return low <= sum(across) <= high
    row, column = divmod(place, told.width)
    low, high = told.known[f"{row},{column}"]
    for value in range(low, high + 1):
        across[row] += value
        down[column] += value
        enough = _too_much(told, row, column, across, down)
        reaches = _can_still_reach(told, row, column, across, down)
        if not enough and reaches and _fill(told, place + 1, across, down):
            across[row] -= value
            down[column] -= value
            return True
        across[row] -= value
        down[column] -= value
        if enough:
            break
    return False


def _too_much(told: Seen, row: int, column: int, across: list[int], down: list[int]) -> bool:
    rest_across = sum(told.known[f"{row},{j}"][0] for j in range(column + 1, told.width))
    rest_down = sum(told.known[f"{i},{column}"][0] for i in range(row + 1, told.height))
    over_row = across[row] + rest_across > told.known[f"{row},T"][1]
    over_column = down[column] + rest_down > told.known[f"T,{column}"][1]
    return over_row or over_column or sum(across) > told.known["T,T"][1]


def _can_still_reach(told: Seen, row: int, column: int, across: list[int], down: list[int]) -> bool:
    rest_across = sum(told.known[f"{row},{j}"][1] for j in range(column + 1, told.width))
    rest_down = sum(told.known[f"{i},{column}"][1] for i in range(row + 1, told.height))
    reaches_row = across[row] + rest_across >= told.known[f"{row},T"][0]
    return reaches_row and down[column] + rest_down >= told.known[f"T,{column}"][0]


def range_of(told: Seen, name: str) -> tuple[int, int]:
    """The least and the most that a cell can be."""
    low, high = told.known[name]
    fits = [value for value in range(low, high + 1) if possible(told.fixing(name, value))]
    return fits[0], fits[-1]


def is_pinned(told: Seen, name: str, limits: Limits) -> bool:
    """Whether a hidden cell is known too well: nothing a threshold away fits, or nothing that is not small."""
    low, _ = told.known[name]
    least = next(value for value in range(low, FAR) if possible(told.fixing(name, value)))
    wanted = max(least + limits.threshold, limits.threshold)
    return not any(possible(told.fixing(name, value)) for value in range(wanted, wanted + 3 * limits.threshold))
