"""Households and what else rates can be divided by: taken by LSOA and year, or refused with a reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.sources.making import read_one, rejects_of, rows_of
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.denominators import is_denominator_header
from wardmote.analytics.warehouse.store import Warehouse

HEAD = "LSOA21CD,Denominator,Value,Year\n"


def file(folder: Path, text: str) -> Path:
    path = folder / "households.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_households_are_taken_by_lsoa_and_year(warehouse: Warehouse, tmp_path: Path) -> None:
    text = f'{HEAD}E01000001,households,"1,200",2021\nE01000002,Households,..,2021\nE01000001,households,1210,2024\n'
    manifest = read_one(warehouse, file(tmp_path, text), kind="auto")
    assert (manifest.kind, manifest.dataset) == ("denominators", "denominator-households")
    assert (manifest.title, manifest.editions) == ("Households by LSOA, 2021, 2024", {"lsoa": "2021"})
    assert manifest.publisher == "Supplied by the partnership"
    assert (manifest.rows_read, manifest.rows_accepted) == (3, 3)
    found = {(row["lsoa_code"], row["year"]): row["value"] for row in rows_of(warehouse, manifest.release)}
    # A value that is not given is missing and not nought.
    assert found == {("E01000001", 2021): 1200, ("E01000002", 2021): None, ("E01000001", 2024): 1210}
    assert manifest.quality["missing_by_year"] == {"2021": 1, "2024": 0}


def test_rows_that_cannot_be_are_left_out_with_their_reason(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = (
        "E01000001,vehicles,5,2021",
        "E01000001,vehicles,6,2021",
        "E01000002,vehicels,5,2021",
        "E01000003,vehicles,some,2021",
        "E01000004,vehicles,5,2099",
        "Mill,vehicles,5,2021",
        ",vehicles,5,2021",
        "E01000005,,5,2021",
    )
    manifest = read_one(warehouse, file(tmp_path, HEAD + "\n".join(rows) + "\n"), kind="denominators")
    assert (manifest.rows_read, manifest.rows_accepted) == (8, 1)
    assert [line[3] for line in rejects_of(warehouse, manifest)] == [
        "E01000001 of 2021 stands in an earlier row",
        "“vehicels” is not vehicles",
        "“some” is not a whole number",
        "“2099” is no year from 1981 to 2026",
        "“Mill” is not an area code",
        "no LSOA code",
        "no denominator",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("LSOA21CD,Value,Year\nE01000001,5,2021\n", "lacks a column: give LSOA code"),
        (f"{HEAD}E01000001,cats,5,2021\n", "write one of daytime, households, premises, vehicles into the column"),
        (f"{HEAD}E01000001,households,5,2021\nE01000001,vehicles,5,2021\n", "split it into one file for each"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do(
    warehouse: Warehouse, tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(SourceRefused, match=says):
        read_one(warehouse, file(tmp_path, text), kind="denominators")


@given(st.permutations(["LSOA21CD", "denominator", "value", "year", "note"]))
def test_the_order_of_the_columns_does_not_matter_and_each_is_needed(header: list[str]) -> None:
    assert is_denominator_header(header)
    assert not any(is_denominator_header([one for one in header if one != gone]) for gone in header if gone != "note")
