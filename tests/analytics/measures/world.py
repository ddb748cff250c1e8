"""A small fictional force: two districts, a neighbour beyond the border, and incidents as plain rows.

Saltmarsh (E07900001): wards Quay (two LSOAs) and Mill (one)      ┐ partnership Marsh and Fen
Fenwick   (E07900002): ward Drove (two LSOAs)                     ┘
Overhill  (E07900003): ward Beacon (four LSOAs), beyond the border: hardly an incident
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from wardmote.analytics.measures.evidence import Evidence
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.definitions import problems

Row = dict[str, Any]
SALTMARSH, FENWICK, OVERHILL = "E07900001", "E07900002", "E07900003"
QUAY, MILL, DROVE, BEACON = "E05900001", "E05900002", "E05900003", "E05900004"
MARSH_AND_FEN, HILLS = "E22900001", "E22900002"
LSOAS = {
    "E01900001": (QUAY, "Quay", SALTMARSH, "Saltmarsh"),
    "E01900002": (QUAY, "Quay", SALTMARSH, "Saltmarsh"),
    "E01900003": (MILL, "Mill", SALTMARSH, "Saltmarsh"),
    "E01900004": (DROVE, "Drove", FENWICK, "Fenwick"),
    "E01900005": (DROVE, "Drove", FENWICK, "Fenwick"),
    "E01900006": (BEACON, "Beacon", OVERHILL, "Overhill"),
    "E01900007": (BEACON, "Beacon", OVERHILL, "Overhill"),
    "E01900008": (BEACON, "Beacon", OVERHILL, "Overhill"),
    "E01900009": (BEACON, "Beacon", OVERHILL, "Overhill"),
}
INSIDE = tuple(sorted(LSOAS))[:5]
PARTNERSHIPS = [
    (SALTMARSH, MARSH_AND_FEN, "Marsh and Fen"),
    (FENWICK, MARSH_AND_FEN, "Marsh and Fen"),
    (OVERHILL, HILLS, "Hills"),
]
DATASET = "police-uk-street-marshland"
SCHEMA = {
    "crime_id": "string",
    "month": "date",
    "month_index": "int64",
    "reported_by": "string",
    "falls_within": "string",
    "longitude": "float64",
    "latitude": "float64",
    "longitude_micro": "int64",
    "latitude_micro": "int64",
    "location": "string",
    "lsoa_code": "string",
    "lsoa_name": "string",
    "category": "string",
    "outcome": "string",
    "context": "string",
    "file": "string",
    "dataset": "string",
    "release": "string",
}


def incident(month: str, category: str = "Burglary", lsoa: str | None = "E01900001", **more: Any) -> Row:
    """One incident, as the warehouse gives it."""
    year, number = int(month[:4]), int(month[5:])
    row = dict.fromkeys(SCHEMA)
    row |= {"month": dt.date(year, number, 1), "month_index": year * 12 + number, "category": category}
    row |= {"lsoa_code": lsoa, "lsoa_name": lsoa and f"Name of {lsoa}", "location": "On or near Quay Street"}
    row |= {"dataset": DATASET, "release": "a" * 64, "file": f"{month}-marshland-street.csv"}
    return {**row, **more}


def months(first: str, last: str) -> tuple[str, ...]:
    """Months from first to last, as `2024-01`."""
    start, stop = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    return tuple(f"{at // 12}-{at % 12 + 1:02}" for at in range(start, stop + 1))


def release(held: Iterable[str], *, dataset: str = DATASET, kind: str = "police-uk", name: str = "a") -> HeldRelease:
    """A release that is held, with its months."""
    return HeldRelease(name * 64, dataset, kind, tuple(held), {"lsoa": "2021"}, is_sample=True)


def evidence(
    rows: Sequence[Row],
    held: Iterable[str] | Sequence[HeldRelease],
    *,
    partnerships: Sequence[tuple[str, str, str]] = PARTNERSHIPS,
    population: Mapping[tuple[str, int], int] | None = None,
    lookup: bool = True,
) -> Evidence:
    """Evidence from plain rows; `held` is months of the one data set, or releases."""
    found = list(held)
    releases = tuple(one if isinstance(one, HeldRelease) else None for one in found)
    held_releases = tuple(one for one in releases if one is not None) or (release([str(one) for one in found]),)
    people = [{"lsoa_code": code, "year": year, "population": n} for (code, year), n in (population or {}).items()]
    people_schema = {"lsoa_code": "string", "year": "int64", "population": "int64"}
    return Evidence(
        con=ibis.duckdb.connect(threads=1),
        incidents=table(list(rows), SCHEMA),
        areas=_areas() if lookup else None,
        partnerships=_partnerships(partnerships) if lookup else None,
        population=table(people, people_schema) if people else None,
        problems=problems(dt.date(2026, 11, 1)),
        held=held_releases,
        code_version="test",
    )


def _areas() -> Any:
    names = ("ward_code", "ward_name", "district_code", "district_name")
    rows = [
        {"lsoa_code": code, "lsoa_name": f"Name of {code}", **dict(zip(names, v, strict=True))}
        for code, v in LSOAS.items()
    ]
    return table(rows, dict.fromkeys(("lsoa_code", "lsoa_name", *names), "string"))


def _partnerships(pairs: Sequence[tuple[str, str, str]]) -> Any:
    names = ("district_code", "partnership_code", "partnership_name")
    return table([dict(zip(names, pair, strict=True)) for pair in pairs], dict.fromkeys(names, "string"))


def table(rows: list[Row], columns: Mapping[str, str]) -> Any:
    """A table of rows, made through Arrow: from a list Ibis goes through pandas, which warns."""
    schema = ibis.schema(columns)
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema.to_pyarrow()), schema=schema)
