"""Tables by police force area are recognised by their titles and read as published, with notes and gaps."""

import csv
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.force_tables.making import (
    NAMES,
    RATES,
    Rows,
    code,
    count_rows,
    force_book,
    rate_rows,
    sheets,
)
from tests.analytics.sources.making import NOW, read_all, read_one, rejects_of, rows_of
from tests.analytics.sources.workbooks.making import xlsx
from wardmote.analytics.sources import AlreadyHeld, ReadRequest, SourceRefused, guess
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.foundations.periods import Month


def found_in(warehouse: Warehouse, release: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["area"], row["offence_group"]): row for row in rows_of(warehouse, release)}


def test_numbers_and_rates_of_an_area_stand_together(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, force_book(tmp_path), kind="auto")
    rows = found_in(warehouse, manifest.release)
    own = rows["Ashcombe", "burglary"]
    assert (own["level"], own["area_code"], own["force"]) == ("force", code(0), "ashcombe")
    assert (own["count"], own["rate"], own["population"]) == (500, Decimal(5), 100_000)
    assert own["month_index"] == Month(2026, 3).index
    assert rows["Ashcombe", "other-theft"]["rate"] == Decimal("0.2")
    assert (manifest.dataset, manifest.period_from, manifest.period_to) == (
        "force-tables-2026-03",
        "2025-04",
        "2026-03",
    )
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (27, 27, 0)


def test_sums_gaps_and_notes_are_told_apart_from_forces(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, force_book(tmp_path), kind="force-tables")
    rows = found_in(warehouse, manifest.release)
    assert {area: row["level"] for (area, _), row in rows.items() if row["level"] != "force"} == {
        "ENGLAND AND WALES": "total",
        "North East": "region",
        "British Transport Police": "other",
    }
    city = rows["City of Fallow", "burglary"]
    assert (city["count"], city["rate"]) == (30, None)
    assert city["missing"].startswith("left out by its publisher")
    assert rows["Brackenshire", "burglary"]["notes"] == "Brackenshire counts short."
    assert rows["Ashcombe", "burglary"]["notes"] == ""
    assert manifest.quality["areas_without_a_rate"] == ["City of Fallow"]
    assert manifest.quality["totals_that_differ"] == []
    assert str(manifest.quality["caveat"]).endswith("Forces record differently.")


def test_a_total_that_is_not_the_sum_of_its_forces_is_said(warehouse: Warehouse, tmp_path: Path) -> None:
    counts = count_rows()
    counts[0][3] += 5
    manifest = read_one(warehouse, force_book(tmp_path, counts=counts), kind="auto")
    assert manifest.quality["totals_that_differ"] == ["burglary, year to 2026-03: 1,836, and its forces 1,831"]


def test_a_cell_that_is_no_number_is_left_out_with_its_sheet_row_and_column(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    rates = rate_rows()
    rates[1][5] = "many"
    rates.append(["E99", "Nowhere", 1, 1, 1, 1, 1, 1])
    manifest = read_one(warehouse, force_book(tmp_path, rates=rates), kind="auto")
    assert ("Ashcombe", "burglary") not in found_in(warehouse, manifest.release)
    assert [line[1:] for line in rejects_of(warehouse, manifest)] == [
        ["5", "“Table P3”, column Burglary (F)", "“many” is no number from 0 up: download the table again"],
        ["11", "“Table P3”, column Area Code (A)", "“E99” is no code of a police force area, a region or a nation"],
    ]


def without_rates(book: dict[str, Rows]) -> dict[str, Rows]:
    return {name: rows for name, rows in book.items() if name != "Table P3"}


def headless(book: dict[str, Rows]) -> dict[str, Rows]:
    return {**book, "Table P3": [row for row in book["Table P3"] if row != RATES]}


def doubled(book: dict[str, Rows]) -> dict[str, Rows]:
    return {**book, "Table P3": [*book["Table P3"], book["Table P3"][-2]]}


def twice(book: dict[str, Rows]) -> dict[str, Rows]:
    return {**book, "Table P9": book["Table P3"]}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without_rates, "no table of rates per 1,000 population"),
        (headless, "“Table P3” has no row with the headings Area Code and Area Name"),
        (doubled, "has Eastfold in row 9 and again in row 11: remove one of them"),
        (twice, "both have the rates of the year to March 2026"),
        (lambda book: {"Cover_sheet": book["Cover_sheet"]}, "no table whose title begins"),
    ],
)
def test_what_is_no_edition_is_refused_with_what_to_do(
    warehouse: Warehouse, tmp_path: Path, spoil: Any, said: str
) -> None:
    path = xlsx(tmp_path / "pfa.xlsx", spoil(sheets()))
    with pytest.raises(SourceRefused, match=said):
        read_one(warehouse, path, kind="force-tables")


