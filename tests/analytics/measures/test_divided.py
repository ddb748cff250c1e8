"""LSOAs divided between wards: every incident in one part, the parts in proportion to residents, and said."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import gcd
from pathlib import Path
from typing import Any

import ibis
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.measures import world
from tests.analytics.measures.test_engines import Speaking, spark_options
from tests.analytics.measures.test_placing import bridge, lookup, wards
from tests.analytics.measures.world import Row, incident
from wardmote.analytics.measures import divided, placing
from wardmote.analytics.measures.counts import counts
from wardmote.analytics.measures.divided import Part, parts_of, place_in_sequence, step_of
from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.rates import rates
from wardmote.analytics.measures.rows import rows_behind
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.schema import POPULATION
from wardmote.definitions import problems

__all__ = ["spark_options"]

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "places.md"
DIVIDED, QUAY_PART, MILL_PART = "E01900003", "E01900031", "E01900032"
QUAY, MILL, DISTRICT = "E05900001", "E05900002", "E07900001"
RESIDENTS = {QUAY_PART: 1200, MILL_PART: 600, "E01900001": 1000, "E01900021": 800, "E01900022": 900, "E01900045": 1500}


def evidence(
    rows: list[Row], *, residents: Mapping[str, int] | None = None, change: str | None = "S", fit: Any = None
) -> Evidence:
    """Evidence in LSOAs of 2011 with wards of LSOAs of 2021, gathered as the warehouse's is."""
    con = ibis.duckdb.connect(threads=1)
    incidents = world.table(rows, world.SCHEMA)
    held = placing.lookups(con, [wards(), fit or _bridge(change)])
    placed = placing.place(con, placing.seen_in(con, incidents), held)
    people, edition = placing.population(_people(RESIDENTS if residents is None else residents), preferred="2011")
    incidents, parts = divided.shared_out(con, incidents, placing.divided(con, placed, held, people))
    months = sorted({f"{row['month']:%Y-%m}" for row in rows})
    return Evidence(
        con=con,
        incidents=incidents,
        areas=placed.areas,
        partnerships=placed.partnerships,
        population=people,
        problems=problems(dt.date(2026, 11, 1)),
        held=(world.release(months),),
        code_version="test",
        lookup=placed.lookup,
        incident_edition=placed.edition,
        population_edition=edition,
        parts=parts,
    )


def _bridge(change: str | None) -> tuple[HeldRelease, Any]:
    release, table = bridge()
    rows = ibis.duckdb.connect().to_pyarrow(table).to_pylist()
    return release, lookup([{**row, "change": change if row["lsoa_2011_code"] == DIVIDED else None} for row in rows])


def _people(residents: Mapping[str, int]) -> list[tuple[HeldRelease, Any]]:
    rows = [{"lsoa_code": code, "lsoa_name": None, "year": 2022, "population": n} for code, n in residents.items()]
    one = HeldRelease("p" * 64, "population-lsoa2021", "population", (), {"lsoa": "2021"}, is_sample=True)
    return [(one, world.table(rows, POPULATION))] if rows else []


def incidents_of(month: str, number: int, category: str = "Burglary", lsoa: str = DIVIDED) -> list[Row]:
    return [incident(month, category, lsoa, location=f"On or near Street {at:04}") for at in range(number)]


def settled() -> list[Row]:
    """One incident in each other LSOA, so that the data cover both districts."""
    return [incident("2024-04", lsoa=f"E0190000{at}") for at in (1, 2, 4, 5)]


def by_ward(found: Evidence, **more: Any) -> dict[Any, tuple[Any, Any]]:
    table = counts(found, Query(by=("ward",), **more))
    return {row["ward"]: (row["count"], row.get("estimated")) for row in table.records()}


def slow_shares(rows: list[Row], residents: Mapping[str, int], *, fault: str = "") -> Counter[str]:
    """Walk the sequence from its definition: a ring of seats, one a resident, visited in golden steps."""
    found: Counter[str] = Counter()
    codes = sorted(residents)
    ring = [code for code in codes for _ in range(residents[code])]
    step = int((Decimal(5).sqrt() - 1) / 2 * len(ring))
    while gcd(step, len(ring)) > 1:
        step += 1
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["dataset"], row["month_index"]), []).append(row)
    for (_, month), group in groups.items():
        seat = 0 if fault == "forget the month" else month * 101 * step % len(ring)
        for row in sorted(group, key=lambda one: (one["category"], one["location"])):
            found[f"{row['category']} {ring[seat]}"] += 1
            seat = (seat + step) % len(ring)
    return found


def fast_shares(found: Evidence) -> Counter[str]:
    rows = found.con.to_pyarrow(found.incidents).to_pylist()
    return Counter(f"{row['category']} {row['place_key'].rpartition('/')[2]}" for row in rows)


