"""Keeping bytes so that they are whole or not there at all."""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from .queries import path_of


def keep(content: bytes) -> str:
    """Keep the bytes and return their SHA-256; keeping them again changes nothing.

    The order is: write a temporary file, flush it to disk, rename it, flush its folder.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    if path.is_file():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid4().hex}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)
    return sha256


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
