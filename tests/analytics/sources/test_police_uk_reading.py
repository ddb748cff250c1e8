"""Street files that can be read, in every form in which they come."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from tests.analytics.sources.making import (
    HEADER,
    NAME,
    held,
    read_all,
    read_one,
    rejects_of,
    releases,
    row,
    rows_of,
    street_file,
)
from wardmote.analytics.sources import AlreadyHeld, ReadRequest, read
from wardmote.analytics.warehouse.manifest import Manifest
from wardmote.analytics.warehouse.store import Warehouse

OUTCOMES = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type\n"
STOPS = "Type,Date,Latitude,Longitude,Legislation,Object of search,Outcome\n"


def test_a_row_arrives_with_every_cell_in_its_canonical_column(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, street_file(tmp_path, row(1)))
    assert rows_of(warehouse, manifest.release) == [
        {
            "crime_id": f"{1:064x}",
            "month": dt.date(2024, 1, 1),
            "month_index": 2024 * 12 + 1,
            "reported_by": "Ambleshire Police",
            "falls_within": "Ambleshire Police",
            "longitude": -1.214176,
            "latitude": 52.621663,
            "longitude_micro": -1214176,
            "latitude_micro": 52621663,
            "location": "On or near Mill Lane",
            "lsoa_code": "E01000001",
            "lsoa_name": "Ambleford 001A",
            "category": "Burglary",
            "outcome": "Under investigation",
            "context": None,
            "location_outside": False,
            "file": NAME,
        }
    ]
    assert manifest.quality["read_by"] == "the fast reader"


def test_the_manifest_says_whose_data_these_are(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, street_file(tmp_path, row(1)))
    assert manifest.dataset == "police-uk-street-ambleshire"
    assert manifest.title == "police.uk street crime, Ambleshire Police"
    assert manifest.area == "Ambleshire Police force area"
    assert manifest.licence == "Open Government Licence v3.0"
    assert manifest.months == ("2024-01",)
    assert (manifest.period_from, manifest.period_to) == ("2024-01", "2024-01")
    assert manifest.mapping["Crime type"] == "category"
    assert manifest.files[0].rows == 1


def test_sample_data_are_never_named_as_the_publishers(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, row(1))
    sample = read_one(warehouse, path, is_sample=True)
    assert "fictional" in sample.publisher
    assert sample.release != read_one(warehouse, path).release


@pytest.mark.parametrize(
    "header",
    [
        HEADER.lower().replace(" ", "_"),
        HEADER.upper().replace(" ", "-"),
        HEADER.replace("Crime ID", " crime id "),
        '"' + HEADER.replace(",", '","') + '"',
    ],
)
def test_retyped_headers_are_matched_by_their_letters(warehouse: Warehouse, tmp_path: Path, header: str) -> None:
    manifest = read_one(warehouse, street_file(tmp_path, row(1), header=header))
    assert manifest.rows_accepted == 1


def test_columns_may_stand_in_another_order_beside_others(warehouse: Warehouse, tmp_path: Path) -> None:
    header = "Row," + ",".join(reversed(HEADER.split(",")))
    line = "7," + ",".join(reversed(row(1).split(",")))
    manifest = read_one(
        warehouse,
        street_file(tmp_path, line, header=header),
        street_file(tmp_path, row(2, month="2024-02"), name="2024-02-ambleshire-street.csv"),
    )
    assert [one["location"] for one in rows_of(warehouse, manifest.release)] == ["On or near Mill Lane"] * 2
    assert manifest.quality["ignored_columns"] == ["Row"]


@pytest.mark.parametrize(("delimiter", "end"), [(";", "\n"), ("\t", "\r\n"), ("|", "\n"), (",", "\r")])
def test_other_separators_and_line_ends_are_recognised(
    warehouse: Warehouse, tmp_path: Path, delimiter: str, end: str
) -> None:
    path = street_file(tmp_path, row(1).replace(",", delimiter), header=HEADER.replace(",", delimiter), end=end)
    assert read_one(warehouse, path).rows_accepted == 1


def test_mixed_line_ends_are_read(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(f"{HEADER}\r\n{row(1)}\n{row(2)}\r{row(3)}\r\n\r\n".encode())
    assert (read_one(warehouse, path).rows_read, read_one(warehouse, path).rows_rejected) == (3, 0)


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8-sig", "utf-8 with mark"), ("utf-16", "utf-16"), ("cp1252", "cp1252"), ("utf-8", None)],
)
def test_encodings_are_decoded_and_noted(
    warehouse: Warehouse, tmp_path: Path, encoding: str, noted: str | None
) -> None:
    path = tmp_path / NAME
    path.write_bytes(f"{HEADER}\r\n{row(1, location='On or near St Mary’s £1 Café')}\r\n".encode(encoding))
    manifest = read_one(warehouse, path)
    assert rows_of(warehouse, manifest.release)[0]["location"] == "On or near St Mary’s £1 Café"
    assert manifest.quality["encodings"] == ({} if noted is None else {NAME: noted})


def test_anti_social_behaviour_has_no_crime_id(warehouse: Warehouse, tmp_path: Path) -> None:
    asb = row(1, crime_id="", category="Anti-social behaviour", outcome="")
    manifest = read_one(warehouse, street_file(tmp_path, asb, row(2)))
    assert manifest.rows_accepted == 2
    assert manifest.quality["rows_without_crime_id"] == 1
    assert manifest.quality["rows_without_crime_id_by_category"] == {"Anti-social behaviour": 1, "Burglary": 0}


def test_a_place_outside_britain_is_no_location_and_is_counted(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(
        warehouse,
        street_file(
            tmp_path,
            row(1, longitude="0", latitude="0"),
            row(2, longitude="12.5", latitude="41.9"),
            row(3, longitude="", latitude=""),
            row(4),
        ),
    )
    assert manifest.rows_accepted == 4
    assert manifest.quality["rows_outside_britain"] == 2
    assert manifest.quality["rows_without_location"] == 3
    assert manifest.quality["rows_without_location_percent"] == "75.0"
    assert [one["latitude_micro"] for one in rows_of(warehouse, manifest.release)] == [None, None, None, 52621663]


def test_month_folders_with_other_police_uk_files_are_read_and_the_others_named(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    for month in ("2024-01", "2024-03"):
        street_file(folder / month, row(int(month[-1]), month=month), name=f"{month}-ambleshire-street.csv")
    (folder / "2024-01" / "2024-01-ambleshire-outcomes.csv").write_text(OUTCOMES, encoding="utf-8")
    (folder / "2024-01" / "2024-01-ambleshire-stop-and-search.csv").write_text(STOPS, encoding="utf-8")
    (folder / "read-me.txt").write_text("Hello", encoding="utf-8")
    manifest = read_one(warehouse, folder)
    assert manifest.months == ("2024-01", "2024-03")
    assert manifest.quality["missing_months"] == ["2024-02"]
    skipped = {one["file"]: one["reason"] for one in manifest.quality["skipped_files"]}  # type: ignore[union-attr,index,call-overload]
    assert set(skipped) == {"read-me.txt", "2024-01-ambleshire-outcomes.csv", "2024-01-ambleshire-stop-and-search.csv"}
    assert "outcomes file" in str(skipped["2024-01-ambleshire-outcomes.csv"])


def test_a_zip_gives_the_same_release_as_the_folder_that_was_packed(warehouse: Warehouse, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    path = street_file(folder / "2024-01", row(1))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, f"2024-01/{NAME}")
    assert read_one(warehouse, tmp_path / "all.zip") == read_one(warehouse, folder)


def test_each_force_becomes_a_data_set_of_its_own(warehouse: Warehouse, tmp_path: Path) -> None:
    street_file(tmp_path / "f", row(1))
    street_file(tmp_path / "f", row(2, reported_by="Brackenshire Police"), name="2024-01-brackenshire-street.csv")
    manifests = read_all(warehouse, tmp_path / "f")
    assert [one.dataset for one in manifests] == ["police-uk-street-ambleshire", "police-uk-street-brackenshire"]


@pytest.mark.parametrize(
    ("reported_by", "dataset"),
    [
        ("Metropolitan Police Service", "police-uk-street-metropolitan"),
        ("Devon & Cornwall Police", "police-uk-street-devon-and-cornwall"),
        ("Dyfed-Powys Police", "police-uk-street-dyfed-powys"),
        ("City of London Police", "police-uk-street-city-of-london"),
        ("Kent Police", "police-uk-street-kent"),
        ("British Transport Police", "police-uk-street-btp"),
        ("Police Service of Northern Ireland", "police-uk-street-northern-ireland"),
        ("West Yorkshire Police", "police-uk-street-west-yorkshire"),
    ],
)
def test_a_file_without_the_published_name_takes_its_force_from_the_rows(
    warehouse: Warehouse, tmp_path: Path, reported_by: str, dataset: str
) -> None:
    path = street_file(tmp_path, row(1, reported_by=reported_by), name="burglary.csv")
    assert read_one(warehouse, path).dataset == dataset


def test_the_same_content_twice_counts_once(warehouse: Warehouse, tmp_path: Path) -> None:
    first = street_file(tmp_path / "a", row(1))
    second = street_file(tmp_path / "b", row(1))
    manifest = read_one(warehouse, first, second)
    assert manifest.rows_read == 1
    assert "same content" in str(manifest.quality["skipped_files"])


def test_a_release_that_is_held_is_not_read_again(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, row(1))
    manifest = read_one(warehouse, path)
    again = read_all(warehouse, path, known=frozenset([manifest.release]))
    assert again == (AlreadyHeld(manifest.dataset, manifest.release),)


def test_another_content_of_the_same_month_is_another_release(warehouse: Warehouse, tmp_path: Path) -> None:
    first = read_one(warehouse, street_file(tmp_path / "a", row(1)))
    second = read_one(warehouse, street_file(tmp_path / "b", row(1), row(2)))
    assert first.dataset == second.dataset
    assert releases(warehouse) == sorted([first.release, second.release])


def test_a_header_without_rows_is_read_as_none(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, street_file(tmp_path))
    assert (manifest.rows_read, manifest.months) == (0, ())
    assert manifest.quality["files_without_rows"] == [NAME]


def test_names_with_quotes_and_patterns_are_only_names(warehouse: Warehouse, tmp_path: Path) -> None:
    street_file(tmp_path, row(9), name="other.csv")
    path = street_file(tmp_path, row(1), name="it's [a-z]* o?her.csv")
    manifest = read_one(warehouse, path)
    assert [one["crime_id"] for one in rows_of(warehouse, manifest.release)] == [f"{1:064x}"]


def test_a_cell_that_looks_like_a_formula_stays_text_and_is_defused_in_the_list_of_rejects(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = street_file(tmp_path, row(1, location="=1+1"), row(2, longitude="=1+1"), name="=cmd-ambleshire-street.csv")
    manifest = read_one(warehouse, path)
    assert rows_of(warehouse, manifest.release)[0]["location"] == "=1+1"
    assert rejects_of(warehouse, manifest)[0][0] == "'=cmd-ambleshire-street.csv"


def test_renamed_and_unknown_crime_types_are_kept_and_named(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(
        tmp_path,
        row(1, month="2011-03", category="Violent crime"),
        row(2, month="2011-03", category="Other crime"),
        row(3, month="2012-03", category="Public disorder and weapons"),
        row(4, month="2012-03", category="Sheep rustling"),
        name="old.csv",
    )
    quality = read_one(warehouse, path).quality
    assert quality["categories_not_recognised"] == ["Sheep rustling"]
    changed = quality["categories_changed_since"]
    assert isinstance(changed, dict)
    assert changed["Violent crime"] == "published until 2013-04, then as Violence and sexual offences"
    assert set(changed) == {"Violent crime", "Other crime", "Public disorder and weapons"}


def test_an_id_in_three_rows_is_two_duplicates(warehouse: Warehouse, tmp_path: Path) -> None:
    quality = read_one(warehouse, street_file(tmp_path, row(1), row(1), row(1), row(2))).quality
    assert quality["duplicate_crime_ids"] == 2
    assert quality["crime_ids_in_several_rows"] == 1
    assert quality["rows_with_duplicate_crime_ids"] == 3


def test_codes_of_two_censuses_and_names_that_disagree_are_counted_against_a_lookup(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    lookup = tmp_path / "fit.csv"
    lookup.write_text(
        "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND\n"
        "E01000001,Ambleford 001A,E01000001,Ambleford 001A,U\n"
        "E01000002,Ambleford 001B,E01000003,Ambleford 001C,S\n",
        encoding="utf-8",
    )
    fit = read_one(warehouse, lookup, kind="lookup")
    path = street_file(
        tmp_path,
        row(1),
        row(2, lsoa_code="E01000002", lsoa_name="Ambleford 001B"),
        row(3, lsoa_code="E01000003", lsoa_name="Elsewhere 009Z"),
        row(4, lsoa_code="E01999999", lsoa_name="Nowhere 001A"),
        row(5, lsoa_code="E01000001", lsoa_name="Ambleford 001D"),
    )
    quality = read_one(warehouse, path, checks=(held(fit),)).quality
    assert quality["lsoa_codes_only_2011"] == 1
    assert quality["lsoa_codes_only_2021"] == 1
    assert quality["lsoa_codes_in_neither"] == 1
    assert quality["lsoa_names_that_differ"] == 2
    assert quality["lsoa_codes_with_several_names"] == 1


def test_without_a_lookup_the_check_is_said_to_be_missing(warehouse: Warehouse, tmp_path: Path) -> None:
    quality = read_one(warehouse, street_file(tmp_path, row(1))).quality
    assert quality["lsoa_codes_only_2011"] is None
    assert "no lookup" in str(quality["lsoa_check"])


def test_progress_is_told_in_words(warehouse: Warehouse, tmp_path: Path) -> None:
    told: list[str] = []
    path = street_file(tmp_path, row(1))
    with warehouse.staging() as staging:
        read(
            "auto",
            ReadRequest(
                (path,),
                warehouse,
                staging,
                is_sample=False,
                now=dt.date(2026, 6, 1),
                progress=lambda words, done, total: told.append(words),
            ),
        )
    assert told[0] == f"{NAME} looks like street-level crime of data.police.uk"


def test_the_manifest_survives_the_disk(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, street_file(tmp_path, row(1)))
    assert warehouse.manifest(manifest.release) == manifest
    assert Manifest.from_json(manifest.to_json()).to_json() == manifest.to_json()
