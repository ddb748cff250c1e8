"""Harm: incidents weighed by the days in prison from which a court would start, and set beside their number.

Sources: Sherman, Neyroud and Neyroud (2016), The Cambridge Crime Harm Index, Policing 10, 171-183, for the sum of
counts times weights. Published categories are broader than offences, so their weight is estimated from the mix of
offences that the Home Office's tables give; see docs/methods/harm.md for each choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

from wardmote.analytics.measures.ranks import competition_ranks

# From fewer offences a mix says more about chance than about the area.
FEWEST_OFFENCES: Final = 100
# From fewer mixes a twentieth at either end is less than one of them.
FEWEST_FOR_PERCENTILES: Final = 20
LOW, HIGH = Fraction(5, 100), Fraction(95, 100)
# With less of a category weighed nobody knows what the rest does.
LEAST_WEIGHED: Final = Fraction(9, 10)

Mix = Mapping[str, int]


@dataclass(frozen=True)
class Offence:
    """One offence of an index: the Home Office code it is recorded by, and its weight in days."""

    ho_code: str
    days: Fraction
    is_notifiable: bool = True
    is_attempt: bool = False


@dataclass(frozen=True)
class Weight:
    """The weight of a code or a category in days an offence, and what it is by its lightest and heaviest offences."""

    middle: Fraction
    lightest: Fraction
    heaviest: Fraction


@dataclass(frozen=True)
class CategoryWeight:
    """The estimated weight of a category, and its range by how the mix of offences differs elsewhere."""

    weight: Weight
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Harm:
    """Harm of some incidents in days: the estimate, its range by mix, its bounds by weight; and the incidents."""

    days: Fraction
    low: Fraction
    high: Fraction
    lightest: Fraction
    heaviest: Fraction
    incidents: int

    @property
    def per_incident(self) -> Fraction | None:
        """Days an incident, None without any."""
        return self.days / self.incidents if self.incidents else None


@dataclass(frozen=True)
class Share:
    """A part of a whole's harm and its range, beside its part of the incidents; fractions of one."""

    harm: Fraction
    low: Fraction
    high: Fraction
    incidents: Fraction


def code_weights(offences: Iterable[Offence], codes: Iterable[str]) -> dict[str, Weight]:
    """Return the weight of each code of a table: the median of the offences that are recorded by it.

    Offences that forces need not count are left out, and attempts where the code has completed ones. A code such as
    `1/4.1/4.2` joins several. A code without any offence in the index is left out.
    """
    by_code: dict[str, list[Offence]] = {}
    for offence in offences:
        if offence.is_notifiable:
            by_code.setdefault(offence.ho_code, []).append(offence)
    joined = {code: [one for part in code.split("/") for one in by_code.get(part, ())] for code in codes}
    return {code: _weight(found) for code, found in joined.items() if found}


def _weight(found: Sequence[Offence]) -> Weight:
    days = [one.days for one in found if not one.is_attempt] or [one.days for one in found]
    return Weight(Fraction(median(days)), min(days), max(days))


def mean_weight(mix: Mix, weights: Mapping[str, Weight]) -> Weight | None:
    """Return the mean weight of an offence of a mix; None where under nine tenths of its offences have a weight."""
    known = {code: count for code, count in mix.items() if code in weights and count > 0}
    total, weighed = sum(count for count in mix.values() if count > 0), sum(known.values())
    if not weighed or weighed < LEAST_WEIGHED * total:
        return None
    sums = (
        sum((count * getattr(weights[code], end) for code, count in known.items()), Fraction())
        for end in ("middle", "lightest", "heaviest")
    )
    return Weight(*(one / weighed for one in sums))


def category_weight(
    own: Mix, elsewhere: Iterable[Mix], weights: Mapping[str, Weight], *, everywhere: Mix
) -> CategoryWeight | None:
    """Return the weight of a category by an area's own mix of offences, or that of everywhere where it has too few.

    The range is that of the mixes elsewhere, each of at least 100 offences: from the 5th to the 95th percentile of
    their mean weights, or all of them where there are fewer than 20. It always holds the estimate.
    """
    weight = mean_weight(own if _size(own) >= FEWEST_OFFENCES else everywhere, weights)
    if weight is None:
        return None
    found = (mean_weight(mix, weights) for mix in elsewhere if _size(mix) >= FEWEST_OFFENCES)
    means = sorted(one.middle for one in found if one is not None)
    ends = (percentile(means, LOW), percentile(means, HIGH)) if len(means) >= FEWEST_FOR_PERCENTILES else means
    return CategoryWeight(weight, min((*ends, weight.middle)), max((*ends, weight.middle)))


def _size(mix: Mix) -> int:
    return sum(count for count in mix.values() if count > 0)


def percentile(ordered: Sequence[Fraction], part: Fraction) -> Fraction:
    """Return the value below which a part of ordered values lies, between neighbours on a straight line (type 7)."""
    at = part * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def harm_of(counts: Mapping[str, int], weights: Mapping[str, CategoryWeight]) -> Harm | None:
    """Return the harm of counts by category; None where one that has any has no weight.

    The ends of the range are sums of ends, as if the mix were light or heavy in every category at once.
    """
    counted = {category: count for category, count in counts.items() if count}
    if any(category not in weights for category in counted):
        return None
    found = [(count, weights[category]) for category, count in counted.items()]
    return Harm(
        days=sum((count * one.weight.middle for count, one in found), Fraction()),
        low=sum((count * one.low for count, one in found), Fraction()),
        high=sum((count * one.high for count, one in found), Fraction()),
        lightest=sum((count * one.weight.lightest for count, one in found), Fraction()),
        heaviest=sum((count * one.weight.heaviest for count, one in found), Fraction()),
        incidents=sum(counted.values()),
    )


def share_of(part: Harm, whole: Harm) -> Share | None:
    """Return a part's share of the harm and of the incidents of a whole that contains it; None of nothing.

    Its least share is at its own low end with the rest at their high ends, its greatest the other way about.
    """
    if not whole.days or not whole.incidents:
        return None
    low_rest, high_rest = whole.low - part.low, whole.high - part.high
    low_all, high_all = part.low + high_rest, part.high + low_rest
    return Share(
        part.days / whole.days,
        part.low / low_all if low_all else Fraction(),
        part.high / high_all if high_all else Fraction(),
        Fraction(part.incidents, whole.incidents),
    )


def ranks_beside(harms: Mapping[str, Harm]) -> dict[str, tuple[int, int]]:
    """Return by name the rank by harm and the rank by number of incidents; equals share a rank."""
    names = sorted(harms)
    by_harm = competition_ranks([harms[name].days for name in names])
    by_volume = competition_ranks([harms[name].incidents for name in names])
    return {
        name: (harm, volume)
        for name, harm, volume in zip(names, by_harm, by_volume, strict=True)
        if harm is not None and volume is not None
    }
