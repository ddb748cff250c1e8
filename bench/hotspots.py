"""How fast the p values of Gi* and Local Moran come for every small area of England and Wales, beside PySAL's esda.

Run `python bench/hotspots.py [--areas 35000] [--permutations 999]`. Areas are the cells around random points, so that
they have 3 to 14 neighbours as real ones do. Both are warm: compiled, and run once before. On continuous values both
are fed the same draws, and the p values that differ are counted. The ratios are what matters, not the seconds.
"""

import argparse
import os
import platform
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from wardmote.analytics.measures.gi_star import gi_star
from wardmote.analytics.measures.local_moran import local_moran
from wardmote.analytics.measures.neighbours import Neighbours, neighbours_from
from wardmote.analytics.measures.permutation import Draws
from wardmote.analytics.measures.permutation_loops import sweep


def make_map(areas: int, random: np.random.Generator) -> Neighbours:
    """Return the neighbours of the cells around random points: those whose cells share an edge."""
    from scipy.spatial import Delaunay

    corners = Delaunay(random.random((areas, 2))).simplices
    return neighbours_from(np.concatenate((corners[:, :2], corners[:, 1:], corners[:, ::2])), areas)


def weights(neighbours: Neighbours) -> Any:
    """Return the same as esda takes it."""
    from libpysal.weights import W

    return W({at: list(neighbours.of(at)) for at in range(neighbours.areas)}, silence_warnings=True)


def best_of(run: Callable[[], Any], turns: int) -> tuple[float, Any]:
    """Return the least seconds of some turns after a first one, and what came of it."""
    found, seconds = run(), []
    for _ in range(turns):
        start = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - start)
    return min(seconds), found


def differing(values: Any, neighbours: Neighbours, p_sim: Any, *, permutations: int, seed: int) -> int:
    """Count the p values that differ from esda's, its own draws fed to our sweep."""
    from esda.crand import vec_permutations

    rows = vec_permutations(int(neighbours.numbers.max()), neighbours.areas, permutations, seed).astype(np.int64)
    sums, differ = neighbours.sums(values), 0
    for number in np.unique(neighbours.numbers).tolist():
        at = np.flatnonzero(neighbours.numbers == number)
        least, _ = sweep(values, np.ascontiguousarray(rows[:, :number]), at, sums[at], np.unique(sums[at]))
        ours = (np.minimum(least, permutations - least) + 1) / (permutations + 1)
        differ += int((abs(ours - p_sim[at]) > 1e-6).sum())
    return differ


def main() -> None:
    """Make the map, run all, print the ratios."""
    parser = argparse.ArgumentParser(description="Gi* and Local Moran side by side with esda.")
    parser.add_argument("--areas", type=int, default=35_000)
    parser.add_argument("--permutations", type=int, default=999)
    parser.add_argument("--turns", type=int, default=3)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    from esda.getisord import G_Local
    from esda.moran import Moran_Local

    random, seed = np.random.default_rng(1), 12
    neighbours = make_map(chosen.areas, random)
    given, numbers = weights(neighbours), neighbours.numbers
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{chosen.areas:,} areas, {numbers.min()} to {numbers.max()} neighbours, {chosen.permutations} permutations")
    counts, even = random.negative_binomial(1, 0.1, chosen.areas), random.integers(0, 10**9, chosen.areas)
    draws = Draws(chosen.permutations, chosen.permutations)
    common = {"permutations": chosen.permutations, "seed": seed, "keep_simulations": False}
    peers: dict[str, tuple[Callable[[], Any], Callable[[Any, int], Any]]] = {
        "Gi*": (
            lambda: gi_star(counts, neighbours, draws),
            lambda values, jobs: G_Local(values, given, transform="B", star=True, n_jobs=jobs, **common),
        ),
        "Local Moran": (
            lambda: local_moran(counts, neighbours, draws),
            lambda values, jobs: Moran_Local(values, given, n_jobs=jobs, **common),
        ),
    }
    print(f"{'':14}{'ours':>10}{'esda, 1 core':>14}{'ratio':>8}{'esda, all':>12}{'ratio':>8}  p values that differ")
    for name, (ours, theirs) in peers.items():
        mine, _ = best_of(ours, chosen.turns)
        one, _ = best_of(lambda peer=theirs: peer(counts.astype(float), 1), chosen.turns)
        every, _ = best_of(lambda peer=theirs: peer(counts.astype(float), -1), chosen.turns)
        print(f"{name:14}{mine:10.4f}{one:14.3f}{one / mine:8.0f}{every:12.3f}{every / mine:8.0f}", end="  ")
        if name == "Gi*":
            p_sim = theirs(even.astype(float), 1).p_sim
            print(differing(even, neighbours, p_sim, permutations=chosen.permutations, seed=seed), end="")
        print()
    seconds, _ = best_of(lambda: gi_star(counts, neighbours), 1)
    print(f"Gi* with {Draws().more:,} permutations for the areas in doubt: {seconds:.2f} s")


if __name__ == "__main__":
    main()
