"""The Indices of Deprivation: rank and decile of each LSOA by domain, of two censuses."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.analytics.sources.making import read_one, rejects_of, rows_of
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.store import Warehouse

SHORT = "lsoa21_code,IMD_decile,Crime_decile,IMD_rank,Crime_rank,Crime_score\n"
PUBLISHED = (
    "LSOA code (2011),LSOA name (2011),Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    '"Education, Skills and Training Rank (where 1 is most deprived)",'
    '"Education, Skills and Training Decile (where 1 is most deprived 10% of LSOAs)"\n'
)


def file(folder: Path, text: str, name: str = "imd2025.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_each_domain_of_an_lsoa_is_a_row(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, file(tmp_path, f"{SHORT}E01000001,8,9,26525,29220,-2.22\n"), kind="auto")
    assert (manifest.kind, manifest.dataset, manifest.editions) == ("deprivation", "deprivation-2025", {"lsoa": "2021"})
    assert manifest.title == "English Indices of Deprivation 2025, by LSOA of 2021"
    crime, overall = rows_of(warehouse, manifest.release, "domain")
    assert (crime["domain"], crime["rank"], crime["decile"], crime["score"]) == ("crime", 29220, 9, Decimal("-2.22"))
    assert (overall["domain"], overall["rank"], overall["score"]) == ("overall", 26525, None)


def test_the_publishers_long_headings_are_known(warehouse: Warehouse, tmp_path: Path) -> None:
    path = file(tmp_path, f"{PUBLISHED}E01000001,Kingsmere 001A,5,1,7,2\n", "File_7_All_IoD2019_Ranks.csv")
    manifest = read_one(warehouse, path, kind="auto")
    assert (manifest.dataset, manifest.editions) == ("deprivation-2019", {"lsoa": "2011"})
    assert {row["domain"]: row["rank"] for row in rows_of(warehouse, manifest.release)} == {
        "overall": 5,
        "education": 7,
    }


def test_rows_that_cannot_be_are_left_out(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = (
        "E01000001,8,9,5,6,1",
        "E01000001,8,9,5,6,1",
        "E01000002,11,9,5,6,1",
        "E01000003,8,9,x,6,1",
        "Mill,1,1,1,1,1",
    )
    manifest = read_one(warehouse, file(tmp_path, SHORT + "\n".join(rows) + "\n"), kind="deprivation")
    assert (manifest.rows_read, manifest.rows_accepted) == (5, 1)
    assert [line[3] for line in rejects_of(warehouse, manifest)] == [
        "E01000001 stands in an earlier row",
        "11 is no decile",
        "no rank or decile",
        "“Mill” is not an area code",
    ]


def test_an_edition_that_nobody_can_tell_is_asked_for(warehouse: Warehouse, tmp_path: Path) -> None:
    path = file(tmp_path, f"{SHORT}E01000001,8,9,26525,29220,1\n", "download.csv")
    with pytest.raises(SourceRefused, match="which edition it is"):
        read_one(warehouse, path, kind="deprivation")
    assert read_one(warehouse, path, kind="deprivation", year=2025).dataset == "deprivation-2025"
    with pytest.raises(SourceRefused, match="lacks the columns"):
        read_one(warehouse, file(tmp_path, "Area,Value\nE01000001,1\n"), kind="deprivation")


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "lsoas", "census"),
    [("imd2019_england_lsoa11.csv", 32_844, "2011"), ("imd2025_england_lsoa21.csv", 33_755, "2021")],
)
def test_the_real_editions_are_read_whole(
    warehouse: Warehouse, shared: Path, name: str, lsoas: int, census: str
) -> None:
    manifest = read_one(warehouse, shared / "deprivation" / name, kind="auto")
    assert (manifest.rows_accepted, manifest.rows_rejected) == (lsoas, 0)
    assert manifest.editions == {"lsoa": census}
    crime = [row["rank"] for row in rows_of(warehouse, manifest.release) if row["domain"] == "crime"]
    assert (min(crime), max(crime)) == (1, lsoas)
