"""Workbooks are read cell by cell, and nothing in them misleads silently."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.workbooks.making import (
    edited,
    ods,
    ods_cell,
    ods_of_xml,
    ods_row,
    ods_table,
    repacked,
    xlsx,
    xlsx_of_xml,
)
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.workbooks import Sheet, Workbook, column_letters, is_workbook, open_workbook
from wardmote.analytics.sources.workbooks.cells import MAX_ROWS, CellRange, Span

ROWS: list[list[Any]] = [
    ["Month", "Ward", "Incidents"],
    [dt.date(2024, 1, 1), "Abbey", 12],
    [dt.date(2024, 2, 1), "Bridge", 0.5],
]
FORMS: list[Callable[[Path], Path]] = [
    lambda folder: xlsx(folder / "fire.xlsx", {"Fires": ROWS}),
    lambda folder: ods(folder / "fire.ods", {"Fires": ROWS}),
]
BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]><b>&b;</b>'


def _opened(path: Path) -> Workbook:
    return open_workbook(path, path.name)


def _only(path: Path) -> Sheet:
    (sheet,) = _opened(path).sheets
    return sheet


@pytest.mark.parametrize("make", FORMS, ids=["XLSX", "ODS"])
def test_cells_come_with_their_row_and_their_values(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    book = _opened(make(tmp_path))
    sheet = book.sheet(" fires ")
    assert sheet is not None
    assert [(row.number, list(row.cells)) for row in book.rows(sheet)] == [
        (number, [float(cell) if isinstance(cell, int) else cell for cell in row])
        for number, row in enumerate(ROWS, start=1)
    ]
    assert (sheet.last_row, sheet.last_column, sheet.formulas, dict(sheet.faults)) == (3, 3, 0, {})
    assert not sheet.hidden
    assert sheet.merged == sheet.hidden_rows == sheet.hidden_columns == ()


def test_a_table_that_begins_further_down_keeps_its_row_and_column_numbers(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"A": [[], [], ["", "x"], [], ["", "", 3]]})
    book = _opened(path)
    assert [(row.number, row.cells) for row in book.rows(book.sheets[0])] == [(3, ("", "x", "")), (5, ("", "", 3.0))]
    rows = [ods_row([ods_cell()], attributes='table:number-rows-repeated="4"'), ods_row([ods_cell(), ods_cell("x")])]
    book = _opened(ods_of_xml(tmp_path / "a.ods", ods_table("A", rows)))
    assert [(row.number, row.cells) for row in book.rows(book.sheets[0])] == [(5, ("", "x"))]


@pytest.mark.parametrize("date_1904", [False, True])
def test_dates_of_both_date_systems_are_the_same_day(tmp_path: Path, date_1904: bool) -> None:
    book = _opened(xlsx(tmp_path / "a.xlsx", {"A": ROWS}, options={"date_1904": date_1904}))
    assert next(iter(list(book.rows(book.sheets[0]))[1].cells)) == dt.date(2024, 1, 1)


def test_a_formula_gives_its_stored_value_and_is_counted(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].write_formula(0, 1, "=1+1", None, 2)
        sheets["A"].write_formula(1, 1, "=1+1", None, "")
        sheets["A"].write_formula(2, 1, "=1/0", None, "#DIV/0!")

    sheet = _only(xlsx(tmp_path / "a.xlsx", {"A": [["x"], ["y"], ["z"]]}, change=change))
    assert sheet.formulas == 3
    assert dict(sheet.faults) == {
        (2, 2): "a formula without a stored value: open the workbook and save it again",
        (3, 2): "the error value #DIV/0!",
    }


def test_formulas_and_errors_of_ods_are_found_too(tmp_path: Path) -> None:
    rows = [
        ods_row([ods_cell(2, attributes='table:formula="of:=1+1"')]),
        ods_row(['<table:table-cell table:formula="of:=1+1"/>']),
        ods_row([ods_cell("#REF!", attributes='table:formula="of:=[#REF!]" calcext:value-type="error"')]),
    ]
    sheet = _only(ods_of_xml(tmp_path / "a.ods", ods_table("A", rows)))
    assert sheet.formulas == 3
    assert [place for place, _ in sorted(sheet.faults.items())] == [(2, 1), (3, 1)]
    assert sheet.faults[3, 1] == "the error value #REF!"


def test_merged_cells_hidden_rows_columns_and_sheets_are_named(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].merge_range(0, 1, 0, 2, "2024")
        sheets["A"].set_row(2, None, None, {"hidden": True})
        sheets["A"].set_row(90, None, None, {"hidden": True})
        sheets["A"].set_column(1, 1, None, None, {"hidden": True})
        sheets["Old"].hide()

    first, second = _opened(
        xlsx(tmp_path / "a.xlsx", {"A": [["x"], ["y"], ["z", 1, 2]], "Old": [["x"]]}, change=change)
    ).sheets
    assert [str(one) for one in first.merged] == ["B1:C1"]
    assert first.hidden_rows == (Span(3, 3),)
    assert first.hidden_columns == (Span(2, 2),)
    assert (first.hidden, second.hidden) == (False, True)


def test_the_same_is_found_in_ods(tmp_path: Path) -> None:
    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
    merged = ods_cell("2024", attributes='table:number-columns-spanned="2" table:number-rows-spanned="1"')
    rows = [
        ods_row([ods_cell("x"), merged, "<table:covered-table-cell/>"]),
        ods_row([ods_cell(1), ods_cell(2), ods_cell(3)], attributes='table:visibility="collapse"'),
    ]
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    tables = ods_table("A", rows, columns=columns) + ods_table("Old", rows, attributes='table:style-name="ta2"')
    first, second = _opened(ods_of_xml(tmp_path / "a.ods", tables, styles=styles + "</style:style>")).sheets
    assert first.merged == (CellRange(Span(1, 1), Span(2, 3)),)
    assert first.hidden_rows == (Span(2, 2),)
    assert first.hidden_columns == (Span(2, 2),)
    assert (first.hidden, second.hidden) == (False, True)


def test_cells_that_show_a_percentage_are_marked(tmp_path: Path) -> None:
    def change(book: Any, sheets: dict[str, Any]) -> None:
        sheets["A"].write_number(0, 1, 0.12, book.add_format({"num_format": "0.0%"}))
        sheets["A"].write_number(0, 2, 0.12, book.add_format({"num_format": '0.0" % of"'}))
        sheets["A"].write_number(0, 3, 0.12, book.add_format({"num_format": 9}))

    assert _only(xlsx(tmp_path / "a.xlsx", {"A": [["x"]]}, change=change)).percents == {(1, 2), (1, 4)}
    cell = (
        '<table:table-cell office:value-type="percentage" office:value="0.12"><text:p>12%</text:p></table:table-cell>'
    )
    assert _only(ods_of_xml(tmp_path / "a.ods", ods_table("A", [ods_row([cell])]))).percents == {(1, 1)}


def test_a_sheet_that_fills_the_grid_may_be_cut(tmp_path: Path) -> None:
    last = f'<row r="{MAX_ROWS}"><c r="A{MAX_ROWS}"><v>2</v></c></row>'
    sheet = _only(xlsx_of_xml(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + last))
    assert sheet.may_be_cut
    assert not _only(
        xlsx_of_xml(tmp_path / "b.xlsx", '<row><c><v>1</v></c><c t="inlineStr"><is/></c></row>')
    ).may_be_cut


def test_the_empty_rows_that_libreoffice_repeats_to_the_end_are_no_rows(tmp_path: Path) -> None:
    tail = ods_row(
        [ods_cell(attributes='table:number-columns-repeated="16384"')],
        attributes='table:number-rows-repeated="1048575"',
    )
    sheet = _only(ods_of_xml(tmp_path / "a.ods", ods_table("A", [ods_row([ods_cell("x")]), tail])))
    assert (sheet.last_row, sheet.last_column) == (1, 1)


def _xlsx(path: Path) -> Path:
    return xlsx(path, {"Fires": ROWS})


def _ods_repeating(path: Path, attributes: str) -> Path:
    return ods_of_xml(path, ods_table("A", [ods_row([ods_cell(1, attributes=attributes)])]))


def _ods_row_repeating(path: Path, number: int) -> Path:
    row = ods_row(
        [ods_cell(1, attributes='table:number-columns-repeated="16384"')],
        attributes=f'table:number-rows-repeated="{number}"',
    )
    return ods_of_xml(path, ods_table("A", [row]))


REFUSED: list[tuple[str, str, Callable[[Path], Path], str]] = [
    (
        "macros inside",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/vbaProject.bin": b"x"}),
        "has macros.*without macros",
    ),
    ("a name for macros", "a.xlsm", _xlsx, "is a workbook for macros"),
    (
        "a type for macros",
        "a.xlsx",
        lambda p: edited(_xlsx(p), "[Content_Types].xml", "sheet.main+xml", "sheet.macroEnabled.main+xml"),
        "is a workbook for macros",
    ),
    (
        "links out",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        "links to other files: save a copy that holds values only",
    ),
    (
        "a connection",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/connections.xml": b"<x/>"}),
        "a connection to a database",
    ),
    (
        "an entity bomb in a sheet",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/worksheets/sheet1.xml": BOMB}),
        "entities or a document type in xl/worksheets/sheet1.xml",
    ),
    (
        "an entity bomb in the texts",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/sharedStrings.xml": BOMB}),
        "entities or a document type in xl/sharedStrings.xml",
    ),
    (
        "broken XML",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
        "is damaged in xl/worksheets/sheet1.xml",
    ),
    (
        "a bomb of spaces",
        "a.xlsx",
        lambda p: repacked(_xlsx(p), {"xl/worksheets/sheet1.xml": b" " * 30_000_000}),
        "200 times its size",
    ),
    ("a climbing part", "a.xlsx", lambda p: repacked(_xlsx(p), {"xl/../../x": b"x"}), "points outside"),
    ("cut short", "a.xlsx", lambda p: _cut(_xlsx(p)), "damaged or cut short"),
    ("no sheets", "a.xlsx", lambda p: edited(_xlsx(p), "xl/_rels/workbook.xml.rels", "/worksheet", "/x"), "no sheet"),
    (
        "binary",
        "a.xlsb",
        lambda p: repacked(_xlsx(p), {"xl/workbook.xml": None, "xl/workbook.bin": b""}),
        "save as XLSX",
    ),
    ("a document", "a.xlsx", lambda p: repacked(_xlsx(p), {"xl/workbook.xml": None}), "another document"),
    ("old", "a.xls", lambda p: _written(p, b"\xd0\xcf\x11\xe0" + b"\0" * 99), r"old Excel workbook .*save as XLSX"),
    (
        "locked",
        "a.xlsx",
        lambda p: _written(p, b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le")),
        "protected by a password",
    ),
    ("text", "a.xlsx", lambda p: _written(p, b"a,b\n1,2\n"), "is not a workbook"),
    (
        "cells repeated without end",
        "a.ods",
        lambda p: _ods_repeating(p, 'table:number-columns-repeated="1000000000"'),
        "repeats a row or cell 1,000,000,000 times",
    ),
    ("rows repeated without end", "a.ods", lambda p: _ods_row_repeating(p, 10**9), "repeats a row or cell"),
    ("a sheet repeated full", "a.ods", lambda p: _ods_row_repeating(p, 100_000), "more than 25,000,000"),
    (
        "a locked ODS",
        "a.ods",
        lambda p: repacked(
            ods(p, {"A": ROWS}),
            {"META-INF/manifest.xml": b'<m:manifest xmlns:m="x"><m:encryption-data/></m:manifest>'},
        ),
        "protected by a password",
    ),
    (
        "macros of ODS",
        "a.ods",
        lambda p: repacked(ods(p, {"A": ROWS}), {"Basic/Standard/M.xml": b"<x/>"}),
        "has macros",
    ),
    (
        "a linked sheet of ODS",
        "a.ods",
        lambda p: ods_of_xml(p, ods_table("A", ["<table:table-source/>"])),
        "links to other files",
    ),
    (
        "a formula of ODS into another file",
        "a.ods",
        lambda p: _ods_repeating(p, "table:formula=\"of:=['file:///c/x.ods'#$A.A1]\""),
        "links to other files",
    ),
    (
        "an entity bomb of ODS",
        "a.ods",
        lambda p: repacked(ods(p, {"A": ROWS}), {"content.xml": BOMB}),
        "entities or a document type",
    ),
]


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-400])
    return path


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("name", "make", "words"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_a_workbook_that_may_mislead_is_refused_with_what_to_do(
    tmp_path: Path, name: str, make: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(SourceRefused, match=words) as refused:
        _opened(make(tmp_path / name))
    assert refused.value.file == name
    assert refused.value.message.endswith("Nothing was changed.")


def test_a_sheet_of_too_many_columns_is_no_table(tmp_path: Path) -> None:
    book = _opened(xlsx_of_xml(tmp_path / "a.xlsx", '<row r="1"><c r="XFD1"><v>1</v></c></row>'))
    with pytest.raises(SourceRefused, match="16,384 columns"):
        list(book.rows(book.sheets[0]))


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = _xlsx(tmp_path / "a.csv")
    assert is_workbook(path.read_bytes(), path)
    assert is_workbook(b"\xd0\xcf\x11\xe0", path)
    plain = repacked(_xlsx(tmp_path / "b.zip"), {})
    plain.write_bytes(b"a,b\n")
    assert not is_workbook(plain.read_bytes(), plain)
    assert column_letters(16_384) == "XFD"
