"""`wardmote import` killed at a random moment, and what must hold afterwards; all of it judged from outside."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.analytics.sources.making import row, street_file
from tests.cli.processes import OF_THE_RUN, wardmote
from wardmote.analytics.warehouse.store import Warehouse

ROWS = int(os.environ.get("WARDMOTE_KILL_ROWS", "2000"))
# Which month of which year each round is about: no round brings again what another has brought.
FIRST_YEAR = 2014


@dataclass(frozen=True)
class Round:
    """One kill: how long after the first sign of work it came, and whether the release was there by then."""

    delay: float
    was_made: bool


def month_of(number: int) -> str:
    """Return the month that a round imports."""
    return f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02}"


def file_of(folder: Path, number: int) -> Path:
    """Write the street file of a round."""
    month = month_of(number)
    rows = (row(number * ROWS + n, month=month, category="Other theft") for n in range(ROWS))
    return street_file(folder, *rows, name=f"{month}-ambleshire-street.csv")


def import_whole(data: Path, path: Path) -> float:
    """Import a file to the end; return the seconds from the first sign of work."""
    child, first = _begun(data, path)
    with child:
        _, said = child.communicate(timeout=240)
        seconds = time.monotonic() - first
    assert child.returncode == 0, said
    return seconds


def import_killed(data: Path, path: Path, delay: float) -> None:
    """Import a file and kill the process so many seconds after its first sign of work; it may have ended by then."""
    child, _ = _begun(data, path)
    with child:
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.communicate()


def _begun(data: Path, path: Path) -> tuple[subprocess.Popen[str], float]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(OF_THE_RUN)}
    child = subprocess.Popen(
        [sys.executable, "-m", "wardmote", "import", "police-uk", str(path), "--accept", "at-once"],
        env={**own, "WARDMOTE_DATA": str(data), "WARDMOTE_ENV": "embedded"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    assert child.stderr.readline(), "the import said nothing"
    return child, time.monotonic()


def releases(data: Path) -> dict[str, dict[str, Any]]:
    """Return the rows of the releases by digest, read without the product."""
    with closing(sqlite3.connect(f"file:{data / 'wardmote.sqlite3'}?mode=ro", uri=True)) as base:
        assert base.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        found = base.execute("SELECT digest, rows_accepted, state, file_hashes, manifest FROM evidence_release")
        names = ("digest", "rows", "state", "hashes", "manifest")
        rows = [dict(zip(names, values, strict=True)) for values in found]
    for one in rows:
        one["hashes"], one["months"] = json.loads(one["hashes"]), json.loads(one.pop("manifest"))["months"]
    return {one["digest"]: one for one in rows}


def imports_in_the_audit(data: Path) -> list[str]:
    """Return the digests whose import stands in the audit."""
    with closing(sqlite3.connect(f"file:{data / 'wardmote.sqlite3'}?mode=ro", uri=True)) as base:
        asked = "SELECT object_key FROM audit_entry WHERE action = 'import' AND kind = 'release'"
        return [digest for (digest,) in base.execute(asked)]


def check_everything(data: Path) -> dict[str, dict[str, Any]]:
    """Every release has its folder, byte for byte, and its one entry in the audit; return their rows."""
    found = releases(data)
    store = Warehouse(data)
    for digest, one in found.items():
        assert store.verify(digest, expected=one["hashes"]) == (), f"{digest} is not what its row says"
        assert one["rows"] == ROWS
    assert sorted(imports_in_the_audit(data)) == sorted(found), "a row without its audit entry, or the reverse"
    return found


def kill_imports(data: Path, folder: Path, *, rounds: int, seed: int) -> list[Round]:
    """Kill so many imports, each at a moment drawn from the seed; raises AssertionError with seed, round and delay."""
    draw = random.Random(seed)
    wardmote(data, "migrate")
    seconds = import_whole(data, file_of(folder, 0))
    done: list[Round] = []
    for number in range(1, rounds + 1):
        # The row comes early and checking takes the rest: cubed, most moments lie before the row, a few beyond the end.
        delay = 1.1 * seconds * draw.random() ** 3
        try:
            done.append(_one_round(data, file_of(folder, number), number, delay))
        except AssertionError as failure:
            raise AssertionError(f"seed {seed}, round {number}, killed after {delay:.4f} s: {failure}") from failure
    return done


def _one_round(data: Path, path: Path, number: int, delay: float) -> Round:
    before = check_everything(data)
    import_killed(data, path, delay)
    after = check_everything(data)
    assert {digest: after.get(digest) for digest in before} == before, "what was held before has changed"
    was_made = len(after) > len(before)
    import_whole(data, path)
    again = check_everything(data)
    new = [one for digest, one in again.items() if digest not in before]
    assert [one["months"] for one in new] == [[month_of(number)]], "the next import did not bring the month once"
    # Accepting is a step of its own: killed before it, the release is held and waits for somebody.
    assert new[0]["state"] == "accepted" or was_made
    path.unlink()
    return Round(delay, was_made)
