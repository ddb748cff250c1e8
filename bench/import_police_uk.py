"""How fast a year of police.uk files becomes a checked release, beside DuckDB's and pandas' bare reading of them.

Run `python bench/import_police_uk.py [--rows 1000000]`. Every contender runs in a process of its own, in turns, and
the best of its runs counts; the ratios are what matters, since the seconds are those of this machine.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\r\n"
)
CATEGORIES = (
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
    "Other theft", "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person",
    "Vehicle crime", "Violence and sexual offences",
)  # fmt: skip
OUTCOMES = ("Under investigation", "Investigation complete; no suspect identified", "Unable to prosecute suspect", "")


def make_year(folder: Path, rows: int, *, seed: int = 20_24) -> None:
    """Write twelve month folders of a fictional force, the same for the same seed."""
    dice = random.Random(seed)
    for number in range(12):
        month = f"2024-{number + 1:02}"
        path = folder / month / f"{month}-ambleshire-street.csv"
        path.parent.mkdir(parents=True)
        with path.open("w", encoding="utf-8", newline="") as out:
            out.write(HEADER)
            count = rows // 12 + (number < rows % 12)
            out.writelines(_row(dice, month) for _ in range(count))


def _row(dice: random.Random, month: str) -> str:
    category = dice.choice(CATEGORIES)
    asb = category == CATEGORIES[0]
    crime_id = "" if asb else f"{dice.getrandbits(256):064x}"
    area = dice.randrange(1_100)
    # As published: crimes are moved to one of some thousand points, and a few have none.
    point = dice.randrange(20_000)
    place = f"{-1.7 + point * 0.000047:.6f},{52.1 + point % 977 * 0.001013:.6f}" if dice.random() > 0.02 else ","
    lsoa = f"E01{area:06},Ambleford {area // 4:03}{'ABCD'[area % 4]}" if place != "," else ","
    outcome = "" if asb else dice.choice(OUTCOMES)
    return (
        f"{crime_id},{month},Ambleshire Police,Ambleshire Police,{place},"
        f"On or near Street {dice.randrange(5_000)},{lsoa},{category},{outcome},\r\n"
    )


def make_dirty(folder: Path) -> None:
    """Spoil one row in the last file, as a footnote does."""
    last = sorted(folder.glob("*/*.csv"))[-1]
    with last.open("a", encoding="utf-8", newline="") as out:
        out.write("Source: Ambleshire Police\r\n")


def _files(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.glob("*/*.csv"))]


def release(folder: Path, work: Path) -> Callable[[], object]:
    """Ours: hashed, read, checked, counted, written, synced and published."""
    from wardmote.analytics.sources import Prepared, ReadRequest, read
    from wardmote.analytics.warehouse.store import Warehouse

    warehouse = Warehouse(work)
    warehouse.connect()  # imports are paid once by a process, here as for the others

    def run() -> object:
        with warehouse.staging() as staging:
            request = ReadRequest((folder,), warehouse, staging, is_sample=True, now=date(2026, 1, 1))
            (prepared,) = read("police-uk", request)
            assert isinstance(prepared, Prepared)
            warehouse.publish(prepared)
            return f"{prepared.manifest.rows_accepted:,} rows by {prepared.manifest.quality['read_by']}"

    return run


def duckdb_table(folder: Path, work: Path, *, options: str = "") -> Callable[[], object]:
    """DuckDB's bare read_csv into a table, nothing checked."""
    con = _duckdb(work)
    return lambda: con.execute(f"CREATE OR REPLACE TABLE t AS FROM read_csv({_files(folder)}{options})").fetchall()


def duckdb_text(folder: Path, work: Path) -> Callable[[], object]:
    """The same without guessing types: every cell as text."""
    return duckdb_table(folder, work, options=", all_varchar=true")


def duckdb_parquet(folder: Path, work: Path) -> Callable[[], object]:
    """DuckDB from that table to Parquet: what the writing alone costs."""
    con = _duckdb(work)
    con.execute(f"CREATE TABLE t AS FROM read_csv({_files(folder)}, all_varchar=true)")
    return lambda: con.execute(f"COPY t TO '{work / 't.parquet'}' (FORMAT parquet)").fetchall()


def pandas_parquet(folder: Path, work: Path) -> Callable[[], object]:
    """What an analyst writes: pandas read_csv, then to_parquet."""
    import pandas as pd

    def run() -> object:
        frame = pd.concat([pd.read_csv(path) for path in _files(folder)], ignore_index=True)
        frame.to_parquet(work / "p.parquet")
        return f"{len(frame):,} rows"

    return run


def _duckdb(work: Path) -> Any:
    import duckdb

    con = duckdb.connect()
    con.execute(f"SET threads=2; SET memory_limit='1GB'; SET temp_directory='{work / 'spill'}'")
    return con


CONTENDERS: dict[str, Callable[[Path, Path], Callable[[], object]]] = {
    "release": release,
    "duckdb read_csv": duckdb_table,
    "duckdb read_csv, text": duckdb_text,
    "duckdb parquet write": duckdb_parquet,
    "pandas": pandas_parquet,
}


def run_child(name: str, folder: Path, work: Path) -> None:
    """Time one contender in this process and print seconds and peak memory as JSON."""
    run = CONTENDERS[name](folder, work)
    start = time.perf_counter()
    note = run()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "note": note if isinstance(note, str) else ""}))


def measure(names: list[str], folder: Path, *, turns: int) -> dict[str, dict[str, float]]:
    """Run each contender in turn, several times, each in a fresh process; keep the best time and the highest peak."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(turns):
        for name in names:
            with tempfile.TemporaryDirectory(dir=folder.parent) as work:
                done = subprocess.run(
                    [sys.executable, __file__, "--child", name, "--folder", str(folder), "--work", work],
                    capture_output=True, text=True, check=True,
                )  # fmt: skip
            result = json.loads(done.stdout.splitlines()[-1])
            old = best.setdefault(name, result)
            old["seconds"], old["peak"] = min(old["seconds"], result["seconds"]), max(old["peak"], result["peak"])
    return best


def report(title: str, best: dict[str, dict[str, float]], base: str) -> None:
    """Print one table, each contender as a multiple of the base."""
    print(f"\n{title}\n{'':24}{'seconds':>9}{'ratio':>8}{'peak MB':>9}")
    for name, result in best.items():
        ratio = result["seconds"] / best[base]["seconds"]
        print(f"{name:24}{result['seconds']:9.2f}{ratio:8.2f}{result['peak']:9.0f}  {result['note']}")


def main() -> None:
    """Make the year, run everything, print the ratios."""
    parser = argparse.ArgumentParser(description="Import a year of police.uk files, side by side with bare readers.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        run_child(chosen.child, chosen.folder, chosen.work)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {chosen.rows:,} rows")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "year"
        make_year(folder, chosen.rows)
        base = "duckdb read_csv"
        report("A clean year", measure(list(CONTENDERS), folder, turns=chosen.turns), base)
        make_dirty(folder)
        report("The same year with one footnote", measure(["release", "pandas"], folder, turns=1), "pandas")


if __name__ == "__main__":
    main()
