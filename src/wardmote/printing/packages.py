"""Office files are zip archives: packed in one order and with one date, the same content gives the same bytes."""

import io
import zipfile

# The earliest moment that a zip archive can state.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(content: bytes) -> bytes:
    """The archive with its parts sorted and dated 1 January 1980."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            # Read and write for the owner, whatever machine packed it.
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return packed.getvalue()
