"""What happens around a file while it is read: another import, a full disk, a change, no right to read."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.analytics.sources.figures.making import LONG, mapping_file, table
from tests.analytics.sources.making import NOW, read_all, read_one, releases, row, street_file
from wardmote.analytics.sources import ReadRequest, SourceRefused, read
from wardmote.analytics.warehouse.manifest import Prepared
from wardmote.analytics.warehouse.store import Warehouse

CHILD = """
import datetime, os, resource, signal, sys
from pathlib import Path
from wardmote.analytics.sources import ReadRequest, SourceRefused, read
from wardmote.analytics.warehouse.store import Warehouse

data, kind, limit, user, *paths = sys.argv[1:]
warehouse = Warehouse(Path(data))
import duckdb, pyarrow.parquet, wardmote.analytics.sources.figures
if int(user):
    os.setgroups([])
    os.setgid(int(user))
    os.setuid(int(user))
if int(limit):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    with warehouse.staging() as staging:
        request = ReadRequest(tuple(map(Path, paths)), warehouse, staging, False, datetime.date(2026, 6, 15))
        for prepared in read(kind, request):
            warehouse.publish(prepared)
except SourceRefused as refusal:
    print("refused:", refusal)
else:
    print("published")
"""


def child(data: Path, kind: str, *paths: Path, limit: int = 0, user: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(data), kind, str(limit), str(user), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("limit", [1, 600, 2_500])
def test_a_disk_that_fills_up_at_any_step_leaves_what_was_held_and_nothing_else(
    warehouse: Warehouse, tmp_path: Path, limit: int
) -> None:
    before = read_one(warehouse, street_file(tmp_path / "before", row(9)))
    hashes = warehouse.file_hashes(before.release)
    data = warehouse.releases.parent
    street = street_file(tmp_path, *(row(number) for number in range(300)))
    rows = [*(row(number, month="2024-02") for number in range(300)), row(2, month="x")]
    bad = street_file(tmp_path / "bad", *rows, name="2024-02-ambleshire-street.csv")
    sheet = table(tmp_path, *(f"2024-01,Ward {number},{number}" for number in range(300)))
    for kind, paths in (
        ("police-uk", [street]),
        ("police-uk", [bad]),
        ("figures", [sheet, mapping_file(tmp_path, LONG)]),
    ):
        said = child(data, kind, *paths, limit=limit)
        assert said.startswith("refused: There is no room left on the disk"), (kind, said)
        assert releases(warehouse) == [before.release]
    assert warehouse.verify(before.release, expected=hashes) == ()


def test_a_second_import_of_a_data_set_waits_and_is_then_told_that_it_is_busy(tmp_path: Path) -> None:
    first, second = (Warehouse(tmp_path / "held", wait_seconds=wait) for wait in (0, 0.3))
    path = street_file(tmp_path, row(1))
    with first.staging() as staging:
        (prepared,) = read("police-uk", ReadRequest((path,), first, staging, is_sample=False, now=NOW))
        began = time.monotonic()
        with pytest.raises(SourceRefused, match="Another import of police-uk-street-ambleshire is under way"):
            read_all(second, path)
        assert time.monotonic() - began >= 0.3
        other = street_file(tmp_path, row(1), name="2024-01-fernshire-street.csv")
        assert read_one(second, other).dataset == "police-uk-street-fernshire"
        assert isinstance(prepared, Prepared)
        first.publish(prepared)
    assert read_one(second, path).release == prepared.manifest.release


def test_a_killed_import_keeps_nobody_waiting(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom wardmote.analytics.warehouse.store import Warehouse\n"
        "Warehouse(Path(sys.argv[1])).claim('police-uk-street-ambleshire', Path('x'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "held")], check=False, timeout=60)
    assert read_one(Warehouse(tmp_path / "held", wait_seconds=0), street_file(tmp_path, row(1))).rows_accepted == 1


def test_a_change_that_keeps_size_and_time_is_noticed_too(warehouse: Warehouse, tmp_path: Path) -> None:
    path = street_file(tmp_path, row(1))
    about = path.stat()

    def change(words: str, done: int, total: int) -> None:
        if words.startswith("Reading"):
            path.write_bytes(path.read_bytes().replace(b"Burglary", b"Shopping"))
            os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))

    with pytest.raises(SourceRefused, match="changed while"):
        read_all(warehouse, path, progress=change)
    assert path.stat().st_size == about.st_size
    assert releases(warehouse) == []


def test_a_file_that_one_may_not_read_is_refused(tmp_path: Path) -> None:
    nobody = 65534 if os.geteuid() == 0 else 0
    data = tmp_path / "held"
    data.mkdir()
    path = street_file(tmp_path, row(1))
    path.chmod(0)
    for folder in (data, *[one for one in (tmp_path, *tmp_path.parents) if one.stat().st_uid == os.geteuid()]):
        if str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    if nobody:
        os.chown(data, nobody, nobody)
    assert "cannot be opened" in child(data, "police-uk", path, user=nobody)


def test_who_reads_during_a_swap_sees_the_old_release_or_the_new_one_whole(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    """A release is a folder that appears by one rename: between the two steps of `publish` there is nothing half."""
    old = read_one(warehouse, street_file(tmp_path / "old", row(1)))
    seen: list[tuple[str, int]] = []

    def look(name: str) -> None:
        for release in releases(warehouse):
            if not release.startswith(".tmp-"):
                seen.append((release, warehouse.manifest(release).rows_accepted))
                assert warehouse.verify(release, expected=warehouse.file_hashes(release)) == ()

    watched = Warehouse(warehouse.releases.parent, failpoint=look)
    new = read_one(watched, street_file(tmp_path / "new", row(1), row(2)))
    assert set(seen) == {(old.release, 1), (new.release, 2)}
