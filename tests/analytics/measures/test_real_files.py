"""Measures on the real files of a force, counted again with the csv module alone."""

import csv
import datetime as dt
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from wardmote.analytics.measures import MEASURES, Evidence, Query, gather, rows_behind
from wardmote.analytics.sources import Prepared, ReadRequest, read
from wardmote.analytics.warehouse.manifest import HeldRelease
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.definitions import problems

pytestmark = pytest.mark.shared_data
FORCE = "police_uk/leicestershire-street-2019-12_2022-10.zip"
LOOKUPS = (
    "geography/LSOA_(2021)_to_Electoral_Ward_(2024)_to_LAD_(2024)_Best_Fit_Lookup_in_EW.csv",
    "geography/LSOA_(2011)_to_LSOA_(2021)_to_Local_Authority_District_(2022)_Exact_Fit_Lookup_for_EW_(V3).csv",
    "geography/ltla24_csp24_pfa24.csv",
)


@pytest.fixture(scope="module")
def evidence(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    warehouse = Warehouse(tmp_path_factory.mktemp("data"))
    held = [*_import(warehouse, "police-uk", shared / FORCE)]
    for name in LOOKUPS:
        held += _import(warehouse, "lookup", shared / name)
    return gather(warehouse, held, problems=problems(dt.date(2026, 11, 1)), code_version="test")


def _import(warehouse: Warehouse, kind: str, path: Path) -> Iterator[HeldRelease]:
    with warehouse.staging() as staging:
        request = ReadRequest((path,), warehouse, staging, is_sample=False, now=dt.date(2026, 11, 21))
        for outcome in read(kind, request):
            assert isinstance(outcome, Prepared)
            one = outcome.manifest
            warehouse.publish(outcome)
            yield HeldRelease(one.release, one.dataset, one.kind, one.months, one.editions, one.is_sample)


@pytest.fixture(scope="module")
def published(shared: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    with zipfile.ZipFile(shared / FORCE) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                rows += csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))
    return rows


def test_categories_by_month_equal_a_count_of_the_csv_files(
    evidence: Evidence, published: list[dict[str, str]]
) -> None:
    counted = Counter((row["Month"], row["Crime type"]) for row in published)
    found = MEASURES["counts"](evidence, Query(by=("month", "category"))).records()
    assert {(row["month"], row["category"]): row["count"] for row in found if row["count"]} == counted


def test_districts_equal_a_count_by_the_names_of_lsoas(evidence: Evidence, published: list[dict[str, str]]) -> None:
    counted = Counter(row["LSOA name"][:-5] for row in published)
    found = MEASURES["counts"](evidence, Query(by=("district",))).records()
    assert {row["district_name"]: row["count"] for row in found} == {
        str(r["district_name"]): counted[str(r["district_name"])] for r in found
    }
    assert len(found) == 9


def test_the_partnership_of_leicester_is_its_district_and_its_rows_are_as_many(evidence: Evidence) -> None:
    query = Query(where={"partnership": ("Leicester",), "problem": ("robbery",)})
    (row,) = MEASURES["counts"](evidence, query).records()
    (same,) = MEASURES["counts"](evidence, Query(where={"district": ("Leicester",), "problem": ("robbery",)})).records()
    assert row["count"] == same["count"] == sum(1 for _ in rows_behind(evidence, query))


def test_the_share_without_lsoa_moved_and_the_change_of_a_district_says_so(evidence: Evidence) -> None:
    found = MEASURES["change"](evidence, Query(by=("district",))).records()
    assert all(str(row["warning"]).startswith("Incidents without LSOA went from 0.5% to 2.7%") for row in found)
    assert all("in the whole force rose from 97,104" in str(row["whole_force"]) for row in found)


POPULATION = "population/lsoa21_population_density_mid2022_mid2024_ew.csv"
FIT = LOOKUPS[1]
# LSOAs of 2011 that lie in two wards of 2024: Loughborough, Leicester, Castle Donington, Oakham.
DIVIDED = {"E01025717", "E01013646", "E01025925", "E01013801"}


@pytest.fixture(scope="module")
def shared_out(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    warehouse = Warehouse(tmp_path_factory.mktemp("shared-out"))
    held = [*_import(warehouse, "police-uk", shared / FORCE), *_import(warehouse, "population", shared / POPULATION)]
    for name in LOOKUPS:
        held += _import(warehouse, "lookup", shared / name)
    return gather(warehouse, held, problems=problems(dt.date(2026, 11, 1)), code_version="test")


def test_divided_lsoas_are_shared_among_their_wards_and_every_ward_total_is_kept(
    shared_out: Evidence, evidence: Evidence, published: list[dict[str, str]], shared: Path
) -> None:
    districts = {
        row["district"]: row["count"] for row in MEASURES["counts"](shared_out, Query(by=("district",))).records()
    }
    assert districts == {
        row["district"]: row["count"] for row in MEASURES["counts"](evidence, Query(by=("district",))).records()
    }
    wards = MEASURES["counts"](shared_out, Query(by=("district", "ward"))).records()
    for district, whole in districts.items():
        assert sum(row["count"] for row in wards if row["district"] == district) == whole
    in_divided = Counter(row["LSOA code"] for row in published if row["LSOA code"] in DIVIDED)
    assert sum(row["estimated"] for row in wards) == in_divided.total() > 0


def test_each_ward_gets_its_part_by_residents(
    shared_out: Evidence, evidence: Evidence, published: list[dict[str, str]], shared: Path
) -> None:
    """Counted again from the files: the lookups and populations read with csv, the exact proportions as fractions."""
    with (shared / FIT).open(encoding="utf-8-sig") as stream:
        pairs = [(row["LSOA11CD"], row["LSOA21CD"]) for row in csv.DictReader(stream) if row["LSOA11CD"] in DIVIDED]
    with (shared / LOOKUPS[0]).open(encoding="utf-8-sig") as stream:
        ward_of = {row["LSOA21CD"]: row["WD24CD"] for row in csv.DictReader(stream)}
    residents = _newest_residents(shared / POPULATION, {new for _, new in pairs})
    rows = Counter(row["LSOA code"] for row in published)
    expected: dict[str, Fraction] = {}
    for old, new in pairs:
        whole = sum(residents[other] for one, other in pairs if one == old)
        part = Fraction(rows[old] * residents[new], whole)
        expected[ward_of[new]] = expected.get(ward_of[new], Fraction(0)) + part
    found = MEASURES["counts"](shared_out, Query(by=("ward",))).records()
    got = {row["ward"]: row["estimated"] for row in found if row["estimated"]}
    assert got.keys() == expected.keys()
    # Over 35 months: less than a tenth of an incident a month from the exact proportion.
    assert all(abs(got[ward] - expected[ward]) < 20 for ward in got), (got, expected)
    without = {row["ward"]: row["count"] for row in MEASURES["counts"](evidence, Query(by=("ward",))).records()}
    assert all(row["count"] - row["estimated"] == without[row["ward"]] for row in found)


def _newest_residents(path: Path, codes: set[str]) -> dict[str, int]:
    with path.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    code = next(name for name in rows[0] if "code" in name.lower() and "lsoa" in name.lower())
    newest = max(name for name in rows[0] if "population" in name.lower())
    return {row[code]: int(row[newest]) for row in rows if row[code] in codes}
