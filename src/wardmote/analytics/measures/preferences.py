"""What respondents put first: items in the order of their average place, and of Borda's points.

Source: Borda, J.-C. de (1781), Mémoire sur les élections au scrutin: of n items the first place gives n - 1 points, the
last none. An item that a respondent gave no place gets no point from them, and does not enter its average.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wardmote.analytics.measures.ranks import competition_ranks

Places = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class RankedItem:
    """One item: how many gave it a place, its average place (1 is best), its points, and its place in both orders.

    `average` and `by_average` are None where nobody gave it a place. Equal items share a place (1, 2, 2, 4).
    """

    item: str
    answered: int
    average: Fraction | None
    points: int
    by_average: int | None
    by_points: int


def rank_items(places: Places) -> tuple[RankedItem, ...]:
    """Order items by how often each got each place: `places[item][0]` counts the first places; best average first."""
    items = sorted(places)
    averages = [average_place(places[item]) for item in items]
    points = [borda_points(places[item], items=len(items)) for item in items]
    by_average = competition_ranks([None if one is None else -one for one in averages])
    by_points = competition_ranks(points)
    ranked = [
        RankedItem(item, sum(places[item]), average, given, place, points_place or 0)
        for item, average, given, place, points_place in zip(
            items, averages, points, by_average, by_points, strict=True
        )
    ]
    return tuple(sorted(ranked, key=lambda one: (one.by_average is None, one.by_average or 0, one.by_points, one.item)))


def average_place(counts: Sequence[int]) -> Fraction | None:
    """Return the mean of the places that an item was given, None where it was given none."""
    answered = sum(counts)
    return Fraction(sum(place * n for place, n in enumerate(counts, start=1)), answered) if answered else None


def borda_points(counts: Sequence[int], *, items: int) -> int:
    """Return Borda's points: items - place for each time that a place was given."""
    return sum((items - place) * n for place, n in enumerate(counts, start=1))


def orders_differ(ranked: Sequence[RankedItem]) -> bool:
    """Whether the two orders disagree; they cannot where everybody gave every item a place."""
    return any(one.by_average != one.by_points for one in ranked)
