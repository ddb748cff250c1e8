"""Hotspots of hexagons: found where they were laid, in words, on the map, and where small counts are hidden."""

import json
from typing import Any

import numpy as np
import pytest

from tests.strategy.conftest import Held
from wardmote.analytics.measures.hexagons import Hexagon, hexagons_over, touching
from wardmote.analytics.measures.points import PointCounts
from wardmote.printing.blocks import Paragraph, Picture
from wardmote.printing.maps import AreaMap
from wardmote.strategy.assessment.queries.findings.hexes import (
    HexGrid,
    hex_hotspots_of,
    hex_name,
    hex_numbers,
    hex_sentence,
)
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.reports.findings.hexes import groups, hex_blocks
from wardmote.strategy.assessment.rules.profile import Item
from wardmote.strategy.assessment.rules.sentences import quotes_in, untraced_in
from wardmote.strategy.publishing.queries.disclosure import public_analysis

BOX = (430_000.0, 330_000.0, 440_000.0, 340_000.0)
PEAK = Hexagon(245, 384, 1000)


def a_grid() -> HexGrid:
    """A square of ten kilometres in hexagons of one."""
    hexagons = hexagons_over(BOX, 1000)
    return HexGrid(hexagons, tuple(f"Dale, {one.code}" for one in hexagons), touching(hexagons))


def counted(*, peak: int = 40, beyond: int = 0, level: int = 3) -> tuple[PointCounts, dict[Any, tuple[float, float]]]:
    """Some incidents in the middle of each hexagon, many in one and its neighbours, and some across the border."""
    random, grid = np.random.default_rng(2), a_grid()
    near = {grid.hexagons.index(PEAK), *grid.neighbours.of(grid.hexagons.index(PEAK))}
    at = {(place, 0): peak if place in near else int(random.poisson(level)) for place in range(len(grid.hexagons))}
    places = {(place, 0): one.middle for place, one in enumerate(grid.hexagons)}
    if beyond:
        at[-1, -1], places[-1, -1] = beyond, (BOX[0] - 5000, BOX[1])
    return PointCounts({point: number for point, number in at.items() if number}, 4), places


