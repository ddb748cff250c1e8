"""The incidents of a partnership's own list, read for measures: times, points in metres, pseudonyms."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.aoristic import Stretch
from wardmote.foundations.periods import Month

_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - UTC without its mark
# WGS84: half of the axis, and the square of the eccentricity.
_A: Final = 6_378_137.0
_E2: Final = 0.00669437999014


@dataclass(frozen=True)
class IncidentRecord:
    """One incident: when in UTC, its first day by the clock counted from year 1, its point in degrees, its keys."""

    when: Stretch
    day: int
    longitude: float | None
    latitude: float | None
    victim: str | None
    offender: str | None
    location: str | None


def incident_records(con: Any, tables: Sequence[tuple[Any, Sequence[str]]]) -> tuple[IncidentRecord, ...]:
    """Return the incidents of releases, each a table with the months of it that count."""
    rows = []
    for table, months in tables:
        indices = [Month.parse(month).index for month in months]
        rows += con.to_pyarrow(table.filter(table.month_index.isin(indices))).to_pylist()
    return tuple(map(_record, rows))


def _record(row: dict[str, Any]) -> IncidentRecord:
    start, end = (_EPOCH + dt.timedelta(minutes=row[name]) for name in ("first_minute", "last_minute"))
    return IncidentRecord(
        Stretch(start, end),
        row["day"].toordinal(),
        row["longitude"],
        row["latitude"],
        row["victim"],
        row["offender"],
        row["location"],
    )


def in_metres(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return longitudes and latitudes as metres east and north of their south-west corner, true over some 50 km.

    Source: radii of curvature of the ellipsoid at the middle latitude (Ordnance Survey, A guide to coordinate systems).
    """
    if not points:
        return []
    west, south = (min(one) for one in zip(*points, strict=True))
    middle = math.radians((south + max(latitude for _, latitude in points)) / 2)
    flat = 1 - _E2 * math.sin(middle) ** 2
    east = math.radians(1) * math.cos(middle) * _A / math.sqrt(flat)
    north = math.radians(1) * _A * (1 - _E2) / flat**1.5
    return [((longitude - west) * east, (latitude - south) * north) for longitude, latitude in points]
