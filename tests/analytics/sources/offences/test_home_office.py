"""The open tables of the Home Office: by force or partnership, by quarter and offence code."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.making import NOW, read_one, rejects_of, rows_of
from tests.analytics.sources.offences.making import OFFENCE_COLUMNS, offence, offences_file
from tests.analytics.sources.workbooks.making import xlsx
from wardmote.analytics.sources import ReadRequest, SourceRefused, guess
from wardmote.analytics.sources.home_office import force_of, quarter_of
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.foundations.periods import Month


def test_a_row_is_a_count_of_a_quarter(warehouse: Warehouse, tmp_path: Path) -> None:
    path = offences_file(tmp_path, offence(1, count="1,250"), offence(4, code="46", count="-3"))
    manifest = read_one(warehouse, path, kind="offence-counts")
    first, last = rows_of(warehouse, manifest.release, "row")
    assert (first["level"], first["area"], first["force"]) == ("force", "Ambleshire", "ambleshire")
    assert (first["month_index"], first["ho_code"], first["count"]) == (Month(2023, 4).index, "28E", 1250)
    assert (last["month_index"], last["count"]) == (Month(2024, 1).index, -3)
    assert (manifest.dataset, manifest.licence) == ("home-office-crime-force", "Open Government Licence v3.0")
    assert manifest.months == ("2023-04", "2023-05", "2023-06", "2024-01", "2024-02", "2024-03")


def test_headings_with_underscores_and_further_columns_are_the_same_table(warehouse: Warehouse, tmp_path: Path) -> None:
    header = ",".join(["", *(name.replace(" ", "_") for name in OFFENCE_COLUMNS), "Policeuk_Cat"])
    path = offences_file(tmp_path, f"0,{offence()},Burglary", header=header)
    assert read_one(warehouse, path, kind="auto").rows_accepted == 1


def test_a_table_by_partnership_is_a_data_set_of_its_own(warehouse: Warehouse, tmp_path: Path) -> None:
    header = ",".join([*OFFENCE_COLUMNS, "CSP Name"])
    manifest = read_one(warehouse, offences_file(tmp_path, f"{offence()},Ambleford", header=header), kind="auto")
    (row,) = rows_of(warehouse, manifest.release)
    assert manifest.dataset == "home-office-crime-partnership"
    assert (row["level"], row["area"], row["force"]) == ("partnership", "Ambleford", "ambleshire")


def test_every_sheet_of_a_workbook_with_the_columns_is_read(warehouse: Warehouse, tmp_path: Path) -> None:
    def sheet(year: str) -> list[list[Any]]:
        row: list[Any] = [year, 1, "Ambleshire", "An offence", "Theft offences", "Shoplifting", 46, 7]
        return [["Recorded crime"], OFFENCE_COLUMNS, row]

    path = xlsx(tmp_path / "prc.xlsx", {"Notes": [["About"]], "2022-23": sheet("2022/23"), "2023-24": sheet("2023/24")})
    manifest = read_one(warehouse, path, kind="auto")
    assert [row["ho_code"] for row in rows_of(warehouse, manifest.release)] == ["46", "46"]
    assert manifest.quality["offences_by_quarter_from"] == {"2022-04": 7, "2023-04": 7}
    assert manifest.quality["sheets_left_aside"] == ["Notes"]


def test_an_offence_in_several_rows_adds_up_and_says_so(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, offences_file(tmp_path, offence(count=1), offence(count=2)), kind="offence-counts")
    assert (manifest.rows_accepted, manifest.quality["rows_added_up"]) == (2, 1)


def test_two_tables_that_give_one_quarter_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    one = offences_file(tmp_path, offence(), name="a.csv")
    two = offences_file(tmp_path, offence(count=11), name="b.csv")
    with pytest.raises(SourceRefused, match="Ambleshire for the quarter from April 2023"):
        read_one(warehouse, one, two, kind="offence-counts")


def test_rows_that_cannot_be_taken_are_listed(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = (offence(5), offence(2, count="many"), offence(2, force=""), offence(2, year="last year"), offence(3))
    manifest = read_one(warehouse, offences_file(tmp_path, *rows), kind="offence-counts")
    assert manifest.rows_accepted == 1
    assert [line[2:] for line in rejects_of(warehouse, manifest)] == [
        ["Financial Year", "“5” is not a quarter from 1 to 4"],
        ["Number of Offences", "“many” is not a whole number"],
        ["Force Name", "no area"],
        ["Financial Year", "“last year” is not a financial year such as 2017/18"],
    ]


def test_a_table_in_which_nothing_can_be_read_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="Not one row could be read"):
        read_one(warehouse, offences_file(tmp_path, offence(9)), kind="offence-counts")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("London, City of", "city-of-london"),
        ("Metropolitan Police", "metropolitan"),
        ("Devon and Cornwall", "devon-and-cornwall"),
        ("Kent", "kent"),
    ],
)
def test_forces_are_known_by_the_name_that_police_uk_uses(name: str, slug: str) -> None:
    assert force_of(name) == slug


def test_financial_quarters_begin_in_april() -> None:
    assert [quarter_of("2023/24", str(number)) for number in (1, 2, 3, 4)] == [
        Month(2023, 4),
        Month(2023, 7),
        Month(2023, 10),
        Month(2024, 1),
    ]
    assert quarter_of("2023-2024", "Q2") == Month(2023, 7)


@pytest.mark.shared_data
def test_the_real_table_adds_up_to_what_another_reader_counts(warehouse: Warehouse, shared: Path) -> None:
    path = shared / "offences/prc-pfa-201718_new.csv"
    manifest = read_one(warehouse, path, kind="auto")
    assert (manifest.rows_accepted, manifest.rows_rejected) == (23_068, 0)
    counted: Counter[str] = Counter()
    for row in rows_of(warehouse, manifest.release):
        counted[row["area"]] += row["count"]
    again: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as stream:
        for one in csv.DictReader(stream):
            again[one["Force_Name"]] += int(one["Number_of_Offences"])
    assert counted == again
    assert counted.total() == 5_519_401
    assert manifest.quality["subgroups_of_no_category"] == []
    with warehouse.staging() as staging:
        (one_guess,) = guess(ReadRequest((path,), warehouse, staging, is_sample=False, now=NOW))
    assert one_guess.words == "a Home Office open table of recorded crime by offence"
