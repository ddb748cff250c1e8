"""Cases 1 to 26: what is wrong in text files."""

from dataclasses import replace
from pathlib import Path

from tests.analytics.sources.bad_input.case import NOTED, REFUSED, ROW, Case, Make
from tests.analytics.sources.figures.making import LONG, table
from tests.analytics.sources.making import HEADER, NAME, row, street_file
from wardmote.analytics.sources.mapping import Part

GOOD = f"{HEADER}\r\n{row(1)}\r\n"
WITH_STATUS = replace(LONG, status=Part(column="Status"))


def raw(content: bytes, name: str = NAME) -> Make:
    """Write these bytes."""

    def make(folder: Path) -> list[Path]:
        path = folder / name
        path.write_bytes(content)
        return [path]

    return make


def street(*rows: str, header: str = HEADER, name: str = NAME) -> Make:
    """Write a street file with one good row before these."""
    return lambda folder: [street_file(folder, row(1), *rows, header=header, name=name)]


def fires(*lines: str, header: str = "Month,Ward,Incidents") -> Make:
    """Write a partner's table with one good row before these."""
    return lambda folder: [table(folder, "2024-01,Bridge,1", *lines, header=header)]


def _figure(number: int, what: str, line: str, said: str) -> Case:
    return Case(number, what, fires(line), ROW, said, kind="figures", mapping=LONG)


_wrong_months = [row(number, month="2024-02") for number in range(2, 14)]

CASES = (
    Case(1, "UTF-8 with its mark", raw(b"\xef\xbb\xbf" + GOOD.encode()), NOTED, "utf-8 with mark"),
    Case(2, "UTF-16 with its mark", raw(GOOD.encode("utf-16")), NOTED, "utf-16"),
    Case(2, "UTF-16 without its mark", raw(GOOD.encode("utf-16-le")), REFUSED, "looks like UTF-16"),
    Case(3, "Windows text (£, ’)", raw(GOOD.replace("Mill", "£").encode("cp1252")), NOTED, "cp1252"),
    Case(
        3,
        "two encodings in one file",
        raw(GOOD.encode() + row(2, location="Café").encode() + b"\r\n" + row(3, location="£").encode("cp1252")),
        REFUSED,
        "mixes two encodings; line 4",
    ),
    Case(
        4,
        "line ends of several systems",
        raw(f"{HEADER}\r\n{row(1)}\n{row(2)}\r{row(3)}\n".encode()),
        NOTED,
        '"2024-01": 3',
    ),
    Case(5, "a zero byte", raw(GOOD.encode() + b"a\0b"), REFUSED, "has a zero byte in line 3"),
    Case(
        6,
        "a quotation mark that is never closed",
        raw((GOOD + row(2).replace("On or", '"On or')).encode()),
        REFUSED,
        "that is never closed",
    ),
    Case(7, "a row of too many columns", raw(GOOD.encode() + b"," * 5_000), REFUSED, "columns in line 3"),
    Case(8, "a cell without end", raw(GOOD.encode() + b"x" * 1_100_000), REFUSED, "more than 1,000,000 characters"),
    Case(9, "a web page named .csv", raw(b"<!DOCTYPE html><html>Sign in"), REFUSED, "is a web page"),
    Case(9, "JSON named .csv", raw(b'{"a": 1}'), REFUSED, "is JSON"),
    Case(10, "an empty file", raw(b""), REFUSED, "is empty"),
    Case(10, "headings and no row", raw(f"{HEADER}\n".encode()), NOTED, NAME),
    Case(
        11,
        "one heading twice",
        fires("2024-01,A,1,2", header="Month,Ward,Incidents,Incidents"),
        REFUSED,
        "has the column “Incidents” twice",
        "figures",
        LONG,
    ),
    Case(12, "headings typed otherwise", street(header=HEADER.lower().replace(" ", "_")), NOTED, '"2024-01": 1'),
    Case(
        12,
        "two headings that differ only in signs",
        street(row(2) + ",x", header=f"{HEADER},crime-id"),
        REFUSED,
        "has the column “crime-id” twice",
    ),
    Case(13, "semicolons for commas", raw(GOOD.replace(",", ";").encode()), NOTED, '";"'),
    Case(14, "a cell too many", street(row(2) + ",x"), ROW, "13 cells instead of 12"),
    Case(15, "a total line", street("Total,1"), ROW, "a total or footnote line"),
    Case(16, "a withheld figure", fires("2024-01,Abbey,<5"), NOTED, '{"suppressed": 1}', "figures", LONG),
    Case(16, "a blank figure", fires("2024-01,Abbey,"), NOTED, '{"blank": 1}', "figures", LONG),
    _figure(16, "a sign that nobody explained", "2024-01,Abbey,?", "nor a sign that the mapping knows"),
    _figure(16, "a pound sign that the mapping does not say", "2024-01,Abbey,£5", "a figure with £"),
    _figure(17, "1.234,56", '2024-01,Abbey,"1.234,56"', "is not a number"),
    _figure(18, "1e5", "2024-01,Abbey,1e5", "is not a number"),
    _figure(18, "digits of another script", "2024-01,Abbey,١٢", "is not a number"),
    _figure(20, "a day that does not exist", "31/02/2024,Abbey,1", "a day that does not exist"),
    _figure(21, "a year of two digits", "Jan-24,Abbey,1", "a year of two digits"),
    Case(
        22,
        "03/04/2024 without an order",
        fires("03/04/2024,Abbey,1"),
        REFUSED,
        "say whether the day or the month comes first",
        "figures",
        LONG,
    ),
    Case(23, "a month that is not the file's", street(row(2, month="2024-02")), ROW, "2024-02 in a file of 2024-01"),
    Case(
        23, "many months that are not the file's", street(*_wrong_months), REFUSED, "rows of other months than its name"
    ),
    Case(24, "a month to come", street(row(2, month="2026-07")), REFUSED, "a month that has not begun"),
    Case(25, "a cell that looks like a formula", street(row(2, location="=1+1")), NOTED, '"2024-01": 2'),
    Case(
        26,
        "one bad row after many",
        street(*(row(number) for number in range(2, 500)), row(500, month="x")),
        ROW,
        "“x” is not a month",
    ),
)
