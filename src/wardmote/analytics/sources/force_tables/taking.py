"""What the cells of the tables by police force area say, joined: number and rate of a group, an area and a year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from wardmote.analytics.sources.figures.grid import GridRow
from wardmote.analytics.sources.home_office import force_of
from wardmote.analytics.sources.named_columns import cell_text
from wardmote.analytics.sources.numbers import MISSING_MARKS
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import Reject, RejectList
from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import half_up

from .layout import RATE, ForceTable, noted_in, without_notes

FORCE, TOTAL, OTHER = "force", "total", "other"
LEVELS: Final = {"K04": TOTAL, "E92": "nation", "W92": "nation", "E12": "region", "E23": FORCE, "W15": FORCE}
_CODE: Final = re.compile(r"[EKW]\d{8}", re.ASCII)
_SHORTHAND: Final = re.compile(r"\[([a-z]+)\d?\]", re.IGNORECASE)
_MISSING_WORDS: Final = {
    "u": "left out by its publisher, for few people live there or few offences were counted",
    "c": "left out by its publisher to protect people",
    "x": "not available",
    "z": "does not apply",
}
_RATE_PLACES: Final = 12
_Key = tuple[Month, str, str, str]


@dataclass
class Cell:
    """What the tables say of one offence group in one area and year."""

    row: int
    file: str
    count: int | None = None
    rate: Decimal | None = None
    population: int | None = None
    missing: str = ""


@dataclass
class Taking:
    """What was taken so far: cells by year, area code, name and offence group."""

    rejects: RejectList
    cells: dict[_Key, Cell] = field(default_factory=dict)
    notes: dict[str, set[str]] = field(default_factory=dict)
    spoilt: set[_Key] = field(default_factory=set)
    read_by_file: dict[str, int] = field(default_factory=dict)


class _Rejected(Exception):
    """A cell or row that cannot be taken: the reason."""


def take(taking: Taking, table: ForceTable) -> None:
    """Take the cells of a table; raises SourceRefused where it has an area twice."""
    seen: dict[str, int] = {}
    name = table.file.name
    for row in table.rows:
        code, area = cell_text(row.cells[0]), without_notes(cell_text(row.cells[1])) if len(row.cells) > 1 else ""
        if not area:
            continue
        level = _level(code)
        if level is None or row.fault:
            reason = row.fault or f"“{code[:40]}” is no code of a police force area, a region or a nation"
            taking.rejects.add(Reject(name, row.number, table.place(0), reason), kind="no area")
            continue
        key = code or area
        if key in seen:
            raise SourceRefused(
                f"{name}: {table.named} has {area} in row {seen[key]} and again in row {row.number}: remove one of "
                "them. Nothing was changed.",
                file=name,
                line=row.number,
            )
        seen[key] = row.number
        taking.notes.setdefault(key, set()).update(noted_in(cell_text(row.cells[1])))
        _take_row(taking, table, row, (code, area))


def _level(code: str) -> str | None:
    """Return the level of an area; a force without a code, such as that of the railways, has no area of its own."""
    if not code:
        return OTHER
    return LEVELS.get(code[:3]) if _CODE.fullmatch(code) else None


def _take_row(taking: Taking, table: ForceTable, row: GridRow, area: tuple[str, str]) -> None:
    name, last = table.file.name, table.title.last
    people = _population(table, row)
    for group, at in table.groups.items():
        key = (last, *area, group)
        cell = taking.cells.setdefault(key, Cell(row.number, name))
        taking.read_by_file[name] = taking.read_by_file.get(name, 0) + 1
        try:
            value, missing = number_in(row.cells[at] if at < len(row.cells) else "")
            _put(cell, table, value, missing)
        except _Rejected as no:
            taking.spoilt.add(key)
            taking.rejects.add(Reject(name, row.number, table.place(at), str(no)), kind="not a number")
        cell.population = people if table.title.what == RATE else cell.population


def _put(cell: Cell, table: ForceTable, value: Decimal | None, missing: str) -> None:
    if table.title.what == RATE:
        # The workbook has what its own division left behind the 15th digit: more than any column of ours holds.
        cell.rate, cell.missing = None if value is None else half_up(value, _RATE_PLACES), missing
    elif value is not None and value != int(value):
        raise _Rejected(f"“{value}” is not a whole number of offences")
    else:
        cell.count = None if value is None else int(value)


def _population(table: ForceTable, row: GridRow) -> int | None:
    if table.population is None or table.population >= len(row.cells):
        return None
    try:
        value, _ = number_in(row.cells[table.population])
    except _Rejected:
        return None
    return None if value is None else int(value)


def number_in(cell: object) -> tuple[Decimal | None, str]:
    """Return a number that is not negative, or None with why it is missing; raises where it is neither."""
    text = cell_text(cell) if isinstance(cell, str | float) else str(cell)
    mark = _SHORTHAND.fullmatch(text)
    if mark or text.lower() in MISSING_MARKS:
        return None, _MISSING_WORDS.get(mark[1].lower() if mark else "x", _MISSING_WORDS["x"])
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise _Rejected(f"“{text[:40]}” is no number from 0 up: download the table again")
    return value, ""


def rows_taken(taking: Taking, notes: Mapping[str, str]) -> list[tuple[object, ...]]:
    """Return the rows of the release; `notes` are the publisher's by number."""
    return [
        (
            OTHER if not code else LEVELS[code[:3]],
            code or None,
            area,
            force_of(area) if not code or LEVELS[code[:3]] == FORCE else None,
            last.index,
            group,
            cell.count,
            cell.rate,
            cell.population,
            cell.missing or None,
            "\n".join(notes[n] for n in sorted(taking.notes[code or area], key=int) if n in notes),
            cell.file,
            cell.row,
        )
        for key, cell in taking.cells.items()
        if key not in taking.spoilt
        for last, code, area, group in (key,)
    ]


def totals_that_differ(taking: Taking) -> list[str]:
    """Return the groups whose number for England and Wales is not the sum of its forces, with both; see the notes."""
    totals: dict[tuple[Month, str], int] = {}
    sums: dict[tuple[Month, str], int] = {}
    for (last, code, _, group), cell in taking.cells.items():
        level = LEVELS[code[:3]] if code else OTHER
        if level == TOTAL and cell.count is not None:
            totals[last, group] = cell.count
        elif level in (FORCE, OTHER):
            sums[last, group] = sums.get((last, group), 0) + (cell.count or 0)
    return [
        f"{group}, year to {last}: {total:,}, and its forces {sums[last, group]:,}"
        for (last, group), total in sorted(totals.items(), key=str)
        if sums.get((last, group), total) != total
    ]