def with_a_link(path: Path) -> Path:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    return path


def test_links_that_no_cell_rests_on_do_not_stop_it(warehouse: Warehouse, tmp_path: Path) -> None:
    assert read_one(warehouse, with_a_link(force_book(tmp_path)), kind="auto").rows_accepted == 27


def test_links_still_stop_every_other_workbook_and_formulas_this_one(warehouse: Warehouse, tmp_path: Path) -> None:
    other = with_a_link(xlsx(tmp_path / "other.xlsx", {"Sheet": [["Month", "Count"], ["2026-01", 3]]}))
    with pytest.raises(SourceRefused, match="has links to other files"):
        read_one(warehouse, other, kind="auto")

    def summed(_: Any, made: dict[str, Any]) -> None:
        made["Table P1"].write_formula("D4", "=1+1", None, 2)

    path = xlsx(tmp_path / "summed.xlsx", sheets(), change=summed)
    with pytest.raises(SourceRefused, match="has formulas in the sheet “Table P1”"):
        read_one(warehouse, path, kind="auto")


def test_sheets_saved_as_csv_are_read_together(warehouse: Warehouse, tmp_path: Path) -> None:
    paths = [tmp_path / "p1.csv", tmp_path / "p3.csv"]
    for path, name in zip(paths, ("Table P1", "Table P3"), strict=True):
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(sheets()[name])
    manifest = read_one(warehouse, *paths, kind="auto")
    rows = found_in(warehouse, manifest.release)
    assert {area for area, _ in rows} >= {name.partition(" [")[0] for name in NAMES}
    assert (rows["Dunmere", "burglary"]["count"], rows["Dunmere", "burglary"]["rate"]) == (300, Decimal(3))


def test_the_same_edition_again_is_held_and_two_editions_are_two_releases(warehouse: Warehouse, tmp_path: Path) -> None:
    path = force_book(tmp_path)
    manifest = read_one(warehouse, path, kind="auto")
    (again,) = read_all(warehouse, path, kind="auto", known=frozenset({manifest.release}))
    assert isinstance(again, AlreadyHeld)
    older = force_book(tmp_path, name="older.xlsx", last="December 2025")
    assert len(read_all(warehouse, path, older, kind="auto")) == 2


@pytest.mark.shared_data
def test_the_real_tables_are_read_whole(warehouse: Warehouse, shared: Path) -> None:
    path = shared / "offences/pfafinalmar22.xls"
    with warehouse.staging() as staging:
        (one,) = guess(ReadRequest((path,), warehouse, staging, is_sample=False, now=NOW))
    assert one.kind == "force-tables"
    manifest = read_one(warehouse, path, kind="auto")
    assert (manifest.dataset, manifest.rows_rejected) == ("force-tables-2022-03", 0)
    assert manifest.quality["police_force_areas"] == 43
    assert manifest.quality["areas_without_a_rate"] == ["City of London"]
    # Every number for England and Wales is the sum of 43 forces and the British Transport Police, in both years.
    assert manifest.quality["totals_that_differ"] == []
    rows = {
        (row["area"], row["offence_group"]): row
        for row in rows_of(warehouse, manifest.release)
        if row["month_index"] == Month(2022, 3).index
    }
    totals = {area: rows[area, "total"]["count"] for area in ("Kent", "Lancashire", "Leicestershire")}
    assert totals == {"Kent": 180_838, "Lancashire": 139_489, "Leicestershire": 100_474}
    assert rows["ENGLAND AND WALES", "total"]["count"] == 5_335_806
    assert round(rows["Leicestershire", "total"]["rate"], 4) == Decimal("90.7135")
    assert "1,347 offences" in rows["Lincolnshire", "burglary"]["notes"]
