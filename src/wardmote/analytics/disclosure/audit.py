"""The check: between which values each hidden count can lie for someone who knows all that is shown, and the rule.

It knows nothing of how the cells were chosen: for each hidden cell two integer programmes find the least and the most.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wardmote.analytics.disclosure.programme import known_of, system_of
from wardmote.analytics.disclosure.tables import CountTable, Limits


@dataclass(frozen=True)
class Range:
    """The least and the most that a hidden count can be; `high` None where nothing limits it."""

    low: int
    high: int | None

    def protects(self, limits: Limits) -> bool:
        """Whether the range is at least a threshold wide and reaches to the threshold or past it."""
        if self.high is None:
            return True
        return self.high - self.low >= limits.threshold and self.high >= limits.threshold


def feasible_ranges(table: CountTable, hidden: Collection[str], limits: Limits) -> Mapping[str, Range]:
    """Return the range of each hidden cell, given every shown one and every sum.

    The true counts are one solution, so there always is one.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    system = system_of(table)
    veiled = set(hidden) | table.unpublished
    # Nothing in the table can move further than all of it together and some thresholds more: as good as no limit.
    limit = sum(system.counts) + 10 * limits.threshold
    low, high = [], []
    for name in system.names:
        least = 0 if name in table.unpublished else limits.floor
        bounds = (least, limit) if name in veiled else known_of(name, table, limits)
        low.append(bounds[0])
        high.append(bounds[1])
    held = [LinearConstraint(system.matrix, 0, 0)] if table.sums else []
    asked = {"bounds": Bounds(low, high), "constraints": held, "integrality": np.ones(len(system.names))}

    def extreme(place: int, sign: int) -> int:
        goal = np.zeros(len(system.names))
        goal[place] = sign
        found = milp(goal, **asked)
        if found.x is None:
            raise ArithmeticError(f"No table agrees with what is shown: {found.message}")
        found_count: int = round(found.x[place])
        return found_count

    ranges = {}
    for name in sorted(hidden):
        place = system.places[name]
        least, most = extreme(place, 1), extreme(place, -1)
        ranges[name] = Range(least, None if most >= limit else most)
    return ranges
