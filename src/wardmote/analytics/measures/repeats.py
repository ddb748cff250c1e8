"""Repeats: incidents of a victim, or at a location, that had another one in the year before.

Source: Farrell and Pease (1993), Once Bitten, Twice Bitten: Repeat Victimisation and its Implications for Crime
Prevention, Home Office. The window of 365 days is that of the partnership's requirement: 366 days apart is no repeat.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

WINDOW_DAYS: Final = 365


@dataclass(frozen=True)
class Repeats:
    """Of a period: incidents that have a key, keys met, incidents that are repeats, keys that have one.

    `by_key` is how many incidents of the period each key has.
    """

    incidents: int
    keys: int
    repeats: int
    repeat_keys: int
    by_key: Mapping[str, int]


def repeats(incidents: Iterable[tuple[str, int]], *, first: int, last: int) -> Repeats:
    """Return the repeats among incidents, each a key and a day, on the days from `first` to `last`, both counted.

    A repeat is an incident whose key has an earlier one up to 365 days before, or another one on the same day, of which
    the first is none. Give the incidents of the 365 days before `first` too; they are looked back at, and not counted.
    """
    before: dict[str, int] = {}
    by_key: dict[str, int] = {}
    repeated: dict[str, int] = {}
    for day, key in sorted((day, key) for key, day in incidents):
        if first <= day <= last:
            by_key[key] = by_key.get(key, 0) + 1
            if key in before and day - before[key] <= WINDOW_DAYS:
                repeated[key] = repeated.get(key, 0) + 1
        before[key] = day
    return Repeats(sum(by_key.values()), len(by_key), sum(repeated.values()), len(repeated), by_key)
