"""Road casualties: two files of the Department for Transport joined, an extract read, and what cannot be used named."""

import csv
import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.analytics.sources.making import read_all, read_one, rejects_of, rows_of
from tests.analytics.sources.roads.making import (
    CASUALTIES,
    COLLISIONS,
    DISTRICT,
    EXTRACT,
    LSOA,
    casualty,
    collision,
    pair,
    road_file,
)
from wardmote.analytics.sources import AlreadyHeld, SourceRefused
from wardmote.analytics.sources.guess import guess_files
from wardmote.analytics.warehouse.store import Warehouse


def test_a_casualty_has_day_and_place_of_its_collision(warehouse: Warehouse, tmp_path: Path) -> None:
    files = pair(tmp_path, [collision()], [casualty(severity="3", adjusted="0.25", injury_based="0")])
    manifest = read_one(warehouse, *files, kind="auto")
    assert (manifest.kind, manifest.dataset, manifest.publisher) == (
        "road-casualties",
        "road-casualties",
        "Department for Transport",
    )
    assert (manifest.rows_read, manifest.rows_accepted, manifest.area) == (2, 2, "England")
    (row,) = rows_of(warehouse, manifest.release)
    assert (row["day"], row["month_index"]) == (dt.date(2024, 12, 31), 2024 * 12 + 12)
    assert (row["severity"], row["road_user"], row["is_child"]) == ("slight", "cyclist", False)
    assert (row["district_code"], row["lsoa_code"], row["longitude"]) == (DISTRICT, LSOA, 0.95)
    assert (row["injury_based"], row["serious_chance"]) == (False, Decimal("0.25"))
    assert not {"age", "sex", "age_of_casualty"} & set(row)


def test_headings_of_before_2023_that_say_accident_are_known(warehouse: Warehouse, tmp_path: Path) -> None:
    one = road_file(tmp_path, COLLISIONS.replace("collision_", "accident_"), collision(), name="accident-2021.csv")
    two = road_file(tmp_path, CASUALTIES.replace("collision_", "accident_"), casualty(), name="casualty-2021.csv")
    assert read_one(warehouse, one, two, kind="auto").quality["collisions"] == 1


def test_road_users_and_children_are_told_apart_by_their_codes(warehouse: Warehouse, tmp_path: Path) -> None:
    told = [("0", "15", "3"), ("97", "16", "4"), ("8", "-1", "2"), ("90", "-1", "-1"), ("-1", "0", "1")]
    rows = [casualty(number=at, type=kind, age=age, band=band) for at, (kind, age, band) in enumerate(told)]
    manifest = read_one(warehouse, *pair(tmp_path, [collision()], rows), kind="road-casualties")
    found = Counter((row["road_user"], row["is_child"]) for row in rows_of(warehouse, manifest.release))
    assert found == {
        ("pedestrian", True): 1,
        ("motorcyclist", False): 1,
        ("car", True): 1,
        ("other", None): 1,
        ("other", True): 1,
    }
    assert manifest.quality["casualties_of_unknown_age"] == 1


def test_rows_that_cannot_be_used_are_named_with_column_and_remedy(warehouse: Warehouse, tmp_path: Path) -> None:
    files = pair(
        tmp_path,
        [collision(), collision(), collision("2024B2", date="31/02/2024"), collision("2024C3", date="01/01/2031")],
        [
            casualty(),
            casualty(),
            casualty(number=2, severity="7"),
            casualty(number=3, type="12"),
            casualty("2024B2"),
            casualty(""),
        ],
    )
    manifest = read_one(warehouse, *files, kind="road-casualties")
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (10, 2, 8)
    unknown = "is in no code list that we know: correct it, or tell us of the new code"
    assert [line[1:] for line in rejects_of(warehouse, manifest)] == [
        ["3", "collision_index", "collision 2024A1 stands in an earlier row"],
        ["4", "date", "“31/02/2024” is not a date such as 31/12/2024"],
        ["5", "date", "01/01/2031 lies in the future"],
        ["3", "casualty_reference", "this casualty stands in an earlier row"],
        ["4", "casualty_severity", f"“7” {unknown}"],
        ["5", "casualty_type", f"“12” {unknown}"],
        [
            "6",
            "collision_index",
            "no collision 2024B2 could be read: give the collision file of the same years with it",
        ],
        ["7", "collision_index", "no number of a collision"],
    ]


def test_places_that_the_file_does_not_know_stay_unknown(warehouse: Warehouse, tmp_path: Path) -> None:
    there = collision(longitude="NULL", latitude="NULL", district="EHEATHROW", lsoa="-1")
    manifest = read_one(warehouse, *pair(tmp_path, [there], [casualty()]), kind="road-casualties")
    (row,) = rows_of(warehouse, manifest.release)
    assert {row[name] for name in ("longitude", "latitude", "district_code", "lsoa_code")} == {None}


@pytest.mark.parametrize(("which", "lacking"), [(0, "casualty"), (1, "collision")])
def test_one_file_without_the_other_is_refused(warehouse: Warehouse, tmp_path: Path, which: int, lacking: str) -> None:
    file = pair(tmp_path, [collision()], [casualty()])[which]
    with pytest.raises(SourceRefused, match=f"give the {lacking} file of the same years"):
        read_one(warehouse, file, kind="auto")


