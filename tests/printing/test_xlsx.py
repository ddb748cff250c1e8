"""The workbook has every table of the report on a sheet of its own, numbers as numbers, text never a formula."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.printing.reports import full_report, table
from tests.printing.workbooks import read_workbook
from wardmote.foundations.rounding import signed_percentage, with_thousands
from wardmote.printing import xlsx
from wardmote.printing.blocks import Column, Issue, Picture, Table
from wardmote.printing.xlsx.numbers import read_number


@pytest.fixture(scope="module")
def printed() -> bytes:
    return xlsx.render(full_report())


def test_the_same_report_gives_the_same_bytes(printed: bytes) -> None:
    assert xlsx.render(full_report()) == printed
    with zipfile.ZipFile(io.BytesIO(printed)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_each_table_has_a_sheet_with_its_caption_and_the_contents_name_them(printed: bytes) -> None:
    book = read_workbook(printed)
    blocks = full_report().blocks
    captions = [
        b.caption if isinstance(b, Table) else b.table.caption for b in blocks if isinstance(b, Table | Picture)
    ]
    names = [f"Table {place}" for place in range(1, len(captions) + 1)]
    assert list(book) == ["Contents", *names, "Sources"]
    assert [book[name].rows[0][0] for name in names] == captions
    listed = [row[1] for row in book["Contents"].rows if row and str(row[0]).startswith("Table ")]
    assert listed == captions
    assert all(sheet.visible and 'hidden="1"' not in sheet.raw for sheet in book.values())
    assert all('state="frozen"' in book[name].raw for name in names)


def test_a_sheet_says_period_area_and_source_and_its_numbers_are_numbers(printed: bytes) -> None:
    sheet = read_workbook(printed)["Table 5"]
    said = [str(row[0]) for row in sheet.rows[:6] if row]
    assert "Period: year to December 2025" in said
    assert "Area: Dalefold" in said
    assert any(words.startswith("Source: police-uk-street-dalefold") for words in said)
    first = sheet.rows[sheet.row_of("Problem") + 1]
    assert first[2:] == (113, -0.03)
    assert first[0] == "Anti-social behaviour in the town centre"
    assert sheet.rows[-1][0] == "Note: Scores are the sum of weighted criteria."


def test_a_long_note_stands_in_lines_that_fit_the_paper() -> None:
    note = "What is counted follows what the police look for, so more found is not more happening. " * 5
    rows = tuple(((words,),) * 4 for words in ("Burglary", "Alleys " * 30))
    report = replace(full_report(), blocks=(replace(table(), rows=rows, note=note.strip()),), figures=())
    sheet = read_workbook(xlsx.render(report))["Table 1"]
    cells = [str(row[0]) for row in sheet.rows if len(row) == 1]
    lines = cells[next(place for place, words in enumerate(cells) if words.startswith("Note: ")) :]
    assert len(lines) > 3
    assert all(len(line) <= 110 for line in lines)
    assert " ".join(lines) == f"Note: {note.strip()}"
    assert "mergeCell" not in sheet.raw
    assert 'ht="13.5"' in sheet.raw, "a row of one line"
    assert 'ht="54"' in sheet.raw, "a row whose text wraps to four lines"


def test_text_is_never_a_formula_or_a_link() -> None:
    hostile = ("=1+1", '=HYPERLINK("http://x")', "@SUM(A1)", "http://elsewhere.example", "+1+1")
    rows = tuple(((words,), (words,), (words,), (words,)) for words in hostile)
    report = replace(full_report(), blocks=(replace(table(), rows=rows),), figures=())
    sheet = read_workbook(xlsx.render(report))["Table 1"]
    assert [row for row in sheet.rows if row and row[0] in hostile] == [(words,) * 4 for words in hostile]
    assert "<f>" not in sheet.raw
    assert "hyperlink" not in sheet.raw


def test_the_first_sheet_says_which_issue_it_is() -> None:
    issue = Issue(3, "Manager, Dalefold Council", full_report().as_at, "version 2", "Approved by the board.")
    contents = read_workbook(xlsx.render(full_report(), issue=issue))["Contents"]
    said = {row[0]: row[1] for row in contents.rows if len(row) == 2}
    assert (said["Version"], said["Issued by"], said["Replaces"]) == ("3", "Manager, Dalefold Council", "version 2")
    assert said["Approval"] == "Approved by the board."
    assert said["Issued on"] == "31 January 2026"


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("1,069", "1069", "#,##0"),
        ("12.4", "12.4", "#,##0.0"),
        ("+17.5%", "0.175", "+#,##0.0%"),
        ("−3%", "-0.03", "#,##0%"),
        ("+5 incidents", "5", '+#,##0" incidents"'),
        ("−1,234.5", "-1234.5", "#,##0.0"),
    ],
)
def test_a_printed_number_is_read_with_its_format(text: str, value: str, shown: str) -> None:
    found = read_number(text)
    assert found is not None
    assert found.value == Decimal(value)
    assert shown in found.format


@pytest.mark.parametrize("text", ["", "[c]", "n/a", "missing", "2024/25", "2026-09", "12 of 14", "1,06", "E01000001"])
def test_what_is_no_number_stays_text(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(-(10**9), 10**9))
def test_every_whole_number_comes_back(value: int) -> None:
    found = read_number(with_thousands(value))
    assert found is not None
    assert found.value == value


@given(st.decimals(-900, 900, places=1))
def test_every_percentage_comes_back(value: Decimal) -> None:
    found = read_number(signed_percentage(value))
    assert found is not None
    assert found.value * 100 == value


def test_a_table_without_rows_is_printed_too() -> None:
    empty = Table("Nothing was found", (Column("Area"), Column("Offences", numeric=True)), ())
    book = read_workbook(xlsx.render(replace(full_report(), blocks=(empty,), figures=())))
    assert book["Table 1"].rows[-1] == ("Area", "Offences")
    assert "Sources" not in book