def found_in(**given: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The problem with its finding, and the analysis that holds it."""
    grid = a_grid()
    problem = {"slug": "burglary", "title": "Burglary", "hex_hotspots": hex_hotspots_of(*counted(**given), grid)}
    about = {"width_metres": 1000, "hexagons": len(grid.hexagons), "spacing_metres": 80, "seed": 1}
    about |= {"permutations": [999, 19_999], "missing": "", "points": 1000}
    areas = [
        {"code": "E1", "name": "Dale", "geometry": '{"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]}'}
    ]
    return problem, {
        "hexes": about, "map": {"areas": areas}, "period": {"words": "year to March 2026"}, "sources": [],
    }  # fmt: skip


def test_a_peak_and_its_neighbours_are_hotspots_and_the_rest_is_not() -> None:
    problem, analysis = found_in()
    found = problem["hex_hotspots"]
    hot = [tuple(one["at"]) for one in found["hot"]]
    assert (PEAK.column, PEAK.row) in hot
    assert len(hot) >= 7
    assert all(abs(column - PEAK.column) <= 2 and abs(row - PEAK.row) <= 2 for column, row in hot)
    numbers = {name: number for name, (number, _) in hex_numbers(problem, analysis).items()}
    assert numbers == {
        "hexagons": len(a_grid().hexagons), "width": 1000, "hot": len(hot), "cold": len(found["cold"]), "beyond": 0,
    }  # fmt: skip
    said = hex_sentence(problem, analysis)
    assert said.startswith(f"Of {numbers['hexagons']} hexagons 1,000 metres wide {len(hot)} are hotspots.")


def test_no_hexagon_stands_out_where_all_are_alike() -> None:
    problem, analysis = found_in(peak=3)
    assert problem["hex_hotspots"]["hot"] == []
    assert "metres wide none is a hotspot." in hex_sentence(problem, analysis)
    assert hex_blocks(problem, analysis) == []


@pytest.mark.parametrize(("beyond", "words"), [(1, "1 incident lies in"), (7, "7 incidents lie in")])
def test_incidents_across_the_border_are_left_out_and_said(beyond: int, words: str) -> None:
    problem, analysis = found_in(beyond=beyond)
    whole, _ = counted(beyond=beyond)
    assert problem["hex_hotspots"]["counted"] == sum(whole.at.values()) - beyond
    assert words in hex_sentence(problem, analysis)


def test_a_hexagon_without_incidents_counts_as_none_and_is_still_a_neighbour() -> None:
    grid = a_grid()
    counts, places = counted(level=0)
    assert len(counts.at) == 7
    found = hex_hotspots_of(counts, places, grid)
    assert (PEAK.column, PEAK.row) in [tuple(one["at"]) for one in found["hot"]]
    assert {one["among"] for one in found["hot"]} >= {"high among high"}


def test_few_incidents_or_an_older_analysis_say_nothing() -> None:
    few = hex_hotspots_of(PointCounts({(0, 0): 19}, 0), {(0, 0): PEAK.middle}, a_grid())
    for problem in ({"slug": "burglary", "hex_hotspots": few}, {"slug": "burglary"}):
        assert hex_sentence(problem, {}) == ""
        assert hex_numbers(problem, {}) == {}
        assert hex_blocks(problem, {}) == []


def test_the_map_has_a_letter_on_each_group_of_hexagons_and_the_table_its_name() -> None:
    problem, analysis = found_in()
    picture, method = hex_blocks(problem, analysis)
    assert isinstance(picture, Picture)
    assert isinstance(picture.chart, AreaMap)
    assert isinstance(method, Paragraph)
    hot = [area for area in picture.chart.areas if area.letter == "H"]
    rings = [polygon[0] for area in hot for polygon in json.loads(area.geometry)["coordinates"]]
    assert len(rings) == len(problem["hex_hotspots"]["hot"]) > len(hot)
    assert all(len(ring) == 7 and ring[0] == ring[-1] for ring in rings)
    names = [str(row[0][0]) for row in picture.table.rows]
    assert names == sorted(names)
    assert "half of the points lie within 80 metres" in str(method.content[0])
    assert "4 incidents of the whole force have no point" in str(method.content[0])


def test_a_hexagon_beyond_the_lettered_squares_of_the_grid_is_called_by_its_area_alone() -> None:
    assert hex_name("Dale", PEAK) == "Dale, SK 370 325"
    assert hex_name("Dale", Hexagon(-60, 30, 1000)) == "Dale"


def test_hexagons_that_touch_make_a_group_with_its_middle_first() -> None:
    row, apart = [Hexagon(column, 0, 500) for column in (4, 2, 3)], Hexagon(9, 9, 500)
    assert groups([*row, apart]) == [[Hexagon(column, 0, 500) for column in (3, 2, 4)], [apart]]


def test_the_sample_has_hexagons_whose_sentence_quotes_its_figures(held: Held) -> None:
    content = held.analysis.content
    burglary = next(one for one in content["problems"] if one["slug"] == "burglary")
    found = burglary["hex_hotspots"]
    assert content["hexes"]["missing"] == ""
    assert 20 <= content["hexes"]["hexagons"] <= 1500
    # Those whose small area is not known, or that have no place, are in neither.
    assert found["counted"] + found["beyond"] <= burglary["rate"]["count"]
    assert found["counted"] > 0.9 * burglary["rate"]["count"]
    item = next(one for one in evidence_items(burglary, content) if one.item is Item.HOTSPOTS)
    assert "metres wide" in item.proposed
    assert untraced_in(item.proposed, quotes_in(item.proposed, item.figures)) == ()
    closed = [{**one, "licence": "Given in confidence"} for one in content["sources"]]
    assert all("hex_hotspots" not in one for one in public_analysis({**content, "sources": closed})["problems"])
