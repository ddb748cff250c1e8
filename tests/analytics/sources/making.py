"""Small files of a fictional force, and the two lines that read them."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wardmote.analytics.sources import AlreadyHeld, ReadRequest, read
from wardmote.analytics.warehouse.manifest import HeldRelease, Manifest, Prepared
from wardmote.analytics.warehouse.store import Warehouse

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
NOW = dt.date(2026, 6, 15)
NAME = "2024-01-ambleshire-street.csv"


def row(number: int = 1, **changes: str) -> str:
    """Write one good line of a street file, with some cells changed."""
    cells = {
        "crime_id": f"{number:064x}",
        "month": "2024-01",
        "reported_by": "Ambleshire Police",
        "falls_within": "Ambleshire Police",
        "longitude": "-1.214176",
        "latitude": "52.621663",
        "location": "On or near Mill Lane",
        "lsoa_code": "E01000001",
        "lsoa_name": "Ambleford 001A",
        "category": "Burglary",
        "outcome": "Under investigation",
        "context": "",
    }
    return ",".join({**cells, **changes}.values())


def street_file(folder: Path, *rows: str, name: str = NAME, header: str = HEADER, end: str = "\r\n") -> Path:
    """Write a street file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(line + end for line in (header, *rows)).encode())
    return path


def read_all(
    warehouse: Warehouse, *paths: Path, kind: str = "police-uk", **changes: Any
) -> tuple[Manifest | AlreadyHeld, ...]:
    """Read and publish; return the manifests."""
    with warehouse.staging() as staging:
        request = ReadRequest(paths, warehouse, staging, **{"is_sample": False, "now": NOW, **changes})
        outcomes = read(kind, request)
        for outcome in outcomes:
            if isinstance(outcome, Prepared):
                warehouse.publish(outcome)
        return tuple(one.manifest if isinstance(one, Prepared) else one for one in outcomes)


def read_one(warehouse: Warehouse, *paths: Path, kind: str = "police-uk", **changes: Any) -> Manifest:
    """Read what makes one release."""
    (manifest,) = read_all(warehouse, *paths, kind=kind, **changes)
    assert isinstance(manifest, Manifest)
    return manifest


def rows_of(warehouse: Warehouse, release: str, *order: str) -> list[dict[str, Any]]:
    """Return a release's rows as dictionaries, sorted."""
    import pyarrow.parquet as pq

    rows = pq.read_table(warehouse.rows_path(release)).to_pylist()
    return sorted(rows, key=lambda one: [str(one[name]) for name in (order or one)])


def rejects_of(warehouse: Warehouse, manifest: Manifest) -> list[list[str]]:
    """Return the lines of the list of rejects, without the header."""
    import csv

    with warehouse.rejects_path(manifest.release).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def held(manifest: Manifest, months: Sequence[str] | None = None) -> HeldRelease:
    """Return what the database would say of a release."""
    return HeldRelease(
        manifest.release,
        manifest.dataset,
        manifest.kind,
        tuple(manifest.months if months is None else months),
        manifest.editions,
        manifest.is_sample,
    )


def releases(warehouse: Warehouse) -> list[str]:
    """List what lies in the releases folder, temporary folders too."""
    return sorted(path.name for path in warehouse.releases.iterdir()) if warehouse.releases.exists() else []
