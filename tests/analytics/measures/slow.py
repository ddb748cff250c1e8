"""A second, slow implementation of the measures: plain loops over rows, written from the pages in docs/methods.

Every function takes a `fault`: a way to go wrong on purpose, so that tests can show that they would notice.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Any

from tests.analytics.measures.world import INSIDE, LSOAS, Row

LEVEL = {"ward": 0, "district": 2}


def label(row: Row, name: str) -> str | None:
    """The label that a row has in one dimension."""
    year, number = row["month"].year, row["month"].month
    if name == "month":
        return f"{year}-{number:02}"
    if name == "quarter":
        return f"{year} Q{-(-number // 3)}"
    if name == "financial_year":
        start = year - (number < 4)
        return f"{start}/{str(start + 1)[2:]}"
    if name == "category":
        return str(row["category"])
    code = row["lsoa_code"]
    if code not in INSIDE:
        return None
    return code if name == "lsoa" else LSOAS[code][LEVEL[name]]


def counts(
    rows: Iterable[Row], by: Sequence[str], held: Collection[str], *, fault: str = ""
) -> dict[tuple[str, ...], int]:
    """Count rows by dimensions with loops; keys are labels, combinations nobody saw are zero."""
    kept = [row for row in rows if label(row, "month") in held]
    if fault == "drop the last month":
        kept = [row for row in kept if label(row, "month") != max(held)]
    if fault == "calendar year":
        return _calendar(kept, by)
    found: dict[tuple[str, ...], int] = {}
    for values in product(*(_values(kept, name, held) for name in by)):
        hits = 0
        for row in kept:
            if all(label(row, name) == value for name, value in zip(by, values, strict=True)):
                hits += 1
        if hits or fault != "no zeros":
            found[values] = hits
    return found


def _calendar(kept: list[Row], by: Sequence[str]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for row in kept:
        key = tuple(str(row["month"].year) if name == "financial_year" else str(label(row, name)) for name in by)
        found[key] = found.get(key, 0) + 1
    return found


def _values(kept: list[Row], name: str, held: Collection[str]) -> list[str]:
    if name in {"ward", "district"}:
        return sorted({str(LSOAS[code][LEVEL[name]]) for code in INSIDE})
    if name == "lsoa":
        return sorted(INSIDE)
    if name == "category":
        return sorted({row["category"] for row in kept})
    import datetime as dt

    days = [{"month": dt.date(int(text[:4]), int(text[5:]), 1)} for text in held]
    return sorted({str(label(day, name)) for day in days})


def places(name: str) -> list[Any]:
    """Codes of the areas inside the force at one level."""
    return _values([], name, ())
