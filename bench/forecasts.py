"""How fast thousands of series are forecast with intervals, beside statsforecast's AutoETS, and which errs less.

Run `python bench/forecasts.py [--series 4396] [--shared FOLDER]`. The series are 48 months of the Metropolitan Police's
counts by borough and kind of crime where the files are held, else drawn; both forecast the twelve months that followed.
Where the files are held it also counts how often the intervals hold what happened (docs/methods/forecasts.md).
"""

import argparse
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
TRAINING, AHEAD = 48, 12
Series = dict[str, list[int]]


def real(reference: Path, wanted: int) -> tuple[Series, dict[str, str]]:
    """Cut stretches of five years from the boroughs' series, and say which kind of crime each is of."""
    from tests.analytics.measures.london import boroughs

    held = [
        (f"{borough} {kind}", f"{kind} {end}", counts[end - TRAINING - AHEAD : end])
        for end in range(192, TRAINING + AHEAD, -18)
        for borough, kinds in boroughs(reference, minor=True).items()
        for kind, counts in kinds.items()
    ]
    found = {f"{name} {group}": (group, counts) for name, group, counts in held if any(counts[:TRAINING])}
    chosen = dict(islice(found.items(), wanted))
    return {name: counts for name, (_, counts) in chosen.items()}, {name: group for name, (group, _) in chosen.items()}


def made(wanted: int) -> tuple[Series, dict[str, str]]:
    """Draw series of forty kinds with a season each, whose level wanders and whose counts vary more than chance."""
    import numpy as np

    random, months = np.random.default_rng(2026), np.arange(TRAINING + AHEAD)
    found = {}
    for at in range(wanted):
        level = np.exp(random.normal(2.5, 1) + random.normal(0, 0.04, len(months)).cumsum())
        means = level * (1 + 0.3 * np.sin(months * np.pi / 6 + at % 40))
        found[f"s{at}"] = random.poisson(random.gamma(20, means / 20)).tolist()
    return found, {name: str(at % 40) for at, name in enumerate(found)}


def ours(series: Series, groups: dict[str, str]) -> dict[str, list[float]]:
    """Forecast with months and year, 80% and 95% intervals from rolling origins, and a choice of method."""
    from wardmote.analytics.measures.forecasts import forecast

    found = forecast(series, pooled=groups)
    assert found is not None
    return {name: [float(one.point) for one in outlook.months] for name, outlook in found.outlooks.items()}


def auto_ets(series: Series, groups: dict[str, str]) -> dict[str, list[float]]:
    """Forecast with statsforecast's AutoETS, 80% and 95% intervals, one process."""
    import numpy as np
    from statsforecast.models import AutoETS

    del groups
    found = {}
    for name, counts in series.items():
        model = AutoETS(season_length=12)
        told = model.forecast(np.array(counts, dtype=float), h=AHEAD, level=[80, 95])
        found[name] = np.maximum(told["mean"], 0).tolist()
    return found


def naive(series: Series, groups: dict[str, str]) -> dict[str, list[float]]:
    """Repeat the year before."""
    del groups
    return {name: [float(count) for count in counts[-AHEAD:]] for name, counts in series.items()}


def timed(
    make: Callable[[Series, dict[str, str]], dict[str, list[float]]], series: Series, groups: dict[str, str]
) -> tuple[float, float]:
    """Return the seconds a forecast took and its wMAPE in per cent."""
    known = {name: counts[:TRAINING] for name, counts in series.items()}
    start = time.perf_counter()
    found = make(known, groups)
    took = time.perf_counter() - start
    missed = sum(
        abs(point - count)
        for name, points in found.items()
        for point, count in zip(points, series[name][TRAINING:], strict=True)
    )
    return took, 100 * missed / sum(sum(series[name][TRAINING:]) for name in found)


def coverage(reference: Path, history: int) -> tuple[int, list[float]]:
    """Let each borough forecast every six months with what it had; return months judged and per cent held."""
    from tests.analytics.measures.london import boroughs

    from wardmote.analytics.measures.forecasts import forecast

    held, months, years = {"m80": 0, "m95": 0, "y80": 0, "y95": 0}, 0, 0
    for kinds in boroughs(reference).values():
        for end in range(history, 192 - AHEAD + 1, 6):
            found = forecast({kind: counts[end - history : end] for kind, counts in kinds.items()})
            for kind, one in found.outlooks.items() if found else ():
                after = kinds[kind][end : end + AHEAD]
                months, years = months + AHEAD, years + 1
                for level in (80, 95):
                    held[f"m{level}"] += sum(m.holds(y, level) for m, y in zip(one.months, after, strict=True))
                    held[f"y{level}"] += one.year.holds(sum(after), level)
    return months, [100 * count / (months if name[0] == "m" else years) for name, count in held.items()]


def main() -> None:
    """Print seconds, wMAPE and the ratio, then the coverage on the real series."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=4396)
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("WARDMOTE_SHARED") or ROOT.parent / "shared")
    )
    asked: Any = parser.parse_args()
    reference = asked.shared / "reference"
    has_files = (reference / "SOURCES.md").is_file()
    series, groups = real(reference, asked.series) if has_files else made(asked.series)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{len(series):,} {'real' if has_files else 'drawn'} series of {TRAINING} months, {AHEAD} ahead")
    first = dict(islice(series.items(), 50))
    for make in (ours, auto_ets):  # imports and compiling are paid once, before
        timed(make, first, groups)
    took = {}
    for name, make in (("Wardmote", ours), ("AutoETS", auto_ets), ("seasonal naive", naive)):
        took[name], wmape = timed(make, series, groups)
        print(f"{name:15} {took[name]:9.2f} s   wMAPE {wmape:5.2f}%", flush=True)
    print(f"AutoETS / Wardmote: {took['AutoETS'] / took['Wardmote']:.0f} times")
    for history in (36, 48, 60, 72) if has_files else ():
        months, held = coverage(reference, history)
        said = ", ".join(f"{one:.1f}%" for one in held)
        print(f"{history} months of history: {months:,} months judged; held in 80%, 95%, year 80%, year 95%: {said}")


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        main()
