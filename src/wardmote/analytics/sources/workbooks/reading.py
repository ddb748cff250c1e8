"""A workbook opened: its sheets as its XML describes them, and the rows of one sheet as calamine reads them."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import wardmote.analytics.sources.workbooks.ods as ods  # noqa: PLR0402  naming the package would make a cycle
import wardmote.analytics.sources.workbooks.xlsx as xlsx  # noqa: PLR0402
from wardmote.analytics.sources.contents import is_zip, member_names
from wardmote.analytics.sources.request import SourceRefused
from wardmote.analytics.sources.tables import MAX_COLUMNS
from wardmote.analytics.sources.workbooks.cells import MAX_CELLS, MAX_ROWS, Sheet, SheetRow
from wardmote.analytics.sources.workbooks.container import check_container, form_of, refused


@dataclass(frozen=True)
class Workbook:
    """A workbook that may be read: the name that people see, `XLSX` or `ODS`, and its sheets."""

    name: str
    path: Path
    form: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """Return a sheet by its name, spaces around it and capitals aside."""
        wanted = name.strip().casefold()
        return next((sheet for sheet in self.sheets if sheet.name.strip().casefold() == wanted), None)

    def rows(self, sheet: Sheet) -> Iterator[SheetRow]:
        """Go through the rows of a sheet that hold something, each cell in its column; raises SourceRefused."""
        from python_calamine import CalamineError, CalamineWorkbook

        _check_extent(self.name, sheet)
        try:
            with CalamineWorkbook.from_filelike(io.BytesIO(self.path.read_bytes())) as book:
                cells = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise refused(self.name, f"is damaged ({error})", "open it and save it again") from error
        faulty = {row for row, _ in sheet.faults}
        for number, row in enumerate(cells, start=1):
            # Counting is done by the list itself: a sheet may have a million blank rows.
            if number in faulty or row.count("") != len(row):
                yield SheetRow(number, (*row, *("",) * (sheet.last_column - len(row))))


def open_workbook(path: Path, name: str, *, with_links: bool = False) -> Workbook:
    """Check a workbook and describe its sheets; raises SourceRefused with what to do about it.

    `with_links` lets links to other files stand, which nothing follows: for who checks that no cell rests on a formula.
    """
    check_container(path, name)
    try:
        with zipfile.ZipFile(path) as archive:
            form = form_of(archive, name, with_links=with_links)
            reader = xlsx if form == "XLSX" else ods
            sheets = reader.sheets_of(archive, file=name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise refused(name, f"is damaged or cut short ({error})", "ask for it again") from error
    if not sheets:
        raise refused(name, "has no sheet with cells", "save the table as XLSX, ODS or CSV")
    return Workbook(name, path, form, sheets)


def is_workbook(sample: bytes, path: Path) -> bool:
    """Say whether a file is a workbook of any kind, old and locked ones too, by its content and not by its name."""
    if sample.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    if not is_zip(sample):
        return False
    try:
        names = member_names(path)
    except (zipfile.BadZipFile, OSError):
        return path.suffix.lower() in (".xlsx", ".xlsm", ".ods")
    return any(name.startswith("xl/") for name in names) or {"mimetype", "content.xml"} <= set(names)


def _check_extent(name: str, sheet: Sheet) -> None:
    if sheet.last_column > MAX_COLUMNS or sheet.last_row > MAX_ROWS:
        raise SourceRefused(
            f"{name} has {sheet.last_column:,} columns in the sheet “{sheet.name}”: it is not a table. "
            "Nothing was changed.",
            file=name,
        )
    if sheet.last_row * sheet.last_column > MAX_CELLS:
        raise refused(name, f"has more than {MAX_CELLS:,} cells in the sheet “{sheet.name}”", "save the table alone")
