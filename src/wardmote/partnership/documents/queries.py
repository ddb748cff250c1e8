"""Reading kept bytes, checked against their hash."""

import hashlib
from pathlib import Path

from django.conf import settings


class FileDiffers(Exception):
    """The stored bytes are gone or no longer those that were kept."""


def path_of(sha256: str) -> Path:
    """Return where the bytes with this hash lie."""
    folder: Path = settings.WARDMOTE_DATA / "documents"
    return folder / sha256[:2] / sha256


def read_stored(sha256: str) -> bytes:
    """Return the bytes with this hash; raise FileDiffers where they are gone or changed."""
    path = path_of(sha256)
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDiffers(f"documents/{sha256[:2]}/{sha256}")
    return content
