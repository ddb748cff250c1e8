"""Keeping bytes: whole or not at all, under their own hash."""

from pathlib import Path
from typing import Any

import pytest

from wardmote.partnership.documents.actions import keep
from wardmote.partnership.documents.queries import FileDiffers, path_of, read_stored


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    settings.WARDMOTE_DATA = tmp_path
    return tmp_path


def test_what_is_kept_is_read_back_and_keeping_it_again_changes_nothing(data: Path) -> None:
    assert keep(b"minutes") == keep(b"minutes")
    assert read_stored(keep(b"minutes")) == b"minutes"
    assert [path for path in data.rglob("*") if path.is_file()] == [path_of(keep(b"minutes"))]


def test_changed_or_missing_bytes_are_named_and_not_returned(data: Path) -> None:
    kept = keep(b"minutes")
    path_of(kept).write_bytes(b"Minutes")
    with pytest.raises(FileDiffers, match=f"documents/{kept[:2]}/{kept}"):
        read_stored(kept)
    path_of(kept).unlink()
    with pytest.raises(FileDiffers):
        read_stored(kept)
