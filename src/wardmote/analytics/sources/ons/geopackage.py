"""Boundaries in a GeoPackage: a copy opened for reading alone, so that no trigger runs and nothing is written.

Source: OGC 12-128r18, GeoPackage encoding standard; layers, their reference systems and geometries.
"""

import hashlib
import json
import shutil
import warnings
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.intake import Found, InputFile
from wardmote.analytics.sources.ons.columns import area_columns
from wardmote.analytics.sources.request import SourceRefused
from wardmote.foundations.national_grid import to_degrees

MAX_BYTES: Final = 500_000_000
SQLITE: Final = b"SQLite format 3\0"
_LEVELS: Final = ("lsoa", "ward", "district")
_DEGREES: Final = ("EPSG:4326", "OGC:CRS84")
_NATIONAL_GRID: Final = "EPSG:27700"


def read_geopackage(found: Found, work: Path) -> tuple[InputFile, str, list[dict[str, Any]]]:
    """Return the file, the name of its layer of areas and that layer's features as GeoJSON; raises SourceRefused."""
    about = found.path.stat()
    if about.st_size > MAX_BYTES:
        raise _refused(found, "is larger than 500 MB", "take the generalised boundaries")
    work.mkdir(parents=True, exist_ok=True)
    copy = work / "boundaries.gpkg"
    shutil.copyfile(found.path, copy)
    with copy.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    file = InputFile(found.name, found.path, copy, digest, about.st_size, "utf-8", "", about.st_ctime_ns)
    with warnings.catch_warnings():
        # GDAL warns of what we refuse or do not need; its words would reach nobody.
        warnings.simplefilter("ignore", RuntimeWarning)
        layer = _layer(found, copy)
        return file, layer, _features(found, copy, layer)


def _layer(found: Found, copy: Path) -> str:
    """Return the layer that has codes of areas; several such layers, or none, refuse the file."""
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(copy) if kind is not None]
        areas = [name for name in layers if _has_codes(pyogrio.read_info(copy, layer=name)["fields"])]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _refused(found, f"is not a GeoPackage that can be read ({error})", "download it again") from error
    if len(areas) == 1:
        return areas[0]
    named = ", ".join(f"“{name}”" for name in (areas or layers)[:10]) or "none"
    if areas:
        raise _refused(found, f"has several layers of areas ({named})", "export the one that you mean")
    what = f"has no layer with LSOA, ward or district codes (its layers: {named})"
    raise _refused(found, what, "download the boundaries with their codes")


def _has_codes(fields: Any) -> bool:
    columns = area_columns([str(field) for field in fields]).values()
    return any(column.part == "code" and column.level in _LEVELS for column in columns)


def _features(found: Found, copy: Path, layer: str) -> list[dict[str, Any]]:
    import pyogrio
    import shapely
    from pyogrio.raw import read

    try:
        meta, _, shapes, columns = read(copy, layer=layer)
        drawn = shapely.force_2d(shapely.from_wkb(shapes))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, shapely.errors.GEOSException) as error:
        raise _refused(found, f"cannot be read ({error})", "download it again") from error
    system = str(meta["crs"])
    if system == _NATIONAL_GRID:
        drawn = shapely.transform(drawn, _in_degrees)
    elif system not in _DEGREES:
        raise _refused(found, f"is in the system {system}", "download the boundaries in WGS84 or the national grid")
    names = [str(name) for name in meta["fields"]]
    return [
        {
            "properties": {name: _plain(column[at]) for name, column in zip(names, columns, strict=True)},
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        }
        for at, shape in enumerate(drawn)
    ]


def _in_degrees(points: Any) -> Any:
    import numpy as np

    return np.array([to_degrees(float(east), float(north)) for east, north in points]).reshape(-1, 2)


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _refused(found: Found, what: str, advice: str) -> SourceRefused:
    return SourceRefused(f"{found.name} {what}: {advice}. Nothing was changed.", file=found.name)
