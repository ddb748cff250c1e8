"""Cases 27 to 48: archives and workbooks."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.analytics.sources.bad_input.case import NOTED, REFUSED, ROW, Case, Make
from tests.analytics.sources.bad_input.tables import GOOD, raw
from tests.analytics.sources.figures.making import LONG
from tests.analytics.sources.making import NAME
from tests.analytics.sources.workbooks.making import (
    ods,
    ods_cell,
    ods_of_xml,
    ods_row,
    ods_table,
    repacked,
    xlsx,
    xlsx_of_xml,
)

ROWS: list[list[Any]] = [["Month", "Ward", "Incidents"], ["2024-01", "Abbey", 12], ["2024-01", "Bridge", 3]]
BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;">]><b>&b;</b>'
SHEET = "xl/worksheets/sheet1.xml"


def packed(*entries: tuple[str, bytes], mode: int = 0, spoil: Callable[[bytes], bytes] | None = None) -> Make:
    """Write a ZIP archive with these entries, spoilt afterwards."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return raw(spoil(out.getvalue()) if spoil else out.getvalue(), "all.zip")


def _encrypted(content: bytes) -> bytes:
    changed = bytearray(content)
    at = changed.index(b"PK\x01\x02")
    changed[at + 8 : at + 10] = struct.pack("<H", 1)
    return bytes(changed)


def _wrong_sum(content: bytes) -> bytes:
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = changed.index(mark) + offset
        changed[at] ^= 255
    return bytes(changed)


def book(change: Callable[[Any, dict[str, Any]], None] | None = None, **more: Any) -> Make:
    """Write a workbook of two good rows, changed before it is saved."""
    return lambda folder: [xlsx(folder / "a.xlsx", more.pop("sheets", {"A": ROWS}), change=change, **more)]


def altered(alter: Callable[[Path], Path], name: str = "a.xlsx") -> Make:
    """Write a workbook of two good rows, altered afterwards."""
    return lambda folder: [alter(xlsx(folder / name, {"A": ROWS}))]


def _sheet(number: int, what: str, make: Make, outcome: str, said: str) -> Case:
    return Case(number, what, make, outcome, said, kind="figures", mapping=LONG)


def _days(date_1904: bool) -> Make:
    import datetime as dt

    rows = [ROWS[0], [dt.date(2024, 1, 1), "Abbey", 12]]
    return lambda folder: [xlsx(folder / "a.xlsx", {"A": rows}, options={"date_1904": date_1904})]


def _full(folder: Path) -> list[Path]:
    def cells(number: int, *texts: str) -> str:
        inside = "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for letter, text in zip("ABC", texts, strict=True)
        )
        return f'<row r="{number}">{inside}</row>'

    return [
        xlsx_of_xml(
            folder / "a.xlsx", cells(1, "Month", "Ward", "Incidents") + cells(1_048_576, "2024-01", "Abbey", "5")
        )
    ]


def _repeated(folder: Path) -> list[Path]:
    row = ods_row([ods_cell(1, attributes='table:number-columns-repeated="1000000000"')])
    return [ods_of_xml(folder / "a.ods", ods_table("A", [row]))]


def _formula(result: str) -> Callable[[Any, dict[str, Any]], None]:
    return lambda made, sheets: sheets["A"].write_formula(2, 2, "=1+2", None, result)