def test_the_example_of_the_methods_page() -> None:
    text = PAGE.read_text("utf-8").split("```yaml")[2].split("```")[0]
    page = yaml.safe_load(text)["shared"]
    residents = {QUAY_PART: page["residents"]["Quay"], MILL_PART: page["residents"]["Mill"]}
    total = sum(residents.values())
    assert step_of(total) == page["step"]
    month = page["month_counted_through"]
    places = [place_in_sequence(rank, month, total) for rank in range(page["incidents"])]
    assert places == page["places"]
    assert sum(place < residents[QUAY_PART] for place in places) == page["in_quay"]


def test_incidents_of_a_divided_lsoa_are_shared_in_proportion_and_counted_as_estimates() -> None:
    found = evidence([*settled(), *incidents_of("2024-04", 1800)])
    assert by_ward(found) == {QUAY: (1202, 1200), MILL: (600, 600), "E05900003": (2, 0)}


def test_a_district_that_holds_all_parts_is_exact_and_says_nothing_of_estimates() -> None:
    found = counts(evidence([*settled(), *incidents_of("2024-04", 30)]), Query(by=("district",)))
    assert [(row["district"], row["count"]) for row in found.records()] == [(DISTRICT, 32), ("E07900002", 2)]
    assert "estimated" not in [column.name for column in found.columns]
    assert not any("estimate" in note for note in found.notes)


def test_a_table_that_rests_on_shares_says_how_much() -> None:
    found = counts(evidence([*settled(), *incidents_of("2024-04", 96)]), Query(by=("ward",)))
    assert (
        "96 of 100 incidents (96.0%) are of LSOAs that were divided between areas, and are shared among them in "
        "proportion to residents: these areas' figures rest in part on an estimate."
    ) in found.notes


def test_a_ward_that_is_asked_for_says_its_own_share() -> None:
    found = counts(evidence([*settled(), *incidents_of("2024-04", 18)]), Query(where={"ward": (MILL,)}))
    (row,) = found.records()
    assert row["count"] == row["estimated"] == 6


def test_rates_have_residents_and_incidents_of_the_same_ground() -> None:
    found = rates(evidence([*settled(), *incidents_of("2024-04", 1800)]), Query(by=("ward",)))
    rows = {row["ward"]: row for row in found.records()}
    assert (rows[MILL]["population"], rows[MILL]["count"], rows[MILL]["estimated"]) == (600, 600, 600)
    assert rows[MILL]["rate"] == 1000
    assert rows[QUAY]["population"] == 1200 + 1000 + 800 + 900


def test_figures_by_lsoa_keep_the_lsoa_whole() -> None:
    found = counts(evidence([*settled(), *incidents_of("2024-04", 30)]), Query(by=("lsoa",)))
    rows = [(row["lsoa"], row["count"]) for row in found.records() if row["lsoa"] == DIVIDED]
    assert rows == [(DIVIDED, 30)]
    assert "estimated" not in [column.name for column in found.columns]


def test_the_rows_behind_a_ward_are_as_many_as_its_count_and_as_published() -> None:
    found = evidence([*settled(), *incidents_of("2024-04", 18)])
    behind = list(rows_behind(found, Query(where={"ward": (MILL,)})))
    assert len(behind) == by_ward(found)[MILL][0]
    assert {row[6] for row in behind} == {DIVIDED}


def test_what_a_month_gives_to_a_part_does_not_depend_on_other_months_or_data_sets() -> None:
    one = evidence([*settled(), *incidents_of("2024-05", 17)])
    other = [{**row, "dataset": "police-uk-street-otherland"} for row in incidents_of("2024-05", 9)]
    more = evidence([*settled(), *incidents_of("2024-05", 17), *incidents_of("2024-04", 5), *other])
    query = {"where": {"dataset": (world.DATASET,), "district": (DISTRICT,)}}
    may = [row for row in counts(one, Query(by=("month", "ward"), **query)).records() if row["month"] == "2024-05"]
    more_held = replace(more, held=(world.release(["2024-04", "2024-05"]),))
    again = [
        row for row in counts(more_held, Query(by=("month", "ward"), **query)).records() if row["month"] == "2024-05"
    ]
    assert [(row["ward"], row["count"]) for row in may] == [(row["ward"], row["count"]) for row in again]


@pytest.mark.parametrize(
    ("residents", "change"),
    [
        ({}, "S"),
        ({QUAY_PART: 1200}, "S"),
        ({QUAY_PART: 0, MILL_PART: 0}, "S"),
        (RESIDENTS, "X"),
    ],
)
def test_without_residents_of_all_parts_or_where_the_change_is_irregular_nothing_is_shared(
    residents: dict[str, int], change: str
) -> None:
    found = evidence([*settled(), *incidents_of("2024-04", 30)], residents=residents, change=change)
    assert found.parts == ()
    assert by_ward(found)[QUAY] == (2, None)
    notes = counts(found, Query(by=("ward",))).notes
    assert any("30 of 34 incidents" in note and "larger area the lookup does not give" in note for note in notes)


