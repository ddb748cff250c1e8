"""Cost: what the incidents of a problem cost, for the part of them that has a published cost.

Source: Heeks, Reed, Tafsiri and Prince (2018), The economic and social costs of crime, second edition, Home Office
Research Report 99, for costs by kind of crime; see docs/methods/cost.md for how categories get theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wardmote.analytics.measures.harm import (
    FEWEST_FOR_PERCENTILES,
    FEWEST_OFFENCES,
    HIGH,
    LOW,
    Mix,
    percentile,
)


@dataclass(frozen=True)
class CategoryCost:
    """Pounds for an incident of a category, with the range by mix; `covered` is the part of it that has a cost."""

    pounds: Fraction
    low: Fraction
    high: Fraction
    covered: Fraction


@dataclass(frozen=True)
class Cost:
    """Pounds for some incidents with the range by mix, and how many of them have a cost."""

    pounds: Fraction
    low: Fraction
    high: Fraction
    costed: Fraction
    incidents: int

    @property
    def covered(self) -> Fraction:
        """The part of the incidents that has a published cost."""
        return self.costed / self.incidents if self.incidents else Fraction()


def mean_cost(mix: Mix, costs: Mapping[str, int]) -> tuple[Fraction, Fraction] | None:
    """Return pounds for an offence of a mix, those without a cost adding none, and the part that has one."""
    total = sum(count for count in mix.values() if count > 0)
    if not total:
        return None
    known = {kind: count for kind, count in mix.items() if kind in costs and count > 0}
    pounds = sum((Fraction(count * costs[kind]) for kind, count in known.items()), Fraction())
    return pounds / total, Fraction(sum(known.values()), total)


def category_cost(
    own: Mix, elsewhere: Iterable[Mix], costs: Mapping[str, int], *, everywhere: Mix
) -> CategoryCost | None:
    """Return the cost of an incident of a category by an area's own mix, or that of everywhere where it has too few.

    None where no kind of the mix has a cost. The range is that of the mixes elsewhere, as for harm.
    """
    found = mean_cost(own if _size(own) >= FEWEST_OFFENCES else everywhere, costs)
    if found is None or not found[1]:
        return None
    others = (mean_cost(mix, costs) for mix in elsewhere if _size(mix) >= FEWEST_OFFENCES)
    means = sorted(one[0] for one in others if one is not None)
    ends = (percentile(means, LOW), percentile(means, HIGH)) if len(means) >= FEWEST_FOR_PERCENTILES else means
    return CategoryCost(found[0], min((*ends, found[0])), max((*ends, found[0])), found[1])


def _size(mix: Mix) -> int:
    return sum(count for count in mix.values() if count > 0)


def cost_of(counts: Mapping[str, int], costs: Mapping[str, CategoryCost]) -> Cost | None:
    """Return the cost of counts by category; categories without one add to the incidents alone. None where none has."""
    known = [(count, costs[category]) for category, count in counts.items() if category in costs and count]
    if not known:
        return None
    return Cost(
        sum((count * one.pounds for count, one in known), Fraction()),
        sum((count * one.low for count, one in known), Fraction()),
        sum((count * one.high for count, one in known), Fraction()),
        sum((count * one.covered for count, one in known), Fraction()),
        sum(counts.values()),
    )
