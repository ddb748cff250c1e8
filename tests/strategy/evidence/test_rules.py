"""Which release counts for which month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.strategy.evidence.rules import ReleaseMonths, newest_months


def held(release: str, *months: str, dataset: str = "force") -> ReleaseMonths:
    return ReleaseMonths(release, dataset, months)


@pytest.mark.parametrize(
    ("arrived", "counting"),
    [
        ([], {}),
        ([held("a", "2026-01", "2026-02")], {"a": ("2026-01", "2026-02")}),
        # A corrected month replaces that month only.
        (
            [held("a", "2026-01", "2026-02"), held("b", "2026-02")],
            {"a": ("2026-01",), "b": ("2026-02",)},
        ),
        # Months that join on leave what is there as it is.
        (
            [held("a", "2026-01"), held("b", "2026-02")],
            {"a": ("2026-01",), "b": ("2026-02",)},
        ),
        # Replaced in every month: it counts no more.
        ([held("a", "2026-01"), held("b", "2026-01", "2026-02")], {"b": ("2026-01", "2026-02")}),
        # Another force's same month is another matter.
        (
            [held("a", "2026-01"), held("b", "2026-01", dataset="other force")],
            {"a": ("2026-01",), "b": ("2026-01",)},
        ),
        # What has no months counts whole until a newer one comes.
        ([held("a")], {"a": ()}),
        ([held("a"), held("b")], {"b": ()}),
        ([held("a", dataset="wards"), held("b", dataset="districts")], {"a": (), "b": ()}),
    ],
)
def test_the_newest_release_of_a_dataset_counts_for_each_month(
    arrived: list[ReleaseMonths], counting: dict[str, tuple[str, ...]]
) -> None:
    assert newest_months(arrived) == counting


MONTHS = st.sets(st.sampled_from([f"2026-{month:02}" for month in range(1, 8)]), min_size=1)
ARRIVALS = st.lists(st.tuples(st.sampled_from(["north", "south"]), MONTHS), max_size=8)


@given(ARRIVALS)
def test_every_month_that_ever_came_counts_exactly_once_and_by_its_last_arrival(
    arrivals: list[tuple[str, set[str]]],
) -> None:
    releases = [ReleaseMonths(str(n), name, tuple(sorted(months))) for n, (name, months) in enumerate(arrivals)]
    found = newest_months(releases)
    by_key = {release.release: release for release in releases}
    counted = [(by_key[key].dataset, month) for key, months in found.items() for month in months]
    assert sorted(counted) == sorted({(name, month) for name, months in arrivals for month in months})
    for key, months in found.items():
        later = releases[int(key) + 1 :]
        assert not any(
            month in other.months for other in later if other.dataset == by_key[key].dataset for month in months
        )
