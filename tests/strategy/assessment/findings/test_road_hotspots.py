"""Wards that stand out by collisions: found where they are, seldom where only chance works, refused with a reason."""

import numpy as np
import pytest

from wardmote.analytics.measures.neighbours import Neighbours, contiguity
from wardmote.strategy.assessment.queries.findings.road_hotspots import NO_BOUNDARIES, standing_out

SIDE = 5
CODES = [f"W{row}{column}" for row in range(SIDE) for column in range(SIDE)]
NAMES = {code: f"Ward {code}" for code in CODES}
CORNER = [f"W{row}{column}" for row in range(3) for column in range(3)]


@pytest.fixture(scope="module")
def grid() -> Neighbours:
    def square(row: int, column: int) -> str:
        west, south = -1 + column / 100, 52 + row / 100
        east, north = west + 0.01, south + 0.01
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return f'{{"type": "Polygon", "coordinates": [{ring}]}}'

    return contiguity([square(row, column) for row in range(SIDE) for column in range(SIDE)])


def test_a_corner_at_many_times_the_risk_is_found_and_named_by_name(grid: Neighbours) -> None:
    collisions = {code: 20 if code in CORNER else 3 for code in CODES}
    found = standing_out(collisions, NAMES, grid)
    assert found["why"] == ""
    assert {row["code"] for row in found["hot"]} <= {*CORNER, "W30", "W31", "W32", "W03", "W13", "W23"}
    assert {"W11", "W01", "W10"} <= {row["code"] for row in found["hot"]}
    assert [row["name"] for row in found["hot"]] == sorted(row["name"] for row in found["hot"])


def test_chance_alone_is_seldom_called_a_hotspot(grid: Neighbours) -> None:
    dice = np.random.default_rng(1998)
    maps = [dict(zip(CODES, dice.poisson(6, len(CODES)).tolist(), strict=True)) for _ in range(60)]
    called = sum(bool(standing_out(one, NAMES, grid)["hot"]) for one in maps)
    # 5% of maps without a pattern; more than 8 of 60 would happen to one such test in a hundred.
    assert called <= 8


def test_too_few_wards_or_collisions_or_no_boundaries_are_said(grid: Neighbours) -> None:
    few = standing_out(dict.fromkeys(CODES[:19], 9), NAMES, None)
    assert few == {"hot": [], "why": "there are 19 wards, and the test needs 20"}
    rare = standing_out(dict.fromkeys(CODES, 3), NAMES, grid)
    assert rare["why"] == "there were 75 such collisions, and among so many wards it needs 100"
    assert standing_out(dict.fromkeys(CODES, 4), NAMES, None)["why"] == NO_BOUNDARIES
