"""How the tables by police force area are laid out: a title that says what and when, headings, areas, notes apart.

Source: Office for National Statistics, Crime in England and Wales: police force area data tables, year ending March
2022: tables P1 and P4 (numbers), P3 (rates) and the worksheet of notes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.figures.grid import GridRow, grid_of, open_table, workbook_file
from wardmote.analytics.sources.headers import fold
from wardmote.analytics.sources.intake import Found, InputFile, read_sample
from wardmote.analytics.sources.named_columns import cell_text
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.workbooks import CellValue, Sheet, Workbook, column_letters, is_workbook, open_workbook
from wardmote.definitions import force_tables
from wardmote.foundations.periods import MONTH_NAMES, Month

COUNT, RATE = "count", "rate"
_TITLE: Final = re.compile(
    r"police recorded crime by .*police force area.*?(number of offences|rate of offences|rates? per 1,000)"
    r".*?year ending ([A-Z][a-z]+) ((?:19|20)\d\d)",
    re.IGNORECASE | re.DOTALL,
)
_NOTE: Final = re.compile(r"\[\s*note\s*([\d,\s]+)\]", re.IGNORECASE)
_ROWS_ABOVE: Final = 20
_AREA_HEADINGS: Final = ("areacode", "areacodes")


@dataclass(frozen=True)
class Title:
    """What a table holds (COUNT or RATE), the last month of its year, and the numbers of its notes."""

    what: str
    last: Month
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ForceTable:
    """One table: its sheet ("" for CSV), its title, where each offence group and the residents stand, and its rows."""

    file: InputFile
    sheet: str
    title: Title
    groups: dict[str, int]
    population: int | None
    headings: Sequence[str]
    unknown: tuple[str, ...]
    rows: tuple[GridRow, ...]

    @property
    def named(self) -> str:
        """What messages call the table."""
        return f"the sheet “{self.sheet.strip()}” of {self.file.name}" if self.sheet else self.file.name

    def place(self, column: int) -> str:
        """Say where a cell stands: `“Table P3”, column Burglary (L)`."""
        of = f"“{self.sheet.strip()}”, " if self.sheet else ""
        return f"{of}column {self.headings[column]} ({column_letters(column + 1)})"


def title_of(cells: Iterable[CellValue]) -> Title | None:
    """Read the first cell of a table that has a text; None where it is the title of none of these."""
    text = next((cell_text(cell) for cell in cells if cell != ""), "")
    found = _TITLE.search(text)
    if found is None or found[2].capitalize() not in MONTH_NAMES:
        return None
    what = COUNT if found[1].lower() == "number of offences" else RATE
    month = Month(int(found[3]), MONTH_NAMES.index(found[2].capitalize()) + 1)
    return Title(what, month, noted_in(text))


def noted_in(text: str) -> tuple[str, ...]:
    """Return the numbers of the notes that a text refers to: `Kent [note 4][note 10, 11]` gives 4, 10 and 11."""
    return tuple(number for group in _NOTE.findall(text) for number in re.findall(r"\d+", group))


def without_notes(text: str) -> str:
    """Return a name without its references to notes."""
    return _NOTE.sub("", text).strip()


def is_force_book(path: Path, name: str) -> bool:
    """Say whether a workbook has a table of rates by force area."""
    book = open_workbook(path, name, with_links=True)
    titles = (_sheet_title(book, sheet) for sheet in book.sheets if sheet.last_row)
    return any(title is not None and title.what == RATE for title in titles)


def tables_in(found: Found, work: Path) -> tuple[list[ForceTable], dict[str, str]]:
    """Return the tables of a workbook or a CSV file, and the publisher's notes by number.

    Links of the workbook to other files are followed by nobody; a table with formulas is refused, for what rests on
    a link could be out of date.
    """
    if not is_workbook(read_sample(found.path), found.path):
        grid = grid_of(open_table(found, work))
        rows = tuple(grid.rows())
        title = title_of(rows[0].cells) if rows else None
        return ([] if title is None else [_table(grid.file, "", title, rows)]), {}
    book, file = open_workbook(found.path, found.name, with_links=True), workbook_file(found)
    tables = [_of_sheet(book, file, sheet, title) for sheet, title in _titled(book)]
    notes = book.sheet("Notes")
    return tables, {} if notes is None else _notes(book, notes)


def _titled(book: Workbook) -> list[tuple[Sheet, Title]]:
    titles = [(sheet, _sheet_title(book, sheet)) for sheet in book.sheets if sheet.last_row]
    return [(sheet, title) for sheet, title in titles if title is not None]


def _sheet_title(book: Workbook, sheet: Sheet) -> Title | None:
    first = next(iter(book.rows(sheet)), None)
    return None if first is None else title_of(first.cells)


def _of_sheet(book: Workbook, file: InputFile, sheet: Sheet, title: Title) -> ForceTable:
    if sheet.formulas:
        raise SourceRefused(
            f"{book.name} has formulas in the sheet “{sheet.name.strip()}”, which the published table has not: "
            "download it again from the Office for National Statistics. Nothing was changed.",
            file=book.name,
        )
    return _table(file, sheet.name, title, tuple(GridRow(row.number, row.cells) for row in book.rows(sheet)))


def _table(file: InputFile, sheet: str, title: Title, rows: tuple[GridRow, ...]) -> ForceTable:
    where = f"the sheet “{sheet.strip()}”" if sheet else "the table"
    at = next((n for n, row in enumerate(rows[:_ROWS_ABOVE]) if _is_heading(row)), None)
    if at is None:
        raise SourceRefused(
            f"{file.name}: {where} has no row with the headings Area Code and Area Name in its first {_ROWS_ABOVE} "
            "rows: download it again, and leave its first columns as they are. Nothing was changed.",
            file=file.name,
        )
    headings = [cell_text(cell) for cell in rows[at].cells]
    groups = {slug: n for n, text in enumerate(headings) if (slug := force_tables().group_called(text))}
    if not groups:
        raise SourceRefused(
            f"{file.name}: {where} names no offence group in row {rows[at].number}, such as Burglary: download it "
            "again. Nothing was changed.",
            file=file.name,
            line=rows[at].number,
        )
    people = next((n for n, text in enumerate(headings) if fold(text).startswith("populationfigures")), None)
    left = tuple(text for n, text in enumerate(headings[2:], start=2) if n not in (*groups.values(), people) and text)
    return ForceTable(file, sheet, title, groups, people, headings, left, rows[at + 1 :])


def _is_heading(row: GridRow) -> bool:
    return (
        len(row.cells) > 2
        and fold(cell_text(row.cells[0])) in _AREA_HEADINGS
        and fold(cell_text(row.cells[1])) == "areaname"
    )


def _notes(book: Workbook, sheet: Sheet) -> dict[str, str]:
    """Return the notes of the first list, which is that of these tables; further tables have lists of their own."""
    found: dict[str, str] = {}
    begun = False
    for row in book.rows(sheet):
        number = cell_text(row.cells[0])
        if begun and not number.isdecimal():
            break
        if begun:
            found[number] = cell_text(row.cells[1])
        begun = begun or fold(number) == "notenumber"
    return found
