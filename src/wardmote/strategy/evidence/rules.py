"""Which release counts for which month, and when two kinds of data may meet."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ReleaseMonths:
    """A release as the choice sees it: its key, its dataset, the months it holds, in order of arrival."""

    release: str
    dataset: str
    months: tuple[str, ...]


def newest_months(releases: Iterable[ReleaseMonths]) -> dict[str, tuple[str, ...]]:
    """Return the months for which each release is the newest of its dataset; releases come oldest first.

    A release without months (a lookup, a population) counts whole until a newer one of its dataset arrives; it is then
    left out of the answer, as is a monthly release whose every month has been replaced.
    """
    owner: dict[tuple[str, str], str] = {}
    for release in releases:
        for month in release.months or ("",):
            owner[(release.dataset, month)] = release.release
    kept: dict[str, list[str]] = {}
    for (_, month), key in owner.items():
        kept.setdefault(key, []).append(month)
    return {key: tuple(sorted(m for m in months if m)) for key, months in kept.items()}
