"""The rows behind a figure, and a CSV that is safe to open in a spreadsheet."""

import io

from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.measures import world
from tests.analytics.measures.world import incident
from wardmote.analytics.measures import rows as rows_module
from wardmote.analytics.measures.counts import counts
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.rows import rows_behind, safe_cell, write_csv

HELD = ["2024-04", "2024-05"]
ROWS = [
    incident("2024-04", crime_id="c1"),
    incident("2024-05", "Drugs", lsoa="E01900004", crime_id="c2"),
    incident("2024-05", lsoa=None, location='=HYPERLINK("http://example.test")'),
    incident("2024-06"),
]


def test_the_rows_are_as_many_as_the_count_and_carry_no_crime_id() -> None:
    held = world.evidence(ROWS, HELD)
    for query in (Query(), Query(where={"ward": ("Quay",)}), Query(exclude={"category": ("Drugs",)})):
        (figure,) = counts(held, query).records()
        assert len(list(rows_behind(held, query))) == figure["count"]
    assert "c1" not in {cell for row in rows_behind(held, Query()) for cell in row}
    assert "crime_id" not in rows_module.COLUMNS


def test_the_order_is_fixed_and_the_limit_ends_it() -> None:
    held = world.evidence(ROWS, HELD)
    assert list(rows_behind(held, Query(), 1)) == list(rows_behind(held, Query()))[:1]
    assert list(rows_behind(held, Query())) == sorted(rows_behind(held, Query()))


def test_a_row_as_published() -> None:
    (row,) = rows_behind(world.evidence(ROWS, HELD), Query(where={"category": ("Drugs",)}))
    place = ("On or near Quay Street", "E01900004", "Name of E01900004")
    assert row == (world.DATASET, "a" * 64, "2024-05-marshland-street.csv", "2024-05", "Drugs", *place)


def test_a_formula_is_written_as_text() -> None:
    stream = io.StringIO(newline="")
    assert write_csv(rows_behind(world.evidence(ROWS, HELD), Query()), stream) == 3
    assert "\"'=HYPERLINK(" in stream.getvalue()
    assert stream.getvalue().startswith("dataset,release,file,month,category,location,lsoa_code,lsoa_name\r\n")


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe_cell(text).endswith(text)
