"""How fast the measures of a force's year come from its release, beside the same worked out with pandas.

Run `python bench/measures.py [--rows 1000000]`. A made-up force of two years (made/nation.py) is imported; both read
the same Parquet file anew in every turn, and their results are compared before a time is printed. What pandas does is
what an analyst would write: only the columns needed, no step twice.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from made.nation import AREAS, LAST_MONTH, PARTNERSHIPS, Nation, make_nation, write_areas, write_street

# One force has about a forty-third of the nation's partnerships.
OF_ONE_FORCE = PARTNERSHIPS // 43
Result = dict[tuple[str, ...], Any]


def imported(folder: Path, nation: Nation, rows: int) -> tuple[Any, list[Any]]:
    """Write the force's files and read them into releases; return the warehouse and what is held."""
    from wardmote.analytics.sources import ReadRequest, read
    from wardmote.analytics.warehouse.manifest import HeldRelease, Prepared
    from wardmote.analytics.warehouse.store import Warehouse

    write_street(nation, folder / "street", rows=rows, months=24)
    write_areas(nation, folder)
    warehouse, held = Warehouse(folder / "data"), []
    for kind, names in (*AREAS.items(), ("police-uk", ["street"])):
        with warehouse.staging() as staging:
            paths = tuple(folder / name for name in names)
            asked = ReadRequest(paths, warehouse, staging, is_sample=False, now=date(2026, 1, 31))
            for one in read(kind, asked):
                assert isinstance(one, Prepared)
                warehouse.publish(one)
                found = one.manifest
                held.append(
                    HeldRelease(found.release, found.dataset, found.kind, found.months, found.editions, is_sample=False)
                )
    return warehouse, held


def year() -> Any:
    """Return the last twelve months."""
    from wardmote.foundations.periods import rolling_12

    return rolling_12(LAST_MONTH)


def ours(evidence: Any, by: tuple[str, ...]) -> Result:
    """Count the year with the product."""
    from wardmote.analytics.measures import MEASURES, Query

    rows = MEASURES["counts"](evidence, Query(by=by, period=year())).records()
    return {tuple(row[name] for name in by): row["count"] for row in rows if row["count"]}


def our_rates(evidence: Any, by: tuple[str, ...]) -> Result:
    """Rates of the year with the product."""
    from wardmote.analytics.measures import MEASURES, Query

    rows = MEASURES["rates"](evidence, Query(by=by, period=year())).records()
    return {tuple(row[name] for name in by): float(row["rate"]) for row in rows if row["count"]}


def frame(path: Path, homes: Path) -> Any:
    """Read the columns of the year with pandas, and the areas of each LSOA."""
    import pandas as pd

    span = [month.index for month in (year().first, year().last)]
    found = pd.read_parquet(path, columns=["month", "month_index", "category", "lsoa_code"])
    found = found[found.month_index.between(*span)]
    found["month"] = found.month_index
    areas = pd.read_csv(homes, usecols=["LSOA21CD", "WD24CD", "LAD24CD"])
    areas.columns = ["lsoa", "ward", "district"]
    return found.merge(areas, left_on="lsoa_code", right_on="lsoa", how="left")


def theirs(path: Path, homes: Path, by: tuple[str, ...]) -> Result:
    """Count the year with pandas."""
    from wardmote.foundations.periods import Month

    counted = frame(path, homes).groupby(list(by)).size()
    keys = ((key if isinstance(key, tuple) else (key,), int(number)) for key, number in counted.items())
    named = ((dict(zip(by, key, strict=True)), number) for key, number in keys)
    return {
        tuple(str(Month.from_index(key[name])) if name == "month" else key[name] for name in by): number
        for key, number in named
    }


def their_rates(path: Path, homes: Path, people: Path, by: tuple[str, ...]) -> Result:
    """Rates of the year with pandas."""
    import pandas as pd

    (place,) = set(by) & {"ward", "district"}
    residents = pd.read_csv(people).merge(pd.read_csv(homes), left_on="LSOA 2021 Code", right_on="LSOA21CD")
    column = {"ward": "WD24CD", "district": "LAD24CD"}[place]
    totals = residents.groupby(column)["Mid-2024: Population"].sum()
    counted = theirs(path, homes, by)
    return {key: number * 1000 / totals[key[by.index(place)]] for key, number in counted.items()}


def seconds_of(run: Callable[[], Result], turns: int) -> tuple[float, Result]:
    """Return the middle of the seconds of some turns, and what came of the last."""
    found, taken = run(), []
    for _ in range(turns):
        start = time.perf_counter()
        found = run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), found


def _equal(found: Result, expected: Result) -> bool:
    """Whether two results have the same keys, in whatever order, and the same values to the last printed place."""
    one, other = ({tuple(sorted(key)): value for key, value in result.items()} for result in (found, expected))
    return one.keys() == other.keys() and all(abs(value - other[key]) < 1e-6 for key, value in one.items())


def compare(work: Path, rows: int, turns: int) -> None:
    """Run every question both ways and print the ratios; ends with an error where the results differ."""
    from wardmote.analytics.measures.evidence import gather
    from wardmote.definitions import problems

    warehouse, held = imported(work, make_nation(OF_ONE_FORCE), rows)
    homes, people = work / AREAS["lookup"][0], work / AREAS["population"][0]
    path = warehouse.rows_path(next(one.release for one in held if one.kind == "police-uk"))
    start = time.perf_counter()
    evidence = gather(warehouse, held, problems=problems(date(2026, 1, 31)), code_version="bench")
    print(f"the evidence gathered, once for all questions: {time.perf_counter() - start:.2f} s")
    print(f"{'':36}{'ours':>8}{'pandas':>8}{'ratio':>7}")
    total = [0.0, 0.0]
    questions: list[tuple[str, Callable[[], Result], Callable[[], Result]]] = []
    for by in (("category",), ("month", "category"), ("ward", "category"), ("lsoa", "category")):
        name = f"counts by {' and '.join(by)}"
        questions.append((name, lambda by=by: ours(evidence, by), lambda by=by: theirs(path, homes, by)))
    for by in (("category", "district"), ("category", "ward")):
        name = f"rates by {' and '.join(by)}"
        questions.append(
            (name, lambda by=by: our_rates(evidence, by), lambda by=by: their_rates(path, homes, people, by))
        )
    for name, mine, other in questions:
        (here, found), (there, expected) = seconds_of(mine, turns), seconds_of(other, turns)
        same = _equal(found, expected)
        print(f"{name:36}{here:8.3f}{there:8.3f}{there / here:7.1f}  {'equal' if same else 'DIFFERENT'}", flush=True)
        if not same:
            raise SystemExit("The results differ.")
        total = [total[0] + here, total[1] + there]
    print(f"{'all':36}{total[0]:8.3f}{total[1]:8.3f}{total[1] / total[0]:7.1f}  (aim 3)")


def main() -> None:
    """Make the force in a folder that goes away, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of two years")
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load "
        f"{os.getloadavg()[0]:.1f}, {asked.rows:,} rows of two years"
    )
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name), asked.rows, asked.turns)


if __name__ == "__main__":
    main()
