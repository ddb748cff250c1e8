"""Lookups, populations and boundaries from small tables of fictional places."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.analytics.sources.making import read_all, read_one, rejects_of, row, rows_of, street_file
from wardmote.analytics.sources import ReadRequest, SourceRefused, guess
from wardmote.analytics.sources.numbers import count_in
from wardmote.analytics.sources.ons.rings import self_crossing
from wardmote.analytics.warehouse.store import Warehouse

from .making import NOW


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_lookup_fills_the_columns_that_it_has(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "best fit.csv",
        "\ufeffLSOA21CD,LSOA21NM,LSOA21NMW,WD24CD,WD24NM,LAD24CD,LAD24NM,ObjectId\n"
        "E01000001,Ambleford 001A,,E05000001,Mill,E07000001,Ambleford,1\n",
    )
    manifest = read_one(warehouse, path, kind="lookup")
    assert manifest.dataset == "lookup-lsoa2021-ward2024-district2024"
    assert manifest.editions == {"lsoa": "2021", "ward": "2024", "district": "2024"}
    (one,) = rows_of(warehouse, manifest.release)
    assert {name: value for name, value in one.items() if value} == {
        "lsoa_code": "E01000001",
        "lsoa_name": "Ambleford 001A",
        "ward_code": "E05000001",
        "ward_name": "Mill",
        "district_code": "E07000001",
        "district_name": "Ambleford",
    }


def test_a_partnership_may_join_districts_and_a_district_have_several(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "csp.csv",
        "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name\n"
        "E07000001,Ambleford,E22000001,North,E23000001,Ambleshire\n"
        "E07000002,Brackley,E22000001,North,E23000001,Ambleshire\n"
        "E07000002,Brackley,E22000002,South,E23000001,Ambleshire\n",
    )
    manifest = read_one(warehouse, path, kind="lookup")
    assert manifest.dataset == "lookup-district2024-partnership2024-force2024"
    assert manifest.rows_accepted == 3
    assert manifest.quality["district_codes_in_several_partnerships"] == 1
    assert manifest.quality["partnership_codes_with_several_districts"] == 1


@pytest.mark.parametrize(
    ("header", "dataset"),
    [
        ("lsoa21_code,neighbourhood", "lookup-lsoa2021-neighbourhood"),
        ("Ward Code,Neighbourhood code,Neighbourhood name", "lookup-ward-neighbourhood"),
    ],
)
def test_a_partnerships_own_neighbourhoods_link_to_lsoas_or_wards(
    warehouse: Warehouse, tmp_path: Path, header: str, dataset: str
) -> None:
    cells = "E01000001,Riverside" if header.count(",") == 1 else "E05000001,N1,Riverside"
    manifest = read_one(warehouse, _file(tmp_path, "n.csv", f"{header}\n{cells}\n"), kind="lookup")
    assert manifest.dataset == dataset
    assert manifest.publisher == "Supplied by the partnership"
    assert rows_of(warehouse, manifest.release)[0]["neighbourhood_name"] == "Riverside"


def test_a_code_that_lost_its_letter_is_rejected_with_its_column(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _file(tmp_path, "l.csv", "LSOA21CD,WD24CD\nE01000001,E05000001\n1000002,E05000001\nTotal,\n")
    manifest = read_one(warehouse, path, kind="lookup")
    assert [line[1:] for line in rejects_of(warehouse, manifest)] == [
        ["3", "LSOA21CD", "“1000002” is not an area code"],
        ["4", "", "a total or footnote line"],
    ]
    assert manifest.rows_read == 3


def test_a_table_of_one_kind_of_area_links_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="does not link two kinds of area"):
        read_all(warehouse, _file(tmp_path, "l.csv", "LSOA21CD,LSOA21NM\nE01000001,A\n"), kind="lookup")


def test_populations_of_several_years_make_a_row_a_year(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        "density.csv",
        "LAD 2023 Code,LAD 2023 Name,LSOA 2021 Code,LSOA 2021 Name,Mid-2023: Population,"
        "Mid-2023: People per Sq Km,Mid-2022: Population\n"
        'E07000001,Ambleford,E01000001,Ambleford 001A,"1,898",3.5,1876\n',
    )
    manifest = read_one(warehouse, path, kind="population")
    assert manifest.dataset == "population-lsoa2021"
    assert manifest.quality["years"] == [2022, 2023]
    assert manifest.area == "Ambleford"
    assert [(one["year"], one["population"]) for one in rows_of(warehouse, manifest.release, "year")] == [
        (2022, 1876),
        (2023, 1898),
    ]


def test_a_suppressed_or_blank_population_is_missing_and_never_nought(warehouse: Warehouse, tmp_path: Path) -> None:
    lines = "".join(f"E0100000{at},{cell}\n" for at, cell in enumerate(["", "*", "<5", "n/a", "0", "12"]))
    manifest = read_one(
        warehouse, _file(tmp_path, "mid2020.csv", "lsoa11_code,total_population\n" + lines), kind="population"
    )
    values = [one["population"] for one in rows_of(warehouse, manifest.release, "lsoa_code")]
    assert values == [None, None, None, None, 0, 12]
    assert manifest.quality["missing_by_year"] == {"2020": 4}
    assert manifest.rows_accepted == 6


@pytest.mark.parametrize(
    "cell", ["1e5", "0x10", "١٢", "½", "1.234,56", "12%", "£1,234", "(12)", "1,23", "-5", "12.0", "many"]
)
def test_a_cell_that_is_no_whole_number_is_rejected(cell: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        count_in(cell)


def test_an_lsoa_that_stands_twice_is_rejected_the_second_time(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _file(tmp_path, "mid2020.csv", "lsoa11_code,population\nE01000001,5\nE01000001,6\n")
    manifest = read_one(warehouse, path, kind="population")
    assert rejects_of(warehouse, manifest)[0][3] == "E01000001 stands in an earlier row"


def test_the_year_comes_from_the_name_or_is_given_or_asked_for(warehouse: Warehouse, tmp_path: Path) -> None:
    text = "lsoa11_code,total_population\nE01000001,5\n"
    named = _file(tmp_path, "population_mid2019_ew.csv", text)
    unnamed = _file(tmp_path, "population.csv", text)
    assert read_one(warehouse, named, kind="population").quality["years"] == [2019]
    assert read_one(warehouse, unnamed, kind="population", year=2018).quality["years"] == [2018]
    with pytest.raises(SourceRefused, match="--year 2020"):
        read_all(warehouse, unnamed, kind="population")
    with pytest.raises(SourceRefused, match="says 2019 in its name"):
        read_all(warehouse, named, kind="population", year=2018)


@pytest.mark.parametrize(
    ("header", "words"),
    [("ltla21_code,total_population", "populations of districts"), ("LSOA21CD,LSOA21NM", "no column of populations")],
)
def test_a_table_without_lsoa_populations_is_refused(
    warehouse: Warehouse, tmp_path: Path, header: str, words: str
) -> None:
    with pytest.raises(SourceRefused, match=words):
        read_all(warehouse, _file(tmp_path, "mid2020.csv", f"{header}\nE01000001,5\n"), kind="population")


SQUARE = [[[-1.0, 52.0], [-0.9, 52.0], [-0.9, 52.1], [-1.0, 52.1], [-1.0, 52.0]]]
BOW_TIE = [[[-1.0, 52.0], [-0.9, 52.1], [-0.9, 52.0], [-1.0, 52.1], [-1.0, 52.0]]]


def _geojson(folder: Path, coordinates: Any = SQUARE, **changes: Any) -> Path:
    feature = {
        "type": "Feature",
        "properties": {"lsoa21_name": "Ambleford 001A", "lsoa21_code": "E01000001"},
        "geometry": {"type": "Polygon", "coordinates": coordinates},
    }
    document = {"type": "FeatureCollection", "features": [{**feature, **changes.pop("feature", {})}], **changes}
    return _file(folder, "lsoa21_ambleford.geojson", json.dumps(document))


def test_boundaries_keep_the_geometry_and_its_box(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, _geojson(tmp_path), kind="boundaries")
    assert manifest.dataset == "boundaries-lsoa2021-ambleford"
    assert manifest.editions == {"lsoa": "2021"}
    (one,) = rows_of(warehouse, manifest.release)
    assert json.loads(one.pop("geometry")) == {"type": "Polygon", "coordinates": SQUARE}
    assert one == {
        "level": "lsoa",
        "code": "E01000001",
        "name": "Ambleford 001A",
        "west": -1.0,
        "south": 52.0,
        "east": -0.9,
        "north": 52.1,
    }


def test_a_ward_file_of_the_ons_that_names_districts_too_is_of_wards(warehouse: Warehouse, tmp_path: Path) -> None:
    names = {"WD24CD": "E05000001", "WD24NM": "Mill", "LAD24CD": "E07000001", "LAD24NM": "Ambleford"}
    manifest = read_one(warehouse, _geojson(tmp_path, feature={"properties": names}), kind="boundaries")
    assert manifest.editions == {"ward": "2024"}
    assert rows_of(warehouse, manifest.release)[0]["name"] == "Mill"


@pytest.mark.parametrize(
    ("coordinates", "words"),
    [
        ([SQUARE[0][:-1]], "E01000001 has a ring that is not closed"),
        ([], "E01000001 is an empty polygon"),
        ([SQUARE[0][:3]], "fewer than four"),
        (BOW_TIE, "E01000001 crosses itself near longitude"),
        ([[[450000, 300000]] * 4], "are they eastings and northings"),
        ([[["a", "b"]] * 4], "not two numbers"),
        ([[[y, x] for x, y in SQUARE[0]]], "latitude before longitude"),
    ],
)
def test_a_polygon_with_a_fault_is_refused_by_its_code(
    warehouse: Warehouse, tmp_path: Path, coordinates: Any, words: str
) -> None:
    with pytest.raises(SourceRefused, match=words):
        read_all(warehouse, _geojson(tmp_path, coordinates), kind="boundaries")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}}, "not in longitude"),
        ({"feature": {"properties": {"id": 7}}}, "names no LSOA, ward or district code"),
        ({"feature": {"properties": {"lsoa21_code": "Ambleford"}}}, "feature 1 has .Ambleford."),
        ({"feature": {"geometry": None}}, "has no geometry"),
        ({"feature": {"geometry": {"type": "Point", "coordinates": [0, 51]}}}, "is a Point"),
        ({"features": []}, "no areas"),
        ({"type": "Topology"}, "not a GeoJSON collection"),
    ],
)
def test_boundaries_that_cannot_be_drawn_are_refused(
    warehouse: Warehouse, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(SourceRefused, match=words):
        read_all(warehouse, _geojson(tmp_path, **changes), kind="boundaries")


def test_coordinates_stated_as_wgs84_are_taken(warehouse: Warehouse, tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read_one(warehouse, _geojson(tmp_path, crs=crs), kind="boundaries").rows_accepted == 1


def test_cut_geojson_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = _geojson(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SourceRefused, match="not complete GeoJSON"):
        read_all(warehouse, path, kind="boundaries")


def test_touching_itself_is_no_crossing() -> None:
    assert self_crossing([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2), (1, 1), (0, 0)]) is None


def test_auto_says_what_each_file_looks_like_and_reads_it(warehouse: Warehouse, tmp_path: Path) -> None:
    paths = (
        street_file(tmp_path, row(1)),
        _geojson(tmp_path),
        _file(tmp_path, "csp.csv", "LAD24CD,CSP24CD\nE07000001,E22000001\n"),
        _file(tmp_path, "mid2020.csv", "LSOA11CD,Population\nE01000001,1500\n"),
    )
    with warehouse.staging() as staging:
        guesses = guess(ReadRequest(paths, warehouse, staging, is_sample=False, now=NOW))
    assert [one.kind for one in guesses] == ["police-uk", "boundaries", "lookup", "population"]
    assert {one.kind for one in read_all(warehouse, *paths, kind="auto") if not isinstance(one, tuple)} == {
        "police-uk",
        "boundaries",
        "lookup",
        "population",
    }


def test_auto_refuses_a_table_that_no_reader_knows(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="a table that begins Name, Age, which no reader knows"):
        read_all(warehouse, _file(tmp_path, "x.csv", "Name,Age\nAda,36\n"), kind="auto")
