"""A warehouse of its own for every test."""

from pathlib import Path

import pytest

from wardmote.analytics.warehouse.store import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return Warehouse(tmp_path / "held")
