"""Writes the files that a fictional partnership would download: street crime, areas, boundaries and populations.

The same seed and last month give the same bytes on every machine; no clock is read.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from random import Random
from typing import Any, Final

from wardmote.foundations.periods import Month

from .incidents import month_rows, scenes
from .places import DISTRICTS, FORCE_AREA, FORCE_CODE, FORCE_SLUG, VALE, small_areas, wards
from .shapes import Grid, Position, area_outline, draw_grid, ward_outline

SEED: Final = 2012  # under it nothing but the rise and the fall is told from chance
LAST_MONTH: Final = Month(2026, 8)
MONTHS: Final = 60
RESIDENTS: Final = {VALE.code: 120_000}
_NEIGHBOUR_RESIDENTS: Final = 58_000
_POPULATION_YEARS: Final = ((2025, 1.0), (2024, 0.993), (2023, 0.987))
STREET_HEADER: Final = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip


@dataclass(frozen=True)
class SampleFiles:
    """The files that were written, by the kind under which they are imported."""

    street: tuple[Path, ...]
    lookup: tuple[Path, ...]
    population: tuple[Path, ...]
    boundaries: tuple[Path, ...]


def write_sample(
    folder: Path, *, last_month: Month = LAST_MONTH, months: int = MONTHS, seed: int = SEED
) -> SampleFiles:
    """Write every file of the sample into an empty folder; street files go into month folders, as published."""
    grid = draw_grid(seed)
    return SampleFiles(
        street=_write_street(folder, grid, seed, [last_month - back for back in range(months - 1, -1, -1)]),
        lookup=_write_lookups(folder),
        population=(_write_population(folder, seed),),
        boundaries=_write_boundaries(folder, grid),
    )


def _write_street(folder: Path, grid: Grid, seed: int, months: Sequence[Month]) -> tuple[Path, ...]:
    drawn = scenes(grid, seed)
    written = []
    for month in months:
        path = folder / str(month) / f"{month}-{FORCE_SLUG}-street.csv"
        rows = month_rows(drawn, month, months[-1], seed)
        written.append(_write_table(path, STREET_HEADER, rows))
    return tuple(written)


def _write_lookups(folder: Path) -> tuple[Path, ...]:
    small = [
        (a.code, a.name, "", a.ward.code, a.ward.name, "", a.ward.district.code, a.ward.district.name, "", number)
        for number, a in enumerate(small_areas(), start=1)
    ]
    header = ("LSOA21CD", "LSOA21NM", "LSOA21NMW", "WD24CD", "WD24NM", "WD24NMW", "LAD24CD", "LAD24NM", "LAD24NMW")
    districts = [(d.code, d.name, d.partnership_code, d.partnership_name, FORCE_CODE, FORCE_AREA) for d in DISTRICTS]
    return (
        _write_table(folder / "LSOA_2021_to_Ward_2024_to_LAD_2024.csv", (*header, "ObjectId"), small),
        _write_table(
            folder / "LAD_2024_to_CSP_2024_to_PFA_2024.csv",
            ("LAD24CD", "LAD24NM", "CSP24CD", "CSP24NM", "PFA24CD", "PFA24NM"),
            districts,
        ),
        _write_table(
            folder / "Ward_2024_to_neighbourhood.csv",
            ("WD24CD", "WD24NM", "Neighbourhood"),
            [(ward.code, ward.name, ward.neighbourhood) for ward in wards()],
        ),
    )


def _write_population(folder: Path, seed: int) -> Path:
    random = Random(f"{seed} residents")  # noqa: S311 -- fiction, no secret
    columns = [f"Mid-{year}: Population" for year, _ in _POPULATION_YEARS]
    rows: list[tuple[Any, ...]] = []
    for district in DISTRICTS:
        areas = [area for area in small_areas() if area.ward.district is district]
        weights = [exp((random.random() - 0.5) * 0.5) for _ in areas]
        total = RESIDENTS.get(district.code, _NEIGHBOUR_RESIDENTS)
        years = [_shared_out(round(total * share), weights) for _, share in _POPULATION_YEARS]
        rows += [
            (district.code, district.name, area.code, area.name, *counts)
            for area, *counts in zip(areas, *years, strict=True)
        ]
    header = ("LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", *columns)
    return _write_table(folder / "LSOA_2021_population_mid-year_estimates.csv", header, rows)


def _shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Share whole people out by weight so that they add up to the total; the last area takes what rounding left."""
    shares = [round(total * weight / sum(weights)) for weight in weights]
    return [*shares[:-1], total - sum(shares[:-1])]


def _write_boundaries(folder: Path, grid: Grid) -> tuple[Path, ...]:
    areas = small_areas()
    small = [({"LSOA21CD": a.code, "LSOA21NM": a.name}, area_outline(grid, a)) for a in areas]
    larger = [
        (
            {"WD24CD": w.code, "WD24NM": w.name, "LAD24CD": w.district.code, "LAD24NM": w.district.name},
            ward_outline(grid, w, areas),
        )
        for w in wards()
    ]
    return (
        _write_geojson(folder / "LSOA_2021_ashcombe.geojson", small),
        _write_geojson(folder / "Wards_2024_ashcombe.geojson", larger),
    )


def _write_geojson(path: Path, areas: Iterable[tuple[dict[str, str], list[Position]]]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": [[list(position) for position in ring]]},
        }
        for properties, ring in areas
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return _write(path, text)


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path
