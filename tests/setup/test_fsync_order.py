"""What `make test-fsync` finds in a trace: the order that survives a power cut, and every order that does not."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.setup.processes import ROOT, Ended, run

DIGEST = "ab" * 32
STAGED, RELEASES = "/data/releases/.tmp-1/new", "/data/releases"
WRITES = [f'7 write(3<{STAGED}/{name}>, "x", 1) = 1' for name in ("rows.parquet", "rejects.csv", "manifest.json")]
SYNCS = [f"7 fsync(3<{STAGED}/{name}>) = 0" for name in ("rows.parquet", "rejects.csv", "manifest.json")]
FOLDER = f"7 fsync(3<{STAGED}>) = 0"
RENAME = f'7 rename("{STAGED}", "{RELEASES}/{DIGEST}") = 0'
PARENT = f"7 fsync(3<{RELEASES}>) = 0"
ROW = f'7 pwrite64(4</data/wardmote.sqlite3-wal>, "..{DIGEST}..", 9, 0) = 9'
GOOD = [*WRITES, *SYNCS, FOLDER, RENAME, PARENT, ROW]
Change = Callable[[list[str]], list[str]]


def judged(tmp_path: Path, lines: list[str]) -> Ended:
    (tmp_path / "trace").write_text("\n".join(lines))
    return run([sys.executable, ROOT / "scripts" / "fsync-order.py", "--trace", tmp_path / "trace"])


def moved(line: str, *, to: int) -> Change:
    """Return a change of the trace that puts a line somewhere else."""

    def change(lines: list[str]) -> list[str]:
        left = [one for one in lines if one != line]
        return [*left[:to], line, *left[to:]]

    return change


def without(line: str) -> Change:
    """Return a change of the trace that leaves a line out."""
    return lambda lines: [one for one in lines if one != line]


def test_the_right_order_is_recognised_and_said(tmp_path: Path) -> None:
    ended = judged(tmp_path, GOOD)
    assert ended.status == 0, ended.said
    assert ended.said.splitlines()[0] == "In order:"
    assert "call 9: the database is written with the release's digest" in ended.said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without(RENAME), "No folder was renamed"),
        (without(WRITES[0]), "rows.parquet was never written"),
        (without(SYNCS[1]), "rejects.csv was not forced"),
        (moved(WRITES[2], to=6), "manifest.json was not forced"),
        (without(FOLDER), f"The names of {STAGED} were not forced"),
        (moved(FOLDER, to=3), f"The names of {STAGED} were not forced"),
        (without(PARENT), f"The names of {RELEASES} were not forced"),
        (moved(PARENT, to=7), f"The names of {RELEASES} were not forced"),
        (moved(ROW, to=8), f"The names of {RELEASES} were not forced"),
        (without(ROW), "The database never got"),
        (lambda lines: [line.replace("= 0", "= -1 EIO") if line == FOLDER else line for line in lines], "not forced"),
    ],
)
def test_every_other_order_is_found(tmp_path: Path, change: Change, words: str) -> None:
    ended = judged(tmp_path, change(list(GOOD)))
    assert ended.status == 1
    assert ended.said.startswith("Out of order: ")
    assert words in ended.said


def test_without_strace_it_says_what_to_install(tmp_path: Path) -> None:
    ended = run([sys.executable, ROOT / "scripts" / "fsync-order.py"], PATH=tmp_path)
    assert ended == Ended(
        1,
        "This needs strace. Install it (on Debian and Ubuntu: apt-get install strace) and run the same again.\n",
    )
