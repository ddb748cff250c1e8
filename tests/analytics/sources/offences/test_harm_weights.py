"""Weights of harm are read from a copy of the index, by the names of its columns, and stay the partnership's own."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.analytics.sources.making import NOW, read_all, read_one, rejects_of, rows_of
from tests.analytics.sources.offences.making import WEIGHTS, weights_book
from wardmote.analytics.sources import AlreadyHeld, ReadRequest, SourceRefused, guess
from wardmote.analytics.sources.harm_weights import code_of
from wardmote.analytics.warehouse.store import Warehouse
from wardmote.definitions import small_counts


def test_every_offence_has_its_weight_under_the_code_of_the_open_tables(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, weights_book(tmp_path, *WEIGHTS), kind="harm-weights")
    rows = {row["offence"]: row for row in rows_of(warehouse, manifest.release)}
    assert len(rows) == manifest.rows_accepted == 8
    barge = rows["Sinking a barge"]
    assert (barge["ho_code"], barge["days"], barge["notifiable"]) == ("4.3", Decimal("400.5"), True)
    assert rows["Mooring across a stream"]["ho_code"] == "99"
    assert (rows["Whistling after dark"]["ho_code"], rows["Whistling after dark"]["notifiable"]) == (None, False)
    assert [title for title, row in rows.items() if row["attempt"]] == ["Attempted - Entering a mill by day"]
    assert manifest.quality["offences_without_code"] == 1
    assert manifest.quality["sheets_left_aside"] == ["Cover page"]
    assert (manifest.title, manifest.period_from) == ("Cambridge Crime Harm Index 2020, own copy", "2020")


def test_the_licence_is_not_open(warehouse: Warehouse, tmp_path: Path) -> None:
    manifest = read_one(warehouse, weights_book(tmp_path, *WEIGHTS), kind="harm-weights")
    assert manifest.licence.startswith("Under copyright")
    assert not small_counts().opened_by(manifest.kind, manifest.licence)


def test_a_row_without_a_weight_is_left_out_with_its_reason(warehouse: Warehouse, tmp_path: Path) -> None:
    odd = [("Humming", "not scored", "X", "X", "1", "Notifiable"), ("Waiting", -1.0, "X", "X", "1", "Notifiable")]
    manifest = read_one(warehouse, weights_book(tmp_path, *WEIGHTS, *odd), kind="harm-weights")
    assert (manifest.rows_read, manifest.rows_accepted, manifest.rows_rejected) == (10, 8, 2)
    assert [line[1:] for line in rejects_of(warehouse, manifest)] == [
        ["10", "CCHI Score", "“not scored” is not a number of days"],
        ["11", "CCHI Score", "no court could start from -1 days"],
    ]


def test_the_same_copy_again_is_held_and_two_copies_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = weights_book(tmp_path, *WEIGHTS)
    manifest = read_one(warehouse, path, kind="harm-weights")
    (again,) = read_all(warehouse, path, kind="harm-weights", known=frozenset({manifest.release}))
    assert isinstance(again, AlreadyHeld)
    other = weights_book(tmp_path, *WEIGHTS[:3], name="other.xlsx")
    with pytest.raises(SourceRefused, match="give the one that is to count"):
        read_one(warehouse, path, other, kind="harm-weights")


def test_another_workbook_is_refused_with_the_columns_that_it_lacks(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "minutes.csv"
    path.write_text("Agenda,Paper\n1,A\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match="fulloffencetitle"):
        read_one(warehouse, path, kind="harm-weights")


def test_a_copy_is_recognised(warehouse: Warehouse, tmp_path: Path) -> None:
    path = weights_book(tmp_path, *WEIGHTS)
    with warehouse.staging() as staging:
        (one,) = guess(ReadRequest((path,), warehouse, staging, is_sample=False, now=NOW))
    assert (one.kind, one.words) == ("harm-weights", "a copy of the Cambridge Crime Harm Index")


@pytest.mark.parametrize(
    ("text", "code"), [("4/3", "4.3"), (" 8n ", "8N"), ("37/2", "37.2"), ("NN", None), ("", None), ("NFIB", None)]
)
def test_codes_are_written_as_the_open_tables_write_them(text: str, code: str | None) -> None:
    assert code_of(text) == code


@pytest.mark.shared_data
def test_the_real_workbook_is_read_whole(warehouse: Warehouse, shared: Path) -> None:
    manifest = read_one(warehouse, shared / "offences/cchi2020dataxls.xlsx", kind="auto")
    assert (manifest.rows_accepted, manifest.rows_rejected) == (698, 0)
    weights = {row["offence"]: row for row in rows_of(warehouse, manifest.release)}
    murder = weights["Murder - of persons aged 1 year or over"]
    assert (murder["ho_code"], murder["days"]) == ("1", 5475)
