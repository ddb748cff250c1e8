"""Hotspots and shared points on real crime and boundaries, beside esda and statsmodels."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.analytics.measures.test_gi_star import weights
from wardmote.analytics.measures.gi_star import Standing, deviates, gi_star
from wardmote.analytics.measures.knox import SNAPPED_FROM, shared_points
from wardmote.analytics.measures.neighbours import Neighbours, contiguity
from wardmote.analytics.measures.permutation import Draws

pytestmark = pytest.mark.shared_data
Rows = list[dict[str, str]]


def leicestershire(shared: Path) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(shared / "police_uk/leicestershire-street-2019-12_2022-10.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                yield from csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))


@pytest.fixture(scope="module")
def year(shared: Path) -> Rows:
    """The last year of Leicestershire's crime."""
    return [row for row in leicestershire(shared) if "2021-11" <= row["Month"] <= "2022-10"]


@pytest.fixture(scope="module")
def areas(shared: Path) -> tuple[list[str], Neighbours]:
    text = (shared / "geography/lsoa11_leicestershire_rutland.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    outlines = [json.dumps(one["geometry"]) for one in features]
    return [one["properties"]["lsoa11_code"] for one in features], contiguity(outlines)


def counted(rows: Rows, category: str, codes: list[str]) -> Any:
    found = Counter(row["LSOA code"] for row in rows if row["Crime type"] == category)
    return np.array([found[code] for code in codes])


# The oracle's own notice about its weights.
@pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")
@pytest.mark.parametrize(("category", "hot"), [("Burglary", 9), ("Shoplifting", 1), ("Anti-social behaviour", 10)])
def test_leicestershire_s_hotspots_rest_on_esda_s_statistic_and_statsmodels_correction(
    year: Rows, areas: tuple[list[str], Neighbours], category: str, hot: int
) -> None:
    from esda.getisord import G_Local
    from statsmodels.stats.multitest import multipletests

    codes, here = areas
    values = counted(year, category, codes)
    found = gi_star(values, here)
    theirs = G_Local(values.astype(float), weights(here), transform="B", star=True, permutations=0)
    assert deviates(values, here) == pytest.approx(theirs.Zs)
    rejected, adjusted, *_ = multipletests(found.p, 0.05, method="fdr_bh")
    assert found.q == pytest.approx(adjusted)
    assert {at for at, one in enumerate(found.standings) if one in (Standing.HOT, Standing.COLD)} <= set(
        np.flatnonzero(rejected).tolist()
    )
    assert found.standings.count(Standing.HOT) == hot


def test_real_counts_shuffled_over_the_real_map_find_something_no_more_often_than_stated(
    year: Rows, areas: tuple[list[str], Neighbours]
) -> None:
    codes, here = areas
    values, random = counted(year, "Burglary", codes), np.random.default_rng(20261121)
    worlds = [gi_star(random.permutation(values), here, Draws(999, 99_999, seed)) for seed in range(60)]
    wrong = sum(any(one in (Standing.HOT, Standing.COLD) for one in world.standings) for world in worlds)
    # Three of sixty are expected at most; eight is three standard errors above.
    assert wrong <= 8


def test_points_of_police_uk_are_recognised_as_moved(shared: Path, year: Rows) -> None:
    def points(rows: Rows) -> list[tuple[int, int]]:
        placed = [(row["Longitude"], row["Latitude"]) for row in rows if row["Longitude"]]
        return [(round(float(x) * 10**6), round(float(y) * 10**6)) for x, y in placed]

    file = shared / "police_uk/metropolitan-burglary/kingston-burglary-street-2010-12_2025-02.csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        kingston = [row for row in csv.DictReader(text) if row["Month"] >= "2024-03"]
    leicester = [row for row in year if row["Crime type"] == "Burglary"]
    shares = [shared_points(points(rows)) for rows in (leicester, kingston)]
    assert [round(share, 2) for share in shares] == [0.42, 0.51]
    assert min(shares) >= SNAPPED_FROM
