"""A workbook as a ZIP container: which form it has, and what is refused before any part of it is opened."""

import zipfile
from pathlib import Path
from typing import Final

from wardmote.analytics.sources.archives import checked_entries
from wardmote.analytics.sources.contents import is_zip
from wardmote.analytics.sources.intake import read_sample
from wardmote.analytics.sources.request import SourceRefused

MAX_BYTES_OUT: Final = 1_000_000_000
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_SAVE_VALUES: Final = "save a copy that holds values only"
_LINKS: Final = "xl/externallinks/"
# The beginning of a member's name, what the workbook then has, and what to do.
_FORBIDDEN: Final = (
    ("xl/vbaproject", "macros", "save it as XLSX without macros"),
    ("xl/macrosheets/", "macros", "save it as XLSX without macros"),
    ("basic/", "macros", "save it without macros"),
    ("scripts/", "macros", "save it without macros"),
    (_LINKS, "links to other files", _SAVE_VALUES),
    ("xl/connections.xml", "a connection to a database or web page", _SAVE_VALUES),
    ("xl/querytables/", "a connection to a database or web page", _SAVE_VALUES),
    ("xl/model/", "a data model with connections", _SAVE_VALUES),
)


def check_container(path: Path, name: str) -> None:
    """Refuse, by its first bytes, what is not a workbook of today: locked, old, or something else."""
    sample = read_sample(path)
    if sample.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise refused(name, "is protected by a password", "save a copy without a password")
        raise refused(name, "is an old Excel workbook (.xls)", "open it and save as XLSX")
    if not is_zip(sample):
        raise refused(name, "is not a workbook", "save it as XLSX, ODS or CSV")


def form_of(archive: zipfile.ZipFile, name: str, *, with_links: bool = False) -> str:
    """Return `XLSX` or `ODS`; raises SourceRefused for other documents, macros, links out, and hostile containers.

    `with_links` lets links to other files stand.
    """
    entries = checked_entries(name, archive.infolist(), max_bytes=MAX_BYTES_OUT)
    members = {entry.filename for entry in entries}
    _check_members(name, {one for one in members if not (with_links and one.lower().startswith(_LINKS))})
    if "xl/workbook.xml" in members:
        return _xlsx(archive, name)
    if "mimetype" in members and archive.read("mimetype").strip() == _ODS:
        return "ODS"
    if "xl/workbook.bin" in members:
        raise refused(name, "is a binary Excel workbook (.xlsb)", "open it and save as XLSX")
    raise refused(name, "is not a workbook but another document or an archive", "save the table as XLSX, ODS or CSV")


def _check_members(name: str, members: set[str]) -> None:
    for member in sorted(members):
        for start, what, advice in _FORBIDDEN:
            if member.lower().startswith(start):
                raise refused(name, f"has {what}", advice)
    if name.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise refused(name, "is a workbook for macros", "save it as XLSX without macros")


def _xlsx(archive: zipfile.ZipFile, name: str) -> str:
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.namelist() else b""
    if b"macroEnabled" in types:
        raise refused(name, "is a workbook for macros", "save it as XLSX without macros")
    return "XLSX"


def refused(name: str, what: str, advice: str) -> SourceRefused:
    """Return a refusal of the whole workbook."""
    return SourceRefused(f"{name} {what}: {advice}. Nothing was changed.", file=name)
