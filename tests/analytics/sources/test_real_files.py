"""The real files of the reference folder, counted a second time with Python's own csv module."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.analytics.sources.making import held, read_one, rows_of
from wardmote.analytics.sources.police_uk.quality import percent
from wardmote.analytics.warehouse.manifest import Manifest
from wardmote.analytics.warehouse.store import Warehouse

pytestmark = pytest.mark.shared_data

EXACT_FIT = "geography/LSOA_(2011)_to_LSOA_(2021)_to_Local_Authority_District_(2022)_Exact_Fit_Lookup_for_EW_(V3).csv"
LEICESTERSHIRE = "police_uk/leicestershire-street-2019-12_2022-10.zip"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return Warehouse(tmp_path_factory.mktemp("held"))


@pytest.fixture(scope="module")
def exact_fit(warehouse: Warehouse, shared: Path) -> Manifest:
    return read_one(warehouse, shared / EXACT_FIT, kind="lookup")


@pytest.fixture(scope="module")
def leicestershire(warehouse: Warehouse, shared: Path, exact_fit: Manifest) -> Manifest:
    return read_one(warehouse, shared / LEICESTERSHIRE, checks=(held(exact_fit),))


@pytest.fixture(scope="module")
def counted(shared: Path) -> list[dict[str, str]]:
    """Every row of the archive, by an independent reading."""
    with zipfile.ZipFile(shared / LEICESTERSHIRE) as archive:
        return [
            row
            for name in archive.namelist()
            for row in csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8-sig", newline=""))
        ]


def test_every_leicestershire_row_is_there(leicestershire: Manifest, counted: list[dict[str, str]]) -> None:
    assert leicestershire.rows_accepted == len(counted) == 301_838
    assert leicestershire.rows_rejected == 0
    assert len(leicestershire.months) == 35
    assert leicestershire.quality["missing_months"] == []
    assert leicestershire.title == "police.uk street crime, Leicestershire Police"


def test_months_and_categories_equal_the_independent_count(
    leicestershire: Manifest, counted: list[dict[str, str]]
) -> None:
    quality = leicestershire.quality
    assert quality["rows_by_month"] == Counter(row["Month"] for row in counted)
    assert quality["rows_by_category"] == Counter(row["Crime type"] for row in counted)
    both = quality["rows_by_month_category"]
    assert isinstance(both, dict)
    flat = {(month, name): n for month, names in both.items() for name, n in names.items()}  # type: ignore[union-attr]
    assert flat == Counter((row["Month"], row["Crime type"]) for row in counted)


def test_the_coordinates_add_up_to_the_last_millionth(
    warehouse: Warehouse, leicestershire: Manifest, counted: list[dict[str, str]]
) -> None:
    table = warehouse.table(warehouse.connect(), leicestershire.release)
    expected = sum(round(float(row["Longitude"]) * 1e6) for row in counted if row["Longitude"])
    assert int(table.longitude_micro.sum().to_pyarrow().as_py()) == expected


def test_ten_crime_ids_are_duplicates(leicestershire: Manifest, counted: list[dict[str, str]]) -> None:
    ids = Counter(row["Crime ID"] for row in counted if row["Crime ID"])
    assert leicestershire.quality["duplicate_crime_ids"] == sum(ids.values()) - len(ids) == 10
    assert leicestershire.quality["crime_ids_in_several_rows"] == sum(n > 1 for n in ids.values())


def test_rows_without_lsoa_have_the_known_shares(leicestershire: Manifest, counted: list[dict[str, str]]) -> None:
    months = Counter(row["Month"] for row in counted)
    without = Counter(row["Month"] for row in counted if not row["LSOA code"])
    shares = leicestershire.quality["rows_without_lsoa_percent_by_month"]
    assert shares == {month: percent(without[month], n) for month, n in months.items()}
    assert isinstance(shares, dict)
    for month, text in shares.items():
        share = float(str(text))
        if month <= "2020-05":
            assert 4 <= share <= 14.3, month
        elif month <= "2022-02":
            assert share <= 1.2, month
        else:
            assert 2.6 <= share <= 4.5, month


def test_anti_social_behaviour_is_what_has_no_crime_id(leicestershire: Manifest) -> None:
    by_category = leicestershire.quality["rows_without_crime_id_by_category"]
    assert isinstance(by_category, dict)
    assert {name for name, number in by_category.items() if number} == {"Anti-social behaviour"}


def test_leicestershire_uses_the_codes_of_2011(leicestershire: Manifest, shared: Path) -> None:
    with (shared / EXACT_FIT).open(encoding="utf-8-sig", newline="") as stream:
        pairs = [(row["LSOA11CD"], row["LSOA21CD"]) for row in csv.DictReader(stream)]
    old, new = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    assert (len(old), len(new), len(old & new)) == (34_753, 35_672, 33_647)
    assert leicestershire.quality["lsoa_codes_only_2021"] == 0
    only_2011 = leicestershire.quality["lsoa_codes_only_2011"]
    assert isinstance(only_2011, int)
    assert only_2011 > 0


def test_the_city_of_london_folders_are_one_release(warehouse: Warehouse, shared: Path) -> None:
    manifest = read_one(warehouse, shared / "police_uk/city-of-london")
    assert manifest.rows_accepted == 9_992
    assert manifest.dataset == "police-uk-street-city-of-london"
    assert len(manifest.months) == 12


def test_the_single_burglary_file_says_that_it_is_only_burglary(
    warehouse: Warehouse, shared: Path, exact_fit: Manifest
) -> None:
    path = shared / "police_uk/metropolitan-burglary/kingston-burglary-street-2010-12_2025-02.csv"
    manifest = read_one(warehouse, path, checks=(held(exact_fit),))
    assert manifest.rows_accepted == 13_656
    assert len(manifest.months) == 171
    assert manifest.quality["only_category"] == "Burglary"
    assert manifest.quality["lsoa_codes"] == 100
    # 98 LSOAs in 2011, 99 in 2021, and 100 codes because both occur.
    assert manifest.quality["lsoa_codes_only_2011"] == 1
    assert manifest.quality["lsoa_codes_only_2021"] == 2


def test_the_lookups_have_their_known_sizes(warehouse: Warehouse, shared: Path, exact_fit: Manifest) -> None:
    assert exact_fit.rows_accepted == 35_796
    assert exact_fit.dataset == "lookup-lsoa2011-lsoa2021-district2022"
    partnerships = read_one(warehouse, shared / "geography/ltla24_csp24_pfa24.csv", kind="lookup")
    assert partnerships.quality["district_codes_in_several_partnerships"] == 7
    assert partnerships.quality["partnership_codes"] == 314


def test_the_populations_have_their_known_sums(warehouse: Warehouse, shared: Path) -> None:
    folder = shared / "population"
    total = read_one(warehouse, folder / "lsoa11_population_total_mid2020_ew.csv", kind="population")
    assert total.quality["population_by_year"] == {"2020": 59_719_724}
    ages = read_one(
        warehouse, folder / "lsoa11_population_single_year_age_mid2020_selected_areas.csv", kind="population"
    )
    assert ages.rows_accepted == 2_836
    density = read_one(warehouse, folder / "lsoa21_population_density_mid2022_mid2024_ew.csv", kind="population")
    assert density.quality["years"] == [2022, 2023, 2024]
    assert density.quality["lsoa_codes"] == 35_672


def test_every_boundary_file_of_the_reference_is_read(warehouse: Warehouse, shared: Path) -> None:
    paths = sorted((shared / "geography").glob("*.geojson"))
    manifests = [read_one(warehouse, path, kind="boundaries") for path in paths]
    by_name = {path.stem: manifest.rows_accepted for path, manifest in zip(paths, manifests, strict=True)}
    assert by_name["lsoa11_kingston"] == 98
    assert by_name["lsoa21_kent_medway"] == 1_107
    assert by_name["wards22_kingston"] == 19
    assert by_name["lad24_ew"] == 318
    assert rows_of(warehouse, manifests[0].release)[0]["level"] == "district"


STOPS = "police_uk/metropolitan-stop-and-search/2024-08-metropolitan-stop-and-search.csv"
OUTCOMES = "police_uk/metropolitan-burglary/kingston-burglary-outcomes-2012-01_2025-02.csv"


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_stop_of_a_month_is_there_and_in_that_month_by_britains_clock(warehouse: Warehouse, shared: Path) -> None:
    rows = _read_csv(shared / STOPS)
    manifest = read_one(warehouse, shared / STOPS, kind="police-uk-stops")
    assert manifest.rows_accepted == len(rows) == 10_638
    assert manifest.months == ("2024-08",)
    assert min(row["Date"] for row in rows).startswith("2024-07-31T23:20")
    assert manifest.quality["rows_without_location"] == sum(not row["Longitude"] for row in rows) == 746
    counted = Counter(row["Self-defined ethnicity"] or "not stated" for row in rows)
    assert manifest.quality["rows_by_self_defined_ethnicity"] == dict(counted)


def test_every_outcome_is_there(warehouse: Warehouse, shared: Path) -> None:
    rows = _read_csv(shared / OUTCOMES)
    manifest = read_one(warehouse, shared / OUTCOMES, kind="police-uk-outcomes")
    assert manifest.dataset == "police-uk-outcomes-metropolitan"
    assert manifest.rows_accepted == len(rows) == 3_165
    assert manifest.quality["rows_by_outcome"] == dict(Counter(row["Outcome type"] for row in rows))
