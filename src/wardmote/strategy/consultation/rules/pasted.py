"""Tables that people type or paste, read line by line; every fault says line, column and what to enter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from wardmote.foundations.periods import is_known_year

_Value = TypeVar("_Value")
MOST_LINES = 200


class PasteFault(ValueError):
    """Something in a pasted table that is not understood; the text says where, and what to enter."""


@dataclass(frozen=True)
class ProfileRow:
    """A group of respondents beside its share of the population."""

    feature: str
    group: str
    respondents: int
    population_percent: Decimal


@dataclass(frozen=True)
class WaveRow:
    """One wave of a perception survey; what was not given is None."""

    period: str
    ended_on: date
    value: Decimal
    base: int | None
    national: Decimal | None
    rank: int | None
    ranked: int | None
    source: str
    break_before: str


def read_counts(text: str) -> dict[str, tuple[int, ...]]:
    """Read `Burglary: 120` or, for places, `Burglary: 120, 80, 31`; raises PasteFault."""
    found: dict[str, tuple[int, ...]] = {}
    for number, line in _lines(text):
        title, _, counts = line.replace("\t", ": ", 1).replace("\t", ", ").rpartition(":")
        title = title.strip()
        if not title:
            raise PasteFault(f"Line {number}: “{line[:40]}” has no colon. Enter an item, a colon and its count.")
        if title.casefold() in {known.casefold() for known in found}:
            raise PasteFault(f"Line {number}: “{title}” stands twice. Give each item one line.")
        cells = [cell.strip() for cell in counts.split(",")]
        found[title[:200]] = tuple(_whole(cell, number, place) for place, cell in enumerate(cells, start=1))
    if len(found) < 2:
        raise PasteFault("Enter two items or more, one on each line.")
    return found


def read_profile(text: str) -> list[ProfileRow]:
    """Read lines of feature, group, respondents and the population's percentage; raises PasteFault."""
    rows = [
        ProfileRow(
            _text(cells, 0, number, "feature, for example Age"),
            _text(cells, 1, number, "group, for example 16 to 24"),
            _whole(cells[2], number, 3),
            _percent(cells[3], number, 4),
        )
        for number, cells in _table(text, wide=4, needed=4)
    ]
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.feature, row.group) in seen:
            raise PasteFault(f"{row.feature}, {row.group} stands twice. Give each group one line.")
        seen.add((row.feature, row.group))
    return rows


def read_waves(text: str) -> list[WaveRow]:
    """Read lines of a wave each, in the order of WaveRow; raises PasteFault."""
    rows = [_wave(number, cells) for number, cells in _table(text, wide=9, needed=3)]
    days = [row.ended_on for row in rows]
    doubled = next((day for day in days if days.count(day) > 1), None)
    if doubled:
        raise PasteFault(f"Two waves end on {doubled:%-d %B %Y}. Give each its own last day.")
    return sorted(rows, key=lambda row: row.ended_on)


def _wave(number: int, cells: list[str]) -> WaveRow:
    rank, ranked = _maybe(_whole, cells[5], number, 6), _maybe(_whole, cells[6], number, 7)
    if (rank is None) != (ranked is None) or (rank is not None and ranked is not None and not 1 <= rank <= ranked):
        raise PasteFault(f"Line {number}, columns 6 and 7: enter both a rank and of how many, for example 32 and 42.")
    base = _maybe(_whole, cells[3], number, 4)
    if base == 0:
        raise PasteFault(f"Line {number}, column 4: nobody answered. Leave the base empty where it is not given.")
    return WaveRow(
        _text(cells, 0, number, "period, for example Year to March 2012"),
        _day(cells[1], number),
        _percent(cells[2], number, 3),
        base,
        _maybe(_percent, cells[4], number, 5),
        rank,
        ranked,
        cells[7],
        cells[8],
    )


def _lines(text: str) -> list[tuple[int, str]]:
    found = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(found) > MOST_LINES:
        raise PasteFault(f"There are {len(found)} lines. Paste up to {MOST_LINES}.")
    return found


def _table(text: str, *, wide: int, needed: int) -> list[tuple[int, list[str]]]:
    """Cells are apart by tabs, as spreadsheets copy them, or by semicolons; only the last may be left out."""
    table = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in re.split(r"\t|;", line.strip("\r\n"))]
        if not needed <= len(cells) <= wide:
            raise PasteFault(
                f"Line {number} has {len(cells)} columns. Enter {needed if needed == wide else f'{needed} to {wide}'}, "
                "with semicolons between them, or copy them from a spreadsheet."
            )
        table.append((number, cells + [""] * (wide - len(cells))))
    if not table:
        raise PasteFault("Enter at least one line.")
    return table


def _maybe(read: Callable[[str, int, int], _Value], cell: str, number: int, column: int) -> _Value | None:
    return read(cell, number, column) if cell else None


def _text(cells: list[str], at: int, number: int, what: str) -> str:
    if not cells[at] or len(cells[at]) > 120:
        raise PasteFault(f"Line {number}, column {at + 1}: enter the {what}, in up to 120 characters.")
    return cells[at]


def _whole(cell: str, number: int, column: int) -> int:
    plain = cell.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", cell) else cell
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        raise PasteFault(f"Line {number}, column {column}: “{cell[:20]}” is no whole number. Enter one, such as 120.")
    return int(plain)


def _percent(cell: str, number: int, column: int) -> Decimal:
    try:
        value = Decimal(cell.removesuffix("%").strip())
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value <= 100):
        raise PasteFault(f"Line {number}, column {column}: “{cell[:20]}” is no percentage. Enter one, such as 57.8.")
    return value


def _day(cell: str, number: int) -> date:
    fault = f"Line {number}, column 2: “{cell[:20]}” is no day. Enter the last day of the wave as 2012-03-31."
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise PasteFault(fault) from None
    if not is_known_year(day):
        raise PasteFault(fault)
    return day
