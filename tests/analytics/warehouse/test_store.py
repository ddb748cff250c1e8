"""Releases: published once and for good, verified by their hashes, swept when nothing names them."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.analytics.sources.making import NOW, held, read_one, releases, row, street_file
from wardmote.analytics.sources import ReadRequest, read
from wardmote.analytics.warehouse.engine import EngineError, connect
from wardmote.analytics.warehouse.manifest import Manifest, ManifestError, Prepared, release_digest
from wardmote.analytics.warehouse.schema import INCIDENTS
from wardmote.analytics.warehouse.store import ReleaseMissing, Warehouse


@pytest.fixture
def release(warehouse: Warehouse, tmp_path: Path) -> Manifest:
    return read_one(warehouse, street_file(tmp_path, row(1), row(2, month="2024-02"), row(3), name="two months.csv"))


def test_a_release_is_a_folder_of_three_files(warehouse: Warehouse, release: Manifest) -> None:
    assert sorted(warehouse.file_hashes(release.release)) == ["manifest.json", "rejects.csv", "rows.parquet"]
    assert releases(warehouse) == [release.release]


def test_publishing_the_same_release_again_changes_nothing(
    warehouse: Warehouse, release: Manifest, tmp_path: Path
) -> None:
    hashes = warehouse.file_hashes(release.release)
    again = read_one(warehouse, tmp_path / "two months.csv")
    assert again.release == release.release
    assert warehouse.file_hashes(release.release) == hashes
    assert releases(warehouse) == [release.release]


def test_an_untouched_release_verifies(warehouse: Warehouse, release: Manifest) -> None:
    assert warehouse.verify(release.release, expected=warehouse.file_hashes(release.release)) == ()


def test_every_change_to_a_release_is_found_by_name(warehouse: Warehouse, release: Manifest) -> None:
    expected = warehouse.file_hashes(release.release)
    folder = warehouse.rows_path(release.release).parent
    rows = bytearray((folder / "rows.parquet").read_bytes())
    rows[len(rows) // 2] ^= 1
    (folder / "rows.parquet").write_bytes(rows)
    (folder / "rejects.csv").unlink()
    (folder / "extra.csv").write_text("x", encoding="utf-8")
    assert warehouse.verify(release.release, expected=expected) == ("extra.csv", "rejects.csv", "rows.parquet")


def test_a_release_that_is_gone_misses_every_file(warehouse: Warehouse) -> None:
    assert warehouse.verify("a" * 64, expected={"rows.parquet": "x"}) == ("rows.parquet",)


@pytest.mark.parametrize("name", ["a" * 64, "../../etc", "", "A" * 64])
def test_a_release_that_is_not_held_is_missing_whatever_it_is_called(warehouse: Warehouse, name: str) -> None:
    with pytest.raises(ReleaseMissing):
        warehouse.manifest(name)


def test_incidents_are_those_of_the_releases_and_months_that_are_asked(
    warehouse: Warehouse, release: Manifest, tmp_path: Path
) -> None:
    newer = read_one(warehouse, street_file(tmp_path, row(7)))
    con = warehouse.connect()
    table = warehouse.incidents(con, [held(release, ["2024-02"]), held(newer)])
    assert list(table.columns) == [*INCIDENTS, "dataset", "release"]
    rows = table.order_by("crime_id").to_pyarrow().to_pylist()
    assert [(one["crime_id"][-1], one["release"]) for one in rows] == [("2", release.release), ("7", newer.release)]


def test_no_release_gives_a_table_with_columns_and_no_rows(warehouse: Warehouse) -> None:
    table = warehouse.incidents(warehouse.connect(), [])
    assert list(table.columns) == [*INCIDENTS, "dataset", "release"]
    assert table.count().to_pyarrow().as_py() == 0


def test_a_hundred_releases_can_be_read_as_one_table(warehouse: Warehouse, tmp_path: Path) -> None:
    many = [
        held(read_one(warehouse, street_file(tmp_path / str(number), row(number), name="a.csv")))
        for number in range(1, 9)
    ]
    table = warehouse.incidents(warehouse.connect(), many * 13)
    assert table.count().to_pyarrow().as_py() == 104


def test_staging_leaves_nothing_even_after_an_error(warehouse: Warehouse) -> None:
    def fail() -> None:
        with warehouse.staging() as folder:
            (folder / "half").write_text("x", encoding="utf-8")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        fail()
    assert releases(warehouse) == []


def test_the_sweep_removes_old_litter_and_keeps_what_is_known_or_young(warehouse: Warehouse, release: Manifest) -> None:
    old = time.time() - 3 * 86_400
    for name in (".tmp-old", "b" * 64, "c" * 64, "notes"):
        (warehouse.releases / name).mkdir()
        os.utime(warehouse.releases / name, (old, old))
    (warehouse.releases / ".tmp-young").mkdir()
    removed = warehouse.sweep([release.release, "c" * 64])
    assert sorted(path.name for path in removed) == [".tmp-old", "b" * 64]
    assert releases(warehouse) == sorted([".tmp-young", "c" * 64, "notes", release.release])


def test_the_sweep_without_grace_removes_a_folder_that_no_row_names(warehouse: Warehouse, release: Manifest) -> None:
    assert [path.name for path in warehouse.sweep([], grace=timedelta(0))] == [release.release]


def test_a_prepared_release_is_complete_before_it_is_published(warehouse: Warehouse, tmp_path: Path) -> None:
    with warehouse.staging() as staging:
        request = ReadRequest((street_file(tmp_path, row(1)),), warehouse, staging, False, NOW)
        (prepared,) = read("police-uk", request)
        assert isinstance(prepared, Prepared)
        assert sorted(path.name for path in staging.iterdir()) == [prepared.manifest.release]
        assert Manifest.from_json((prepared.folder / "manifest.json").read_text(encoding="utf-8")) == prepared.manifest


def test_the_digest_depends_on_what_went_in_and_on_nothing_else() -> None:
    same = {"dataset": "d", "mapping": {"A": "a"}, "reader": "r/1", "is_sample": False}
    one = release_digest(input_hashes=["1", "2"], **same)  # type: ignore[arg-type]
    assert one == release_digest(input_hashes=["2", "1"], **same)  # type: ignore[arg-type]
    others = [
        release_digest(input_hashes=["1"], **same),  # type: ignore[arg-type]
        *(
            release_digest(input_hashes=["1", "2"], **{**same, **change})  # type: ignore[arg-type]
            for change in ({"dataset": "e"}, {"mapping": {}}, {"reader": "r/2"}, {"is_sample": True})
        ),
    ]
    assert len({one, *others}) == 6


@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_a_manifest_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(ManifestError):
        Manifest.from_json(text)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("spark://host", "write spark://host:7077"),
        ("spark://host:7077/data", "write spark://host:7077"),
        ("spark://host:7077?threads=4", "is not a setting of the engine: use partitions and memory_limit"),
        ("spark://host:7077?partitions=none", "is not a number of partitions"),
        ("spark://host:7077", "pip install --require-hashes -r requirements-spark.lock"),
        ("postgres://host/db", "does not name an engine"),
        ("duckdb", "does not name an engine"),
        ("duckdb:///tmp/a.duckdb", "no host and no file"),
        ("duckdb://?threads=none", "threads=2"),
        ("duckdb://?memory_limit=all", "memory_limit=1GB"),
        ("duckdb://?thread=2", "not a setting"),
    ],
)
def test_an_engine_that_cannot_be_used_says_what_to_write(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        connect(url, temp_directory=tmp_path)


def test_the_engine_keeps_to_its_limits(tmp_path: Path) -> None:
    con = connect("duckdb://?threads=1&memory_limit=300MB", temp_directory=tmp_path / "t")
    settings = con.con.execute(
        "SELECT current_setting('threads'), current_setting('memory_limit'), current_setting('temp_directory')"
    ).fetchone()
    assert settings[0] == 1
    assert settings[1].startswith("286")  # MiB
    assert settings[2] == str(tmp_path / "t")
