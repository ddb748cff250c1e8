"""How fast the Knox test is beside a compiled loop over all pairs, and beside PySAL's pointpats on fewer incidents.

Run `python bench/knox.py [--events 200000] [--permutations 99]`. All are warm. Incidents lie so that 200,000 have about
3.2 million near pairs. The loop counts the same table, so one pass of it is one permutation.
"""

import argparse
import os
import platform
import time
import warnings
from typing import Any

import numpy as np
from numba import njit

from wardmote.analytics.measures.knox import DAYS, DISTANCES, knox


@njit
def all_pairs(places: Any, days: Any, ends: Any, spans: Any) -> Any:
    """Count the table by looking at every pair."""
    found = np.zeros((len(ends), len(spans)), np.int64)
    for one in range(len(days)):
        for other in range(one):
            across, up = places[one, 0] - places[other, 0], places[one, 1] - places[other, 1]
            square, apart = across * across + up * up, abs(days[one] - days[other])
            if square <= ends[-1] and apart <= spans[-1]:
                band, span = 0, 0
                while square > ends[band]:
                    band += 1
                while apart > spans[span]:
                    span += 1
                found[band, span] += 1
    return found


def make_events(number: int, random: np.random.Generator) -> tuple[Any, Any]:
    """Return places in metres and days of a year, at random, with 16 near pairs for each incident."""
    side = (number * np.pi * max(DISTANCES) ** 2 / 32) ** 0.5
    return random.random((number, 2)) * side, random.integers(0, 365, number)


def seconds_of(run: Any) -> tuple[float, Any]:
    """Return how long a call took and what it gave."""
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def main() -> None:
    """Make the incidents, run all, print the ratios."""
    parser = argparse.ArgumentParser(description="Knox side by side with all pairs and with pointpats.")
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--permutations", type=int, default=99)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    from pointpats import Knox as Peer

    random = np.random.default_rng(1)
    ends, spans = np.array([0, *DISTANCES], dtype=float) ** 2, np.array(DAYS)
    few, their_days = make_events(4_000, random)
    knox(few, their_days, permutations=9)
    all_pairs(few, their_days, ends, spans)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    places, days = make_events(chosen.events, random)
    ours, found = seconds_of(lambda: knox(places, days, permutations=chosen.permutations))
    loop, counted = seconds_of(lambda: all_pairs(places, days, ends, spans))
    same = [one.pairs for one in found.cells] == counted.ravel().tolist()
    print(f"{chosen.events:,} incidents, {found.near:,} near pairs, {chosen.permutations} permutations: {ours:.2f} s")
    print(f"one pass of the compiled loop over all pairs: {loop:.2f} s, equal counts: {same}")
    print(
        f"{loop / ours:.0f} times our whole test; {loop * (chosen.permutations + 1) / ours:,.0f} times as many passes"
    )
    mine, one = seconds_of(
        lambda: knox(few, their_days, distances=(200,), spans=(14,), permutations=chosen.permutations)
    )
    theirs, other = seconds_of(
        lambda: Peer(few, their_days[:, None].astype(float), 200, 14, permutations=chosen.permutations)
    )
    same = sum(cell.pairs for cell in one.cells) == other.statistic_
    print(
        f"4,000 incidents: {mine:.3f} s, pointpats {theirs:.2f} s: {theirs / mine:.0f} times, equal statistic: {same}"
    )


if __name__ == "__main__":
    main()
