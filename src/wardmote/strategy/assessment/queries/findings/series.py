"""The monthly counts of a problem as far back as they are held and mean the same."""

from collections.abc import Mapping, Sequence

from wardmote.analytics.measures.cells import changes_within
from wardmote.definitions import RecordingChange
from wardmote.foundations.periods import Month

Series = Mapping[Month, int | None]


def comparable(counts: Series, categories: Sequence[str], changes: Sequence[RecordingChange]) -> Series:
    """Leave out what lies before the last change in recording that made the counts mean something else."""
    held = frozenset(categories)
    breaks = [one for one in changes_within(changes, held, sorted(counts)) if not one.harmless_for(held)]
    since = max((Month.parse(one.month) for one in breaks), default=None)
    return {month: count for month, count in counts.items() if since is None or month >= since}


def unbroken(history: Series, last: Month) -> list[int]:
    """Return the counts up to a month, in order of time, back to the first that is missing."""
    found: list[int] = []
    month = last
    while (count := history.get(month)) is not None:
        found.append(count)
        month = month - 1
    return found[::-1]
