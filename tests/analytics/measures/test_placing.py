"""Which lookup places the incidents, and the bridge between the LSOAs of 2011 and 2021."""

from typing import Any

import ibis
import pytest

from tests.analytics.measures import world
from tests.analytics.measures.world import Row, incident
from wardmote.analytics.measures import placing
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.schema import LOOKUP, POPULATION

# Old LSOA 1 stays, 2 was divided into 21 and 22 in one ward, 3 into 31 and 32 in two, 4 and 5 were merged into 45.
NEW = {
    "E01900001": ("E05900001", "E07900001"),
    "E01900021": ("E05900001", "E07900001"),
    "E01900022": ("E05900001", "E07900001"),
    "E01900031": ("E05900001", "E07900001"),
    "E01900032": ("E05900002", "E07900001"),
    "E01900045": ("E05900003", "E07900002"),
}
FIT = [
    ("E01900001", "E01900001"),
    ("E01900002", "E01900021"),
    ("E01900002", "E01900022"),
    ("E01900003", "E01900031"),
    ("E01900003", "E01900032"),
    ("E01900004", "E01900045"),
    ("E01900005", "E01900045"),
]


def held(dataset: str, **editions: str) -> HeldRelease:
    return HeldRelease(dataset[-1] * 64, dataset, "lookup", (), editions, is_sample=True)


def lookup(rows: list[Row]) -> Any:
    return world.table([{**dict.fromkeys(LOOKUP), **row} for row in rows], LOOKUP)


def wards() -> tuple[HeldRelease, Any]:
    rows = [{"lsoa_code": code, "ward_code": ward, "district_code": district} for code, (ward, district) in NEW.items()]
    return held("lookup-lsoa2021-ward2024", lsoa="2021", ward="2024"), lookup(rows)


def bridge() -> tuple[HeldRelease, Any]:
    rows = [{"lsoa_2011_code": old, "lsoa_code": new} for old, new in FIT]
    return held("lookup-lsoa2011-lsoa2021", lsoa="2021", lsoa_2011="2011"), lookup(rows)


def old_wards() -> tuple[HeldRelease, Any]:
    rows = [
        {"lsoa_code": f"E0190000{at}", "ward_code": f"E0500000{at}", "district_code": "E07900009"} for at in range(1, 6)
    ]
    return held("lookup-lsoa2011-ward2017", lsoa="2011", ward="2017"), lookup(rows)


def place(codes: list[str], *lookups: tuple[HeldRelease, Any]) -> tuple[Any, placing.Placed]:
    con = ibis.duckdb.connect(threads=1)
    incidents = world.table([incident("2024-04", lsoa=code) for code in codes], world.SCHEMA)
    return con, placing.place(con, placing.seen_in(con, incidents), placing.lookups(con, lookups))


def by_code(con: Any, placed: placing.Placed) -> dict[str, dict[str, Any]]:
    return {row["lsoa_code"]: row for row in con.to_pyarrow(placed.areas).to_pylist()}


def test_a_code_of_2011_is_placed_where_all_its_successors_agree() -> None:
    con, placed = place(["E01900001", "E01900002"], wards(), bridge())
    found = by_code(con, placed)
    assert found["E01900002"]["ward_code"] == "E05900001"
    assert (found["E01900003"]["ward_code"], found["E01900003"]["district_code"]) == (None, "E07900001")
    assert found["E01900005"]["ward_code"] == "E05900003"
    assert len(found) == len(NEW) + 4


def test_every_code_says_which_editions_it_belongs_to() -> None:
    con, placed = place(["E01900001", "E01900002", "E01900003"], wards(), bridge())
    found = by_code(con, placed)
    assert found["E01900001"]["lsoa_editions"] == "2011 2021"
    assert found["E01900002"]["lsoa_editions"] == "2011"
    assert found["E01900045"]["lsoa_editions"] == "2021"
    assert placed.edition == "2011"


