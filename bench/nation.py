"""How long a whole nation takes: import, measures, hotspots, forecasts, harm and ranking, and documents.

Run `python bench/nation.py` for a part of one million rows and 18 partnerships, or `python bench/nation.py --full` for
43 forces over three years: 18 million rows, 314 partnerships. Files are made up (made/nation.py), each step runs in a
process of its own, whose peak memory is that of the system, and everything is removed afterwards. `--growth` imports
1, 3 and 10 million rows and nothing else. Aims on two cores: figures of a nation in 15 minutes and 8 GB, documents of
all its partnerships in an hour.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

# Nothing heavy stands here: a process that is started counts the memory of who started it as its own.
from made.nation import (
    AREAS,
    LAST_MONTH,
    MONTHS,
    PARTNERSHIPS,
    ROWS,
    make_nation,
    partnership_code,
    write_areas,
    write_street,
)

AS_AT = (LAST_MONTH + 2).last_day
GROWTH = (1_000_000, 3_000_000, 10_000_000)
AIM_MINUTES, AIM_GB, DOCUMENTS_MINUTES = 15, 8, 60
# Of CSV, and of the Parquet made of it.
BYTES_A_ROW = 420
MATRIX = "kingston-2011"


def started() -> Any:
    """Start the product and gather the evidence held, as it stood on the day of the assessment."""
    from wardmote.cli.django_start import start

    start()
    from wardmote.strategy.assessment.queries.scope import held_until, whole_months_until
    from wardmote.strategy.evidence.queries import gather_evidence, held_releases

    return gather_evidence(is_sample=False, held=held_until(held_releases(is_sample=False), whole_months_until(AS_AT)))


def year() -> Any:
    """Return the year that is examined."""
    from wardmote.foundations.periods import rolling_12

    return rolling_12(LAST_MONTH)


def measures() -> str:
    """Counts, rates and changes of every problem in every partnership, one question each."""
    from wardmote.analytics.measures import MEASURES, Query

    evidence = started()
    made = {
        name: MEASURES[name](evidence, Query(by=("problem", "partnership"), period=year()))
        for name in ("counts", "rates", "change")
    }
    return ", ".join(f"{len(found.rows):,} {name}" for name, found in made.items())


def hotspots() -> str:
    """Gi* of every problem on all small areas at once, then in every partnership alone."""
    evidence = started()
    import numpy as np

    from wardmote.analytics.measures import MEASURES, Query
    from wardmote.analytics.measures.gi_star import Standing, gi_star
    from wardmote.analytics.measures.neighbours import contiguity
    from wardmote.analytics.measures.scope import with_partnerships
    from wardmote.strategy.assessment.queries.maps import boundaries_for

    told = MEASURES["counts"](evidence, Query(by=("problem", "lsoa"), period=year())).records()
    counts: dict[str, dict[str, int]] = {}
    for row in told:
        counts.setdefault(str(row["problem"]), {})[str(row["lsoa"])] = int(row["count"] or 0)
    homes = evidence.con.to_pyarrow(with_partnerships(evidence).select("lsoa_code", "partnership_code")).to_pylist()
    by_partnership: dict[str, list[str]] = {"": [row["lsoa_code"] for row in homes]}
    for row in homes:
        by_partnership.setdefault(row["partnership_code"], []).append(row["lsoa_code"])
    maps = hot = 0
    for codes in by_partnership.values():
        areas = boundaries_for(evidence, set(codes)) or []
        neighbours = contiguity([area["geometry"] for area in areas])
        for found in counts.values():
            values = np.array([found.get(area["code"], 0) for area in areas])
            hot += sum(one is Standing.HOT for one in gi_star(values, neighbours).standings)
            maps += 1
    return f"{maps:,} maps, {hot:,} hotspots"


def forecasts() -> str:
    """Carry on every kind of crime of every partnership for a year, with intervals."""
    from wardmote.analytics.measures import MEASURES, Query
    from wardmote.analytics.measures.forecasts import forecast
    from wardmote.foundations.periods import Period

    evidence = started()
    asked = Query(by=("category", "partnership", "month"), period=Period(LAST_MONTH - 35, LAST_MONTH))
    series: dict[str, list[int]] = {}
    for row in MEASURES["counts"](evidence, asked).records():
        series.setdefault(f"{row['category']}, {row['partnership']}", []).append(int(row["count"] or 0))
    found = forecast(series, pooled={name: name.split(",")[0] for name in series})
    return f"{len(found.outlooks) if found else 0:,} series"


def harm_and_ranking() -> str:
    """Harm of every problem in every partnership, and a ranking of each under drawn scores with 5,000 draws."""
    import random
    from fractions import Fraction

    from wardmote.analytics.measures import MEASURES, Query
    from wardmote.analytics.measures.harm import CategoryWeight, Weight, harm_of, ranks_beside
    from wardmote.analytics.measures.stress import Draws, stress
    from wardmote.definitions import matrix

    evidence, dice, scheme = started(), random.Random(5), matrix(MATRIX)
    counts: dict[str, dict[str, int]] = {}
    for row in MEASURES["counts"](evidence, Query(by=("category", "partnership"), period=year())).records():
        counts.setdefault(str(row["partnership"]), {})[str(row["category"])] = int(row["count"] or 0)
    names = sorted({name for found in counts.values() for name in found})
    days = {name: Fraction(dice.randint(1, 400)) for name in names}
    weights = {name: CategoryWeight(Weight(one, one / 2, one * 2), one / 2, one * 2) for name, one in days.items()}
    ranked = 0
    for found in counts.values():
        harms = {name: harm_of({name: count}, weights) for name, count in found.items()}
        ranks_beside({name: one for name, one in harms.items() if one is not None})
        scores = {name: {c.code: dice.randint(c.minimum, c.maximum) for c in scheme.criteria} for name in found}
        ranked += len(stress(scheme, scores, top=5, doubts={}, draws=Draws(5000, 1998)).placings)
    return f"{ranked:,} problems weighed and ranked"


def make(work: Path, partnerships: int, rows: int) -> str:
    """Write the files of the nation."""
    nation = make_nation(partnerships)
    made = write_street(nation, work / "street", rows=rows)
    write_areas(nation, work)
    return (
        f"{made:,} rows of {nation.forces} forces in {MONTHS} months, {len(nation.areas):,} LSOAs, "
        f"{nation.partnerships} partnerships"
    )


def documents(work: Path, wanted: int, partnerships: int) -> str:
    """Analyse some partnerships, spread over the nation, and write each as page, PDF and data file; or all of them."""
    from wardmote.cli.commands import assess
    from wardmote.cli.django_start import start

    start()
    only = [partnership_code(turn * partnerships // wanted) for turn in range(wanted)]
    told = list(assess.shared_out(only, AS_AT, work / "documents", os.cpu_count() or 1))
    return f"{len(told) - sum(map(bool, told))} of {wanted} partnerships in {os.cpu_count()} processes"


STEPS: dict[str, Callable[[], str]] = {
    "measures": measures,
    "hotspots": hotspots,
    "forecasts": forecasts,
    "harm and ranking": harm_and_ranking,
}


class Step(NamedTuple):
    """What a process took: seconds by the clock and of the processor, peak memory in MB; the last line it printed."""

    seconds: float
    processor: float
    peak: float
    told: str


def run(command: Iterable[str], work: Path) -> Step:
    """Run a command in a process of its own, and measure it."""
    work.mkdir(exist_ok=True)
    told, start = work / "told.txt", time.perf_counter()
    with told.open("w", encoding="utf-8") as out:
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, *command],
            {**os.environ, "WARDMOTE_DATA": str(work / "data"), "DJANGO_SETTINGS_MODULE": "wardmote.config.settings"},
            file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)],
        )
        _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"A step ended with status {status}: {list(command)}")
    last = told.read_text(encoding="utf-8").strip().split("\n")[-1]
    return Step(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, last)


def step(name: str, work: Path, *more: str) -> Step:
    """Do one of our own steps in a process of its own."""
    return run([__file__, "--child", name, "--work", str(work), *more], work)


def command(given: Iterable[str], work: Path) -> Step:
    """Run a command of the product in a process of its own."""
    return run(["-c", "import sys; from wardmote.cli.main import main; main(sys.argv[1:])", *given], work)


def bring_in(kind: str, paths: Iterable[Path], work: Path) -> Step:
    """Import files as the command line does."""
    return command(["import", kind, *map(str, paths), "--accept", "at-once"], work)


def show(name: str, found: Step) -> float:
    """Print one step; return its seconds."""
    print(
        f"{name:24}{found.seconds:8.1f} s{found.processor:8.1f} s CPU{found.peak:8.0f} MB  {found.told[:70]}",
        flush=True,
    )
    return found.seconds


def whole(work: Path, asked: argparse.Namespace) -> None:
    """Make the nation, run every step, and print its time and memory beside what is aimed at."""
    numbers = ["--partnerships", str(asked.partnerships), "--documents", str(asked.documents)]
    show("(making the files)", step("make", work, "--rows", str(asked.rows), *numbers))
    found = []
    for kind, names in (*AREAS.items(), ("police-uk", ["street"])):
        found.append((f"import {kind}", bring_in(kind, [work / name for name in names], work)))
        show(*found[-1])
    shutil.rmtree(work / "street")
    for name in STEPS:
        found.append((name, step(name, work)))
        show(*found[-1])
    seconds, peak = sum(one.seconds for _, one in found), max(one.peak for _, one in found)
    print(f"All figures: {seconds / 60:.1f} minutes (aim {AIM_MINUTES}), at most {peak / 1024:.1f} GB (aim {AIM_GB})")
    took = show("documents", step("documents", work, *numbers))
    each = took / asked.documents
    print(
        f"{each:.1f} s for each of {asked.documents}: {each * asked.partnerships / 60:.0f} minutes for "
        f"{asked.partnerships} (aim {DOCUMENTS_MINUTES})"
    )


def growth(work: Path) -> None:
    """Import ever more rows and print what each million takes."""
    for rows in GROWTH:
        folder, partnerships = work / str(rows), max(1, round(PARTNERSHIPS * rows / ROWS))
        step("make", folder, "--rows", str(rows), "--partnerships", str(partnerships))
        found = bring_in("police-uk", [folder / "street"], folder)
        each = found.seconds * 1e6 / rows
        show(f"{rows:,} rows", found._replace(told=f"{each:.2f} s a million"))
        shutil.rmtree(folder)


def child(asked: argparse.Namespace) -> str:
    """Do one step in this process; return what it found."""
    if asked.child == "make":
        return make(asked.work, asked.partnerships, asked.rows)
    if asked.child == "documents":
        return documents(asked.work, asked.documents, asked.partnerships)
    return STEPS[asked.child]()


def main() -> None:
    """Do what was asked in a folder that goes away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="all of it: 18 million rows, 314 partnerships")
    parser.add_argument("--growth", action="store_true", help="import 1, 3 and 10 million rows instead")
    parser.add_argument("--rows", type=int, help="rows of street crime (1,000,000)")
    parser.add_argument("--partnerships", type=int, help="partnerships (18)")
    parser.add_argument("--documents", type=int, help="partnerships whose documents are written (4)")
    parser.add_argument("--folder", type=Path, help="where to make the temporary folder")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.rows = asked.rows or (ROWS if asked.full else 1_000_000)
    asked.documents = asked.documents or 4
    asked.partnerships = asked.partnerships or (PARTNERSHIPS if asked.full else 18)
    if asked.child:
        print(child(asked))
        return
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} at the beginning"
    )
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        free, needed = shutil.disk_usage(name).free, (max(GROWTH) if asked.growth else asked.rows) * BYTES_A_ROW
        if free < needed:
            raise SystemExit(f"{name} has {free / 1e9:.0f} GB free and this takes {needed / 1e9:.0f}: use --folder.")
        if asked.growth:
            growth(Path(name))
        else:
            whole(Path(name), asked)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
