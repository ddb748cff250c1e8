"""Folders that survive a crash: written, forced to the disk, then renamed in one step."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_file(path: Path) -> None:
    """Force a file's bytes to the disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """Force every file of a folder, then the folder's own list of names, to the disk."""
    for path in files_in(folder):
        sync_file(path)
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def sync_names(folder: Path) -> None:
    """Force only the folder's list of names to the disk, after a rename inside it."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def files_in(folder: Path) -> Iterator[Path]:
    """List the entries of a folder (not of its subfolders), in order of name."""
    yield from sorted(folder.iterdir())


def remove_tree(folder: Path) -> None:
    """Remove a folder and everything in it; what has gone already is no error."""
    shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_disk_full(error: BaseException) -> bool:
    """Whether an error says that nothing more can be written, in the system's words or in those of the engine."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    return any(words in str(error) for words in ("No space left on device", "Disk quota exceeded", "File too large"))
