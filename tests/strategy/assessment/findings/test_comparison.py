"""The comparison with other districts: who is in the group, what is said, and what stands in the report."""

from dataclasses import replace
from typing import Any

import pytest

from tests.analytics.measures import world
from wardmote.analytics.measures.evidence import Evidence
from wardmote.definitions import Effect, RecordingChange
from wardmote.foundations.periods import Month, Period
from wardmote.printing.blocks import Table
from wardmote.strategy.assessment.queries.findings.comparison import (
    compared_releases,
    comparison_words,
    comparisons_of,
    own_area,
)
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.reports.findings.comparison import chosen_words, comparison_blocks

YEAR = Period(Month(2025, 1), Month(2025, 12))
CODES = [f"E0790010{at}" for at in range(7)]
NAMES = ["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse"]


def evidence(now: list[int], then: list[int], *, people: int = 10_000) -> Evidence:
    """Seven districts of one small area each, with so many burglaries in 2025 and in 2024."""
    rows = [
        world.incident(f"{year}-{1 + n % 12:02}", lsoa=f"E0190010{at}")
        for year, counts in ((2024, then), (2025, now))
        for at, count in enumerate(counts)
        for n in range(count)
    ]
    areas = [
        {
            "lsoa_code": f"E0190010{at}",
            "lsoa_name": f"{name} 001A",
            "ward_code": f"E0590010{at}",
            "ward_name": name,
            "district_code": code,
            "district_name": name,
        }
        for at, (code, name) in enumerate(zip(CODES, NAMES, strict=True))
    ]
    found = world.evidence(rows, world.months("2024-01", "2025-12"), population={("E01900100", 2024): people})
    population = [{"lsoa_code": area["lsoa_code"], "year": 2024, "population": people} for area in areas]
    return replace(
        found,
        areas=world.table(areas, dict.fromkeys(areas[0], "string")),
        partnerships=None,
        population=world.table(population, {"lsoa_code": "string", "year": "int64", "population": "int64"}),
    )


def frame(given: Evidence, *own: str) -> Frame:
    where = {"district": own, "dataset": (world.DATASET,)} if own else {"ward": ("E05900100",), "dataset": ("x",)}
    return Frame(given, where, ("burglary",), YEAR, YEAR, YEAR)


def found_for(now: list[int], then: list[int], *own: str, chosen: tuple[str, ...] = ()) -> dict[str, Any]:
    return comparisons_of(frame(evidence(now, then), *own), name="Alder Vale", chosen=chosen).get("burglary", {})


EVEN = [100, 104, 96, 100, 103, 97, 100]


def test_every_district_that_the_data_cover_is_compared_under_its_name() -> None:
    found = found_for(EVEN, EVEN, CODES[0])
    assert [area["name"] for area in found["areas"]] == ["Alder Vale", *NAMES[1:]]
    own = own_area(found)
    assert (own["rate"], own["place"], own["rank"], own["tied"]) == ("10.000000", "within", 3, 3)
    assert found["mean"] == "10.000000"


def test_districts_of_one_partnership_stand_together() -> None:
    found = found_for(EVEN, EVEN, CODES[0], CODES[1])
    own = own_area(found)
    assert len(found["areas"]) == 6
    assert (own["count"], own["population"]) == (204, 20_000)


def test_a_group_that_was_chosen_counts_alone_and_too_few_say_nothing() -> None:
    chosen = (CODES[2], CODES[3], CODES[4], CODES[5])
    assert len(found_for(EVEN, EVEN, CODES[0], chosen=chosen)["areas"]) == 5
    assert found_for(EVEN, EVEN, CODES[0], chosen=chosen[:3]) == {}


def test_a_single_ward_or_missing_residents_are_not_compared() -> None:
    assert found_for(EVEN, EVEN) == {}
    given = replace(evidence(EVEN, EVEN), population=None)
    assert comparisons_of(frame(given, CODES[0]), name="Alder Vale") == {}