@pytest.mark.parametrize(
    ("codes", "chosen"),
    [
        (["E01900001", "E01900004", "E01900005"], "lookup-lsoa2011-ward2017"),
        (["E01900001", "E01900021", "E01900045"], "lookup-lsoa2021-ward2024"),
        (["E01900001"], "lookup-lsoa2021-ward2024"),
    ],
)
def test_the_lookup_that_knows_most_codes_is_chosen_and_said(codes: list[str], chosen: str) -> None:
    _, placed = place(codes, wards(), old_wards())
    assert placed.lookup.startswith(chosen)


def test_incidents_that_no_lookup_knows_are_reported() -> None:
    _, placed = place(["E01900001", "E01999999", "E01999999"], wards())
    assert placed.notes == ("2 incidents have an LSOA code that the lookup does not know.",)


def test_without_a_lookup_nothing_is_placed() -> None:
    _, placed = place(["E01900001"])
    assert (placed.areas, placed.partnerships, placed.lookup) == (None, None, "")


def test_neighbourhoods_partnerships_and_forces_come_from_other_lookups() -> None:
    neighbourhoods = lookup(
        [
            {"ward_code": "E05900001", "neighbourhood_code": "N1", "neighbourhood_name": "Riverside"},
            {"ward_code": "E05900003", "neighbourhood_code": "N2"},
            {"ward_code": "E05900003", "neighbourhood_code": "N3"},
        ]
    )
    forces = lookup(
        [
            {
                "district_code": "E07900001",
                "partnership_code": "E22900001",
                "partnership_name": "P",
                "force_code": "E23900001",
            },
            {
                "district_code": "E07900002",
                "partnership_code": "E22900001",
                "partnership_name": "P",
                "force_code": "E23900001",
            },
        ]
    )
    extra = [(held("lookup-ward-n", ward="2024"), neighbourhoods), (held("lookup-d", district="2024"), forces)]
    con, placed = place(["E01900001"], wards(), *extra)
    found = by_code(con, placed)
    assert (found["E01900001"]["neighbourhood_code"], found["E01900001"]["force_code"]) == ("N1", "E23900001")
    assert found["E01900045"]["neighbourhood_code"] is None
    assert len(con.to_pyarrow(placed.partnerships)) == 2


def test_populations_of_two_editions_stay_apart() -> None:
    def people(edition: str, count: int) -> tuple[HeldRelease, Any]:
        rows = [{"lsoa_code": "E01900001", "lsoa_name": None, "year": 2022, "population": count}]
        return HeldRelease(
            edition * 16, f"population-{edition}", "population", (), {"lsoa": edition}, is_sample=True
        ), (world.table(rows, POPULATION))

    table, edition = placing.population([people("2011", 100), people("2021", 90)], preferred="2011")
    rows = ibis.duckdb.connect(threads=1).to_pyarrow(table).to_pylist()
    assert edition == "2011"
    assert sorted((row["edition"], row["population"]) for row in rows) == [("2011", 100), ("2021", 90)]
    assert placing.population([], preferred=None) == (None, None)


def test_names_that_the_chosen_lookup_lacks_come_from_another() -> None:
    names = lookup([{"ward_code": "E05900001", "ward_name": "Mill", "district_code": "E07900001"}])
    con, placed = place(["E01900001"], wards(), (held("lookup-ward-names", ward="2023"), names))
    found = by_code(con, placed)
    assert found["E01900001"]["ward_name"] == "Mill"
    assert found["E01900032"]["ward_name"] is None


def test_a_neighbourhood_without_a_code_goes_by_its_name() -> None:
    rows = [{"ward_code": "E05900001", "neighbourhood_name": "Riverside"}]
    con, placed = place(["E01900001"], wards(), (held("lookup-ward-neighbourhood", ward="2024"), lookup(rows)))
    found = by_code(con, placed)
    assert (found["E01900001"]["neighbourhood_code"], found["E01900001"]["neighbourhood_name"]) == ("Riverside",) * 2
    assert found["E01900045"]["neighbourhood_code"] is None
