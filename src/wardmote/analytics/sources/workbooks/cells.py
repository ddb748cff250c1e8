"""The words of a workbook: sheets, rows, cells, ranges, and what is wrong with single cells."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# A blank cell is the empty text.
CellValue = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
Place = tuple[int, int]
# What the grid of an XLSX workbook holds; an ODS sheet of LibreOffice has the same size.
MAX_ROWS: Final = 1_048_576
MAX_GRID_COLUMNS: Final = 16_384
# More cells than any table of figures; calamine holds blank ones too.
MAX_CELLS: Final = 25_000_000


def column_letters(number: int) -> str:
    """Write a column as a spreadsheet does: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, order=True)
class Span:
    """Rows, or columns, from the first to the last, counted from 1."""

    first: int
    last: int

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


@dataclass(frozen=True, order=True)
class CellRange:
    """A rectangle of cells, such as A1:C2."""

    rows: Span
    columns: Span

    def __str__(self) -> str:
        start = f"{column_letters(self.columns.first)}{self.rows.first}"
        end = f"{column_letters(self.columns.last)}{self.rows.last}"
        return start if start == end else f"{start}:{end}"


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet with its number; every row that holds something comes, blank ones do not."""

    number: int
    cells: tuple[CellValue, ...]


@dataclass(frozen=True)
class Sheet:
    """What a sheet is and what could mislead in it; places are (row, column), counted from 1.

    `faults` are cells without a value that can be trusted, with the reason; `percents` are cells that show 12% and
    hold 0.12; `formulas` counts the cells whose stored result is taken.
    """

    name: str
    hidden: bool
    last_row: int
    last_column: int
    formulas: int
    merged: tuple[CellRange, ...]
    hidden_rows: tuple[Span, ...]
    hidden_columns: tuple[Span, ...]
    faults: Mapping[Place, str]
    percents: frozenset[Place]

    @property
    def may_be_cut(self) -> bool:
        """Whether the sheet fills the grid to its last row, so that rows may have been lost when it was saved."""
        return self.last_row >= MAX_ROWS


@dataclass
class Scan:
    """What is gathered about one sheet while its XML goes by."""

    name: str
    hidden: bool = False
    last_row: int = 0
    last_column: int = 0
    formulas: int = 0
    merged: list[CellRange] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    faults: dict[Place, str] = field(default_factory=dict)
    percents: set[Place] = field(default_factory=set)

    def reach(self, row: int, column: int) -> None:
        """Note that a cell holds something."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def finished(self) -> Sheet:
        """Return the sheet; what is hidden beyond its last cell hides nothing."""
        return Sheet(
            self.name,
            self.hidden,
            self.last_row,
            self.last_column,
            self.formulas,
            tuple(sorted(self.merged)),
            tuple(sorted(span for span in self.hidden_rows if span.first <= self.last_row)),
            tuple(sorted(span for span in self.hidden_columns if span.first <= self.last_column)),
            self.faults,
            frozenset(self.percents),
        )
