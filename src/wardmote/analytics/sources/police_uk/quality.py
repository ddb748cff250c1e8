"""How good a police.uk release is: what is missing, doubled, renamed or mixed, as plain figures for its manifest."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardmote.analytics.sources.police_uk.categories import change_of, is_recognised
from wardmote.analytics.warehouse.manifest import JSON
from wardmote.foundations.periods import Month, Period


@dataclass(frozen=True)
class Group:
    """How many rows one file has of one month and crime type, and how many of them have what."""

    file: str
    month: str
    category: str
    rows: int
    with_crime_id: int
    with_lsoa: int
    with_location: int
    outside: int


@dataclass(frozen=True)
class Summary:
    """What one pass over a release's rows gives: everything else is added up from it."""

    groups: tuple[Group, ...]
    lsoas: tuple[tuple[str, str | None, int], ...]
    forces: tuple[tuple[str, int], ...]
    doubled_ids: int
    rows_with_doubled_ids: int

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(group.rows for group in self.groups)

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have rows."""
        return tuple(sorted({group.month for group in self.groups}))

    def rows_by_file(self) -> dict[str, int]:
        """Rows of each file."""
        return _added((group.file, group.rows) for group in self.groups)


def summarise(con: Any, rows: Path) -> Summary:
    """Count a release's rows by file, month and crime type; its LSOA codes and names; its repeated Crime IDs."""
    engine = con.con
    table = f"read_parquet('{str(rows).replace(chr(39), chr(39) * 2)}')"
    # The path is quoted; nothing else of a file reaches these statements.
    groups = engine.execute(
        "SELECT file, strftime(month, '%Y-%m'), category, count(*), count(crime_id), count(lsoa_code), "  # noqa: S608
        f"count(longitude), count(*) FILTER (location_outside) FROM {table} GROUP BY file, month, category ORDER BY ALL"
    ).fetchall()
    lsoas = engine.execute(
        f"SELECT lsoa_code, lsoa_name, count(*) FROM {table} WHERE lsoa_code IS NOT NULL GROUP BY ALL ORDER BY ALL"  # noqa: S608
    ).fetchall()
    forces = engine.execute(
        f"SELECT reported_by, count(*) FROM {table} WHERE reported_by IS NOT NULL GROUP BY ALL ORDER BY 2 DESC, 1"  # noqa: S608
    ).fetchall()
    doubled, rows_doubled = _doubled_ids(engine, table)
    return Summary(tuple(Group(*group) for group in groups), tuple(lsoas), tuple(forces), doubled, rows_doubled)


def _doubled_ids(engine: Any, table: str) -> tuple[int, int]:
    """Count the Crime IDs that stand in more than one row, and those rows.

    Grouping 64-bit hashes is several times cheaper than grouping 64-character texts; two texts with one hash are told
    apart in the second step, so that the figure is exact.
    """
    suspects = f"SELECT hash(crime_id) AS h FROM {table} WHERE crime_id IS NOT NULL GROUP BY h HAVING count(*) > 1"  # noqa: S608
    if engine.execute(f"SELECT count(*) FROM ({suspects})").fetchone()[0] == 0:  # noqa: S608
        return 0, 0
    doubled, rows = engine.execute(
        f"SELECT count(*), coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {table} "  # noqa: S608
        f"WHERE crime_id IS NOT NULL AND hash(crime_id) IN ({suspects}) GROUP BY crime_id HAVING n > 1)"
    ).fetchone()
    return int(doubled), int(rows)


