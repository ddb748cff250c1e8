"""Boundaries in a GeoPackage, and areas that do not fit together."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.making import read_all, read_one, releases, rows_of
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.foundations.national_grid import to_degrees


def square(x: float, y: float, size: float = 0.01) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def geojson(path: Path, *rings: list[list[float]]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"WD24CD": f"E0500000{number}", "WD24NM": f"Ward {number}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, ring in enumerate(rings, start=1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def geopackage(
    path: Path, *rings: list[list[float]], layer: str = "wards", crs: str = "EPSG:4326", **more: Any
) -> Path:
    """Write a GeoPackage with one layer (add to it when it is there)."""
    import numpy as np
    import shapely
    from pyogrio.raw import write

    shapes = shapely.to_wkb(shapely.polygons([shapely.linearrings(ring) for ring in rings]))
    names = more.get("names", ["WD24CD", "WD24NM"])
    columns = [
        np.array([f"E0500000{number}" for number, _ in enumerate(rings, start=1)], dtype=object),
        np.array([f"Ward {number}" for number, _ in enumerate(rings, start=1)], dtype=object),
    ]
    write(
        path,
        shapes,
        columns[: len(names)],
        names,
        layer=layer,
        driver="GPKG",
        geometry_type="Polygon",
        crs=crs,
        append=path.exists(),
    )
    return path


def test_a_geopackage_gives_the_same_areas_as_geojson(warehouse: Warehouse, tmp_path: Path) -> None:
    rings = (square(-1.2, 52.6), square(-1.19, 52.6))
    text = read_one(warehouse, geojson(tmp_path / "a.geojson", *rings), kind="boundaries")
    package = read_one(warehouse, geopackage(tmp_path / "a.gpkg", *rings), kind="auto")
    same = [{**row, "geometry": json.loads(row["geometry"])} for row in rows_of(warehouse, text.release, "code")]
    assert [
        {**row, "geometry": json.loads(row["geometry"])} for row in rows_of(warehouse, package.release, "code")
    ] == same
    assert package.mapping["layer wards"] == "areas"
    assert (package.quality["overlap_percent"], package.quality["holes_percent"]) == ("0.0", "0.0")


def test_the_national_grid_of_a_geopackage_becomes_degrees(warehouse: Warehouse, tmp_path: Path) -> None:
    path = geopackage(tmp_path / "a.gpkg", square(456_000, 304_000, 1_000), crs="EPSG:27700")
    (row,) = rows_of(warehouse, read_one(warehouse, path, kind="boundaries").release)
    west, south = to_degrees(456_000, 304_000)
    assert row["west"] == pytest.approx(west, abs=0.001)
    assert row["south"] == pytest.approx(south, abs=0.001)


def test_a_trigger_in_a_geopackage_does_not_run_and_the_file_stays_as_it_was(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = geopackage(tmp_path / "a.gpkg", square(-1.2, 52.6))
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE touched (at TEXT)")
        connection.execute(
            "CREATE TRIGGER spy AFTER UPDATE ON gpkg_contents BEGIN INSERT INTO touched VALUES ('now'); END"
        )
    connection.close()
    before = path.read_bytes()
    read_one(warehouse, path, kind="boundaries")
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.gpkg", "held"]


def _two_layers(path: Path) -> Path:
    geopackage(path, square(-1.2, 52.6))
    return geopackage(path, square(-1.2, 52.6), layer="wards_2023")


def _damaged(path: Path) -> Path:
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 500)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_two_layers, "several layers of areas .“wards”, “wards_2023”.*export the one"),
        (lambda path: geopackage(path, square(-1.2, 52.6), names=["a", "b"]), "no layer with LSOA, ward or district"),
        (lambda path: geopackage(path, square(-1.2, 52.6), crs="EPSG:3857"), "is in the system EPSG:3857"),
        (_damaged, "is not a GeoPackage that can be read"),
    ],
)
def test_a_geopackage_that_is_not_clear_is_refused(warehouse: Warehouse, tmp_path: Path, make: Any, words: str) -> None:
    with pytest.raises(SourceRefused, match=words) as refused:
        read_all(warehouse, make(tmp_path / "a.gpkg"), kind="boundaries")
    assert refused.value.file == "a.gpkg"
    assert releases(warehouse) == []


def _hollow() -> list[list[list[float]]]:
    """Eight squares around a hole of the same size: an eighth of the ground."""
    return [square(-1.2 + 0.01 * x, 52.6 + 0.01 * y) for x in range(3) for y in range(3) if (x, y) != (1, 1)]


def test_areas_that_overlap_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", square(-1.2, 52.6), square(-1.195, 52.6))
    with pytest.raises(SourceRefused, match=r"overlap each other by 33\.3% of the ground"):
        read_all(warehouse, path, kind="boundaries")


def test_a_hole_between_areas_is_said_and_may_be_right(warehouse: Warehouse, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", *_hollow())
    assert read_one(warehouse, path, kind="boundaries").quality["holes_percent"] == "12.5"


def test_edges_that_overlap_a_little_are_said_and_taken(warehouse: Warehouse, tmp_path: Path) -> None:
    # 0.00015 of 0.01985 is 0.75% of the ground.
    path = geojson(tmp_path / "a.geojson", square(-1.2, 52.6), square(-1.19015, 52.6))
    assert read_one(warehouse, path, kind="boundaries").quality["overlap_percent"] == "0.8"
