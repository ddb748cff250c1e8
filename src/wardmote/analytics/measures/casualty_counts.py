"""Road casualties counted from releases by month, place, severity and road user; collisions by how many they hurt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from wardmote.analytics.measures.casualties import SEVERE, CasualtyCount
from wardmote.foundations.periods import Month, Period

CASUALTY_COLUMNS: Final = (
    "collision", "day", "severity", "road_user", "is_child", "district_code", "lsoa_code", "injury_based", "file",
)  # fmt: skip


@dataclass(frozen=True)
class RoadArea:
    """Which casualties lie in the districts asked about.

    `codes` and `names` are those of the districts; `known` every district that the lookup knows, and `lsoas` the small
    areas of ours: they place a casualty whose district code is none of today's.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    known: tuple[str, ...] = ()
    lsoas: tuple[str, ...] = ()


@dataclass(frozen=True)
class CollisionSize:
    """Collisions of a month and a small area that hurt the same number of people, at all and severely."""

    month: Month
    district: str
    lsoa: str | None
    hurt: int
    severe: int
    collisions: int


def placed(tables: Sequence[tuple[Any, Iterable[str]]], area: RoadArea) -> Any:
    """Return the casualties of an area from releases, each with the months of it that count."""
    parts = [_within(table, months) for table, months in tables]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.union(part)
    own = whole.district_code.isin(area.codes) | whole.district_name.isin(area.names)
    if area.lsoas:
        unknown = whole.district_code.isnull() | whole.district_code.notin(area.known)
        own = own.fill_null(False) | (  # noqa: FBT003 -- the value that stands for null
            unknown & whole.district_name.isnull() & whole.lsoa_code.isin(area.lsoas)
        )
    return whole.filter(own)


def _within(table: Any, months: Iterable[str]) -> Any:
    return table.filter(table.month_index.isin([Month.parse(month).index for month in months]))


def casualty_counts(con: Any, table: Any) -> tuple[CasualtyCount, ...]:
    """Count the casualties of a table by everything that a figure asks."""
    keys = (
        "month_index",
        "district_code",
        "district_name",
        "lsoa_code",
        "severity",
        "road_user",
        "is_child",
        "injury_based",
    )
    grouped = table.group_by(keys).aggregate(
        count=table.count(), told=table.serious_chance.count(), serious=table.serious_chance.sum()
    )
    return tuple(_count(row) for row in con.to_pyarrow(grouped).to_pylist())


def _count(row: Mapping[str, Any]) -> CasualtyCount:
    return CasualtyCount(
        month=Month.from_index(row["month_index"]),
        district=row["district_code"] or row["district_name"] or "",
        lsoa=row["lsoa_code"],
        severity=row["severity"],
        road_user=row["road_user"],
        is_child=row["is_child"],
        injury_based=row["injury_based"],
        count=row["count"],
        serious=Fraction(row["serious"]) if row["told"] == row["count"] else None,
    )


def collision_sizes(con: Any, table: Any) -> tuple[CollisionSize, ...]:
    """Count the collisions of a table by how many people they hurt, at all and severely."""
    keys = ("month_index", "district_code", "district_name", "lsoa_code")
    each = table.group_by((*keys, "collision")).aggregate(
        hurt=table.count(), severe=table.severity.isin(sorted(SEVERE)).sum()
    )
    grouped = each.group_by((*keys, "hurt", "severe")).aggregate(collisions=each.count())
    return tuple(
        CollisionSize(
            Month.from_index(row["month_index"]),
            row["district_code"] or row["district_name"] or "",
            row["lsoa_code"],
            row["hurt"],
            row["severe"],
            row["collisions"],
        )
        for row in con.to_pyarrow(grouped).to_pylist()
    )


def sizes_over(found: Iterable[CollisionSize], period: Period, *, is_severe: bool) -> dict[int, int]:
    """Return how many collisions of a period hurt one person, two, …; severely, or at all."""
    sizes: dict[int, int] = {}
    for one in found:
        size = one.severe if is_severe else one.hurt
        if size and one.month in period:
            sizes[size] = sizes.get(size, 0) + one.collisions
    return sizes


def casualties_behind(con: Any, table: Any, period: Period, kept: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Return the casualties that a number counts, in order of day: `kept` has severities, road user, children."""
    chosen = table.filter(table.month_index.between(period.first.index, period.last.index))
    chosen = chosen.filter(chosen.severity.isin(list(kept["severities"])))
    if kept["road_user"]:
        chosen = chosen.filter(chosen.road_user == kept["road_user"])
    if kept["children"]:
        chosen = chosen.filter(chosen.is_child)
    ordered = chosen.select(*CASUALTY_COLUMNS).order_by("day", "collision", "severity", "road_user")
    for row in con.to_pyarrow(ordered).to_pylist():
        yield tuple("" if row[name] is None else str(row[name]) for name in CASUALTY_COLUMNS)
