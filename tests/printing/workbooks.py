"""Reads a workbook as its file states it, with nothing but the standard library: cells, their types, the sheets."""
# ruff: noqa: S314 (it reads only what a test has just made)

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class ReadSheet:
    """A sheet: its rows of cells by column, its raw text, and whether it can be seen."""

    name: str
    rows: tuple[tuple[str | float | None, ...], ...]
    raw: str
    visible: bool

    def row_of(self, first: str) -> int:
        """The place of the row whose first cell says this."""
        return [row[0] for row in self.rows if row].index(first)


def read_workbook(content: bytes) -> dict[str, ReadSheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))
            for item in ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
        ]
        listed = ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
        return {
            sheet.get("name", ""): _sheet(sheet, package.read(f"xl/worksheets/sheet{place}.xml").decode(), strings)
            for place, sheet in enumerate(listed, start=1)
        }


def _sheet(sheet: ElementTree.Element, raw: str, strings: list[str]) -> ReadSheet:
    rows = [[_value(cell, strings) for cell in row] for row in ElementTree.fromstring(raw).iter(f"{_MAIN}row")]
    name, state = sheet.get("name", ""), sheet.get("state", "visible")
    return ReadSheet(name, tuple(map(tuple, rows)), raw, state == "visible")


def _value(cell: ElementTree.Element, strings: list[str]) -> str | float | None:
    found = cell.find(f"{_MAIN}v")
    if found is None or found.text is None:
        return None
    return strings[int(found.text)] if cell.get("t") == "s" else float(found.text)