def test_a_merged_lsoa_is_shared_by_the_residents_of_what_it_was_made_of() -> None:
    """Incidents of 2021 with wards of 2011: E01900045 was made of two LSOAs that lay in two wards."""
    parts = parts_of(
        {"E01900045": [("E01900004", "M"), ("E01900005", "M")]},
        {"E01900004": {"ward_code": "E05000004"}, "E01900005": {"ward_code": "E05000005"}},
        {"E01900004": 10, "E01900005": 30},
    )
    assert [(part.code, part.low, part.high, part.total) for part in parts] == [
        ("E01900004", 0, 10, 40),
        ("E01900005", 10, 40, 40),
    ]


def test_an_lsoa_divided_within_one_ward_needs_no_estimate() -> None:
    assert {part.whole for part in evidence(incidents_of("2024-04", 3)).parts} == {DIVIDED}


def test_the_slow_second_way_gives_the_same_and_a_planted_fault_is_seen() -> None:
    rows = [
        row
        for at, month in enumerate(["2024-04", "2024-05", "2024-06"])
        for category in ("Burglary", "Robbery")
        for row in incidents_of(month, 7 + 5 * at, category)
    ]
    pair = {QUAY_PART: 1213, MILL_PART: 611}
    fast = fast_shares(evidence(rows, residents={**RESIDENTS, **pair}))
    assert fast == slow_shares(rows, pair)
    assert fast != slow_shares(rows, pair, fault="forget the month")


weights = st.lists(st.integers(0, 3000), min_size=2, max_size=6).filter(any)


@given(weights, st.integers(24_000, 24_400))
def test_as_many_incidents_as_residents_meet_every_place_once(residents: list[int], month: int) -> None:
    total = sum(residents)
    assert sorted(place_in_sequence(rank, month, total) for rank in range(total)) == list(range(total))


@given(weights, st.lists(st.integers(0, 60), min_size=1, max_size=24), st.integers(24_000, 24_400))
def test_totals_are_kept_and_the_shares_stay_close(residents: list[int], months: list[int], first: int) -> None:
    codes = [f"E019{at:05}" for at in range(len(residents))]
    areas: dict[str, dict[str, str | None]] = {code: {"ward_code": code} for code in codes}
    parts = parts_of({"E01999999": [(code, "S") for code in codes]}, areas, dict(zip(codes, residents, strict=True)))
    total = sum(residents)
    given_to: Counter[str] = Counter()
    for at, number in enumerate(months):
        places = [place_in_sequence(rank, first + at, total) for rank in range(number)]
        here = Counter(_part_at(parts, place).code for place in places)
        assert here.total() == number
        # A run in golden steps leaves every stretch within a few incidents of its due, whatever its length.
        assert all(abs(here[part.code] - Fraction(number * (part.high - part.low), total)) < 4 for part in parts)
        given_to += here
    assert given_to.total() == sum(months)


def _part_at(parts: tuple[Part, ...], place: int) -> Part:
    (found,) = [part for part in parts if part.low <= place < part.high]
    return found


@settings(max_examples=4)
@given(
    st.lists(st.tuples(st.sampled_from(["2024-04", "2024-05"]), st.sampled_from(["Burglary", "Robbery"])), max_size=40)
)
def test_every_breakdown_adds_up_to_what_was_published(chosen: list[tuple[str, str]]) -> None:
    rows = [*settled(), *(incident(month, category, DIVIDED) for month, category in chosen)]
    found = evidence(rows)
    cells = counts(found, Query(by=("month", "category", "ward"))).records()
    assert sum(row["count"] for row in cells) == len(rows)
    assert sum(row.get("estimated", 0) for row in cells) == len(chosen)
    published = Counter((f"{row['month']:%Y-%m}", row["category"]) for row in rows)
    for key in published:
        assert sum(row["count"] for row in cells if (row["month"], row["category"]) == key) == published[key]


@pytest.mark.usefixtures("spark_options")
def test_sharing_can_be_written_for_spark_and_the_other_engine() -> None:
    found = evidence([*settled(), *incidents_of("2024-04", 9)])
    speaking = Speaking(found.con)
    incidents = world.table([*settled(), *incidents_of("2024-04", 9)], world.SCHEMA)
    table, parts = divided.shared_out(speaking, incidents, found.parts)
    assert parts == found.parts
    assert by_ward(replace(found, con=speaking, incidents=table)) == by_ward(found)
    assert any("ROW_NUMBER" in statement for statement in speaking.written)
    assert all(statement.startswith(("SELECT", "WITH")) for statement in speaking.written)
