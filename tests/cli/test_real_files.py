"""The command line on real public files: its counts against the csv module's, and two assessments."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import wardmote
from tests.printing.pdf_checks import assert_accessible

pytestmark = pytest.mark.shared_data
LEICESTERSHIRE = "police-uk-street-leicestershire"


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the real files in it, read once."""
    data = tmp_path_factory.mktemp("real") / "data"
    police, geography, population = (shared / name for name in ("police_uk", "geography", "population"))
    lookups = [*geography.glob("LSOA_*.csv"), *geography.glob("l*_*.csv")]
    residents = [population / "lsoa21_population_density_mid2022_mid2024_ew.csv"]
    residents += [population / "lsoa11_population_total_mid2020_ew.csv"]
    boundaries = [*geography.glob("*_leicestershire_rutland.geojson")]
    street = [
        police / "leicestershire-street-2019-12_2022-10.zip",
        police / "city-of-london",
        police / "metropolitan-burglary" / "kingston-burglary-street-2010-12_2025-02.csv",
    ]
    for kind, paths in (
        ("lookup", lookups),
        ("population", residents[:1]),
        ("population", residents[1:]),
        ("boundaries", boundaries),
        ("police-uk", street),
    ):
        ended = wardmote(data, "import", kind, *paths, *(("--year", "2020") if paths == residents[1:] else ()))
        assert ended.status == 0, (kind, ended.err)
    return data


@pytest.fixture(scope="module")
def releases(real: Path) -> dict[str, Any]:
    """The releases by dataset."""
    return {row["dataset"]: row for row in wardmote(real, "releases", "--json").json}


def leicestershire(shared: Path) -> list[dict[str, str]]:
    rows = []
    with zipfile.ZipFile(shared / "police_uk" / "leicestershire-street-2019-12_2022-10.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                rows += list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    return rows


def test_counts_are_those_of_the_csv_module(real: Path, shared: Path) -> None:
    asked = ("figures", "counts", "--by", "month,category", "--where", f"dataset={LEICESTERSHIRE}")
    rows = csv.DictReader(io.StringIO(wardmote(real, *asked).out))
    found = {(row["month"], row["category"]): int(row["count"]) for row in rows if row["count"] not in ("", "0")}
    assert found == Counter((row["Month"], row["Crime type"]) for row in leicestershire(shared))


def test_the_quality_figures_are_those_that_the_sources_state(releases: dict[str, Any]) -> None:
    county = releases[LEICESTERSHIRE]
    assert (county["rows_read"], county["rows_accepted"], county["rows_rejected"]) == (301_838, 301_838, 0)
    assert (county["period_from"], county["period_to"], len(county["months"])) == ("2019-12", "2022-10", 35)
    assert county["quality"]["missing_months"] == []
    assert county["quality"]["duplicate_crime_ids"] == 10
    city = releases["police-uk-street-city-of-london"]
    assert (city["rows_read"], city["period_from"], city["period_to"]) == (9_992, "2024-01", "2024-12")
    (burglary,) = [row for row in releases.values() if row["kind"] == "police-uk" and row["rows_read"] == 13_656]
    assert (burglary["period_from"], burglary["period_to"]) == ("2010-12", "2025-02")


def test_a_draft_is_written_and_warns_where_the_located_share_moved(real: Path, tmp_path: Path) -> None:
    ended = wardmote(real, "assess", "--partnership", "Charnwood", "--as-at", "2022-10-31", "--out", tmp_path)
    assert ended.status == 0, ended.err
    page = (tmp_path / "assessment.html").read_text()
    assert_accessible(tmp_path / "assessment.pdf")
    assert "Draft" in page
    assert "year to October 2022" in page
    # Rows without a small area went from under 1.2% to up to 4.5%: each change has its warning and the force's own.
    assert "The share of incidents that can be placed in an area moved" in page


def test_a_district_of_several_partnerships_is_refused_with_a_sentence(real: Path, tmp_path: Path) -> None:
    ended = wardmote(real, "assess", "--partnership", "Buckinghamshire", "--as-at", "2022-10-31", "--out", tmp_path)
    assert ended.is_refused(), (ended.status, ended.err)
    assert not any(tmp_path.iterdir())
