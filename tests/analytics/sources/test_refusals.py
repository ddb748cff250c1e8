"""Files that are refused as a whole: the sentence says what the file is and what to do, and nothing changes."""

import gzip
import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.analytics.sources.making import HEADER, NAME, read_all, read_one, releases, row, street_file
from wardmote.analytics.sources import SourceRefused
from wardmote.analytics.warehouse.store import Warehouse

GOOD = f"{HEADER}\r\n{row(1)}\r\n".encode()


def _zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


WORKBOOK = _zip(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})

CONTENTS = [
    ("an empty file", b"", "is empty"),
    ("only blank lines", b"\r\n\r\n", "is empty"),
    ("a web page", b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
    ("a web page with spaces first", b"\n  <html>", "is a web page"),
    ("XML", b"<?xml version='1.0'?><a/>", "is an XML"),
    ("JSON", b'[{"Crime ID": "1"}]', "is JSON"),
    ("a renamed workbook", WORKBOOK, "is an Excel workbook .*save the sheet as CSV"),
    ("a renamed archive", _zip(a=GOOD), "is a ZIP archive"),
    ("a renamed gzip", gzip.compress(GOOD), "is a gzip archive"),
    ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "is an old Excel workbook"),
    ("Parquet", b"PAR1" + b"\0" * 50, "is a Parquet file"),
    ("a PDF", b"%PDF-1.7", "is a PDF"),
    ("a database", b"SQLite format 3\0", "GeoPackage"),
    ("a zero byte", GOOD + row(2).replace("Mill", "Mi\0ll").encode(), "zero byte in line 3"),
    ("UTF-16 without its mark", GOOD.decode().encode("utf-16-le"), "UTF-16"),
    ("other columns", b"Name,Age\nAda,36\n", "does not have the columns .*Name, Age"),
    ("a missing column", GOOD.replace(b",Context", b"", 1), "lacks the column Context"),
    ("a column twice", GOOD.replace(b"Context", b"crime_id", 1), "has the column .crime_id. twice"),
    (
        "an unclosed quote",
        GOOD + row(2).replace("On or", '"On or').encode() + b"\r\n" + GOOD,
        "line 3 that is never closed",
    ),
    ("a future month", GOOD + row(2, month="2026-07").encode(), "July 2026 in line 3"),
    (
        "mixed encodings",
        GOOD + f"{row(2, location='Café')}\n".encode() + row(3, location="£").encode("cp1252"),
        "mixes two",
    ),
    ("no encoding at all", GOOD + row(2, location="X").encode().replace(b"X", b"\x81\x8d"), "cannot be read as text"),
    ("rows of nothing", f"{HEADER}\n{row(1, month='x')}\n".encode(), "Not one of 1 rows"),
    ("a row without end", GOOD + b"x" * 1_100_000, "line of more than 1,000,000 characters"),
    ("a row of commas", GOOD + b"," * 5_000, "5,001 columns"),
    ("a cell without end", GOOD + b'"' + b"x\n" * 300_000, "never closed"),
]


@pytest.mark.parametrize(("content", "words"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS])
def test_a_file_that_is_not_a_street_file_is_refused_in_words(
    warehouse: Warehouse, tmp_path: Path, content: bytes, words: str
) -> None:
    held = read_one(warehouse, street_file(tmp_path / "before", row(1)))
    path = tmp_path / "burglary.csv"
    path.write_bytes(content)
    with pytest.raises(SourceRefused, match=words) as refused:
        read_all(warehouse, path)
    assert refused.value.file == "burglary.csv"
    assert refused.value.message.endswith(".")
    assert releases(warehouse) == [held.release]


def _entry(name: str, content: bytes = GOOD, *, mode: int = 0, flags: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, content)
    packed = bytearray(out.getvalue())
    if flags:
        at = packed.index(b"PK\x01\x02")
        packed[at + 8 : at + 10] = struct.pack("<H", flags)
    return bytes(packed)