_good = GOOD.encode()
ARCHIVES = (
    Case(
        27,
        "an archive cut short",
        packed((NAME, _good), spoil=lambda all_: all_[:-40]),
        REFUSED,
        "damaged or cut short",
    ),
    Case(28, "an archive that unpacks without end", packed((NAME, b"0" * 30_000_000)), REFUSED, "200 times its size"),
    Case(
        29, "an entry that climbs out of its folder", packed(("../x.csv", _good)), REFUSED, "points outside the archive"
    ),
    Case(29, "a link in an archive", packed(("x.csv", b"/etc"), mode=stat.S_IFLNK | 0o777), REFUSED, "has a link"),
    Case(30, "an archive in an archive", packed(("inner.zip", b"PK")), REFUSED, "has an archive inside"),
    Case(31, "a locked archive", packed((NAME, _good), spoil=_encrypted), REFUSED, "protected by a password"),
    Case(
        32, "two entries of one name", packed(("A.csv", _good), ("a.csv", _good)), REFUSED, "two entries with one name"
    ),
    Case(33, "a wrong checksum", packed((NAME, _good), spoil=_wrong_sum), REFUSED, "damaged or cut short"),
    Case(
        34, "ten thousand entries and one", packed(*((f"{n}.csv", b"") for n in range(10_001))), REFUSED, "10,001 files"
    ),
    Case(35, "a RAR archive named .zip", raw(b"Rar!\x1a\x07\x00", "all.zip"), REFUSED, "is a RAR archive"),
)
WORKBOOKS = (
    _sheet(36, "a formula with its result", book(_formula("3")), NOTED, '"formulas_taken_by_their_stored_value": 1'),
    _sheet(36, "a formula without its result", book(_formula("")), ROW, "a formula without a stored value"),
    _sheet(
        37,
        "merged headings",
        book(lambda _, made: made["A"].merge_range("B1:C1", "x")),
        REFUSED,
        "merged cells (B1:C1)",
    ),
    _sheet(
        38,
        "a hidden row",
        book(lambda _, made: made["A"].set_row(1, None, None, {"hidden": True})),
        REFUSED,
        "hidden rows 2",
    ),
    _sheet(
        38,
        "a hidden sheet",
        book(lambda _, made: made["Old"].hide(), sheets={"A": ROWS, "Old": ROWS}),
        REFUSED,
        "“Old” (hidden)",
    ),
    _sheet(39, "dates counted from 1900", _days(date_1904=False), NOTED, '"2024-01": 1'),
    _sheet(39, "dates counted from 1904", _days(date_1904=True), NOTED, '"2024-01": 1'),
    _sheet(40, "macros", altered(lambda path: repacked(path, {"xl/vbaProject.bin": b"x"})), REFUSED, "has macros"),
    _sheet(40, "a workbook for macros", altered(lambda path: path, "a.xlsm"), REFUSED, "is a workbook for macros"),
    _sheet(
        41,
        "links to other files",
        altered(lambda path: repacked(path, {"xl/externalLinks/externalLink1.xml": b"<x/>"})),
        REFUSED,
        "has links to other files",
    ),
    _sheet(
        41,
        "a connection to a database",
        altered(lambda p: repacked(p, {"xl/connections.xml": b"<x/>"})),
        REFUSED,
        "has a connection",
    ),
    _sheet(42, "a sheet filled to its last row", _full, NOTED, '"sheets_that_may_be_cut": ["a.xlsx"]'),
    _sheet(43, "an ODS workbook", lambda folder: [ods(folder / "a.ods", {"A": ROWS})], NOTED, '"2024-01": 2'),
    _sheet(
        43, "an ODS that repeats a cell without end", _repeated, REFUSED, "repeats a row or cell 1,000,000,000 times"
    ),
    _sheet(
        44,
        "a locked workbook",
        raw(b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx"),
        REFUSED,
        "is protected by a password",
    ),
    _sheet(45, "an old workbook (.xls)", raw(b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a.xls"), REFUSED, "save as XLSX"),
    _sheet(46, "an error value", book(_formula("#REF!")), ROW, "the error value #REF!"),
    _sheet(
        47,
        "numbers stored as text",
        book(lambda _, made: made["A"].write_string(1, 2, "12")),
        NOTED,
        '"numbers_stored_as_text": 1',
    ),
    _sheet(48, "entities without end", altered(lambda path: repacked(path, {SHEET: BOMB})), REFUSED, "has entities"),
    Case(
        19,
        "an area code that lost its zeros",
        book(lambda _, made: made["A"].write_number(2, 1, 7)),
        ROW,
        "leading zeros may be lost",
        "figures",
        replace(LONG),
    ),
)
CASES = (*ARCHIVES, *WORKBOOKS)
