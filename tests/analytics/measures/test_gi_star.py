"""Gi* and Local Moran against PySAL's esda: its documented examples, its statistics, and p values from its draws."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.analytics.measures.grids import grid
from wardmote.analytics.measures.gi_star import Standing, deviates, gi_star
from wardmote.analytics.measures.local_moran import Pattern, local_moran
from wardmote.analytics.measures.neighbours import Neighbours, neighbours_from
from wardmote.analytics.measures.permutation import Draws
from wardmote.analytics.measures.permutation_loops import sweep

# The example of esda.getisord.G_Local: six points, neighbours within 15; values in tenths, so that they are whole.
POINTS = ((10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30))
TENTHS = np.array([20, 30, 32, 50, 80, 70])


def weights(neighbours: Neighbours) -> Any:
    from libpysal.weights import W

    return W({at: list(neighbours.of(at)) for at in range(neighbours.areas)}, silence_warnings=True)


def near() -> Neighbours:
    within = [
        (a, b)
        for a in range(6)
        for b in range(a)
        if (POINTS[a][0] - POINTS[b][0]) ** 2 + (POINTS[a][1] - POINTS[b][1]) ** 2 <= 15**2
    ]
    return neighbours_from(within, 6)


def test_gi_star_by_hand() -> None:
    # A row of three: 0, 0, 6. Mean 2, variance 8. The last has the neighbourhood 0 + 6, so w = 2:
    # (6 - 4) / sqrt(8 x 2 x 1 / 2).
    row = neighbours_from([(0, 1), (1, 2)], 3)
    assert deviates(np.array([0, 0, 6]), row).tolist() == pytest.approx([-4 / 8**0.5, 0, 2 / 8**0.5])


def test_the_documented_example_of_esda_is_met() -> None:
    # esda 2.9, documentation of esda.getisord.G_Local, star=True, transform="B".
    documented = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert deviates(TENTHS, near()) == pytest.approx(documented, abs=1e-8)


def desmith() -> tuple[Neighbours, np.ndarray]:
    """The map of ten areas on which the documentation of esda.moran.Moran_Local works, values in thousandths."""
    from libpysal import examples

    links = Path(examples.get_path("desmith.gal")).read_text(encoding="utf-8").splitlines()[1:]
    rows = Path(examples.get_path("desmith.txt")).read_text(encoding="utf-8").splitlines()[2:]
    names = [line.split()[0] for line in links[::2]]
    pairs = [
        (names.index(head.split()[0]), names.index(other))
        for head, line in zip(links[::2], links[1::2], strict=True)
        for other in line.split()
    ]
    return neighbours_from(pairs, len(names)), np.array([round(float(row.split(",")[1]) * 1000) for row in rows])


def test_the_documented_quadrants_of_esda_are_met() -> None:
    here, values = desmith()
    # esda 2.9, documentation of esda.moran.Moran_Local: 1 high-high, 2 low-high, 3 low-low, 4 high-low.
    quadrants = {1: Pattern.HIGH_HIGH, 2: Pattern.LOW_HIGH, 3: Pattern.LOW_LOW, 4: Pattern.HIGH_LOW}
    assert local_moran(values, here).patterns == tuple(quadrants[q] for q in (4, 4, 4, 2, 3, 3, 1, 4, 3, 3))


# esda's own notice that its default will become two-sided.
@pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
def test_no_p_value_differs_from_esda_s_on_continuous_values_and_its_own_draws() -> None:
    from esda.crand import vec_permutations
    from esda.getisord import G_Local

    here, permutations, seed = grid(14), 199, 12
    values = np.random.default_rng(5).integers(0, 10**9, here.areas)
    drawn: dict[str, Any] = {"permutations": permutations, "seed": seed, "n_jobs": 1, "keep_simulations": False}
    theirs = G_Local(values.astype(float), weights(here), transform="B", star=True, **drawn)
    assert deviates(values, here) == pytest.approx(theirs.Zs)
    rows, sums = vec_permutations(8, here.areas, permutations, seed).astype(np.int64), here.sums(values)
    for number in (3, 5, 8):
        at = np.flatnonzero(here.numbers == number)
        least, _ = sweep(values, np.ascontiguousarray(rows[:, :number]), at, sums[at], np.unique(sums[at]))
        # esda's default is the thinner tail alone.
        ours = (np.minimum(least, permutations - least) + 1) / (permutations + 1)
        assert ours == pytest.approx(theirs.p_sim[at], abs=1e-7)


def test_local_moran_is_esda_s_but_for_its_divisor() -> None:
    from esda.moran import Moran_Local

    here = grid(9)
    values = np.random.default_rng(6).poisson(8, here.areas)
    theirs = Moran_Local(values, weights(here), transformation="r", permutations=0)
    found = local_moran(values, here, Draws(99, 99))
    # esda divides the variance by n - 1, the paper by n.
    assert found.i == pytest.approx(theirs.Is * here.areas / (here.areas - 1))


def test_gi_star_and_local_moran_have_one_p_value_but_at_the_very_average() -> None:
    here, draws = grid(5), Draws(199, 999)
    values = np.array([4, *[0, 8] * 12])
    gi, moran = gi_star(values, here, draws), local_moran(values, here, draws)
    assert (moran.p[0], moran.i[0], moran.patterns[0]) == (1.0, 0.0, Pattern.NONE)
    assert gi.p[1:].tolist() == moran.p[1:].tolist()


def test_a_low_area_among_high_ones_is_told_apart() -> None:
    values = np.full((9, 9), 2)
    values[2:5, 2:5] = 40
    values[3, 3] = 0
    found = gi_star(values.ravel(), grid(9))
    patterns = np.array(local_moran(values.ravel(), grid(9)).patterns).reshape(9, 9)
    assert np.array(found.standings).reshape(9, 9)[3, 3] == Standing.HOT
    assert patterns[3, 3] == Pattern.LOW_HIGH
    assert patterns[3, 2] == Pattern.HIGH_HIGH