def _cut(packed: bytes) -> bytes:
    return packed[: len(packed) // 2]


def _spoilt(packed: bytes) -> bytes:
    return packed.replace(b"Mill Lane", b"Till Lane", 1)


def _overlapping() -> bytes:
    packed = bytearray(_zip(**{"a.csv": GOOD * 50, "b.csv": GOOD * 50}))
    second = packed.index(b"PK\x01\x02", packed.index(b"PK\x01\x02") + 4)
    packed[second + 42 : second + 46] = struct.pack("<I", 1)
    return bytes(packed)


def _twins() -> bytes:
    return _zip(**{"A.csv": GOOD, "a.csv": GOOD})


ARCHIVES: list[tuple[str, Callable[[], bytes], str]] = [
    ("cut", lambda: _cut(_entry(NAME, GOOD * 20)), "damaged or cut short.*download it again"),
    ("wrong checksum", lambda: _spoilt(_entry(NAME)), "damaged or cut short"),
    ("climbs out", lambda: _entry("../../etc/x.csv"), "points outside"),
    ("absolute", lambda: _entry("/etc/x.csv"), "points outside"),
    ("drive letter", lambda: _entry("C:\\x.csv"), "points outside"),
    ("link", lambda: _entry("x.csv", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "link instead of a file"),
    ("encrypted", lambda: _entry("x.csv", flags=1), "password"),
    ("nested", lambda: _entry("inner.zip", _zip(a=GOOD)), "an archive inside"),
    ("bomb", lambda: _zip(**{NAME: b"0" * 30_000_000}), "200 times"),
    ("twins", _twins, "two entries with one name"),
    ("overlapping", _overlapping, "overlap"),
    ("a workbook", lambda: WORKBOOK, "is an Excel workbook"),
    ("too many", lambda: _zip(**{f"{n}.csv": b"" for n in range(10_001)}), "10,001 files"),
    ("gzip", lambda: gzip.compress(GOOD), "is a gzip archive"),
    ("rar", lambda: b"Rar!\x1a\x07\x00", "is a RAR archive"),
    ("text", lambda: GOOD, "not a ZIP archive"),
    ("nothing of use", lambda: _entry("read-me.txt"), "no CSV file"),
]


@pytest.mark.parametrize(("make", "words"), [case[1:] for case in ARCHIVES], ids=[case[0] for case in ARCHIVES])
def test_an_archive_with_a_fault_is_refused_and_leaves_nothing(
    warehouse: Warehouse, tmp_path: Path, make: Callable[[], bytes], words: str
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(make())
    with pytest.raises(SourceRefused, match=words):
        read_all(warehouse, path)
    assert releases(warehouse) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["all.zip", "held"]


def test_only_other_police_uk_files_are_refused_by_name(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "2024-01-ambleshire-outcomes.csv"
    path.write_text("Crime ID,Month,Outcome type\n1,2024-01,Charged\n", encoding="utf-8")
    with pytest.raises(SourceRefused, match=r"No street-level crime file .*outcomes file"):
        read_all(warehouse, path)


def test_one_bad_file_among_good_ones_refuses_the_whole_import(warehouse: Warehouse, tmp_path: Path) -> None:
    street_file(tmp_path / "f", row(1))
    street_file(tmp_path / "f", row(1), name="2024-02-ambleshire-street.csv", header="a,b")
    with pytest.raises(SourceRefused, match=r"2024-02-ambleshire-street\.csv"):
        read_all(warehouse, tmp_path / "f")
    assert releases(warehouse) == []


def test_two_editions_of_one_month_are_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="both claim to be January 2024"):
        read_all(warehouse, street_file(tmp_path / "a", row(1)), street_file(tmp_path / "b", row(2)))


def test_a_file_of_several_forces_is_refused_with_their_names(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, row(1), row(2, reported_by="Kent Police"), name="mixed.csv")
    with pytest.raises(SourceRefused, match=r"2 forces .Ambleshire Police, Kent Police"):
        read_all(warehouse, path)


def test_a_file_of_no_force_is_refused_with_what_to_do(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, row(1, reported_by=""), name="mixed.csv")
    with pytest.raises(SourceRefused, match="does not say which force"):
        read_all(warehouse, path)


@pytest.mark.parametrize("kind", ["link", "pipe", "missing"])
def test_what_is_no_ordinary_file_is_refused_before_it_is_opened(
    warehouse: Warehouse, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / NAME
    if kind == "link":
        path.symlink_to(street_file(tmp_path, row(1), name="other.csv"))
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(SourceRefused, match=r"is a link|is a device or a pipe|There is no file"):
        read_all(warehouse, path)


def test_a_file_that_changes_while_it_is_read_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, row(1))

    def change(words: str, done: int, total: int) -> None:
        if words.startswith("Reading"):
            path.write_bytes(GOOD + GOOD)

    with pytest.raises(SourceRefused, match="changed while"):
        read_all(warehouse, path, progress=change)
    assert releases(warehouse) == []


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(
        SourceRefused,
        match=r"police-uk, police-uk-outcomes, police-uk-stops, boundaries, .*figures, last-plan, .* or auto",
    ):
        read_all(warehouse, street_file(tmp_path, row(1)), kind="horoscope")


def test_no_path_at_all_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(SourceRefused, match="No file was given"):
        read_all(warehouse)
