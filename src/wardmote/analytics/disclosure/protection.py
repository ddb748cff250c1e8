"""Protecting a table: hide what is small, hide what would give it away, check the result by other means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.disclosure.audit import Range, feasible_ranges
from wardmote.analytics.disclosure.choice import choose
from wardmote.analytics.disclosure.tables import CountTable, Limits, small_cells

# Cells x cells to protect: up to here one programme protects all of them together at the least cost.
TOGETHER: Final = 120


class ProtectionFailed(RuntimeError):
    """The check found a hidden count that could be worked out; nothing may be published."""


@dataclass(frozen=True)
class Protected:
    """A table that may be shown: counts as shown (None where hidden), which are hidden and for whose sake.

    `ranges` is the check's answer: between which values each hidden count can lie for a reader.
    """

    shown: Mapping[str, int | None]
    hidden: frozenset[str]
    small: frozenset[str]
    ranges: Mapping[str, Range]


def protect(table: CountTable, limits: Limits, *, unsafe: Iterable[str] = ()) -> Protected:
    """Hide the small counts of a table and as few others as needed, round the rest, and check the whole.

    Raises ProtectionFailed where the check finds a hidden count that could be worked out.
    """
    small = small_cells(table, limits, unsafe=unsafe)
    hidden = small
    ranges: Mapping[str, Range] = {}
    # Each round adds at least one cell, so it ends.
    for _ in range(len(table.counts) + 1):
        ranges = feasible_ranges(table, hidden, limits)
        needy = [name for name, found in ranges.items() if not found.protects(limits)]
        if not needy:
            break
        hidden = _more(table, hidden, needy, limits)
    else:
        raise ProtectionFailed("A hidden count could still be worked out. Publish fewer areas or longer periods.")
    shown = {
        name: None if name in hidden else (0 if name in table.structural else limits.shown(count))
        for name, count in table.counts.items()
        if name not in table.unpublished
    }
    return Protected(shown, hidden, small, ranges)


def _more(table: CountTable, hidden: frozenset[str], needy: list[str], limits: Limits) -> frozenset[str]:
    """Hide more, for all needy cells together in a small table, for one of them in a large one."""
    together = needy if len(table.counts) * len(needy) <= TOGETHER else needy[:1]
    chosen = choose(table, hidden, together, limits) - table.unpublished
    if chosen == hidden:
        raise ProtectionFailed(f"Nothing more can be hidden to protect {', '.join(together)}.")
    return chosen
