"""Boundaries of LSOAs, wards and districts, GeoJSON or GeoPackage, checked and kept as they are, each with its box.

Source: Open Geography portal, Office for National Statistics; format RFC 7946 (longitude, latitude, WGS84).
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from wardmote.analytics.sources.intake import (
    Found,
    InputFile,
    check_files,
    check_unchanged,
    find_files,
    read_sample,
)
from wardmote.analytics.sources.ons.columns import AreaColumn, area_columns
from wardmote.analytics.sources.ons.coverage import coverage_of
from wardmote.analytics.sources.ons.geopackage import SQLITE, read_geopackage
from wardmote.analytics.sources.ons.rings import RingFault, box_of, check_geometry, rings_of
from wardmote.analytics.sources.ons.source import GSS_CODE, area_in_words, terms
from wardmote.analytics.sources.release import finish, open_rejects, release_folder, work_folder, write_rows
from wardmote.analytics.sources.request import AlreadyHeld, Outcome, ReadRequest, SourceRefused
from wardmote.analytics.warehouse.manifest import JSON, Manifest, SourceFile, release_digest
from wardmote.analytics.warehouse.schema import BOUNDARIES

READER: Final = "ons_boundaries/2"
MAX_BYTES: Final = 500_000_000
_WGS84: Final = re.compile(r"(crs84|epsg:{1,2}4326|4326)$", re.IGNORECASE)
# Thousandths of the ground.
_MOST_OVERLAP: Final = 10
_LEVELS: Final = ("lsoa", "ward", "district")
_Record = tuple[str, str, str | None, str, float, float, float, float]


@dataclass(frozen=True)
class _Layer:
    """One file's features, the properties that hold code and name, and the data set that it makes."""

    file: InputFile
    features: list[dict[str, Any]]
    code: str
    name: str | None
    column: AreaColumn
    package_layer: str = ""

    @property
    def dataset(self) -> str:
        stem = self.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
        words = [word for word in re.split(r"[^a-z0-9]+", stem) if word]
        place = [word for word in words if not re.fullmatch(r"(lsoas?|wards?|wd|lad|ltla|districts?)?(20)?\d*", word)]
        return "-".join(["boundaries", f"{self.column.level}{self.column.edition or ''}", *place])


def read(request: ReadRequest) -> tuple[Outcome, ...]:
    """Read GeoJSON files into one prepared release each.

    Raises SourceRefused, naming the feature, for other coordinates than WGS84 and for polygons that are not closed,
    empty or crossing themselves.
    """
    work = work_folder(request)
    found, _ = find_files(request.paths, work, suffixes=(".geojson", ".json", ".gpkg"))
    if not found:
        raise SourceRefused("There is no GeoJSON file and no GeoPackage in what was given.")
    request.progress("Checking the files", 0, len(found))
    packages = [one for one in found if read_sample(one.path).startswith(SQLITE)]
    files = check_files([one for one in found if one not in packages], work, expected="json")
    opened = [_layer(file) for file in files]
    opened += [_of_package(one, work / f"package-{number}") for number, one in enumerate(packages)]
    layers = list({layer.file.sha256: layer for layer in opened}.values())
    names = [layer.dataset for layer in layers]
    for layer in layers:
        if names.count(layer.dataset) > 1:
            raise SourceRefused(
                f"Two files would both be {layer.dataset}: import them one after the other.", file=layer.file.name
            )
    prepared = tuple(_prepare(request, layer) for layer in layers)
    check_unchanged([layer.file for layer in layers])
    return prepared


def _of_package(found: Found, work: Path) -> "_Layer":
    file, name, features = read_geopackage(found, work)
    if not features:
        raise SourceRefused(f"{file.name} has no areas in it: download it again.", file=file.name)
    return replace(_with_properties(file, features), package_layer=name)


