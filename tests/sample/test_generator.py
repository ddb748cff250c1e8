"""The generator of the sample's files: the same each time, in the shape that publishers use, with its story inside."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from wardmote.analytics.sources.police_uk.categories import CURRENT
from wardmote.foundations.periods import Month
from wardmote.sample.generator import LAST_MONTH, SampleFiles, write_sample
from wardmote.sample.places import VALE, small_areas, wards

OWN = {area.code for area in small_areas() if area.ward.district is VALE}
Ring = Sequence[Sequence[float]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SampleFiles:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def rows(files: SampleFiles) -> list[dict[str, str]]:
    return [row for path in files.street for row in table(path)]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def rings(path: Path, code: str) -> dict[str, Ring]:
    """The outer ring of each area of a GeoJSON file."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"][code]: feature["geometry"]["coordinates"][0] for feature in features}


def hashes(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def area_of(ring: Ring) -> float:
    """The area inside a ring (shoelace formula), positive where it runs counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def lies_in(x: float, y: float, ring: Ring) -> bool:
    """Whether a point lies inside a ring: a ray from it crosses the ring an odd number of times."""
    crossings = [
        x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y)
    ]
    return sum(crossings) % 2 == 1


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_sample(tmp_path / name, months=3)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "other")
    assert len(hashes(tmp_path / "one")) == 9


def test_another_seed_gives_other_street_files_of_the_same_names(tmp_path: Path) -> None:
    write_sample(tmp_path / "one", months=1, seed=1)
    write_sample(tmp_path / "other", months=1, seed=2)
    one, other = hashes(tmp_path / "one"), hashes(tmp_path / "other")
    assert list(one) == list(other)
    assert [one[name] != other[name] for name in one if name.endswith("-street.csv")] == [True]


def test_the_last_month_is_a_parameter(tmp_path: Path) -> None:
    files = write_sample(tmp_path, last_month=Month(2025, 1), months=2)
    assert [path.relative_to(tmp_path).as_posix() for path in files.street] == [
        "2024-12/2024-12-ashcombe-street.csv",
        "2025-01/2025-01-ashcombe-street.csv",
    ]


def test_every_row_lies_in_the_month_of_its_file(files: SampleFiles) -> None:
    assert len(files.street) == 60
    assert files.street[-1].name.startswith(str(LAST_MONTH))
    assert all({row["Month"] for row in table(path)} == {path.parent.name} for path in files.street)


def test_every_month_of_the_district_is_of_the_size_of_a_real_one(rows: list[dict[str, str]]) -> None:
    by_month = Counter(row["Month"] for row in rows if row["LSOA code"] in OWN)
    assert len(by_month) == 60
    assert all(900 <= number <= 1300 for number in by_month.values())


def test_every_month_has_every_current_crime_type(rows: list[dict[str, str]]) -> None:
    seen = {(row["Month"], row["Crime type"]) for row in rows}
    assert seen == {(row["Month"], kind) for row in rows for kind in CURRENT}


def test_one_row_in_fifty_has_no_place_at_all(rows: list[dict[str, str]]) -> None:
    placeless = [row for row in rows if not row["LSOA code"]]
    assert len(placeless) / len(rows) == pytest.approx(0.02, abs=0.001)
    assert {(r["Longitude"], r["Latitude"], r["LSOA name"], r["Location"]) for r in placeless} == {
        ("", "", "", "No Location")
    }


def test_only_anti_social_behaviour_has_no_crime_id_and_no_outcome(rows: list[dict[str, str]]) -> None:
    asb = {row["Crime type"] == "Anti-social behaviour" for row in rows if not row["Crime ID"]}
    unresolved = {row["Crime type"] == "Anti-social behaviour" for row in rows if not row["Last outcome category"]}
    ids = [row["Crime ID"] for row in rows if row["Crime ID"]]
    assert asb == unresolved == {True}
    assert len(set(ids)) == len(ids)
    assert {len(one) for one in ids} == {64}


def test_the_areas_are_unequal_as_in_real_districts(rows: list[dict[str, str]]) -> None:
    counts = sorted(Counter(row["LSOA code"] for row in rows if row["LSOA code"] in OWN).values(), reverse=True)
    top_fifth = sum(counts[: len(counts) // 5]) / sum(counts)
    assert 0.35 < top_fifth < 0.60


def test_thefts_from_shops_happen_mostly_in_the_town_centre(rows: list[dict[str, str]]) -> None:
    town = {area.code for area in small_areas() if area.ward.name == "Ashcombe Town"}
    shops = [row["LSOA code"] in town for row in rows if row["Crime type"] == "Shoplifting" and row["LSOA code"] in OWN]
    assert len(town) == 4
    assert 0.4 < sum(shops) / len(shops) < 0.6


def test_every_point_lies_in_the_polygon_of_its_own_small_area(files: SampleFiles, rows: list[dict[str, str]]) -> None:
    drawn = rings(files.boundaries[0], "LSOA21CD")
    points = {(row["LSOA code"], row["Longitude"], row["Latitude"]) for row in rows if row["LSOA code"]}
    assert len(points) > 300
    assert [p for p in points if not lies_in(float(p[1]), float(p[2]), drawn[p[0]])] == []


def test_wards_are_exactly_their_small_areas_merged(files: SampleFiles) -> None:
    small, larger = (rings(path, code) for path, code in zip(files.boundaries, ("LSOA21CD", "WD24CD"), strict=True))
    for ward in wards():
        parts = sum(area_of(small[area.code]) for area in small_areas() if area.ward == ward)
        assert area_of(larger[ward.code]) == pytest.approx(parts, rel=1e-9)
        assert parts > 0


def test_the_residents_add_up(files: SampleFiles) -> None:
    own = [row for row in table(files.population[0]) if row["LAD 2023 Code"] == VALE.code]
    assert sum(int(row["Mid-2025: Population"]) for row in own) == 120_000
    assert all(800 < int(row[f"Mid-{year}: Population"]) < 3500 for row in own for year in (2023, 2024, 2025))