def test_it_says_where_the_rate_stands_and_that_it_moved() -> None:
    found = found_for([200, *EVEN[1:]], EVEN, CODES[0])
    assert comparison_words({"comparison": found}) == (
        "At 20.0 per 1,000 residents it has the highest rate of 7 districts, against a mean of 11.4: above what "
        "chance and the ordinary differences between them would give. It moved outside the limits: inside them in the "
        "year to December 2024, above them in the year to December 2025."
    )
    even = found_for(EVEN, EVEN, CODES[0])
    assert "3rd highest rate of 7 districts, together with 2 more, against" in comparison_words({"comparison": even})
    assert comparison_words({"comparison": even}).endswith(
        "It stayed inside the limits, in the year to December 2024 as in the year to December 2025."
    )
    assert comparison_words({}) == ""


def test_the_report_lists_districts_by_name_with_a_sign_beside_the_colourless_word() -> None:
    found = found_for([200, *EVEN[1:]], EVEN, CODES[0])
    problem = {"title": "Burglary", "comparison": found}
    (table,) = comparison_blocks(problem, {"period": {"words": "year to December 2025"}})
    assert isinstance(table, Table)
    assert table.rows[0][3] == ("▲ above",)
    assert comparison_blocks({"title": "Burglary"}, {}) == []


def test_a_district_without_any_this_year_is_one_of_the_group() -> None:
    found = found_for([*EVEN[:6], 0], EVEN, CODES[0])
    assert found["areas"][-1]["rate"] == "0.000000"
    assert found["areas"][-1]["place"] == "below"


def test_a_move_back_inside_names_both_years_and_one_without_a_year_before_says_nothing() -> None:
    found = found_for(EVEN, [200, *EVEN[1:]], CODES[0])
    assert comparison_words({"comparison": found}).endswith(
        "It moved inside the limits: above them in the year to December 2024, inside them in the year to December 2025."
    )
    alone = evidence(EVEN, EVEN)
    alone = replace(alone, held=(world.release(world.months("2025-01", "2025-12")),))
    found = comparisons_of(frame(alone, CODES[0]), name="Alder Vale")["burglary"]
    assert own_area(found)["before"] == ""
    assert "the limits" not in comparison_words({"comparison": found})


@pytest.mark.parametrize(("month", "before"), [("2023-12", "above"), ("2024-07", ""), ("2025-01", "")])
def test_nothing_is_said_across_a_change_in_recording(month: str, before: str) -> None:
    change = RecordingChange(month, ("Burglary",), ("Burglary",), "Another system.", Effect.BREAK)
    given = replace(evidence(EVEN, [200, *EVEN[1:]]), changes=(change,))
    found = comparisons_of(frame(given, CODES[0]), name="Alder Vale")["burglary"]
    assert own_area(found)["before"] == before


def test_districts_of_another_force_are_compared_where_they_were_chosen() -> None:
    other = "police-uk-street-upland"
    given = evidence(EVEN, EVEN)
    upland = [f"E0190010{at}" for at in (5, 6)]
    moved = given.incidents.mutate(dataset=given.incidents.lsoa_code.isin(upland).ifelse(other, world.DATASET))
    held = world.months("2024-01", "2025-12")
    given = replace(given, incidents=moved, held=(world.release(held), world.release(held, dataset=other, name="b")))
    assert len(comparisons_of(frame(given, CODES[0]), name="Alder Vale")["burglary"]["areas"]) == 5
    found = comparisons_of(frame(given, CODES[0]), name="Alder Vale", chosen=tuple(CODES[2:]))["burglary"]
    assert [(area["name"], area["count"]) for area in found["areas"]][-2:] == [("Fir", 97), ("Gorse", 100)]
    assert found["datasets"] == [other]
    assert [one.dataset for one in compared_releases([{"comparison": found}], given.held)] == [other]
    assert compared_releases([{}], given.held) == ()


def test_the_table_says_how_the_districts_were_chosen() -> None:
    assert "all that the crime data" in chosen_words({})
    own = {"compared_by": {"why": "Our most similar group, April 2025.", "family": {}}}
    assert chosen_words(own) == ("The districts are the partnership’s own list: Our most similar group, April 2025.")
    variables = [{"name": "Residents, mid-2024", "unit": "residents", "releases": ["Population"]}]
    nearest = {"compared_by": {"why": "x", "family": {"variables": variables}}}
    assert chosen_words(nearest).endswith("nearest by stated variables: Residents, mid-2024 (Population).")
