"""The headings of a table: rows joined, merged cells spread, columns found by name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wardmote.analytics.sources.figures.grid import Grid, GridRow
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.mapping import ColumnMapping
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.workbooks import CellRange, CellValue, column_letters

_MOST_MERGED: Final = 1_000_000


@dataclass(frozen=True)
class Heading:
    """One column: its position from 0, its heading as text, and the cell's own value (a date stays a date)."""

    at: int
    text: str
    value: CellValue
    # The cells that were joined, from the top, where more than one row holds headings.
    parts: tuple[CellValue, ...] = ()

    @property
    def shown(self) -> str:
        """The heading, or the column's letters where it has none."""
        return self.text or f"column {column_letters(self.at + 1)}"


def headings_of(grid: Grid, mapping: ColumnMapping) -> tuple[Heading, ...]:
    """Join the heading rows of a table; refuses merged cells unless the mapping says that they are joined."""
    check_merged(grid, mapping)
    rows = {row.number: row for row in _up_to(grid.rows(), mapping.header_last)}
    wanted = [rows[number] for number in range(mapping.header_first, mapping.header_last + 1) if number in rows]
    if not wanted:
        raise SourceRefused(
            f"{grid.file.name} has nothing in row {mapping.header_first}, where its headings should be. "
            "Nothing was changed.",
            file=grid.file.name,
        )
    headings = tuple(_joined(grid, mapping, wanted))
    _check_doubled(grid, headings)
    return headings


def _up_to(rows: Iterable[GridRow], last: int) -> Iterable[GridRow]:
    for row in rows:
        if row.number > last:
            return
        yield row


def check_merged(grid: Grid, mapping: ColumnMapping) -> None:
    """Refuse merged cells from the heading rows down, naming the first range; above them they are only a title."""
    merged = [one for one in grid.sheet.merged if one.rows.last >= mapping.header_first]
    if merged and mapping.merged != "join":
        more = f" and {len(merged) - 1} more" if len(merged) > 1 else ""
        raise SourceRefused(
            f"{grid.file.name} has merged cells ({merged[0]}{more}) in the sheet “{grid.sheet.name}”: say that their "
            "text belongs to every cell of the range, or undo the merging. Nothing was changed.",
            file=grid.file.name,
        )
    if sum(_size(one) for one in merged) > _MOST_MERGED:
        raise SourceRefused(f"{grid.file.name} has more than 1,000,000 merged cells: undo them.", file=grid.file.name)


def _size(one: CellRange) -> int:
    return (one.rows.last - one.rows.first + 1) * (one.columns.last - one.columns.first + 1)


def _joined(grid: Grid, mapping: ColumnMapping, rows: list[GridRow]) -> Iterable[Heading]:
    width = max(len(row.cells) for row in rows)
    spread = [_spread(grid, mapping, row, width) for row in rows]
    for at in range(width):
        parts: list[str] = []
        values = [cells[at] for cells in spread if cells[at] != ""]
        for text in map(heading_text, values):
            if text and text not in parts:
                parts.append(text)
        joined = " / ".join(parts)
        yield Heading(at, joined, values[0] if len(values) == 1 else joined, tuple(values))


def _spread(grid: Grid, mapping: ColumnMapping, row: GridRow, width: int) -> list[CellValue]:
    """Give every cell of a merged range its text; in CSV, where merging is lost, the text to the left."""
    cells = [*row.cells, *("",) * (width - len(row.cells))]
    for one in grid.sheet.merged:
        if row.number in one.rows:
            for at in range(one.columns.first - 1, min(one.columns.last, width)):
                cells[at] = cells[one.columns.first - 1] if row.number == one.rows.first else ""
    if not grid.is_workbook and mapping.merged == "join" and row.number < mapping.header_last:
        for at in range(1, width):
            cells[at] = cells[at] if cells[at] != "" else cells[at - 1]
    return cells


def heading_text(value: CellValue) -> str:
    """Write a heading's cell as text: a date as 2024-01-01, a whole number without its point."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).strip("\ufeff").split())


def _check_doubled(grid: Grid, headings: tuple[Heading, ...]) -> None:
    seen: dict[str, str] = {}
    for heading in headings:
        key = fold(heading.text)
        if key and key in seen:
            raise SourceRefused(
                f"{grid.file.name} has the column “{heading.text}” twice (“{seen[key]}”): rename one. "
                "Nothing was changed.",
                file=grid.file.name,
                column=heading.text,
            )
        seen[key] = heading.text


def find(grid: Grid, headings: tuple[Heading, ...], name: str) -> Heading:
    """Return the column with a heading, capitals and signs aside; raises SourceRefused naming those there are."""
    wanted = fold(name)
    for heading in headings:
        if heading.text == name or (wanted and fold(heading.text) == wanted):
            return heading
    shown = ", ".join(f"“{heading.text}”" for heading in headings[:12] if heading.text) or "none"
    raise SourceRefused(
        f"{grid.file.name} has no column “{name}”; its headings are {shown}. Correct the mapping, or ask the supplier. "
        "Nothing was changed.",
        file=grid.file.name,
        column=name,
    )
