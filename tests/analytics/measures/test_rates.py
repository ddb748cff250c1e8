"""Rates: residents, the year of the population, equal scopes, and ranks."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import slow, world
from tests.analytics.measures.world import DROVE, MILL, QUAY, incident
from wardmote.analytics.measures.evidence import Evidence, divided_by
from wardmote.analytics.measures.figures import Figures, FiguresRefused, Query
from wardmote.analytics.measures.rates import rates
from wardmote.definitions import denominators
from wardmote.foundations.periods import Month, Period

YEAR = world.months("2024-04", "2025-03")
PEOPLE = {(code, year): 1500 + 100 * at + year - 2022 for year in (2022, 2024) for at, code in enumerate(world.INSIDE)}
# Quay holds LSOAs 1 and 2, Mill 3, Drove 4 and 5; mid-2024: 1502 + 1602, 1702, 1802 + 1902.
POPULATION_2024 = {QUAY: 3104, MILL: 1702, DROVE: 3704}
HAND = [incident("2024-04", lsoa=code) for code in (*world.INSIDE, "E01900001", "E01900001", None)]


def by_ward(figures: Figures, name: str) -> dict[Any, Any]:
    return {row["ward"]: row[name] for row in figures.records()}


def test_rates_by_hand_per_1000_and_per_10000() -> None:
    held = world.evidence(HAND, YEAR, population=PEOPLE)
    per_1000 = rates(held, Query(by=("ward",)))
    assert by_ward(per_1000, "population") == POPULATION_2024
    assert by_ward(per_1000, "rate") == {
        QUAY: Decimal("1.288660"),  # 4 / 3104 x 1,000
        MILL: Decimal("0.587544"),  # 1 / 1702 x 1,000
        DROVE: Decimal("0.539957"),  # 2 / 3704 x 1,000
    }
    assert by_ward(rates(held, Query(by=("ward",), per=10_000)), "rate")[QUAY] == Decimal("12.886598")
    assert by_ward(per_1000, "rank") == {QUAY: 1, MILL: 2, DROVE: 3}


def test_the_population_is_of_the_nearest_year_not_after_the_end_of_the_period() -> None:
    held = world.evidence(HAND, world.months("2021-01", "2025-03"), population=PEOPLE)
    found = rates(held, Query(by=("month", "district"), where={"district": ("Fenwick",)})).records()
    years = {row["month"]: row["population_year"] for row in found}
    assert (years["2021-12"], years["2023-12"], years["2024-01"], years["2025-03"]) == (2022, 2022, 2024, 2024)


def test_an_area_left_out_is_left_out_of_the_residents_too() -> None:
    held = world.evidence(HAND, YEAR, population=PEOPLE)
    (row,) = rates(held, Query(exclude={"district": ("Saltmarsh",)})).records()
    assert (row["count"], row["population"]) == (2, POPULATION_2024[DROVE])


def test_a_population_that_misses_an_lsoa_gives_no_rate_and_says_why() -> None:
    people = {key: n for key, n in PEOPLE.items() if key[0] != "E01900002"}
    found = {
        row["ward"]: row for row in rates(world.evidence(HAND, YEAR, population=people), Query(by=("ward",))).records()
    }
    assert found[QUAY]["rate"] is None
    assert found[QUAY]["reason"] == "no population of 2024 for 1 of 2 LSOAs"
    assert found[MILL]["rank"] == 1


def test_an_incomplete_stretch_has_no_rate() -> None:
    held = world.evidence(HAND, [m for m in YEAR if m != "2024-06"], population=PEOPLE)
    (first, *_) = rates(held, Query(by=("quarter",))).records()
    assert (first["rate"], first["reason"]) == (None, "incomplete: 2 of 3 months")


def test_without_population_or_lookup_rates_are_refused() -> None:
    with pytest.raises(FiguresRefused, match="No population is held"):
        rates(world.evidence(HAND, YEAR), Query(by=("ward",)))
    with pytest.raises(FiguresRefused, match="No lookup says which areas"):
        rates(world.evidence(HAND, YEAR, population=PEOPLE, lookup=False), Query())


def test_provenance_and_notes_state_the_year() -> None:
    found = rates(
        world.evidence(HAND, YEAR, population=PEOPLE),
        Query(by=("ward",), period=Period(Month(2024, 4), Month(2024, 4))),
    )
    assert found.provenance["population_year"] == (2024,)
    assert "Population of mid-2024." in found.notes


def slow_rates(rows: list[world.Row], *, fault: str = "") -> dict[str, float]:
    """Rates by ward with plain loops and floating point."""
    counted = slow.counts(rows, ("ward",), set(YEAR))
    people = {ward: 0 for (ward,) in counted}
    for (code, year), n in PEOPLE.items():
        if year == (2022 if fault == "older population" else 2024):
            people[world.LSOAS[code][0]] += n
    per = 100 if fault == "per hundred" else 1000
    return {ward: counted[(ward,)] / people[ward] * per for ward in people}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(world.INSIDE), max_size=40))
def test_rates_equal_the_slow_implementation(codes: list[str]) -> None:
    rows = [*HAND, *(incident("2024-05", lsoa=code) for code in codes)]
    found = by_ward(rates(world.evidence(rows, YEAR, population=PEOPLE), Query(by=("ward",))), "rate")
    assert {ward: float(rate) for ward, rate in found.items()} == pytest.approx(slow_rates(rows), abs=1e-6)


@pytest.mark.parametrize("fault", ["older population", "per hundred"])
def test_a_fault_in_either_implementation_would_be_caught(fault: str) -> None:
    found = by_ward(rates(world.evidence(HAND, YEAR, population=PEOPLE), Query(by=("ward",))), "rate")
    assert {ward: float(rate) for ward, rate in found.items()} == pytest.approx(slow_rates(HAND), abs=1e-6)
    assert {ward: float(rate) for ward, rate in found.items()} != pytest.approx(slow_rates(HAND, fault=fault), abs=1e-6)


HOUSEHOLDS = denominators().known["households"]


def with_households(numbers: dict[str, int | None], year: int = 2021) -> Evidence:
    """The same incidents, with residents and households held."""
    rows = [{"lsoa_code": code, "year": year, "population": number} for code, number in numbers.items()]
    table = world.table(rows, {"lsoa_code": "string", "year": "int64", "population": "int64"})
    held = world.evidence(HAND, YEAR, population=PEOPLE)
    return replace(held, denominators={"households": (table, "2021")})


def test_rates_by_households_by_hand_and_each_rate_names_what_it_is_divided_by() -> None:
    held = divided_by(with_households(dict.fromkeys(world.INSIDE, 500)), HOUSEHOLDS)
    assert held is not None
    found = rates(held, Query(by=("ward",)))
    # Quay has two LSOAs and 4 incidents: 4 / 1,000 x 1,000.
    assert by_ward(found, "rate") == {QUAY: Decimal(4), MILL: Decimal(2), DROVE: Decimal(2)}
    assert {column.title for column in found.columns} >= {"Households", "Households of the year"}
    assert "Rate per 1,000 households" in {column.title for column in found.columns}
    assert "Households of 2021." in found.notes
    assert "residents" not in " ".join((*found.notes, *(column.title for column in found.columns)))
    of_people = rates(with_households({}), Query(by=("ward",)))
    assert "Rate per 1,000 residents" in {column.title for column in of_people.columns}


def test_a_small_area_without_households_on_record_gives_no_rate_and_says_why() -> None:
    held = divided_by(with_households({**dict.fromkeys(world.INSIDE, 500), "E01900002": None}), HOUSEHOLDS)
    assert held is not None
    rows = {row["ward"]: row for row in rates(held, Query(by=("ward",))).records()}
    assert (rows[QUAY]["rate"], rows[QUAY]["reason"]) == (None, "no households of 2021 for 1 of 2 LSOAs")
    assert divided_by(world.evidence(HAND, YEAR, population=PEOPLE), HOUSEHOLDS) is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 9000), min_size=5, max_size=5))
def test_rates_by_households_are_those_of_a_sum_over_plain_rows(numbers: list[int]) -> None:
    held = divided_by(with_households(dict(zip(world.INSIDE, numbers, strict=True))), HOUSEHOLDS)
    assert held is not None
    for ward, rate in by_ward(rates(held, Query(by=("ward",))), "rate").items():
        inside = [code for code in world.INSIDE if world.LSOAS[code][0] == ward]
        homes = sum(number for code, number in zip(world.INSIDE, numbers, strict=True) if code in inside)
        exact = Fraction(1000 * sum(row["lsoa_code"] in inside for row in HAND), homes)
        assert abs(Fraction(rate) - exact) <= Fraction(1, 2_000_000)
