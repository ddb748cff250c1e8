"""Where incidents lie together more closely than by chance on ground of one size: hotspots of hexagons, last year.

Small areas hold like numbers of people, so they are wide where few live; hexagons all hold the same ground.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from wardmote.analytics.measures.areas import small_areas_within
from wardmote.analytics.measures.figures import Query
from wardmote.analytics.measures.gi_star import Standing, gi_star
from wardmote.analytics.measures.ground import Ground, ground_of, on_grid
from wardmote.analytics.measures.hexagons import (
    Hexagon,
    hexagons_at,
    hexagons_over,
    spacing_metres,
    touching,
    width_for,
)
from wardmote.analytics.measures.local_moran import patterns
from wardmote.analytics.measures.neighbours import Neighbours
from wardmote.analytics.measures.permutation import Draws
from wardmote.analytics.measures.points import Point, PointCounts, counts_at_points
from wardmote.foundations.national_grid import grid_reference
from wardmote.foundations.rounding import with_thousands
from wardmote.strategy.assessment.queries.frame import Frame
from wardmote.strategy.assessment.queries.scope import AnalysisScope

from .hotspots import FEWEST_AREAS, MOST_NAMED, SmallAreas
from .rate_hotspots import FEWEST_INCIDENTS

Content = Mapping[str, Any]
# On a map of 1,500 hexagons three that no draw equals are enough for the correction to find them, and a peak raises
# itself and its six neighbours; the draws of the hotspots of areas would take five times as long for each problem.
DRAWS: Final = Draws(more=19_999)
NO_WIDTH: Final = (
    "no hexagon is both wide enough for how far apart the published points lie and small enough to tell places apart"
)
TOO_FEW: Final = f"fewer than {FEWEST_AREAS} hexagons cover the ground"


@dataclass(frozen=True)
class Pointed:
    """The incidents of the last year by problem and point, the points on the national grid, and the ground itself."""

    counts: Mapping[str, PointCounts]
    places: Mapping[Point, tuple[float, float]]
    ground: Ground
    spacing: float


@dataclass(frozen=True)
class HexGrid:
    """The hexagons whose middle lies in the partnership, with their names and neighbours."""

    hexagons: tuple[Hexagon, ...]
    names: tuple[str, ...]
    neighbours: Neighbours

    @property
    def width(self) -> int:
        """Return their width in metres."""
        return self.hexagons[0].width


def pointed_of(frame: Frame, small: SmallAreas | None) -> Pointed | None:
    """Return the points of the last year; None where hotspots of areas are not looked for, or for a single ward."""
    if small is None or "ward" in frame.where:
        return None
    where = {**frame.where, "problem": frame.slugs}
    found = counts_at_points(frame.evidence, Query(by=("problem",), where=where, period=frame.period))
    points = sorted({point for one in found.values() for point in one.at})
    places = on_grid(points)
    ground = ground_of([area["geometry"] for area in small.areas])
    by_point = dict(zip(points, map(tuple, places.tolist()), strict=True))
    return Pointed({slug: one for (slug,), one in found.items()}, by_point, ground, spacing_metres(places))


def add_hex_hotspots(problems: Sequence[dict[str, Any]], given: tuple[Sequence[str], Pointed] | None) -> dict[str, Any]:
    """Put the hotspots of hexagons beside each problem; return what they all share, `missing` saying why none are.

    `given` are the names of the areas of the ground, in order, and the points; None where neither is looked for.
    """
    if given is None:
        return {}
    names, pointed = given
    width = width_for(pointed.ground.square_metres, len(pointed.places), pointed.spacing)
    if width is None:
        return {"missing": NO_WIDTH}
    grid = _grid(width, pointed.ground, names)
    if len(grid.hexagons) < FEWEST_AREAS:
        return {"missing": TOO_FEW}
    for problem in problems:
        if problem["slug"] in pointed.counts:
            problem["hex_hotspots"] = hex_hotspots_of(pointed.counts[problem["slug"]], pointed.places, grid)
    return _about(grid, pointed)


def _about(grid: HexGrid, pointed: Pointed) -> dict[str, Any]:
    return {
        "missing": "",
        "width_metres": grid.width,
        "hexagons": len(grid.hexagons),
        "points": len(pointed.places),
        "spacing_metres": round(pointed.spacing),
        "permutations": [DRAWS.first, DRAWS.more],
        "seed": DRAWS.seed,
    }


def called(frame: Frame, scope: AnalysisScope, small: SmallAreas) -> list[str]:
    """Return what people call each of the small areas: its ward where a lookup knows it."""
    wards = {one.code: one.ward_name for one in small_areas_within(frame.evidence, scope.codes)}
    return [wards.get(area["code"]) or area["name"] or area["code"] for area in small.areas]


def _grid(width: int, ground: Ground, names: Sequence[str]) -> HexGrid:
    every = hexagons_over(ground.box, width)
    inside = [
        (one, area)
        for one, area in zip(every, ground.areas_at(one.middle for one in every), strict=True)
        if area is not None
    ]
    hexagons = tuple(one for one, _ in inside)
    called = tuple(hex_name(names[area], one) for one, area in inside)
    return HexGrid(hexagons, called, touching(hexagons))


def hex_name(area: str, hexagon: Hexagon) -> str:
    """Return the area that a hexagon lies in with its place; without it beyond the lettered squares of the grid."""
    try:
        return f"{area}, {grid_reference(*hexagon.middle)}"
    except ValueError:
        return area


def hex_hotspots_of(counted: PointCounts, places: Mapping[Point, tuple[float, float]], grid: HexGrid) -> dict[str, Any]:
    """Return the hotspots and coldspots of one problem among the hexagons; empty from few incidents.

    `beyond` counts the incidents in hexagons whose middle lies beyond the border, which are not tested.
    """
    at = {(one.column, one.row): place for place, one in enumerate(grid.hexagons)}
    values, points = [0] * len(at), list(counted.at)
    for point, pair in zip(points, hexagons_at([places[one] for one in points], grid.width).tolist(), strict=True):
        if (place := at.get(tuple(pair))) is not None:
            values[place] += counted.at[point]
    if sum(values) < FEWEST_INCIDENTS:
        return {}
    standings, among = gi_star(values, grid.neighbours, DRAWS).standings, patterns(values, grid.neighbours)
    hot, cold = (
        [place for place, one in enumerate(standings) if one is wanted] for wanted in (Standing.HOT, Standing.COLD)
    )
    return {
        "counted": sum(values),
        "beyond": sum(counted.at.values()) - sum(values),
        "without_point": counted.without_point,
        "hot": [_named(grid, place, values[place], str(among[place])) for place in hot],
        "cold": [[grid.hexagons[place].column, grid.hexagons[place].row] for place in cold],
    }


def _named(grid: HexGrid, place: int, count: int, among: str) -> dict[str, Any]:
    one = grid.hexagons[place]
    return {"at": [one.column, one.row], "name": grid.names[place], "count": count, "among": among}


def hex_numbers(problem: Content, analysis: Content) -> dict[str, tuple[int, str]]:
    """Return the numbers of the sentence by name, each with what it is; nothing without a finding."""
    found = problem.get("hex_hotspots")
    if not found:
        return {}
    return {
        "hexagons": (analysis["hexes"]["hexagons"], "hexagons tested for hotspots"),
        "width": (analysis["hexes"]["width_metres"], "metres from side to side of a hexagon"),
        "hot": (len(found["hot"]), "hexagons that are hotspots"),
        "cold": (len(found["cold"]), "hexagons that are coldspots"),
        "beyond": (found["beyond"], "incidents in hexagons across the border, which were not tested"),
    }


def hex_sentence(problem: Content, analysis: Content) -> str:
    """Say how many hexagons are hotspots and coldspots; the hotspots by name where few."""
    found = problem.get("hex_hotspots")
    if not found:
        return ""
    about = analysis["hexes"]
    of = f"Of {with_thousands(about['hexagons'])} hexagons {with_thousands(about['width_metres'])} metres wide"
    parts = [f"{of} {_hot_words(found)}", _cold_words(len(found["cold"])), _beyond_words(found["beyond"])]
    return " ".join(part for part in parts if part)


def _hot_words(found: Content) -> str:
    hot = found["hot"]
    if not hot:
        return "none is a hotspot."
    counted = f"{with_thousands(len(hot))} {'is a hotspot' if len(hot) == 1 else 'are hotspots'}"
    if len(hot) > MOST_NAMED:
        return f"{counted}."
    return f"{counted}: {'; '.join(sorted(one['name'] for one in hot))}."


def _cold_words(cold: int) -> str:
    return f"{with_thousands(cold)} {'is a coldspot' if cold == 1 else 'are coldspots'}." if cold else ""


def _beyond_words(beyond: int) -> str:
    if not beyond:
        return ""
    lie = "incident lies" if beyond == 1 else "incidents lie"
    return (
        f"{with_thousands(beyond)} {lie} in hexagons across the border and {'was' if beyond == 1 else 'were'} left out."
    )
