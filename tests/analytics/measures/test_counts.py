"""Counts: the full grid, missing months, areas that cannot be placed, and the scopes that are refused."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import slow, world
from tests.analytics.measures.world import BEACON, DROVE, FENWICK, MARSH_AND_FEN, MILL, QUAY, SALTMARSH, incident
from wardmote.analytics.measures.change import change
from wardmote.analytics.measures.counts import counts
from wardmote.analytics.measures.figures import Figures, FiguresRefused, Query
from wardmote.analytics.measures.rates import rates
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.foundations.periods import Month, Period

YEAR = world.months("2024-04", "2025-03")
HAND = [
    incident("2024-04", lsoa="E01900001"),
    incident("2024-04", lsoa="E01900002"),
    incident("2024-04", "Robbery", lsoa="E01900003"),
    incident("2024-05", lsoa="E01900004"),
    incident("2024-05", lsoa="E01900005"),
    incident("2024-06", "Anti-social behaviour", lsoa=None),
    incident("2025-03", lsoa="E01900001"),
]


def period(first: str, last: str) -> Period:
    return Period(Month.parse(first), Month.parse(last))


def as_dict(figures: Figures, *names: str) -> dict[tuple[Any, ...], Any]:
    return {tuple(row[name] for name in names): row["count"] for row in figures.records()}


def test_the_whole_force_counts_every_row_placed_or_not() -> None:
    found = counts(world.evidence(HAND, YEAR), Query()).records()
    assert found == ({"count": 7, "months_held": 12, "months_needed": 12, "status": ""},)


def test_wards_by_hand_with_zero_where_none_and_nothing_for_the_neighbour() -> None:
    figures = counts(world.evidence(HAND, YEAR), Query(by=("ward",)))
    assert as_dict(figures, "ward", "ward_name") == {(QUAY, "Quay"): 3, (MILL, "Mill"): 1, (DROVE, "Drove"): 2}
    assert "1 of 7 incidents (14.3%) have no LSOA and cannot be placed in an area" in figures.notes[0]


def test_ward_totals_equal_the_district_total() -> None:
    held = world.evidence(HAND, YEAR)
    wards = as_dict(counts(held, Query(by=("ward", "district"))), "ward", "district")
    districts = as_dict(counts(held, Query(by=("district",))), "district")
    for (district,), count in districts.items():
        assert count == sum(n for (_, of), n in wards.items() if of == district)


def test_a_partnership_of_two_districts_sums_them() -> None:
    figures = counts(world.evidence(HAND, YEAR), Query(by=("partnership",)))
    assert as_dict(figures, "partnership") == {(MARSH_AND_FEN,): 6}


def test_a_district_of_several_partnerships_is_left_unallocated_and_said() -> None:
    pairs = [*world.PARTNERSHIPS, (FENWICK, "E22900009", "Drove Valley")]
    figures = counts(world.evidence(HAND, YEAR, partnerships=pairs), Query(by=("partnership",)))
    assert as_dict(figures, "partnership") == {(MARSH_AND_FEN,): 4}
    assert any("E07900002 lies in 2 partnerships" in note and "left unallocated" in note for note in figures.notes)


def test_a_partnership_that_shares_a_district_is_refused() -> None:
    pairs = [*world.PARTNERSHIPS, (FENWICK, "E22900009", "Drove Valley")]
    with pytest.raises(FiguresRefused, match="shares the district E07900002 with 1 other"):
        counts(world.evidence(HAND, YEAR, partnerships=pairs), Query(where={"partnership": ("Drove Valley",)}))


def test_a_missing_month_is_missing_and_never_zero() -> None:
    held = world.evidence(HAND, [m for m in YEAR if m != "2024-07"])
    found = {row["month"]: row for row in counts(held, Query(by=("month",))).records()}
    assert found["2024-07"]["count"] is None
    assert found["2024-07"]["status"] == "missing: no release holds July 2024"
    assert found["2024-08"]["count"] == 0
    assert found["2024-08"]["status"] == ""


@pytest.mark.parametrize(
    ("by", "label", "count", "status"),
    [
        ("quarter", "2024 Q3", 0, "incomplete: 2 of 3 months"),
        ("quarter", "2024 Q2", 6, ""),
        ("financial_year", "2024/25", 7, "incomplete: 11 of 12 months"),
        ("rolling_12", "2025-03", 7, "incomplete: 11 of 12 months"),
    ],
)
def test_a_stretch_with_a_missing_month_says_that_it_is_incomplete(
    by: str, label: str, count: int, status: str
) -> None:
    held = world.evidence(HAND, [m for m in YEAR if m != "2024-07"])
    found = {row[by]: row for row in counts(held, Query(by=(by,))).records()}
    assert (found[label]["count"], found[label]["status"]) == (count, status)


def test_a_quarter_that_the_period_cuts_is_incomplete() -> None:
    figures = counts(world.evidence(HAND, YEAR), Query(by=("quarter",), period=period("2024-05", "2024-06")))
    assert [(row["count"], row["status"]) for row in figures.records()] == [(3, "incomplete: 2 of 3 months")]


def test_rolling_twelve_months_reach_back_before_the_period() -> None:
    figures = counts(world.evidence(HAND, YEAR), Query(by=("rolling_12",), period=period("2025-03", "2025-03")))
    assert [(row["rolling_12"], row["count"], row["status"]) for row in figures.records()] == [("2025-03", 7, "")]


def test_excluding_a_district_leaves_it_out_of_every_area_and_of_the_total() -> None:
    held = world.evidence(HAND, YEAR)
    assert as_dict(counts(held, Query(exclude={"district": ("Saltmarsh",)}))) == {(): 2}
    by_ward = counts(held, Query(by=("ward",), exclude={"district": (SALTMARSH,)}))
    assert as_dict(by_ward, "ward") == {(DROVE,): 2}


def test_an_area_named_twice_must_be_chosen_by_code_and_an_unknown_one_is_refused() -> None:
    with pytest.raises(FiguresRefused, match="There is not one ward “Nowhere”"):
        counts(world.evidence(HAND, YEAR), Query(where={"ward": ("Nowhere",)}))


def test_an_area_that_the_data_hardly_cover_is_counted_only_when_named_and_with_a_warning() -> None:
    figures = counts(
        world.evidence([*HAND * 4, incident("2024-04", lsoa="E01900006")], YEAR), Query(where={"ward": (BEACON,)})
    )
    assert as_dict(figures) == {(): 1}
    assert any("hardly cover some of the areas asked for" in note for note in figures.notes)


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        (Query(by=("colour",)), "“colour” is nothing to break figures down by"),
        (Query(where={"month": ("2024-04",)}), "“month” is nothing to choose by"),
        (Query(by=("ward", "ward")), "Name each dimension once"),
        (Query(by=("rolling_12", "month")), "overlap"),
        (Query(per=100), "per 1,000 or per 10,000"),
        (Query(where={"problem": ("domestic-abuse",)}), "Domestic abuse cannot be counted here"),
        (Query(where={"problem": ("rain",)}), "There is no problem “rain”"),
        (Query(by=("neighbourhood",)), "No lookup says which neighbourhood"),
        (Query(where={"dataset": ("other",)}), "No release with incidents is held"),
    ],
)
def test_a_question_that_cannot_be_honoured_is_refused_with_a_sentence(query: Query, complaint: str) -> None:
    with pytest.raises(FiguresRefused, match=complaint):
        counts(world.evidence(HAND, YEAR), query)


def test_without_a_lookup_wards_are_refused_and_lsoas_still_count() -> None:
    held = world.evidence(HAND, YEAR, lookup=False)
    with pytest.raises(FiguresRefused, match="No lookup says which ward"):
        counts(held, Query(by=("ward",)))
    assert sum(as_dict(counts(held, Query(by=("lsoa",))), "lsoa").values()) == 6


def test_problems_roll_up_and_say_that_they_overlap() -> None:
    query = Query(by=("problem",), where={"problem": ("acquisitive-crime", "burglary", "all-crime")})
    figures = counts(world.evidence(HAND, YEAR), query)
    assert as_dict(figures, "problem_name") == {("Acquisitive crime",): 6, ("Burglary",): 5, ("All crime",): 6}
    assert any("must not be added up" in note for note in figures.notes)


def test_a_category_is_not_shown_in_months_when_nobody_used_it() -> None:
    rows = [incident("2013-04", "Violent crime"), incident("2013-05", "Violence and sexual offences")]
    figures = counts(world.evidence(rows, ["2013-04", "2013-05"]), Query(by=("month", "category")))
    assert as_dict(figures, "month", "category") == {
        ("2013-04", "Violent crime"): 1,
        ("2013-05", "Violence and sexual offences"): 1,
    }
    assert any("renamed" in note for note in figures.notes)


def test_a_problem_hidden_in_another_category_is_missing_before_it_was_published() -> None:
    rows = [incident("2013-04", "Other theft"), incident("2013-05", "Bicycle theft")]
    query = Query(by=("month",), where={"problem": ("bicycle-theft",)})
    found = counts(world.evidence(rows, ["2013-04", "2013-05"]), query).records()
    assert [row["count"] for row in found] == [None, 1]
    assert found[0]["status"] == "missing: data.police.uk did not publish it separately then"


def test_areas_of_another_data_set_are_no_zeros_of_the_one_asked_for() -> None:
    hills = [incident("2024-04", lsoa=code, dataset="police-uk-street-hills") for code in sorted(world.LSOAS)[5:]]
    other = world.release(["2024-04"], dataset="police-uk-street-hills", name="b")
    evidence = world.evidence([*HAND, *hills], [world.release(["2024-04"]), other])
    asked = {"dataset": ("police-uk-street-hills",)}
    districts = {row["district"] for row in counts(evidence, Query(by=("district",), where=asked)).records()}
    assert districts == {world.LSOAS[code][2] for code in sorted(world.LSOAS)[5:]}
    assert len(counts(evidence, Query(by=("district",))).rows) > len(districts)


def two_forces() -> list[HeldRelease]:
    other = world.release(["2024-04"], dataset="police-uk-street-hills", name="b")
    return [world.release(["2024-04", "2024-05"]), other]


def test_a_month_that_one_of_two_data_sets_lacks_is_counted_from_the_other_and_said() -> None:
    query = Query(by=("month",), period=period("2024-04", "2024-05"))
    figures = counts(world.evidence(HAND, two_forces()), query)
    alone = counts(world.evidence(HAND, two_forces()[:1]), query)
    assert as_dict(figures, "month") == as_dict(alone, "month")
    assert as_dict(figures, "month")[("2024-05",)] is not None
    assert "police-uk-street-hills does not hold 1 of the months counted, the first May 2024." in figures.notes


@pytest.mark.parametrize("measure", [change, rates])
def test_data_sets_that_hold_different_months_are_not_compared_or_divided_together(measure: Any) -> None:
    query = Query(period=period("2024-04", "2024-05"))
    with pytest.raises(FiguresRefused, match="choose one with dataset=NAME"):
        measure(world.evidence(HAND, two_forces()), query)


def test_provenance_names_releases_parameters_and_the_code() -> None:
    found = counts(world.evidence(HAND, YEAR), Query(by=("ward",), where={"category": ("Burglary",)})).provenance
    assert found["releases"] == ((world.DATASET, "a" * 64),)
    assert found["is_sample"]
    assert found["code_version"] == "test"
    assert found["parameters"]["where"] == {"category": ("Burglary",)}
    assert found["period"] == "2024-04..2025-03"


ROWS = st.lists(
    st.builds(
        incident,
        st.sampled_from(YEAR[:5]),
        st.sampled_from(["Burglary", "Robbery", "Drugs"]),
        st.sampled_from([*world.INSIDE, None]),
    ),
    max_size=30,
)
# Every LSOA inside the force has had an incident, so that the data cover both districts whatever else is drawn.
SEEN = [incident("2024-03", lsoa=code) for code in world.INSIDE]
BYS = [
    ("ward",),
    ("month", "category"),
    ("quarter", "district"),
    ("financial_year", "lsoa"),
    ("category", "ward", "month"),
]


@pytest.mark.parametrize("by", BYS)
@settings(max_examples=10, deadline=None)
@given(rows=ROWS)
def test_counts_equal_the_slow_implementation(by: tuple[str, ...], rows: list[world.Row]) -> None:
    held = world.evidence([*SEEN, *rows], YEAR[:5])
    ordered = [
        name for name in ("month", "quarter", "financial_year", "category", "lsoa", "ward", "district") if name in by
    ]
    found = counts(held, Query(by=by, period=period("2024-04", "2024-08")))
    fast = {key: n for key, n in as_dict(found, *ordered).items() if n is not None}
    assert fast == slow.counts(rows, ordered, set(YEAR[:5]))


@pytest.mark.parametrize("fault", ["drop the last month", "no zeros", "calendar year"])
def test_a_fault_in_either_implementation_would_be_caught(fault: str) -> None:
    held = world.evidence([*SEEN, *HAND], YEAR)
    fast = as_dict(counts(held, Query(by=("financial_year", "category", "ward"))), "financial_year", "category", "ward")
    by = ("financial_year", "category", "ward")
    assert fast == slow.counts(HAND, by, set(YEAR))
    assert fast != slow.counts(HAND, by, set(YEAR), fault=fault)


def test_a_month_that_nobody_can_place_is_missing_in_every_area_and_counts_for_the_force() -> None:
    rows = [*HAND, *(world.incident("2024-07", lsoa=None) for _ in range(5))]
    held = [replace(world.release(YEAR), unplaced=("2024-07",))]
    district = Query(by=("month",), where={"district": ("E07900001",)})
    found = {row["month"]: row["count"] for row in counts(world.evidence(rows, held), district).records()}
    assert found["2024-07"] is None
    assert found["2024-08"] == 0
    force = {row["month"]: row["count"] for row in counts(world.evidence(rows, held), Query(by=("month",))).records()}
    assert force["2024-07"] == 5 + sum(str(row["month"]) == "2024-07-01" for row in HAND)
