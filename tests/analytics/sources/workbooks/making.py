"""Small workbooks for tests: XLSX by xlsxwriter and by hand, ODS by hand."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Sheets = Mapping[str, list[list[Any]]]
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
)


def xlsx(
    path: Path,
    sheets: Sheets,
    *,
    change: Callable[[Any, dict[str, Any]], None] | None = None,
    options: dict[str, Any] | None = None,
) -> Path:
    """Write rows of plain values; `change` gets the xlsxwriter workbook and its sheets before they are saved."""
    import datetime as dt

    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, **(options or {})}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        made = {}
        for name, rows in sheets.items():
            sheet = made[name] = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(row, column, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value)
        if change is not None:
            change(book, made)
    return path


def repacked(path: Path, changes: Mapping[str, bytes | None] | None = None, **add: bytes) -> Path:
    """Write a ZIP container again with some members replaced, left out (None) or added."""
    out = io.BytesIO()
    changes = dict(changes or {})
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = changes.pop(entry.filename, source.read(entry))
            if content is not None:
                target.writestr(entry.filename, content)
        for name, added in {**changes, **add}.items():
            if added is not None:
                target.writestr(name, added)
    path.write_bytes(out.getvalue())
    return path


def part(path: Path, member: str) -> bytes:
    """Return one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(member)


def edited(path: Path, member: str, old: str, new: str) -> Path:
    """Replace a text in one part of a workbook."""
    content = part(path, member).decode()
    assert old in content, content[:2000]
    return repacked(path, {member: content.replace(old, new).encode()})


def xlsx_of_xml(path: Path, sheet_data: str, *, after: str = "") -> Path:
    """Write a workbook whose only sheet has the XML of `sheetData` given."""
    xlsx(path, {"Sheet1": [["x"]]})
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = f'<?xml version="1.0"?><worksheet {main}><sheetData>{sheet_data}</sheetData>{after}</worksheet>'
    return repacked(path, {"xl/worksheets/sheet1.xml": xml.encode()})


def ods_cell(value: Any = "", *, attributes: str = "") -> str:
    """Write one cell as LibreOffice does."""
    import datetime as dt

    if value in ("", None):
        return f"<table:table-cell {attributes}/>"
    if isinstance(value, dt.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, bool | int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind} {attributes}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def ods_row(cells: list[str], *, attributes: str = "") -> str:
    """Write one row of cells."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_of_xml(path: Path, tables: str, *, styles: str = "", extra: Mapping[str, bytes] | None = None) -> Path:
    """Write an ODS workbook whose tables are the XML given."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMES} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
        for name, added in (extra or {}).items():
            archive.writestr(name, added)
    return path


def ods_table(name: str, rows: list[str], *, attributes: str = "", columns: str = "") -> str:
    """Write one sheet."""
    return f'<table:table table:name="{name}" {attributes}>{columns}{"".join(rows)}</table:table>'


def ods(path: Path, sheets: Sheets) -> Path:
    """Write rows of plain values as ODS."""
    tables = (
        ods_table(name, [ods_row([ods_cell(value) for value in row]) for row in rows]) for name, rows in sheets.items()
    )
    return ods_of_xml(path, "".join(tables))
