"""Weights of the Crime Severity Score are read by the names of their columns, whatever stands above and beside them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.making import NOW, read_one, rejects_of, rows_of
from tests.analytics.sources.workbooks.making import xlsx
from wardmote.analytics.sources import ReadRequest, SourceRefused, guess
from wardmote.analytics.sources.severity_weights import codes_of
from wardmote.analytics.warehouse.store import Warehouse

# All made up, but for the spelling of codes.
ROWS: list[list[Any]] = [
    ["Offence group", "Offence code", "Offence description", "Weight"],
    ["Homicide", "1, 4.1 and 4.2", "Sinking a barge with all hands", 8000.5],
    ["Burglary", "28E", "Entering a mill", 438],
    ["Theft", 46, "Taking a lantern", 20],
    ["Theft", "various", "Taking what nobody named", 9],
]


def severity_book(folder: Path, *rows: list[Any], name: str = "severity data tool 2024.xlsx") -> Path:
    above = [["Crime Severity Score: made-up weights"], [""]]
    return xlsx(folder / name, {"Notes": [["Made up"]], "Weights": [*above, *(rows or ROWS)]})


def test_every_offence_has_its_weight_under_the_codes_of_the_open_tables(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, severity_book(tmp_path), kind="auto")
    assert (manifest.kind, manifest.title) == ("severity-weights", "Crime Severity Score weights 2024")
    rows = [(row["ho_code"], row["weight"]) for row in rows_of(warehouse, manifest.release)]
    assert sorted(rows, key=str) == sorted(
        [("1/4.1/4.2", Decimal("8000.5")), ("28E", Decimal(438)), ("46", Decimal(20)), (None, Decimal(9))], key=str
    )
    assert manifest.quality["offences_without_code"] == 1
    assert manifest.licence == "Open Government Licence v3.0"


def test_a_row_without_a_weight_is_left_out_with_its_reason(warehouse: Warehouse, tmp_path: Path) -> None:
    odd = [["Theft", "47", "Taking a rope", "n/a"], ["Theft", "48", "Taking a sail", -4]]
    manifest = read_one(warehouse, severity_book(tmp_path, *ROWS, *odd), kind="severity-weights")
    assert [line[1:] for line in rejects_of(warehouse, manifest)] == [
        ["8", "Weight", "“n/a” is not a weight"],
        ["9", "Weight", "no offence weighs -4"],
    ]


def test_it_is_recognised_and_another_table_is_refused_with_what_it_lacks(warehouse: Warehouse, tmp_path: Path) -> None:
    path = severity_book(tmp_path)
    with warehouse.staging() as staging:
        (one,) = guess(ReadRequest((path,), warehouse, staging, is_sample=False, now=NOW))
    assert one.kind == "severity-weights"
    other = tmp_path / "minutes.csv"
    other.write_text("Agenda,Paper\n1,A\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match=r"columns of Crime Severity Score weights .*offencecode"):
        read_one(warehouse, other, kind="severity-weights")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("28e", "28E"),
        ("1/4.1/4.2", "1/4.1/4.2"),
        ("1; 4.1 & 4.2", "1/4.1/4.2"),
        ("4.1 AND 4.2", "4.1/4.2"),
        ("", None),
        ("various", None),
        ("1, various", None),
    ],
)
def test_several_codes_are_joined_as_the_open_tables_join_them(text: str, codes: str | None) -> None:
    assert codes_of(text) == codes
