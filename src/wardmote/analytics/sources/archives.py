"""ZIP archives from outside: checked before anything is written, then unpacked entry by entry."""

import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from wardmote.analytics.sources.contents import document_inside
from wardmote.analytics.sources.request import SourceRefused

MAX_ENTRIES: Final = 10_000
MAX_BYTES_OUT: Final = 20_000_000_000
MAX_RATIO: Final = 200
# A small file of one repeated line packs better than 200:1 and harms nobody.
RATIO_APPLIES_FROM: Final = 10_000_000
_ENCRYPTED: Final = 0x1
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_NESTED: Final = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar", ".tgz")
_CHUNK: Final = 1 << 20


def unpack(path: Path, into: Path) -> Iterator[tuple[str, Path]]:
    """Check a ZIP archive and unpack its files into a folder under names of our own, one pair (name, path) each.

    Raises SourceRefused for an archive that is cut, encrypted, nested, too large, or whose names leave the folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _checked(path.name, archive)
            for number, entry in enumerate(entries):
                target = into / f"{number:05}{PurePosixPath(entry.filename).suffix.lower()}"
                _write(archive, entry, target=target, archive_name=path.name)
                yield entry.filename, target
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise _refused(path.name, f"is damaged or cut short ({error})", "download it again") from error


def _checked(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = archive.infolist()
    _check_number(name, entries)
    document = document_inside([entry.filename for entry in entries])
    if document is not None:
        raise _refused(name, f"is {document[0]}, not a ZIP archive of CSV files", document[1])
    return checked_entries(name, entries, max_bytes=MAX_BYTES_OUT)


def checked_entries(name: str, entries: list[zipfile.ZipInfo], *, max_bytes: int) -> list[zipfile.ZipInfo]:
    """Return the files of a ZIP container that may be opened, by its list of contents alone; raises SourceRefused."""
    _check_number(name, entries)
    files = [entry for entry in entries if not entry.is_dir()]
    for entry in files:
        _check_entry(name, entry)
    _check_sizes(name, files, max_bytes=max_bytes)
    _check_names(name, files)
    return files


def _check_number(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _refused(name, f"holds {len(entries):,} files, more than {MAX_ENTRIES:,}", "split it")


def _check_entry(name: str, entry: zipfile.ZipInfo) -> None:
    # zipfile turns backslashes into slashes only on Windows, so they are looked for here.
    inside = entry.orig_filename.replace("\\", "/")
    if inside.startswith("/") or _DRIVE.match(inside) or ".." in inside.split("/") or "\0" in inside:
        raise _refused(name, f"has an entry that points outside the archive (“{inside}”)", "do not use this archive")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(name, f"has a link instead of a file (“{inside}”)", "pack the files themselves")
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(name, "is protected by a password", "unpack it yourself and import the folder")
    if inside.lower().endswith(_NESTED):
        raise _refused(name, f"has an archive inside (“{inside}”)", "unpack that first")


def _check_sizes(name: str, entries: list[zipfile.ZipInfo], *, max_bytes: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > max_bytes:
        raise _refused(name, f"would unpack to {total / 1e9:,.0f} GB, more than {max_bytes / 1e9:,.0f} GB", "split it")
    for entry in entries:
        if entry.file_size > RATIO_APPLIES_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _refused(name, f"would unpack to over {MAX_RATIO} times its size", "do not use this archive")
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        # 30 bytes is the shortest local header; entries that share bytes are a known kind of bomb.
        if entry.header_offset < ends:
            raise _refused(name, "has entries that overlap each other", "do not use this archive")
        ends = entry.header_offset + 30 + entry.compress_size


def _check_names(name: str, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        folded = entry.filename.casefold()
        if folded in seen:
            raise _refused(name, f"has two entries with one name (“{entry.filename}”)", "remove one and pack again")
        seen.add(folded)


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, target: Path, archive_name: str) -> None:
    written = 0
    with archive.open(entry) as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            # The stated size is only a claim.
            if written > entry.file_size:
                raise _refused(archive_name, "unpacks to more than it states", "do not use this archive")
            out.write(chunk)


def _refused(name: str, what: str, advice: str) -> SourceRefused:
    return SourceRefused(f"{name} {what}: {advice}. Nothing was changed.", file=name)
