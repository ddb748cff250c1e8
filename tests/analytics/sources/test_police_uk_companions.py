"""Outcomes, and stop and search, from the same archive as the street files."""

import csv
import datetime as dt
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.analytics.sources.making import read_all, read_one, rejects_of, releases, row, rows_of, street_file
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.manifest import Manifest
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.foundations.british_time import in_britain

OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing"
)
OUTCOMES_NAME = "2024-01-ambleshire-outcomes.csv"
STOPS_NAME = "2024-01-ambleshire-stop-and-search.csv"


def outcome(**changes: str) -> str:
    cells = {
        "id": "a" * 64,
        "month": "2024-01",
        "by": "Ambleshire Police",
        "within": "Ambleshire Police",
        "longitude": "-1.214176",
        "latitude": "52.621663",
        "location": "On or near Mill Lane",
        "code": "E01000001",
        "name": "Ambleford 001A",
        "outcome": "Suspect charged",
    }
    return ",".join({**cells, **changes}.values())


def stop(**changes: str) -> str:
    cells = {
        "type": "Person search",
        "date": "2024-01-15T22:10:00+00:00",
        "operation": "False",
        "name": "",
        "latitude": "52.621663",
        "longitude": "-1.214176",
        "gender": "Male",
        "age": "18-24",
        "self": "Other ethnic group - Not stated",
        "officer": "White",
        "legislation": "Misuse of Drugs Act 1971 (section 23)",
        "object": "Controlled drugs",
        "outcome": "A no further action disposal",
        "linked": "True",
        "clothing": "",
    }
    return ",".join({**cells, **changes}.values())


def outcomes_file(folder: Path, *rows: str, name: str = OUTCOMES_NAME) -> Path:
    return street_file(folder, *rows, name=name, header=OUTCOMES)


def stops_file(folder: Path, *rows: str, name: str = STOPS_NAME) -> Path:
    return street_file(folder, *rows, name=name, header=STOPS)


def test_an_outcome_arrives_with_every_cell_in_its_column(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, outcomes_file(tmp_path, outcome()), kind="police-uk-outcomes")
    assert rows_of(warehouse, manifest.release) == [
        {
            "crime_id": "a" * 64,
            "month": dt.date(2024, 1, 1),
            "month_index": 2024 * 12 + 1,
            "reported_by": "Ambleshire Police",
            "falls_within": "Ambleshire Police",
            "longitude": -1.214176,
            "latitude": 52.621663,
            "longitude_micro": -1214176,
            "latitude_micro": 52621663,
            "location": "On or near Mill Lane",
            "lsoa_code": "E01000001",
            "lsoa_name": "Ambleford 001A",
            "location_outside": False,
            "outcome": "Suspect charged",
            "file": OUTCOMES_NAME,
        }
    ]
    assert (manifest.kind, manifest.dataset) == ("police-uk-outcomes", "police-uk-outcomes-ambleshire")
    assert manifest.title == "police.uk outcomes of crimes, Ambleshire"
    assert manifest.quality["rows_by_outcome"] == {"Suspect charged": 1}


def test_a_stop_arrives_with_every_cell_in_its_column(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, stops_file(tmp_path, stop()), kind="police-uk-stops")
    assert rows_of(warehouse, manifest.release) == [
        {
            "type": "Person search",
            "time": "2024-01-15T22:10:00+00:00",
            "day": dt.date(2024, 1, 15),
            "month": dt.date(2024, 1, 1),
            "month_index": 2024 * 12 + 1,
            "operation": False,
            "operation_name": None,
            "longitude": -1.214176,
            "latitude": 52.621663,
            "longitude_micro": -1214176,
            "latitude_micro": 52621663,
            "gender": "Male",
            "age_range": "18-24",
            "self_defined_ethnicity": "Other ethnic group - Not stated",
            "officer_defined_ethnicity": "White",
            "legislation": "Misuse of Drugs Act 1971 (section 23)",
            "object": "Controlled drugs",
            "outcome": "A no further action disposal",
            "outcome_linked": True,
            "more_than_outer_clothing": None,
            "location_outside": False,
            "file": STOPS_NAME,
        }
    ]
    assert manifest.quality["rows_by_officer_defined_ethnicity"] == {"White": 1}


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (outcome(month="x"), "Month", "“x” is not a month"),
        (outcome(month="2024-02"), "Month", "2024-02 in a file of 2024-01"),
        (outcome(outcome=" "), "Outcome type", "no outcome"),
        (outcome(code="E1"), "LSOA code", "“E1” is not an LSOA code"),
        (outcome(longitude=""), "Longitude", "one coordinate without the other"),
        (outcome() + ",x", "", "11 cells instead of 10"),
    ],
)
def test_an_outcome_that_cannot_be_used_is_listed(
    warehouse: Warehouse, tmp_path: Path, line: str, column: str, reason: str
) -> None:
    manifest = read_one(warehouse, outcomes_file(tmp_path, outcome(), line), kind="police-uk-outcomes")
    assert (manifest.rows_read, manifest.rows_accepted) == (2, 1)
    assert rejects_of(warehouse, manifest) == [[OUTCOMES_NAME, "3", column, reason]]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (stop(date=""), "Date", "no date"),
        (stop(date="15 January"), "Date", "“15 January” is not a date"),
        (stop(date="2024-02-15T00:00:00+00:00"), "Month", "2024-02 in a file of 2024-01"),
        (stop(type=""), "Type", "no type of search"),
        (stop(linked="perhaps"), "Outcome linked to object of search", "“perhaps” is neither True nor False"),
        (stop(latitude="-1.2", longitude="52.6"), "Longitude", "longitude and latitude are swapped"),
    ],
)
def test_a_stop_that_cannot_be_used_is_listed(
    warehouse: Warehouse, tmp_path: Path, line: str, column: str, reason: str
) -> None:
    manifest = read_one(warehouse, stops_file(tmp_path, stop(), stop(), line), kind="police-uk-stops")
    assert rejects_of(warehouse, manifest) == [[STOPS_NAME, "4", column, reason]]


