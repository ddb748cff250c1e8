"""Street files of 2010 to 2012. The files here are reconstructed, after the layout that datasets/crime-uk describes."""

from pathlib import Path

import pytest

from tests.analytics.sources.making import read_all, read_one, rejects_of, rows_of, street_file
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.store import Warehouse

HEADER = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context"
NAME = "2011-03-ambleshire-street.csv"


def _line(**changes: str) -> str:
    cells = {
        "month": "2011-03",
        "by": "Ambleshire Police",
        "within": "Ambleshire Police",
        "easting": "456789",
        "northing": "304567",
        "location": "On or near Mill Lane",
        "kind": "Burglary",
        "context": "",
    }
    return ",".join({**cells, **changes}.values())


def _file(folder: Path, *lines: str) -> Path:
    return street_file(folder, *lines, name=NAME, header=HEADER)


def test_a_row_of_the_early_layout_gets_degrees_and_keeps_the_rest(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, _file(tmp_path, _line()), kind="auto")
    (row,) = rows_of(warehouse, manifest.release)
    assert (row["crime_id"], row["lsoa_code"], row["category"]) == (None, None, "Burglary")
    assert (row["location"], row["reported_by"], str(row["month"])) == (
        "On or near Mill Lane",
        "Ambleshire Police",
        "2011-03-01",
    )
    assert row["longitude"] == pytest.approx(-1.1623, abs=0.01)
    assert row["latitude"] == pytest.approx(52.6367, abs=0.01)
    assert manifest.quality["files_of_the_early_layout"] == [NAME]
    assert manifest.quality["read_by"] == "the fast reader"


def test_rows_that_cannot_be_used_keep_their_line(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        _line(),
        "",
        _line(easting="east"),
        _line(easting="", northing=""),
        _line(easting="0", northing="0"),
        _line(kind=""),
        "2011-03,short",
    )
    manifest = read_one(warehouse, path)
    assert [(one[1], one[2]) for one in rejects_of(warehouse, manifest)] == [
        ("4", "Longitude"),
        ("7", "Crime type"),
        ("8", ""),
    ]
    assert (manifest.quality["rows_without_location"], manifest.quality["rows_outside_britain"]) == (2, 1)


def test_eastings_in_todays_layout_are_still_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    from tests.analytics.sources.making import row

    path = street_file(tmp_path, *(row(n, longitude="456789", latitude="304567") for n in range(3)))
    with pytest.raises(SourceRefused, match="probably eastings and northings"):
        read_all(warehouse, path)
