"""The density as an analysis keeps it, on the map with its unit and bandwidth, and where small counts are hidden."""

import json
from typing import Any

import numpy as np
import pytest

from tests.strategy.conftest import Held
from wardmote.analytics.measures.density import Lattice
from wardmote.analytics.measures.ground import ground_of, on_grid
from wardmote.analytics.measures.points import Point, PointCounts
from wardmote.printing.blocks import Paragraph, Picture
from wardmote.printing.maps import AreaMap
from wardmote.strategy.assessment.queries.findings.density import add_density
from wardmote.strategy.assessment.queries.findings.hexes import Pointed
from wardmote.strategy.assessment.reports.findings.density import class_words, density_blocks
from wardmote.strategy.publishing.queries.disclosure import public_analysis

WEST = '{"type": "Polygon", "coordinates": [[[-1.2, 52.0], [-1.1, 52.0], [-1.1, 52.1], [-1.2, 52.1], [-1.2, 52.0]]]}'
EAST = '{"type": "Polygon", "coordinates": [[[-1.1, 52.0], [-1.0, 52.0], [-1.0, 52.1], [-1.1, 52.1], [-1.1, 52.0]]]}'
PEAK: Point = (-1_150_000, 52_050_000)


def pointed(counts: dict[Point, int]) -> Pointed:
    places = dict(zip(counts, map(tuple, on_grid(counts).tolist()), strict=True))
    return Pointed({"burglary": PointCounts(counts, 0)}, places, ground_of([WEST, EAST]), 80.0)


def found_in(counts: dict[Point, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The problem with its density, and the analysis that holds it."""
    problem: dict[str, Any] = {"slug": "burglary", "title": "Burglary"}
    about = add_density([problem], (["West", "East"], pointed(counts)))
    areas = [{"code": code, "name": code, "geometry": shape} for code, shape in (("W", WEST), ("E", EAST))]
    rest: dict[str, Any] = {"map": {"areas": areas}, "period": {"words": "year to March 2026"}, "sources": []}
    return problem, {"density": about, **rest}


def spread() -> dict[Point, int]:
    """One incident at each of a hundred points all over, and sixty at one in the west."""
    random = np.random.default_rng(6)
    points = random.integers((-1_200_000, 52_000_000), (-1_000_000, 52_100_000), (100, 2)).tolist()
    return dict.fromkeys(((x, y) for x, y in points), 1) | {PEAK: 60}


def test_the_densest_class_lies_around_the_peak_and_the_average_is_incidents_by_ground() -> None:
    problem, analysis = found_in(spread())
    found, about = problem["density"], analysis["density"]
    square_km = float(about["square_km"])
    assert square_km == pytest.approx(0.2 * 68.45 * 0.1 * 111.2 / 1, rel=0.01)
    assert float(found["mean"]) == pytest.approx(160 / square_km, rel=0.001)
    lattice = Lattice(about["bandwidth_metres"])
    top = max(run[3] for run in found["runs"])
    squares = np.array([(column, row) for row, first, last, place in found["runs"] if place == top
                        for column in range(first, last + 1)])  # fmt: skip
    away = np.hypot(*(lattice.middles(squares) - on_grid([PEAK])).T)
    assert top == 4
    assert away.max() < about["bandwidth_metres"]
    assert float(found["highest"]["West"]) > 20 * float(found["mean"])


def test_the_map_says_unit_and_bandwidth_and_marks_every_class() -> None:
    problem, analysis = found_in(spread())
    picture, method = density_blocks(problem, analysis)
    assert isinstance(picture, Picture)
    assert isinstance(picture.chart, AreaMap)
    assert isinstance(method, Paragraph)
    assert picture.chart.legend == "A year per sq km, bandwidth 400 m"
    assert picture.subtitle.startswith("Incidents a year per square kilometre (bandwidth 400 metres)")
    bands = {area.letter: area for area in picture.chart.areas if area.letter}
    assert set(bands) <= {"2×", "5×", "10×", "20×"}
    assert bands["20×"].place == 4
    assert json.loads(bands["20×"].geometry)["type"] == "MultiPolygon"
    words = class_words(problem["density"], analysis)
    mean = float(problem["density"]["mean"])
    assert words[0] == f"under {2 * mean:.1f}"
    assert words[-1] == f"20× {20 * mean:.1f} or more"
    names = [str(row[0][0]) for row in picture.table.rows]
    assert names == sorted(names)
    assert "too low within a bandwidth" in str(method.content[0])


def test_few_incidents_even_ground_or_an_older_analysis_have_no_map() -> None:
    few, analysis = found_in({PEAK: 19})
    assert "density" not in few
    assert analysis["density"] == {}
    flat = {"slug": "burglary", "density": {"runs": []}}
    for problem in (few, flat):
        assert density_blocks(problem, analysis) == []
    assert add_density([{"slug": "burglary"}], None) == {}


def test_the_sample_has_a_density_and_none_where_small_counts_are_hidden(held: Held) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    assert content["density"]["bandwidth_metres"] % 50 == 0
    assert burglary["density"]["counted"] >= burglary["hex_hotspots"]["counted"]
    assert density_blocks(burglary, content)
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    assert all("density" not in one for one in public_analysis({**content, "sources": closed})["problems"])
