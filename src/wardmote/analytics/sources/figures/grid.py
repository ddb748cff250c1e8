"""A table as rows of cells with their row numbers, whether it came as CSV or as a sheet of a workbook."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.headers import DELIMITERS
from wardmote.analytics.sources.intake import Found, InputFile, check_files, read_sample
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import rows_of
from wardmote.analytics.sources.workbooks import (
    CellValue,
    Scan,
    Sheet,
    Workbook,
    column_letters,
    is_workbook,
    open_workbook,
)

_SAMPLED_LINES: Final = 50
NO_SHEET: Final = Scan("").finished()


@dataclass(frozen=True)
class GridRow:
    """One row: its number in the file, its cells, and why they cannot be trusted where they cannot."""

    number: int
    cells: tuple[CellValue, ...]
    fault: str = ""


@dataclass(frozen=True)
class Grid:
    """A table that can be gone through as often as needed; `sheet` is NO_SHEET for CSV."""

    file: InputFile
    sheet: Sheet
    rows: Callable[[], Iterable[GridRow]]
    # Sheets of the workbook that are left aside.
    others: tuple[str, ...] = field(default=())

    @property
    def is_workbook(self) -> bool:
        """Whether the table came in a workbook."""
        return self.sheet is not NO_SHEET


@dataclass(frozen=True)
class Table:
    """A file that may hold tables: a workbook, or None for CSV."""

    file: InputFile
    workbook: Workbook | None


def open_table(found: Found, work: Path) -> Table:
    """Check a CSV file or a workbook; raises SourceRefused with what to do."""
    sample = read_sample(found.path)
    if is_workbook(sample, found.path):
        return Table(workbook_file(found), open_workbook(found.path, found.name))
    (file,) = check_files([found], work / "text", expected="csv")
    return Table(file, None)


def workbook_file(found: Found) -> InputFile:
    """Return a workbook as a file that was hashed; it has no text."""
    about = found.path.stat()
    with found.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return InputFile(found.name, found.path, found.path, digest, about.st_size, "", "", about.st_ctime_ns)


def grid_of(table: Table, *, sheet: str = "", hidden: str = "ask") -> Grid:
    """Return the table of a CSV file, or of one sheet; asks by refusing where it cannot know which is meant."""
    if table.workbook is None:
        return Grid(table.file, NO_SHEET, lambda: _csv_rows(table.file))
    chosen = _chosen(table.workbook, sheet, hidden)
    _check_hidden_parts(table.workbook.name, chosen, hidden)
    rows = tuple(_sheet_rows(table.workbook, chosen, leave_out=hidden == "leave out"))
    others = tuple(one.name for one in table.workbook.sheets if one is not chosen)
    return Grid(table.file, chosen, lambda: rows, others)


def _csv_rows(file: InputFile) -> Iterator[GridRow]:
    for row in rows_of(file, delimiter=sniffed(file.head)):
        yield GridRow(row.line, tuple(row.cells), row.fault)


def sniffed(head: str) -> str:
    """Return the separator that splits the first lines into most cells; the comma before the others."""
    lines = head.splitlines(keepends=True)[:_SAMPLED_LINES]
    return max(DELIMITERS, key=lambda delimiter: _cells_in(lines, delimiter))


def _cells_in(lines: list[str], delimiter: str) -> int:
    try:
        return sum(len(row) for row in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0


def _chosen(book: Workbook, name: str, hidden: str) -> Sheet:
    sheets = [sheet for sheet in book.sheets if sheet.last_row]
    if name:
        sheet = book.sheet(name)
        if sheet is None:
            raise _ask(book, f"has no sheet “{name}”", sheets)
        if sheet.hidden and hidden != "include":
            raise _ask(book, f"has the sheet “{sheet.name}” hidden; say that hidden parts are meant, or", sheets)
        return sheet
    if len(sheets) != 1:
        raise _ask(book, "has several sheets" if sheets else "has no sheet with cells", sheets)
    if sheets[0].hidden and hidden != "include":
        raise _ask(book, "has its only sheet hidden; say that hidden parts are meant, or", sheets)
    return sheets[0]


def _ask(book: Workbook, what: str, sheets: list[Sheet]) -> SourceRefused:
    named = ", ".join(f"“{sheet.name}”{' (hidden)' if sheet.hidden else ''}" for sheet in sheets[:20])
    return SourceRefused(
        f"{book.name} {what}: say which sheet to read{f' of {named}' if named else ''}. Nothing was changed.",
        file=book.name,
    )


def _check_hidden_parts(name: str, sheet: Sheet, hidden: str) -> None:
    if hidden != "ask" or not (sheet.hidden_rows or sheet.hidden_columns):
        return
    rows = [f"{span.first} to {span.last}" if span.last > span.first else str(span.first) for span in sheet.hidden_rows]
    columns = [f"{column_letters(span.first)} to {column_letters(span.last)}" for span in sheet.hidden_columns]
    parts = [
        f"{words} {', '.join(spans[:5])}{' and more' if len(spans) > 5 else ''}"
        for words, spans in (("rows", rows), ("columns", columns))
        if spans
    ]
    raise SourceRefused(
        f"{name} has hidden {' and '.join(parts)} in the sheet “{sheet.name}”: say whether to include them or leave "
        "them out. Nothing was changed.",
        file=name,
    )


def _sheet_rows(book: Workbook, sheet: Sheet, *, leave_out: bool) -> Iterator[GridRow]:
    hidden = {at for span in sheet.hidden_columns for at in range(span.first, min(span.last, sheet.last_column) + 1)}
    hidden_rows = {at for span in sheet.hidden_rows for at in range(span.first, min(span.last, sheet.last_row) + 1)}
    for row in book.rows(sheet):
        if not leave_out:
            yield GridRow(row.number, row.cells)
        elif row.number not in hidden_rows:
            cells = tuple("" if at in hidden else cell for at, cell in enumerate(row.cells, start=1))
            yield GridRow(row.number, cells)
