"""What a file really is, by its first bytes and not by its name."""

import io
import zipfile
from pathlib import Path
from typing import Final

SAMPLE_BYTES: Final = 65_536

# First bytes, what the file is, and what to do about it.
_SIGNATURES: Final = (
    (b"\x1f\x8b", "a gzip archive", "unpack it and import the file inside"),
    (b"Rar!", "a RAR archive", "unpack it and import the files inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and import the files inside"),
    (b"BZh", "a bzip2 archive", "unpack it and import the file inside"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and import the file inside"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", "open it and save the sheet as CSV"),
    (b"PAR1", "a Parquet file", "export it as CSV"),
    (b"%PDF", "a PDF document", "look for the publisher's CSV of the same table"),
    (
        b"SQLite format 3",
        "a GeoPackage or another SQLite database",
        "import it as boundaries, or export the layer as GeoJSON",
    ),
    (b"\x89PNG", "a picture", "look for the publisher's CSV of the same table"),
    (b"\xff\xd8\xff", "a picture", "look for the publisher's CSV of the same table"),
)
_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_WEB_PAGE: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
# Zip containers that are documents: a member's name gives them away.
_DOCUMENTS: Final = (
    ("xl/", "an Excel workbook (.xlsx)", "open it and save the sheet as CSV, or import it as figures with a mapping"),
    ("word/", "a Word document", "look for the publisher's CSV of the same table"),
    ("mimetype", "an OpenDocument file", "open it and save the sheet as CSV, or import it as figures with a mapping"),
)


def is_zip(sample: bytes) -> bool:
    """Say whether the first bytes are those of a ZIP container (a plain archive or a document)."""
    return sample.startswith((_ZIP, _EMPTY_ZIP))


def document_inside(names: list[str]) -> tuple[str, str] | None:
    """Return what a ZIP container is and what to do, when its members show that it is a document."""
    for start, what, advice in _DOCUMENTS:
        if any(name.startswith(start) for name in names):
            return what, advice
    return None


def foreign_content(sample: bytes, *, expected: str) -> tuple[str, str] | None:
    """Return what a file is and what to do when it is not text of the `expected` form, `csv` or `json`; else None."""
    for signature, what, advice in _SIGNATURES:
        if sample.startswith(signature):
            return what, advice
    if is_zip(sample):
        return _container(sample)
    return _text_of_another_form(sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower(), expected=expected)


def _container(sample: bytes) -> tuple[str, str]:
    # Only the first members are in the sample, enough to tell a workbook from an archive.
    for marker, what, advice in ((b"xl/", *_DOCUMENTS[0][1:]), (b"[Content_Types].xml", *_DOCUMENTS[0][1:])):
        if marker in sample:
            return what, advice
    return "a ZIP archive", "give it a name that ends in .zip, or unpack it"


def _text_of_another_form(start: bytes, *, expected: str) -> tuple[str, str] | None:
    if start.startswith(_WEB_PAGE):
        return "a web page", "the download failed or asked to sign in; download the file again"
    if start.startswith(b"<"):
        return "an XML or web document", "download the publisher's CSV of the same table"
    if expected == "csv" and start.startswith((b"{", b"[")):
        return "JSON", "download the CSV of the same data (boundaries are GeoJSON: import them as boundaries)"
    if expected == "json" and not start.startswith((b"{", b"[")):
        return "not GeoJSON", "download the boundaries as GeoJSON"
    return None


def utf16_guess(sample: bytes) -> str | None:
    """Guess UTF-16 without its mark: in English text every second byte is then zero."""
    head = sample[:2000]
    if len(head) < 20:
        return None
    for offset, name in ((1, "UTF-16 (little-endian)"), (0, "UTF-16 (big-endian)")):
        bytes_there = head[offset::2]
        if bytes_there.count(0) > 0.9 * len(bytes_there):
            return name
    return None


def member_names(content: Path | bytes) -> list[str]:
    """List the members of a ZIP container; raises zipfile.BadZipFile when it is cut or not one."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with zipfile.ZipFile(source) as archive:
        return archive.namelist()
