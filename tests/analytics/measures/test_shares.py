"""Shares of a total and ranks with ties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import world
from tests.analytics.measures.world import MILL, QUAY, incident
from wardmote.analytics.measures.figures import FiguresRefused, Query
from wardmote.analytics.measures.ranks import competition_ranks
from wardmote.analytics.measures.shares import shares

HELD = ["2024-04"]


def rows(counts: dict[str, int], lsoa: str = "E01900001") -> list[world.Row]:
    return [incident("2024-04", category, lsoa) for category, n in counts.items() for _ in range(n)]


def test_the_shares_of_the_kingston_audit_reproduce() -> None:
    counts = {
        "Violence and sexual offences": 20,
        "Other theft": 19,
        "Criminal damage and arson": 18,
        "Vehicle crime": 9,
    }
    counts |= {"Burglary": 10, "Shoplifting": 14, "Drugs": 10}
    found = {
        row["category"]: row for row in shares(world.evidence(rows(counts), HELD), Query(by=("category",))).records()
    }
    printed = {name: (row["share"], row["rank"]) for name, row in found.items()}
    assert printed["Violence and sexual offences"] == (Decimal(20), 1)
    assert printed["Other theft"] == (Decimal(19), 2)
    assert printed["Criminal damage and arson"] == (Decimal(18), 3)
    assert (printed["Burglary"][1], printed["Drugs"][1], printed["Vehicle crime"][1]) == (5, 5, 7)


def test_ties_share_a_rank_and_the_next_counts_them_all() -> None:
    assert competition_ranks([9, 7, 7, 3]) == (1, 2, 2, 4)
    assert competition_ranks([None, 7, 9]) == (None, 2, 1)


def test_a_small_total_says_so() -> None:
    (row,) = shares(world.evidence(rows({"Burglary": 3}), HELD), Query(by=("category",))).records()
    assert (row["share"], row["status"]) == (Decimal(100), "total below 20: show counts, not percentages")


def test_shares_among_areas_and_within_areas() -> None:
    held = world.evidence([*rows({"Burglary": 30, "Drugs": 10}), *rows({"Drugs": 10}, "E01900003")], HELD)
    wards = {row["ward"]: row["share"] for row in shares(held, Query(by=("ward",))).records()}
    assert (wards[QUAY], wards[MILL]) == (Decimal(80), Decimal(20))
    within = {
        (row["ward"], row["category"]): row["share"] for row in shares(held, Query(by=("ward", "category"))).records()
    }
    assert (within[QUAY, "Drugs"], within[MILL, "Drugs"], within[MILL, "Burglary"]) == (Decimal(25), Decimal(100), 0)


def test_problems_share_the_whole_and_not_their_overlapping_sum() -> None:
    held = world.evidence(rows({"Burglary": 30, "Drugs": 20}), HELD)
    query = Query(by=("problem",), where={"problem": ("burglary", "acquisitive-crime", "drug-offences")})
    found = {row["problem"]: row["share"] for row in shares(held, query).records()}
    assert found == {"burglary": Decimal(60), "acquisitive-crime": Decimal(60), "drug-offences": Decimal(40)}


def test_a_share_of_nothing_is_missing() -> None:
    held = world.evidence(rows({"Burglary": 30}), HELD)
    found = {row["ward"]: row for row in shares(held, Query(by=("ward", "category"))).records()}
    assert (found[MILL]["share"], found[MILL]["status"]) == (None, "no incidents to share")


def test_something_to_share_among_is_needed() -> None:
    with pytest.raises(FiguresRefused, match="something to share among"):
        shares(world.evidence(rows({"Burglary": 1}), HELD), Query(by=("month",)))


def slow_shares(counts: dict[str, int], *, fault: str = "") -> dict[str, tuple[float, int]]:
    """Shares by dividing floats, ranks by counting who is larger."""
    total = max(counts.values()) if fault == "of the largest" else sum(counts.values())
    found = {}
    for name, n in counts.items():
        larger = [other for other in counts.values() if (other >= n if fault == "dense ties" else other > n)]
        found[name] = (100 * n / total, len(larger) + 1)
    return found


COUNTS = st.dictionaries(
    st.sampled_from(["Burglary", "Drugs", "Robbery", "Shoplifting"]), st.integers(1, 9), min_size=1
)


@settings(max_examples=15, deadline=None)
@given(COUNTS)
def test_shares_equal_the_slow_implementation_and_add_up(counts: dict[str, int]) -> None:
    found = shares(world.evidence(rows(counts), HELD), Query(by=("category",))).records()
    expected = slow_shares(counts)
    for row in found:
        share, rank = expected[str(row["category"])]
        assert (float(row["share"]), row["rank"]) == (pytest.approx(share, abs=1e-6), rank)  # type: ignore[arg-type]
    assert sum(Fraction(100 * n, sum(counts.values())) for n in counts.values()) == 100


@pytest.mark.parametrize("fault", ["of the largest", "dense ties"])
def test_a_fault_in_either_implementation_would_be_caught(fault: str) -> None:
    counts = {"Burglary": 9, "Drugs": 7, "Robbery": 7, "Shoplifting": 3}
    found = shares(world.evidence(rows(counts), HELD), Query(by=("category",))).records()
    fast = {row["category"]: (pytest.approx(float(row["share"]), abs=1e-6), row["rank"]) for row in found}  # type: ignore[arg-type]
    assert fast == slow_shares(counts)
    assert fast != slow_shares(counts, fault=fault)
