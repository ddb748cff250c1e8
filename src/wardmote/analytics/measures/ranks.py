"""Ranks: standard competition ranking, where equals share a rank and the next counts them all (1, 2, 2, 4)."""

from collections.abc import Sequence
from fractions import Fraction


def competition_ranks(values: Sequence[int | Fraction | None]) -> tuple[int | None, ...]:
    """Rank values from the largest; a missing value has no rank and takes no place."""
    known = sorted((value for value in values if value is not None), reverse=True)
    first: dict[int | Fraction, int] = {}
    for place, value in enumerate(known, start=1):
        first.setdefault(value, place)
    return tuple(None if value is None else first[value] for value in values)