def test_a_stop_outside_britain_is_kept_without_its_place(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(
        warehouse, stops_file(tmp_path, stop(latitude="0", longitude="0"), stop()), kind="police-uk-stops"
    )
    assert (manifest.quality["rows_without_location"], manifest.quality["rows_outside_britain"]) == (1, 1)


def _archive(folder: Path) -> Path:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for made in (street_file(folder, row(1)), outcomes_file(folder, outcome()), stops_file(folder, stop())):
            archive.write(made, f"2024-01/{made.name}")
    return path


def test_auto_imports_each_kind_of_an_archive_into_a_release_of_its_own(warehouse: Warehouse, tmp_path: Path) -> None:
    told: list[str] = []
    made = read_all(warehouse, _archive(tmp_path), kind="auto", progress=lambda words, *_: told.append(words))
    assert [one.dataset for one in made if isinstance(one, Manifest)] == [
        "police-uk-street-ambleshire",
        "police-uk-outcomes-ambleshire",
        "police-uk-stops-ambleshire",
    ]
    assert "all.zip looks like stop and search of data.police.uk" in told
    assert len(releases(warehouse)) == 3


def test_what_is_held_already_is_not_read_again(warehouse: Warehouse, tmp_path: Path) -> None:
    path = outcomes_file(tmp_path, outcome())
    first = read_one(warehouse, path, kind="police-uk-outcomes")
    (again,) = read_all(warehouse, path, kind="police-uk-outcomes", known=frozenset([first.release]))
    assert not isinstance(again, Manifest)


@pytest.mark.parametrize(
    ("name", "rows", "kind", "words"),
    [
        ("stops.csv", (stop(),), "police-uk-stops", "does not say which force .*stop-and-search.csv"),
        (STOPS_NAME, (stop(date="2026-07-01T00:00:00+00:00"),), "police-uk-stops", "July 2026 in line 2"),
        (STOPS_NAME, (stop(date="?"),), "police-uk-stops", "Not one of 1 rows"),
        (STOPS_NAME, (stop(),), "police-uk-outcomes", "There is not an outcomes file in what was given"),
        (
            STOPS_NAME,
            tuple(stop(latitude="-1.2", longitude="52.6") for _ in range(3)),
            "police-uk-stops",
            "longitude and latitude swapped in 3 of 3 rows",
        ),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused(
    warehouse: Warehouse, tmp_path: Path, name: str, rows: tuple[str, ...], kind: str, words: str
) -> None:
    with pytest.raises(SourceRefused, match=words):
        read_all(warehouse, stops_file(tmp_path, *rows, name=name), kind=kind)
    assert releases(warehouse) == []


def test_a_missing_column_is_named(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, "x", name=STOPS_NAME, header=STOPS.replace(",Gender", ""))
    with pytest.raises(SourceRefused, match="lacks the column Gender of a stop and search file"):
        read_all(warehouse, path, kind="police-uk-stops")


def test_the_same_stops_are_counted_a_second_way(warehouse: Warehouse, tmp_path: Path) -> None:
    lines = [
        stop(object=("Firearms", "Controlled drugs", "")[number % 3], date=f"2024-01-{number % 28 + 1:02}T10:00:00")
        for number in range(100)
    ]
    path = stops_file(tmp_path, *lines)
    with path.open(encoding="utf-8", newline="") as stream:
        expected = Counter(line["Object of search"] or "not stated" for line in csv.DictReader(stream))
    manifest = read_one(warehouse, path, kind="police-uk-stops")
    assert manifest.quality["rows_by_object"] == dict(expected)


@pytest.mark.parametrize(
    ("utc", "clock"),
    [
        ("2024-07-31T23:20:00+00:00", "2024-08-01T00:20:00"),
        ("2024-01-31T23:20:00+00:00", "2024-01-31T23:20:00"),
        ("2024-03-31T00:59:00+00:00", "2024-03-31T00:59:00"),
        ("2024-03-31T01:00:00+00:00", "2024-03-31T02:00:00"),
        ("2024-10-27T00:59:00+00:00", "2024-10-27T01:59:00"),
        ("2024-10-27T01:00:00+00:00", "2024-10-27T01:00:00"),
        ("2024-08-01T01:20:00+02:00", "2024-08-01T00:20:00"),
        ("2024-08-01T00:20:00", "2024-08-01T00:20:00"),
    ],
)
def test_a_clock_in_britain_is_an_hour_ahead_in_summer(utc: str, clock: str) -> None:
    assert in_britain(dt.datetime.fromisoformat(utc)).isoformat() == clock
