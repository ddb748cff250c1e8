"""Tables of publishers found by the names of their columns, in CSV files and on every sheet of workbooks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.figures.grid import Grid, GridRow, Table, grid_of, open_table
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.intake import InputFile, find_files
from wardmote.analytics.sources.release import work_folder
from wardmote.analytics.sources.request import ReadRequest, SourceRefused
from wardmote.analytics.sources.workbooks import CellValue, open_workbook

SUFFIXES: Final = (".csv", ".xlsx", ".ods", ".xlsm", ".xls")
# Publishers put titles and notes above their headings.
_ROWS_ABOVE: Final = 20
_LINE_BREAKS: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Columns:
    """Which columns a table must have and which it may have: our name, and the published names, folded."""

    needed: Mapping[str, tuple[str, ...]]
    welcome: Mapping[str, tuple[str, ...]]

    def found_in(self, cells: Sequence[CellValue]) -> dict[str, int] | None:
        """Return where each of our columns stands, None where one that is needed is not there."""
        folded = [fold(cell_text(cell)) for cell in cells]
        names = {**self.needed, **self.welcome}
        found = {ours: folded.index(one) for ours, given in names.items() for one in given if one in folded}
        return found if all(ours in found for ours in self.needed) else None


@dataclass(frozen=True)
class NamedTable:
    """A table whose columns are known: where each stands, what it is called, and the number of its heading row."""

    grid: Grid
    positions: Mapping[str, int]
    headings: Mapping[str, str]
    heading_row: int

    @property
    def file(self) -> InputFile:
        """The file that it came in."""
        return self.grid.file

    def rows(self) -> Iterator[tuple[GridRow, dict[str, str]]]:
        """Go through the rows below the headings, each with the texts of our columns."""
        for row in self.grid.rows():
            if row.number > self.heading_row:
                yield row, {ours: _text_at(row.cells, at) for ours, at in self.positions.items()}


def named_tables(request: ReadRequest, columns: Columns, *, what: str) -> list[NamedTable]:
    """Find every table of a request that has the columns, each content once; raises SourceRefused."""
    work = work_folder(request)
    found, _ = find_files(request.paths, work, suffixes=SUFFIXES)
    if not found:
        raise SourceRefused("There is no CSV file and no workbook in what was given.")
    request.progress("Checking the files", 0, len(found))
    opened = {table.file.sha256: table for table in (open_table(one, work) for one in found)}
    tables = []
    for table in opened.values():
        here = [named for named in (_named(grid, columns) for grid in _grids(table)) if named is not None]
        if not here:
            raise _lacking(table.file.name, columns, what)
        tables += here
    return tables


def has_columns(path: Path, name: str, columns: Columns) -> bool:
    """Say whether any sheet of a workbook has the columns."""
    book = open_workbook(path, name)
    return any(columns.found_in(row.cells) for sheet in book.sheets for row in list(book.rows(sheet))[:_ROWS_ABOVE])


def cell_text(cell: CellValue) -> str:
    """Return a cell as text: a whole number without its point (`98`, not `98.0`), line breaks as spaces."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _LINE_BREAKS.sub(" ", str(cell)).strip()


def _grids(table: Table) -> list[Grid]:
    if table.workbook is None:
        return [grid_of(table)]
    # A publisher's sheet is meant whole: a column folded away for readability is still part of it.
    return [grid_of(table, sheet=sheet.name, hidden="include") for sheet in table.workbook.sheets if sheet.last_row]


def _named(grid: Grid, columns: Columns) -> NamedTable | None:
    for seen, row in enumerate(grid.rows()):
        if seen >= _ROWS_ABOVE:
            return None
        positions = columns.found_in(row.cells)
        if positions is not None:
            headings = {ours: cell_text(row.cells[at]).strip("\ufeff") for ours, at in positions.items()}
            return NamedTable(grid, positions, headings, row.number)
    return None


def _text_at(cells: Sequence[CellValue], at: int) -> str:
    return cell_text(cells[at]) if at < len(cells) else ""


def _lacking(name: str, columns: Columns, what: str) -> SourceRefused:
    wanted = ", ".join(f"“{given[0]}”" for given in columns.needed.values())
    return SourceRefused(
        f"{name} has no table with the columns of {what} (capitals and spaces aside: {wanted}). Nothing was changed.",
        file=name,
    )
