"""Cases 49 to 60: geography, and files that are something else."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.analytics.sources.bad_input.case import NOTED, REFUSED, ROW, Case, Make
from tests.analytics.sources.bad_input.tables import raw, street
from tests.analytics.sources.making import NAME, row, street_file
from tests.analytics.sources.test_boundaries_files import geojson, geopackage, square


def _rows(**changes: str) -> Make:
    return lambda folder: [street_file(folder, *(row(number, **changes) for number in range(1, 4)))]


def _map(change: Callable[[dict[str, Any]], None]) -> Make:
    def make(folder: Path) -> list[Path]:
        path = geojson(folder / "wards.geojson", square(-1.2, 52.6))
        document = json.loads(path.read_text())
        change(document)
        path.write_text(json.dumps(document))
        return [path]

    return make


def _ring(ring: list[list[float]]) -> Make:
    def change(document: dict[str, Any]) -> None:
        document["features"][0]["geometry"]["coordinates"] = [ring]

    return _map(change)


def _bounds(number: int, what: str, make: Make, outcome: str, said: str) -> Case:
    return Case(number, what, make, outcome, said, kind="boundaries")


def _crs(document: dict[str, Any]) -> None:
    document["crs"] = {"properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def _layers(folder: Path) -> list[Path]:
    path = geopackage(folder / "a.gpkg", square(-1.2, 52.6))
    return [geopackage(path, square(-1.2, 52.6), layer="wards_2023")]


def _trigger(folder: Path) -> list[Path]:
    path = geopackage(folder / "a.gpkg", square(-1.2, 52.6))
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER spy AFTER UPDATE ON gpkg_contents BEGIN DELETE FROM wards; END")
    connection.commit()
    connection.close()
    return [path]


BOW_TIE = [[-1.2, 52.6], [-1.19, 52.61], [-1.19, 52.6], [-1.2, 52.61], [-1.2, 52.6]]
CASES = (
    Case(
        49,
        "longitude and latitude swapped in one row",
        street(row(2, longitude="52.62", latitude="-1.21")),
        ROW,
        "longitude and latitude are swapped",
    ),
    Case(
        49,
        "longitude and latitude swapped",
        _rows(longitude="52.62", latitude="-1.21"),
        REFUSED,
        "longitude and latitude swapped in 3 of 3 rows",
    ),
    Case(
        50, "a place outside Britain", street(row(2, longitude="0", latitude="0")), NOTED, '"rows_outside_britain": 1'
    ),
    Case(51, "a place in another district", street(row(2, lsoa_name="Elsewhere 001A")), NOTED, '"Elsewhere": 1'),
    Case(
        52,
        "eastings where degrees should be",
        _rows(longitude="456789", latitude="304567"),
        REFUSED,
        "probably eastings and northings",
    ),
    Case(53, "codes that no lookup could check", street(), NOTED, "not checked: no lookup of LSOAs"),
    Case(
        54,
        "one code with two names",
        street(row(2, lsoa_name="Ambleford 9Z")),
        NOTED,
        '"lsoa_codes_with_several_names": 1',
    ),
    _bounds(55, "a map in another system", _map(_crs), REFUSED, "is not in longitude and latitude"),
    _bounds(
        55, "degrees beyond the globe", _ring(square(456_000, 304_000, 100)), REFUSED, "coordinates that are no degrees"
    ),
    _bounds(56, "an area that crosses itself", _ring(BOW_TIE), REFUSED, "E05000001 crosses itself"),
    _bounds(56, "an area that is not closed", _ring(square(-1.2, 52.6)[:-1]), REFUSED, "E05000001 has a ring"),
    _bounds(
        57,
        "areas that overlap",
        lambda folder: [geojson(folder / "a.geojson", square(-1.2, 52.6), square(-1.195, 52.6))],
        REFUSED,
        "overlap each other by 33.3%",
    ),
    _bounds(
        57,
        "areas that overlap by a hair",
        lambda folder: [geojson(folder / "a.geojson", square(-1.2, 52.6), square(-1.19015, 52.6))],
        NOTED,
        '"overlap_percent": "0.8"',
    ),
    _bounds(58, "a GeoPackage with a trigger", _trigger, NOTED, '"areas": 1'),
    _bounds(58, "a GeoPackage of several maps", _layers, REFUSED, "several layers of areas"),
    Case(59, "Parquet named .csv", raw(b"PAR1" + b"\0" * 50, NAME), REFUSED, "is a Parquet file"),
    Case(60, "a Parquet file", raw(b"PAR1" + b"\0" * 50, "crime.parquet"), REFUSED, "is a Parquet file"),
)