def test_another_table_is_refused_with_the_columns_that_it_lacks(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="collision_index, date, local_authority_ons_district"):
        read_one(warehouse, road_file(tmp_path, "Area,Value", "Quay,3", name="x.csv"), kind="stats19")


def test_a_half_year_and_a_file_called_provisional_are_provisional(warehouse: Warehouse, tmp_path: Path) -> None:
    whole = pair(tmp_path, [collision("2023A1", date="05/01/2023"), collision("2023A2", date="09/12/2023")], [])
    half = pair(
        tmp_path,
        [collision("2024A1", date="07/01/2024"), collision("2024A2", date="07/03/2024")],
        [casualty("2023A1"), casualty("2024A2")],
        called="provisional-2024",
    )
    manifest = read_one(warehouse, *whole, *half, kind="road-casualties")
    assert len(manifest.months) == 15
    assert manifest.quality["provisional_months"] == ["2024-01", "2024-02", "2024-03"]


def test_a_year_that_came_validated_too_is_not_provisional(warehouse: Warehouse, tmp_path: Path) -> None:
    year = [collision("2024A1", date="07/01/2024"), collision("2024A2", date="07/12/2024")]
    final = pair(tmp_path, year, [casualty("2024A1", severity="2")])
    early = pair(tmp_path, year[:1], [casualty("2024A1", severity="3")], called="provisional-2024")
    manifest = read_one(warehouse, *early, *final, kind="road-casualties")
    assert manifest.quality["provisional_months"] == []
    # Of a casualty that stands in both the validated one is kept.
    assert [row["severity"] for row in rows_of(warehouse, manifest.release)] == ["serious"]


def test_the_same_files_again_are_held_already(warehouse: Warehouse, tmp_path: Path) -> None:
    files = pair(tmp_path, [collision()], [casualty()])
    manifest = read_one(warehouse, *files, kind="road-casualties")
    (again,) = read_all(warehouse, *files, kind="road-casualties", known=frozenset({manifest.release}))
    assert again == AlreadyHeld("road-casualties", manifest.release)


def test_an_extract_has_both_in_one_row_and_its_last_year_is_provisional(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [
        "7,2023-12-30,2023,Powered 2 Wheeler,Fatal,Fatal,16-20,Quay,0.95,54.54",
        "8,2024-01-02,2024,Pedestrian,Slight,Slight,6-10,Quay,0.95,54.54",
        "9,2024-01-03,2024,Hovercraft,Slight,Slight,-1,Quay,0.95,54.54",
    ]
    manifest = read_one(warehouse, road_file(tmp_path, EXTRACT, *rows, name="extract.csv"), kind="auto")
    assert manifest.dataset == "road-casualties-greater-manchester"
    assert manifest.quality["provisional_months"] == ["2024-01"]
    first, second = rows_of(warehouse, manifest.release, "day")
    assert (first["severity"], first["road_user"], first["is_child"]) == ("fatal", "motorcyclist", False)
    assert (second["district_name"], second["is_child"], second["injury_based"]) == ("Quay", True, None)
    assert rejects_of(warehouse, manifest)[0][2] == "mode"


def test_either_file_is_recognised(tmp_path: Path) -> None:
    files = pair(tmp_path, [collision()], [casualty()])
    assert {one.kind for one, _ in guess_files(files, tmp_path / "work")} == {"road-casualties"}


@pytest.mark.shared_data
def test_greater_manchesters_extract_is_read_whole_and_counted_alike_by_hand(
    warehouse: Warehouse, shared: Path
) -> None:
    path = shared / "other/STATS19_road_casualties_GM_2022-Jun2024.csv"
    manifest = read_one(warehouse, path, kind="auto")
    assert (manifest.rows_accepted, manifest.rows_rejected) == (8_425, 0)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        theirs = list(csv.DictReader(stream))
    assert manifest.quality["collisions"] == len({row["AREFNO"] for row in theirs})
    wanted = Counter((row["area_name"], row["date"][:7], row["casualty_severity"].lower()) for row in theirs)
    ours = rows_of(warehouse, manifest.release)
    assert Counter((row["district_name"], f"{row['day']:%Y-%m}", row["severity"]) for row in ours) == wanted
    assert manifest.quality["provisional_months"] == [f"2024-0{month}" for month in range(1, 7)]


@pytest.mark.shared_data
def test_every_code_of_the_departments_lists_is_known(shared: Path) -> None:
    from wardmote.definitions import road_casualty_terms

    with (shared / "other/stats19_schema.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["table"] == "casualty"]
    terms = road_casualty_terms()
    codes = {
        name: [r["code"] for r in rows if r["variable"] == name] for name in ("casualty_type", "casualty_severity")
    }
    assert [code for code in codes["casualty_type"] if terms.road_user_of(code) is None] == []
    assert [terms.severity_of(code) for code in codes["casualty_severity"]] == ["fatal", "serious", "slight"]
    bikes = {r["code"] for r in rows if r["variable"] == "casualty_type" and "otorcycle" in r["label"]}
    assert {code for code in codes["casualty_type"] if terms.road_user_of(code) == "motorcyclist"} == bikes
