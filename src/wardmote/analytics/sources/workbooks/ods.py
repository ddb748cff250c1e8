"""What the XML of an ODS workbook says that its cells do not, repeats counted before anything is laid out.

Source: OpenDocument 1.3 part 3, 9.1 (tables), 19.675 (repeated rows and columns), 17.15 (styles of tables).
"""

import zipfile
from typing import Any, Final

from wardmote.analytics.sources.workbooks.cells import (
    MAX_CELLS,
    MAX_GRID_COLUMNS,
    MAX_ROWS,
    CellRange,
    Scan,
    Sheet,
    Span,
)
from wardmote.analytics.sources.workbooks.container import refused
from wardmote.analytics.sources.workbooks.markup import Elements, check_prologue, walk

_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_OUTSIDE: Final = ("file:", "http:", "https:", "DDE(", "WEBSERVICE(")


def sheets_of(archive: zipfile.ZipFile, *, file: str) -> tuple[Sheet, ...]:
    """Go through a workbook's content and return its sheets in their order."""
    members = set(archive.namelist())
    if _MANIFEST in members:
        locks = _Locks()
        walk(archive, _MANIFEST, locks, file=file)
        if locks.found:
            raise refused(file, "is protected by a password", "save a copy without a password")
    if "styles.xml" in members:
        check_prologue(archive, "styles.xml", file=file)
    content = _Content(file)
    walk(archive, _CONTENT, content, file=file)
    return tuple(scan.finished() for scan in content.scans)


class _Locks(Elements):
    found = False

    def begin_encryption_data(self, attrs: Any) -> None:
        self.found = True


class _Content(Elements):
    def __init__(self, file: str) -> None:
        super().__init__()
        self._file = file
        self.scans: list[Scan] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._grid_column = 0
        self._cell: Any = None
        self._said = False

    def begin_style(self, attrs: Any) -> None:
        self._style = attrs.get("style:name", "")

    def begin_table_properties(self, attrs: Any) -> None:
        if attrs.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def begin_table(self, attrs: Any) -> None:
        hidden = attrs.get("table:style-name", "") in self._hidden_styles
        self.scans.append(Scan(attrs.get("table:name", ""), hidden))
        self._row = self._grid_column = 0
        self._rows = 1

    def begin_table_source(self, attrs: Any) -> None:
        raise refused(self._file, "has links to other files", "save a copy that holds values only")

    begin_cell_range_source = begin_dde_source = begin_dde_link = begin_table_source

    def begin_database_source_sql(self, attrs: Any) -> None:
        raise refused(self._file, "has a connection to a database", "save a copy that holds values only")

    begin_database_source_table = begin_database_source_query = begin_database_source_sql

    def begin_table_column(self, attrs: Any) -> None:
        first = self._grid_column + 1
        self._grid_column += self._repeats(attrs, "table:number-columns-repeated", MAX_GRID_COLUMNS)
        if attrs.get("table:visibility", "visible") != "visible":
            self.scans[-1].hidden_columns.append(Span(first, self._grid_column))

    def begin_table_row(self, attrs: Any) -> None:
        self._row += 1
        self._rows = self._repeats(attrs, "table:number-rows-repeated", MAX_ROWS)
        self._column = 0
        if attrs.get("table:visibility", "visible") != "visible":
            self.scans[-1].hidden_rows.append(Span(self._row, self._row + self._rows - 1))

    def end_table_row(self) -> None:
        self._row += self._rows - 1

    def begin_table_cell(self, attrs: Any) -> None:
        self._column += 1
        self._columns = self._repeats(attrs, "table:number-columns-repeated", MAX_GRID_COLUMNS)
        self._cell = dict(attrs.items())
        self._merge()
        self._said = False
        self.text.clear()

    begin_covered_table_cell = begin_table_cell

    def begin_p(self, attrs: Any) -> None:
        self._said = True

    def end_table_cell(self) -> None:
        cell = self._cell
        formula = cell.get("table:formula", "")
        if any(word.lower() in formula.lower() for word in _OUTSIDE):
            raise refused(self._file, "has links to other files", "save a copy that holds values only")
        kind = cell.get("office:value-type", "")
        if kind or formula or self._said:
            self._reach()
            self._note(cell, kind, formula)
        self._column += self._columns - 1
        self.text.clear()

    end_covered_table_cell = end_table_cell

    def _reach(self) -> None:
        scan = self.scans[-1]
        scan.reach(self._row + self._rows - 1, self._column + self._columns - 1)
        if scan.last_row * scan.last_column > MAX_CELLS:
            raise refused(self._file, f"repeats a cell until it has more than {MAX_CELLS:,}", "do not use this file")

    def _note(self, cell: dict[str, str], kind: str, formula: str) -> None:
        scan, said = self.scans[-1], "".join(self.text).strip()
        fault = ""
        if cell.get("calcext:value-type") == "error" or (formula and said.startswith(("#", "Err:"))):
            fault = f"the error value {said[:20]}"
        elif formula and not kind:
            fault = "a formula without a stored value: open the workbook and save it again"
        scan.formulas += bool(formula)
        if not fault and kind != "percentage":
            return
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + self._columns):
                if fault:
                    scan.faults[row, column] = fault
                else:
                    scan.percents.add((row, column))

    def _merge(self) -> None:
        rows = int(self._cell.get("table:number-rows-spanned", "1"))
        columns = int(self._cell.get("table:number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            place = CellRange(Span(self._row, self._row + rows - 1), Span(self._column, self._column + columns - 1))
            self.scans[-1].merged.append(place)

    def _repeats(self, attrs: Any, name: str, most: int) -> int:
        number = int(attrs.get(name, "1"))
        if not 1 <= number <= most:
            raise refused(self._file, f"repeats a row or cell {number:,} times", "do not use this file")
        return number