def _layer(file: InputFile) -> _Layer:
    if file.bytes > MAX_BYTES:
        raise SourceRefused(f"{file.name} is larger than 500 MB: take the generalised boundaries.", file=file.name)
    try:
        document = json.loads(file.text_path.read_text(encoding="utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise SourceRefused(
            f"{file.name} is not complete GeoJSON ({error}): download it again.", file=file.name
        ) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise SourceRefused(f"{file.name} is JSON, but not a GeoJSON collection of areas.", file=file.name)
    if not features:
        raise SourceRefused(f"{file.name} has no areas in it: download it again.", file=file.name)
    _check_crs(file, document.get("crs"))
    return _with_properties(file, features)


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number of JSON")


def _check_crs(file: InputFile, crs: Any) -> None:
    if crs is None:
        return
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else str(crs)
    if not _WGS84.search(name):
        raise SourceRefused(
            f"{file.name} is not in longitude and latitude but in {name or 'an unnamed system'}: download the GeoJSON "
            "in WGS84 (EPSG:4326). Nothing was changed.",
            file=file.name,
        )


def _with_properties(file: InputFile, features: list[dict[str, Any]]) -> _Layer:
    first = features[0].get("properties") if isinstance(features[0], dict) else None
    headers = list(first) if isinstance(first, dict) else []
    columns = {headers[at]: column for at, column in area_columns(headers).items() if column.level in _LEVELS}
    # The smallest area that a file names is what it draws; a ward file often names the district too.
    codes = sorted((_LEVELS.index(column.level), header) for header, column in columns.items() if column.part == "code")
    if not codes:
        shown = ", ".join(headers[:4]) or "none"
        raise SourceRefused(
            f"{file.name} names no LSOA, ward or district code in its properties (it has {shown}): download the "
            "boundaries with their codes. Nothing was changed.",
            file=file.name,
        )
    code = codes[0][1]
    column = columns[code]
    names = [
        header
        for header, other in columns.items()
        if (other.level, other.edition, other.part) == (column.level, column.edition, "name")
    ]
    return _Layer(file, features, code, names[0] if names else None, column)


def _prepare(request: ReadRequest, layer: _Layer) -> Outcome:
    mapping = {layer.code: "code", **({layer.name: "name"} if layer.name else {})}
    if layer.package_layer:
        mapping[f"layer {layer.package_layer}"] = "areas"
    release = release_digest(
        dataset=layer.dataset,
        input_hashes=[layer.file.sha256],
        mapping=mapping,
        reader=READER,
        is_sample=request.is_sample,
    )
    if release in request.known:
        return AlreadyHeld(layer.dataset, release)
    records = [_record(layer, number, feature) for number, feature in enumerate(layer.features, start=1)]
    _check_codes_once(layer, records)
    _check_not_swapped(layer, records)
    coverage = _checked_coverage(layer, records)
    folder = release_folder(request, release, layer.dataset)
    open_rejects(folder).close()
    write_rows(folder, list(records), BOUNDARIES)
    manifest = _manifest(request, layer, release, mapping, records)
    return finish(request, folder, replace(manifest, quality={**manifest.quality, **coverage}))


def _checked_coverage(layer: _Layer, records: list[_Record]) -> dict[str, JSON]:
    """Say how much ground two areas claim or none does; over 1% claimed twice, the map is wrong."""
    coverage = coverage_of([record[3] for record in records])
    if coverage is None:
        return {"overlap_percent": None, "holes_percent": None}
    if coverage.overlap > _MOST_OVERLAP:
        raise SourceRefused(
            f"{layer.file.name} has areas that overlap each other by {_tenths(coverage.overlap)}% of the ground: "
            "download the boundaries of one year, each area once. Nothing was changed.",
            file=layer.file.name,
        )
    # A hole may be right: a county's districts around a city that is none of them.
    return {
        "overlap_percent": _tenths(coverage.overlap),
        "holes_percent": _tenths(coverage.holes),
    }


def _tenths(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}"


def _record(layer: _Layer, number: int, feature: Any) -> _Record:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    values = properties if isinstance(properties, dict) else {}
    code = str(values.get(layer.code) or "").strip()
    if not GSS_CODE.fullmatch(code):
        raise _refused(layer, f"feature {number}", f"has “{code[:40]}” where its area code should be")
    try:
        geometry = check_geometry(feature.get("geometry"))
    except RingFault as fault:
        raise _refused(layer, code, str(fault)) from fault
    name = str(values.get(layer.name) or "").strip() if layer.name else ""
    text = json.dumps(geometry, separators=(",", ":"))
    return (layer.column.level, code, name or None, text, *box_of(geometry))


def _refused(layer: _Layer, feature: str, what: str) -> SourceRefused:
    return SourceRefused(
        f"{layer.file.name}: {feature} {what}. Correct it, or download the boundaries again. Nothing was changed.",
        file=layer.file.name,
        column=layer.code,
    )


def _check_codes_once(layer: _Layer, records: list[_Record]) -> None:
    seen: set[str] = set()
    for record in records:
        if record[1] in seen:
            raise _refused(layer, record[1], "is drawn twice")
        seen.add(record[1])


def _check_not_swapped(layer: _Layer, records: list[_Record]) -> None:
    """A map of Britain has latitudes about 50 to 61 north; where longitude lies there the two were exchanged."""
    swapped = sum(record[4] > 45 and record[5] < 5 for record in records)
    if swapped * 2 > len(records):
        raise SourceRefused(
            f"{layer.file.name} has latitude before longitude: download GeoJSON that follows the standard (longitude "
            "first). Nothing was changed.",
            file=layer.file.name,
        )


def _manifest(
    request: ReadRequest, layer: _Layer, release: str, mapping: dict[str, str], records: list[_Record]
) -> Manifest:
    named = terms(request)
    column = layer.column
    # "Leicester 003A" lies in Leicester.
    districts = {
        (name.rpartition(" ")[0] if column.level == "lsoa" else name)
        for _, _, name, *_ in records
        if name is not None and column.level != "ward"
    }
    quality: dict[str, JSON] = {
        "areas": len(records),
        "areas_without_name": sum(record[2] is None for record in records),
        "vertices": sum(len(ring) for record in records for ring in rings_of(json.loads(record[3]))),
        "encodings": {layer.file.name: layer.file.encoding} if layer.file.encoding != "utf-8" else {},
    }
    file = SourceFile(layer.file.name, layer.file.sha256, layer.file.bytes, len(records))
    words = {"lsoa": "LSOAs", "ward": "wards", "district": "districts"}[column.level]
    return Manifest(
        kind="boundaries",
        dataset=layer.dataset,
        release=release,
        publisher=named.publisher,
        licence=named.licence,
        attribution=named.attribution,
        title=f"Boundaries of {words}{f' of {column.edition}' if column.edition else ''}, {len(records):,} areas",
        area=area_in_words([record[1] for record in records], districts),
        is_sample=request.is_sample,
        files=(file,),
        period_from=None,
        period_to=None,
        months=(),
        rows_read=len(records),
        rows_accepted=len(records),
        rows_rejected=0,
        quality=quality,
        editions={column.level: column.edition} if column.edition else {},
        reader=READER,
        mapping=mapping,
    )
