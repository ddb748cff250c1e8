"""The Metropolitan Police's monthly counts and MOPAC's survey are read without anybody describing their columns."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.making import read_all, read_one, rows_of
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.manifest import Manifest
from wardmote.analytics.warehouse.store import Warehouse

SURVEY = "Date;Survey;Borough;Measure;Proportion;MPS\n"


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def counts(folder: Path, months: str, *rows: str, name: str = "counts.csv", areas: str = "BoroughName") -> Path:
    return file(folder, name, "\n".join((f"MajorText,MinorText,{areas},{months}", *rows)) + "\n")


def added(warehouse: Warehouse, *manifests: Any) -> dict[str, Decimal]:
    """Add up the figures of releases by area and month."""
    found: dict[str, Decimal] = {}
    for manifest in manifests:
        for row in rows_of(warehouse, manifest.release):
            key = f"{row['area']} {row['period']}"
            found[key] = found.get(key, Decimal(0)) + row["value"]
    return found


def test_a_wide_table_of_boroughs_is_one_figure_a_month(warehouse: Warehouse, tmp_path: Path) -> None:
    path = counts(tmp_path, "202401,202402", "THEFT,SHOPLIFTING,Kingsmere,4,5", "ARSON,ARSON,Kingsmere,0,1")
    manifest = read_one(warehouse, path, kind="auto")
    assert (manifest.kind, manifest.publisher) == ("figures", "Metropolitan Police Service")
    assert manifest.dataset == "figures-metropolitan-police-recorded-crime-by-borough"
    assert manifest.licence == "Open Government Licence v3.0"
    assert added(warehouse, manifest) == {"Kingsmere 2024-01": 4, "Kingsmere 2024-02": 6}
    assert {row["status"] for row in rows_of(warehouse, manifest.release)} == {"provisional"}


def test_wards_and_small_areas_keep_their_codes_and_are_data_sets_of_their_own(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    ward = counts(
        tmp_path, "202401", "THEFT,SHOPLIFTING,Mill,E05000001,Kingsmere,4",
        areas="WardName,WardCode,LookUp_BoroughName",
    )  # fmt: skip
    small = file(
        tmp_path,
        "lsoa.csv",
        "lsoa_code,lsoa_name,borough,major_category,minor_category,202401\n"
        "E01000001,Kingsmere 001A,E09000001,THEFT,SHOPLIFTING,3\n",
    )
    by_ward, by_small = (read_one(warehouse, path, kind="london") for path in (ward, small))
    assert [one.dataset.rsplit("-", 1)[-1] for one in (by_ward, by_small)] == ["ward", "lsoa"]
    assert rows_of(warehouse, by_ward.release)[0]["area_code"] == "E05000001"
    assert rows_of(warehouse, by_small.release)[0]["area_code"] == "E01000001"


def test_two_editions_are_one_data_set_the_newer_read_last(warehouse: Warehouse, tmp_path: Path) -> None:
    new = counts(tmp_path, "202402,202403", "THEFT,SHOPLIFTING,Kingsmere,6,7", name="a new.csv")
    old = counts(tmp_path, "202401,202402", "THEFT,SHOPLIFTING,Kingsmere,4,5", name="b old.csv")
    first, second = read_all(warehouse, new, old, kind="london")
    assert isinstance(first, Manifest)
    assert isinstance(second, Manifest)
    assert first.dataset == second.dataset
    assert (first.months, second.months) == (("2024-01", "2024-02"), ("2024-02", "2024-03"))


def test_a_month_in_which_all_is_nought_is_a_fault_of_the_edition(warehouse: Warehouse, tmp_path: Path) -> None:
    path = counts(tmp_path, "202401,202402", "THEFT,SHOPLIFTING,Kingsmere,0,5", "ARSON,ARSON,Kingsmere,0,0")
    manifest = read_one(warehouse, path, kind="london")
    assert manifest.months == ("2024-02",)
    assert "every count of it is nought: 202401" in str(manifest.quality["caveat"])


def test_the_survey_has_semicolons_decimal_commas_and_days_first(warehouse: Warehouse, tmp_path: Path) -> None:
    text = f'{SURVEY}31/12/2014;PAS;Kingsmere;"""Good Job"" local";0,56;0,67\n'
    manifest = read_one(warehouse, file(tmp_path, "survey.csv", text), kind="auto")
    (row,) = rows_of(warehouse, manifest.release)
    assert (row["period"], row["months"], row["value"]) == ("year to 2014-12", 12, Decimal("0.56"))
    assert (row["measure"], manifest.publisher) == ('"Good Job" local', "Mayor's Office for Policing and Crime")


def test_another_table_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="neither the headings of the Metropolitan Police"):
        read_one(warehouse, file(tmp_path, "other.csv", "Area,Value\nKingsmere,3\n"), kind="london")


@pytest.mark.shared_data
def test_the_real_editions_join_without_a_gap_and_add_up(warehouse: Warehouse, shared: Path, tmp_path: Path) -> None:
    """Kingston alone, so that it is quick; the sums are counted again by another reader."""
    again: Counter[str] = Counter()
    cut = []
    for name in ("mps_borough_historical.csv", "mps_borough_recent.csv"):
        lines = (shared / "london" / name).read_text(encoding="utf-8-sig").splitlines()
        kept = [lines[0], *(line for line in lines[1:] if ",Kingston upon Thames," in line)]
        cut.append(file(tmp_path, name, "\n".join(kept) + "\n"))
        for row in csv.DictReader(kept):
            for month, count in row.items():
                if month.isdigit():
                    again[f"Kingston upon Thames {month[:4]}-{month[4:]}"] += int(count)
    old, new = read_all(warehouse, *cut, kind="auto")
    assert isinstance(old, Manifest)
    assert isinstance(new, Manifest)
    assert (len(old.months), old.months[-1], new.months[0]) == (168, "2024-03", "2024-04")
    found = added(warehouse, old, new)
    assert found == again
    assert sum(count for key, count in found.items() if "2023-04" <= key[-7:] <= "2024-03") == 11_837


@pytest.mark.shared_data
def test_the_real_survey_is_read_whole(warehouse: Warehouse, shared: Path) -> None:
    manifest = read_one(warehouse, shared / "london/mopac_pas_borough.csv", kind="auto")
    assert (manifest.rows_accepted, manifest.rows_rejected, manifest.period_to) == (9_312, 0, "2023-12")
