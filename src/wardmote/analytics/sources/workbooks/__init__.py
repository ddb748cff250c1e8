"""Workbooks (XLSX, ODS): the cells read by calamine, and everything that could mislead found in their own XML first.

Sources: ECMA-376 part 1 (SpreadsheetML) and OpenDocument 1.3 part 3 (OASIS), the elements named in `xlsx` and `ods`.
"""

from wardmote.analytics.sources.workbooks.cells import CellRange, CellValue, Scan, Sheet, SheetRow, Span, column_letters
from wardmote.analytics.sources.workbooks.reading import Workbook, is_workbook, open_workbook

__all__ = [
    "CellRange",
    "CellValue",
    "Scan",
    "Sheet",
    "SheetRow",
    "Span",
    "Workbook",
    "column_letters",
    "is_workbook",
    "open_workbook",
]
