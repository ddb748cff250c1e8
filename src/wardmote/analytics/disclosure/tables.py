"""A table of counts as those who would work out a hidden one see it: cells, and the sums that tie them together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sum:
    """A total and the parts that add up to it, by the names of their cells."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class CountTable:
    """Counts by cell, and every sum that a reader can know of: totals of rows, columns, months, problems.

    `unpublished` cells are never shown, for example incidents without a place; they need no protection of their own.
    `structural` zeros cannot be anything else and are always shown. Raises ValueError for a table that does not add up.
    """

    counts: Mapping[str, int]
    sums: tuple[Sum, ...] = ()
    unpublished: frozenset[str] = frozenset()
    structural: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if any(count < 0 for count in self.counts.values()):
            raise ValueError("A count is never below nought.")
        for one in self.sums:
            if self.counts[one.total] != sum(self.counts[part] for part in one.parts):
                raise ValueError(f"The parts of {one.total} do not add up to it.")

    @property
    def totals(self) -> frozenset[str]:
        """The cells that are the total of some sum."""
        return frozenset(one.total for one in self.sums)


@dataclass(frozen=True)
class Limits:
    """The small-count rule for one table: counts from 1 to below `threshold` are hidden, the rest rounded to `base`.

    With `zeros_hidden` (sensitive themes) zeros are hidden too, unless they are structural.
    """

    threshold: int
    base: int = 1
    zeros_hidden: bool = False

    @property
    def floor(self) -> int:
        """The least that a hidden count can be: where zeros are shown, a hidden count is none."""
        return 0 if self.zeros_hidden else 1

    def is_small(self, count: int) -> bool:
        """Whether a count is to be hidden for its own sake."""
        return self.floor <= count < self.threshold

    def shown(self, count: int) -> int:
        """A count as it is shown: rounded to the base, halves up."""
        return self.base * ((count + self.base // 2) // self.base)

    def known(self, count: int) -> tuple[int, int]:
        """The least and the most that a count can be, for a reader of its rounded value who knows the rule."""
        rounded = self.shown(count)
        low, high = rounded - self.base // 2, rounded + (self.base - 1) // 2
        return (max(low, self.threshold) if count >= self.threshold and self.base > 1 else max(low, 0), high)


def small_cells(table: CountTable, limits: Limits, *, unsafe: Iterable[str] = ()) -> frozenset[str]:
    """Return the cells to hide for their own sake (primary suppression).

    `unsafe` names more: cells that rest on fewer people or households than the rule asks for, however large the count.
    """
    small = {name for name, count in table.counts.items() if limits.is_small(count) and name not in table.structural}
    return frozenset((small | set(unsafe)) - table.unpublished)
