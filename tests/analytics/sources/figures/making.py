"""A fictional fire service's table, long and wide, and the mappings that read it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.analytics.sources.making import NOW, read_one
from wardmote.analytics.sources.figures import Preview, preview
from wardmote.analytics.sources.mapping import ColumnMapping, Part
from wardmote.analytics.warehouse.manifest import Manifest
from wardmote.analytics.warehouse.store import Warehouse

LONG = ColumnMapping(
    title="Deliberate fires",
    supplier="Ambleshire Fire and Rescue Service",
    value_columns=("Incidents",),
    period=Part(column="Month"),
    area=Part(column="Ward"),
    measure=Part(constant="Deliberate secondary fires"),
)
WIDE = replace(LONG, period=Part(), across="period", value_columns=("2024-01", "2024-02"))
HEADER = "Month,Ward,Incidents"


def table(folder: Path, *lines: str, name: str = "fires.csv", header: str = HEADER, end: str = "\n") -> Path:
    """Write a CSV file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(line + end for line in (header, *lines)).encode())
    return path


def mapping_file(folder: Path, mapping: ColumnMapping) -> Path:
    """Write a mapping."""
    path = folder / "mapping.json"
    path.write_text(mapping.to_json(), encoding="utf-8")
    return path


def read_figures(warehouse: Warehouse, mapping: ColumnMapping, *paths: Path, **changes: Any) -> Manifest:
    """Read and publish tables through a mapping."""
    told = mapping_file(warehouse.releases.parent.parent, mapping)
    return read_one(warehouse, *paths, told, kind="figures", **changes)


def preview_of(path: Path, mapping: ColumnMapping, *, now: dt.date = NOW) -> Preview:
    """Show what a table would become."""
    return preview(path, mapping, now=now, work=path.parent / "work")


def reasons(shown: Preview) -> list[tuple[int, str, str]]:
    """Return row, column and reason of each reject."""
    return [(reject.line, reject.column, reject.reason) for reject in shown.rejects]


def values(shown: Preview) -> list[tuple[str, str, str | None]]:
    """Return period, area and value of each figure."""
    return [
        (one.period.text, one.area, None if one.value.value is None else str(one.value.value)) for one in shown.figures
    ]


def cells_of(rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return what two layouts of one table have in common: all but file and row, sorted."""
    return sorted(tuple(str(value) for key, value in row.items() if key not in ("file", "row")) for row in rows)
