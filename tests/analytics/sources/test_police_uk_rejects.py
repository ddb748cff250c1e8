"""Rows that cannot be taken: each is named with file, line, column and reason, and the sums always add up."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.analytics.sources.making import HEADER, NAME, NOW, read_one, rejects_of, row, rows_of, street_file
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.sources.intake import check_files, find_files
from wardmote.analytics.sources.police_uk.exact import ExactReader
from wardmote.analytics.sources.police_uk.layout import recognise
from wardmote.analytics.sources.request import no_progress
from wardmote.analytics.sources.tables import RejectList
from wardmote.analytics.warehouse.store import Warehouse

FAULTS = [
    (row(9) + ",one more", "", "13 cells instead of 12"),
    ("only,three,cells", "", "3 cells instead of 12"),
    (row(9, month="2024-13"), "Month", "“2024-13” is not a month"),
    (row(9, month="Jan 2024"), "Month", "“Jan 2024” is not a month"),
    (row(9, month="24-01"), "Month", "“24-01” is not a month"),
    (row(9, month=""), "Month", "no month"),
    (row(9, month="2023-12"), "Month", "2023-12 in a file of 2024-01"),
    ("Total,,,,,,,,,,,2", "", "a total or footnote line"),
    ("Source: Ambleshire Police", "", "a total or footnote line"),
    (row(9, longitude="west"), "Longitude", "“west” is not a coordinate"),
    (row(9, latitude="52,6"), "", "13 cells instead of 12"),
    (row(9, latitude="5e1"), "Latitude", "“5e1” is not a coordinate"),
    (row(9, latitude="٥٢"), "Latitude", "“٥٢” is not a coordinate"),
    (row(9, latitude="nan"), "Latitude", "“nan” is not a coordinate"),
    (row(9, latitude="5_2.0"), "Latitude", "“5_2.0” is not a coordinate"),
    (row(9, latitude=""), "Latitude", "one coordinate without the other"),
    (row(9, longitude="52.6", latitude="-1.2"), "Longitude", "longitude and latitude are swapped"),
    (
        row(9, longitude="451234", latitude="304567"),
        "Longitude",
        "“451234”, “304567” are no degrees: are they eastings?",
    ),
    (row(9, category=""), "Crime type", "no crime type"),
    (row(9, category="  "), "Crime type", "no crime type"),
    (row(9, lsoa_code="Ambleford"), "LSOA code", "“Ambleford” is not an LSOA code"),
    (row(9, lsoa_code="1000001"), "LSOA code", "“1000001” is not an LSOA code"),
    ('"a"b' + row(9), "", "a quotation mark in the wrong place"),
]


@pytest.mark.parametrize(("line", "column", "reason"), FAULTS)
def test_a_row_with_a_fault_is_listed_with_its_place_and_reason(
    warehouse: Warehouse, tmp_path: Path, line: str, column: str, reason: str
) -> None:
    manifest = read_one(warehouse, street_file(tmp_path, row(1), row(2), line, row(3)))
    assert rejects_of(warehouse, manifest) == [[NAME, "4", column, reason]]
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (4, 3, 1)
    assert manifest.files[0].rows == 4


def test_the_line_of_a_reject_counts_line_ends_inside_cells(warehouse: Warehouse, tmp_path: Path) -> None:
    long = row(1, location='"On or near\nMill Lane"')
    manifest = read_one(warehouse, street_file(tmp_path, long, row(2, month="2024-99")))
    assert rejects_of(warehouse, manifest)[0][1] == "4"
    assert rows_of(warehouse, manifest.release)[0]["location"] == "On or near\nMill Lane"


def test_spaces_around_a_coordinate_month_or_code_do_no_harm(warehouse: Warehouse, tmp_path: Path) -> None:
    spaced = row(1, month=" 2024-01 ", longitude=" -1.5 ", lsoa_code=" E01000001", category="Burglary ")
    (one,) = rows_of(warehouse, read_one(warehouse, street_file(tmp_path, spaced)).release)
    assert (one["lsoa_code"], one["category"], one["longitude_micro"]) == ("E01000001", "Burglary", -1500000)


def test_a_file_with_more_than_a_few_rows_of_other_months_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [row(number) for number in range(100)] + [row(number, month="2023-12") for number in range(20)]
    with pytest.raises(SourceRefused, match="20 of 120 rows of other months") as refused:
        read_one(warehouse, street_file(tmp_path, *rows))
    assert refused.value.file == NAME


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"longitude": "52.6", "latitude": "-1.2"}, "swapped in 3 of 4 rows"),
        ({"longitude": "451234", "latitude": "304567"}, "eastings and northings"),
    ],
)
def test_a_file_whose_coordinates_are_wrong_as_a_whole_is_refused(
    warehouse: Warehouse, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    rows = [row(number, **changes) for number in range(3)]
    with pytest.raises(SourceRefused, match=words):
        read_one(warehouse, street_file(tmp_path, row(9), *rows))


def test_two_hundred_thousand_rows_then_one_bad_row_add_up(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = [row(number) for number in range(120_000)]
    manifest = read_one(warehouse, street_file(tmp_path, *rows, row(1, latitude="x")))
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (120_001, 120_000, 1)
    assert rejects_of(warehouse, manifest)[0][1] == "120002"


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n", exclude_categories=("Cs",)), max_size=12)
GOOD = st.fixed_dictionaries(
    {
        "crime_id": st.sampled_from(["", "a" * 64, "b" * 64]),
        "month": st.just("2024-01"),
        "longitude": st.floats(-5, 1.5).map("{:.6f}".format),
        "latitude": st.floats(50, 55).map("{:.7f}".format),
        "location": CELL.filter(lambda text: not text.startswith(" ")),
        "lsoa_code": st.sampled_from(["", "E01000001", "W01000001", "S01000001"]),
        "category": st.sampled_from(["Burglary", "Anti-social behaviour", "Robbery"]),
        "context": st.sampled_from(["", "Note, with a comma", 'A "quoted" word']),
    }
)
BAD = st.sampled_from([line for line, _, _ in FAULTS if '"a"b' not in line])


def _line(cells: dict[str, str]) -> str:
    out = io.StringIO()
    plain = dict(zip(HEADER.split(","), next(csv.reader([row(1)])), strict=True))
    ours = [
        "crime_id",
        "month",
        "reported_by",
        "falls_within",
        "longitude",
        "latitude",
        "location",
        "lsoa_code",
        "lsoa_name",
        "category",
        "outcome",
        "context",
    ]
    csv.writer(out, lineterminator="").writerow(
        [cells.get(name, old) for name, old in zip(ours, plain.values(), strict=True)]
    )
    return out.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(GOOD.map(_line), BAD), min_size=1, max_size=12), st.integers(0, 12))
def test_any_mixture_of_good_and_bad_rows_adds_up(lines: list[str], at: int) -> None:
    # More good rows than others: a file is refused as a whole once most of its places are swapped.
    lines[at:at] = [row(number) for number in range(1, len(lines) + 2)]
    with TemporaryDirectory() as folder:
        warehouse = Warehouse(Path(folder) / "held")
        manifest = read_one(warehouse, street_file(Path(folder), *lines))
        assert manifest.rows_read == len(lines)
        assert manifest.rows_accepted == len(rows_of(warehouse, manifest.release))
        assert manifest.rows_rejected == len(rejects_of(warehouse, manifest))
        assert manifest.rows_read == manifest.rows_accepted + manifest.rows_rejected


@settings(max_examples=25, deadline=None)
@given(st.lists(GOOD.map(_line), min_size=1, max_size=12))
def test_the_fast_and_the_exact_reader_agree_cell_for_cell_on_clean_files(lines: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        warehouse = Warehouse(folder / "held")
        path = street_file(folder, *lines)
        manifest = read_one(warehouse, path)
        assert manifest.quality["read_by"] == "the fast reader"
        assert rows_of(warehouse, manifest.release) == _exact_rows(path, folder)


def _exact_rows(path: Path, folder: Path) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    found, _ = find_files((path,), folder / "work", suffixes=(".csv",))
    files = [recognise(file) for file in check_files(found, folder / "work", expected="csv")]
    rejects = RejectList(folder / "rejects.csv")
    ExactReader(folder / "exact.parquet", rejects, now=NOW).read(files, no_progress)
    rejects.close()
    rows = pq.read_table(folder / "exact.parquet").to_pylist()
    return sorted(rows, key=lambda one: [str(value) for value in one.values()])
