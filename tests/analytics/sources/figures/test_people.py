"""A sheet with people in it is never stored, whatever its other columns; no value of it is repeated."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.analytics.sources.figures.making import LONG, preview_of, read_figures, table
from tests.analytics.sources.making import releases
from tests.analytics.sources.workbooks.making import xlsx
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.figures.people import is_nhs_number
from wardmote.analytics.sources.mapping import Part
from wardmote.analytics.warehouse.store import Warehouse


@pytest.mark.parametrize(
    "heading",
    [
        "Surname",
        "First name",
        "Full Name",
        "Victim name",
        "Name of suspect",
        "Name",
        "DOB",
        "Date of birth",
        "NHS No",
        "Mobile number",
        "Telephone",
        "Email address",
        "Postcode",
        "Home address",
        "NI / National Insurance number",
    ],
)
def test_a_heading_of_people_refuses_the_sheet(tmp_path: Path, heading: str) -> None:
    with pytest.raises(SourceRefused, match="looks as if it holds people: “") as refused:
        preview_of(table(tmp_path, "2024-01,Abbey,1,zzz", header=f"Month,Ward,Incidents,{heading}"), LONG)
    assert heading in refused.value.message
    assert "zzz" not in refused.value.message


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("someone@example.org", "e-mail addresses"),
        ("call 1 for someone@example.org", "e-mail addresses"),
        ("KT1 1EU", "full postcodes"),
        ("12 Mill Lane kt1 1eu", "full postcodes"),
        ("07700 900123", "phone numbers"),
        ("+44 20 7946 0018", "phone numbers"),
        ("943 476 5919", "NHS or phone numbers"),
    ],
)
def test_a_cell_that_belongs_to_a_person_refuses_the_sheet_without_repeating_it(
    warehouse: Warehouse, tmp_path: Path, cell: str, what: str
) -> None:
    with pytest.raises(SourceRefused, match=what) as refused:
        read_figures(warehouse, LONG, table(tmp_path, f"2024-01,Abbey,1,{cell}", header="Month,Ward,Incidents,Ref"))
    assert "“Ref”" in refused.value.message
    assert cell not in refused.value.message
    assert releases(warehouse) == []


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("Month,Ward,Incidents", ("2024-01,Abbey,1", "Questions to stats@example.org,,")),
        ("Month,Area name,Incidents", ("2024-01,Abbey,1",)),
        ("Month,Postcode sector,Incidents", ("2024-01,KT1 1,1",)),
        ("Month,Name,Incidents,Code", ("2024-01,Abbey,1,E05000001",)),
        ("Month,Ward,Incidents", ("2024-01,Abbey,1234567890",)),
        ("Month,Birth rate,Incidents", ("2024-01,1,9434765919", "2024-01,2,12", "2024-01,3,12")),
    ],
)
def test_places_counts_and_footnotes_are_no_people(tmp_path: Path, header: str, lines: tuple[str, ...]) -> None:
    area = header.split(",")[1]
    shown = preview_of(table(tmp_path, *lines, header=header), replace(LONG, area=Part(column=area)))
    assert shown.accepted >= 1


@pytest.mark.parametrize(
    "heading", ["Victim", "Suspects", "Alleged perpetrator", "Officer in case", "Reporter / Caller"]
)
def test_names_under_a_heading_of_a_person_refuse_the_sheet(tmp_path: Path, heading: str) -> None:
    lines = ("2024-01,Abbey,1,Canaria Nettlebed", "2024-01,Abbey,1,Mrs O’Fern-Ngũgĩ", "2024-02,Abbey,1,*")
    with pytest.raises(SourceRefused, match="names of people") as refused:
        preview_of(table(tmp_path, *lines, header=f"Month,Ward,Incidents,{heading}"), LONG)
    assert "Canaria" not in refused.value.message


@pytest.mark.parametrize("cell", ["12", "Business", "Not known", "*", "Repeat victim of theft"])
def test_what_is_said_of_victims_without_a_name_is_no_person(tmp_path: Path, cell: str) -> None:
    shown = preview_of(table(tmp_path, f"2024-01,Abbey,1,{cell}", header="Month,Ward,Incidents,Victim"), LONG)
    assert shown.accepted == 1


def test_people_in_a_workbook_are_found_as_numbers_too(tmp_path: Path) -> None:
    rows = [["Month", "Ward", "Incidents", "Ref"], ["2024-01", "A", 1, 7700900123], ["2024-01", "B", 1, 9434765919]]
    with pytest.raises(SourceRefused, match=r"“Ref” \(NHS or phone numbers"):
        preview_of(xlsx(tmp_path / "a.xlsx", {"A": rows}), LONG)


def test_the_check_digit_of_an_nhs_number_by_hand() -> None:
    # 943 476 5919: 9*10 + 4*9 + 3*8 + 4*7 + 7*6 + 6*5 + 5*4 + 9*3 + 1*2 = 299; 299 mod 11 = 2; 11 - 2 = 9.
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("9434765918")
    assert not is_nhs_number("943476591")