def figures(summary: Summary) -> dict[str, JSON]:
    """Return the quality figures that need nothing but the release itself: counts, and percentages as text."""
    months = summary.months
    return {
        **_rows(summary),
        **_missing("location", summary, lambda group: group.rows - group.with_location),
        **_missing("lsoa", summary, lambda group: group.rows - group.with_lsoa),
        "rows_outside_britain": sum(group.outside for group in summary.groups),
        "rows_without_crime_id": sum(group.rows - group.with_crime_id for group in summary.groups),
        "rows_without_crime_id_by_category": _plain(
            _added((group.category, group.rows - group.with_crime_id) for group in summary.groups)
        ),
        # Rows whose Crime ID stands in another row already, then the IDs and the rows that this concerns: an ID in
        # three rows counts as 2, 1 and 3.
        "duplicate_crime_ids": summary.rows_with_doubled_ids - summary.doubled_ids,
        "crime_ids_in_several_rows": summary.doubled_ids,
        "rows_with_duplicate_crime_ids": summary.rows_with_doubled_ids,
        "missing_months": list(missing_months(months)),
        **_categories(summary),
        **_forces(summary),
    }


def _rows(summary: Summary) -> dict[str, JSON]:
    by_month: dict[str, dict[str, int]] = {}
    files_by_month: dict[str, set[str]] = {}
    for group in summary.groups:
        counts = by_month.setdefault(group.month, {})
        counts[group.category] = counts.get(group.category, 0) + group.rows
        files_by_month.setdefault(group.month, set()).add(group.file)
    return {
        "rows_by_month": _plain(_added((group.month, group.rows) for group in summary.groups)),
        "rows_by_category": _plain(_added((group.category, group.rows) for group in summary.groups)),
        "rows_by_month_category": {month: _plain(counts) for month, counts in sorted(by_month.items())},
        "months_in_several_files": [month for month, files in sorted(files_by_month.items()) if len(files) > 1],
    }


def _missing(what: str, summary: Summary, count: Any) -> dict[str, JSON]:
    rows = _added((group.month, group.rows) for group in summary.groups)
    without = _added((group.month, count(group)) for group in summary.groups)
    total = sum(without.values())
    return {
        f"rows_without_{what}": total,
        f"rows_without_{what}_percent": percent(total, summary.rows),
        f"rows_without_{what}_by_month": _plain(without),
        f"rows_without_{what}_percent_by_month": {
            month: percent(number, rows[month]) for month, number in without.items()
        },
    }


def _categories(summary: Summary) -> dict[str, JSON]:
    first: dict[str, str] = {}
    for group in summary.groups:
        first[group.category] = min(group.month, first.get(group.category, group.month))
    changed = {name: change_of(name, month) for name, month in sorted(first.items())}
    return {
        "categories_changed_since": {name: words for name, words in changed.items() if words},
        "categories_not_recognised": [name for name in sorted(first) if not is_recognised(name)],
        "only_category": next(iter(first)) if len(first) == 1 else None,
    }


def _forces(summary: Summary) -> dict[str, JSON]:
    # "Leicester 003A" is in Leicester: the name without its last word is the district of the census.
    districts = _added((name.rpartition(" ")[0] or name, rows) for _, name, rows in summary.lsoas if name)
    names: dict[str, set[str]] = {}
    for code, name, _ in summary.lsoas:
        if name:
            names.setdefault(code, set()).add(name)
    return {
        "rows_by_reported_by": dict(summary.forces),
        "rows_by_district_in_lsoa_name": _plain(districts),
        "lsoa_codes": len({code for code, _, _ in summary.lsoas}),
        "lsoa_codes_with_several_names": sum(len(several) > 1 for several in names.values()),
    }


def missing_months(months: tuple[str, ...]) -> tuple[str, ...]:
    """Return the months inside the period that have no rows."""
    if not months:
        return ()
    period = Period(Month.parse(months[0]), Month.parse(months[-1]))
    return tuple(str(month) for month in period if str(month) not in months)


def percent(part: int, whole: int) -> str | None:
    """Write a share with one decimal, halves up, by integers alone; None of nothing."""
    if whole == 0:
        return None
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def _added(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for key, number in pairs:
        counts[key] += number
    return dict(sorted(counts.items()))


def _plain(counts: Mapping[str, int]) -> dict[str, JSON]:
    return dict(counts)
