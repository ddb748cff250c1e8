"""A process killed at any named moment of an import leaves either the whole release or none of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.analytics.sources.making import read_one, releases, row, street_file
from wardmote.analytics.warehouse.store import Warehouse

CHILD = """
import datetime, os, sys
from pathlib import Path
from wardmote.analytics.sources import ReadRequest, read
from wardmote.analytics.warehouse.failpoints import failpoint_from
from wardmote.analytics.warehouse.store import Warehouse

warehouse = Warehouse(Path(sys.argv[1]), failpoint=failpoint_from(os.environ))
with warehouse.staging() as staging:
    request = ReadRequest((Path(sys.argv[2]),), warehouse, staging, False, datetime.date(2026, 6, 15))
    for prepared in read("police-uk", request):
        warehouse.publish(prepared)
print("published")
"""


def _import(warehouse: Warehouse, path: Path, failpoint: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(warehouse.releases.parent), str(path)],
        env={**os.environ, "WARDMOTE_FAILPOINT": failpoint},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("failpoint", "is_there"),
    [
        ("rows-written", False),
        ("manifest-written", False),
        ("folder-synced", False),
        ("publish-synced", False),
        ("publish-renamed", True),
        ("publish-done", True),
    ],
)
def test_a_killed_import_leaves_the_whole_release_or_none(
    warehouse: Warehouse, tmp_path: Path, failpoint: str, is_there: bool
) -> None:
    before = read_one(warehouse, street_file(tmp_path / "before", row(1)))
    hashes = warehouse.file_hashes(before.release)
    path = street_file(tmp_path, row(2), row(3))
    killed = _import(warehouse, path, failpoint)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    found = [name for name in releases(warehouse) if not name.startswith(".tmp-") and name != before.release]
    assert len(found) == int(is_there)
    for name in found:
        assert warehouse.manifest(name).rows_accepted == 2
        assert warehouse.verify(name, expected=warehouse.file_hashes(name)) == ()
    assert warehouse.verify(before.release, expected=hashes) == ()
    again = read_one(warehouse, path)
    assert again.rows_accepted == 2
    assert warehouse.manifest(again.release) == again


def test_without_a_failpoint_the_child_publishes(warehouse: Warehouse, tmp_path: Path) -> None:
    done = _import(warehouse, street_file(tmp_path, row(1)), "")
    assert done.stdout == "published\n", done.stderr
