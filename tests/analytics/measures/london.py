"""The real monthly counts of London's boroughs, two editions joined, for tests and benchmarks that have the files."""

import csv
from collections.abc import Iterator
from pathlib import Path

# The later edition begins with April 2024; the earlier one ends with March.
EDITIONS = ("mps_borough_historical.csv", "mps_borough_recent.csv")


def boroughs(reference: Path, *, minor: bool = False) -> dict[str, dict[str, list[int]]]:
    """Return counts by borough and kind of crime, April 2010 to March 2026, of the kinds that both editions have."""
    older, newer = (_read(reference / "london" / name, minor=minor) for name in EDITIONS)
    found: dict[str, dict[str, list[int]]] = {}
    for borough, kind in sorted(set(older) & set(newer)):
        counts = [*older[borough, kind], *newer[borough, kind]]
        if any(counts):
            found.setdefault(borough, {})[kind] = counts
    return found


def _read(path: Path, *, minor: bool) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for borough, kind, counts in _rows(path, minor=minor):
        before = found.get((borough, kind), [0] * len(counts))
        found[borough, kind] = [a + b for a, b in zip(before, counts, strict=True)]
    return found


def _rows(path: Path, *, minor: bool) -> Iterator[tuple[str, str, list[int]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for major, small, borough, *counts in rows:
            yield borough, f"{major}: {small}" if minor else major, [int(float(one or 0)) for one in counts]
