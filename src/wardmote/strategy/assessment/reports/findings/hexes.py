"""The hotspots of hexagons in a report: a map with letters over the areas, a table by name, how they were found."""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import dist
from statistics import fmean
from typing import Any, Final

from wardmote.analytics.measures.hexagons import Hexagon, touching
from wardmote.foundations.national_grid import to_degrees
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Paragraph, Picture, Table
from wardmote.printing.maps import Area, AreaMap
from wardmote.strategy.assessment.queries.findings.hexes import hex_sentence
from wardmote.strategy.assessment.reports.sources import source_words

Content = Mapping[str, Any]
NEITHER, COLD, HOT = range(3)
CLASSES: Final = ("neither (lines: the areas)", "C coldspot", "H hotspot")
MOST_ROWS: Final = 20


def hex_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return map, table and method where a hotspot was found; nothing where none was, or none were tested."""
    found = problem.get("hex_hotspots")
    if not found or not found["hot"]:
        return []
    return [_picture(problem, found, analysis), Paragraph((method_words(found, analysis),))]


def method_words(found: Content, analysis: Content) -> str:
    """Say what the hexagons are, what moved points do to them, and what was left out."""
    about = analysis["hexes"]
    width = with_thousands(about["width_metres"])
    return (
        f"Every hexagon is {width} metres from side to side, so all hold the same ground; one without incidents counts "
        "as 0, and neighbours share a side. The publisher moves each incident to a nearby map point "
        f"and does not say how far; here half of the points lie within {about['spacing_metres']} metres of "
        "another. So a hexagon says nothing about a street, and an incident near its edge may belong to the next one. "
        f"{_without_words(found)}Test and correction are those of the hotspots of areas ({_draws(about)})."
    )


def _draws(about: Content) -> str:
    first, more = (with_thousands(number) for number in about["permutations"])
    return f"{first} draws, {more} where they left doubt; seed {about['seed']}"


def _without_words(found: Content) -> str:
    number = found["without_point"]
    if not number:
        return ""
    have = "incident of the whole force has" if number == 1 else "incidents of the whole force have"
    return f"{with_thousands(number)} {have} no point and cannot be placed. "


def _picture(problem: Content, found: Content, analysis: Content) -> Picture:
    title = f"Hotspots of {problem['title'].lower()} on equal ground"
    width = with_thousands(analysis["hexes"]["width_metres"])
    return Picture(
        title=title,
        subtitle=f"Hexagons {width} metres wide with more or less around them than by chance, "
        f"{analysis['period']['words']}",
        chart=AreaMap((*ground_areas(analysis), *_hexagons(found, analysis)), CLASSES, "Hotspots and coldspots"),
        description=f"A map with a letter on each group of hexagons found. {hex_sentence(problem, analysis)} "
        "The table names the hotspots.",
        source=f"{source_words(analysis, 'police-uk')} Boundaries: {source_words(analysis, 'boundaries')}",
        table=_table(title, found),
    )


def ground_areas(analysis: Content) -> list[Area]:
    """Return the areas under what is drawn on the ground, in the lightest class."""
    areas = analysis["map"]["areas"] or analysis["small_areas"]["areas"]
    return [Area(area["code"], area["name"] or area["code"], area["geometry"], NEITHER) for area in areas]


def _hexagons(found: Content, analysis: Content) -> list[Area]:
    """Return an area for each group of touching hexagons, so that one letter stands on each where they are small."""
    width = analysis["hexes"]["width_metres"]
    names = {_hexagon(one["at"], width): one["name"] for one in found["hot"]}
    cold = dict.fromkeys((_hexagon(at, width) for at in found["cold"]), "a hexagon")
    return [*_areas(cold, COLD, "C"), *_areas(names, HOT, "H")]


def _hexagon(at: Sequence[int], width: int) -> Hexagon:
    column, row = at
    return Hexagon(column, row, width)


def _areas(names: Mapping[Hexagon, str], place: int, letter: str) -> Iterator[Area]:
    for group in groups(tuple(names)):
        called = sorted({names[one] for one in group})
        yield Area(group[0].code, "; ".join(called), outline(group), place, letter=letter)


def groups(hexagons: Sequence[Hexagon]) -> list[list[Hexagon]]:
    """Return the hexagons by groups that hang together along sides, each group from its middle outwards."""
    beside, left, found = touching(hexagons), set(range(len(hexagons))), []
    while left:
        waiting, group = [min(left)], []
        while waiting:
            at = waiting.pop()
            if at in left:
                left.remove(at)
                group.append(hexagons[at])
                waiting += beside.of(at)
        found.append(_from_the_middle(group))
    return found


def _from_the_middle(group: Sequence[Hexagon]) -> list[Hexagon]:
    x, y = (fmean(axis) for axis in zip(*(one.middle for one in group), strict=True))
    return sorted(group, key=lambda one: (dist(one.middle, (x, y)), one))


def outline(group: Sequence[Hexagon]) -> str:
    """Return the GeoJSON of some hexagons in longitude and latitude."""
    rings = [
        [[round(degrees, 6) for degrees in to_degrees(*corner)] for corner in (*one.corners, one.corners[0])]
        for one in group
    ]
    return json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})


def _table(title: str, found: Content) -> Table:
    most = sorted(found["hot"], key=lambda one: (-one["count"], one["name"]))[:MOST_ROWS]
    rows = tuple(
        ((one["name"],), (with_thousands(one["count"]),), (one["among"],))
        for one in sorted(most, key=lambda one: str(one["name"]))
    )
    hot = len(found["hot"])
    fewer = (
        f"The {len(rows)} with most incidents of {with_thousands(hot)} hotspots, by name. " if len(rows) < hot else ""
    )
    note = (
        f"{fewer}By ward and grid reference of the middle. “Low among high” is a hexagon with less than the "
        "average whose neighbours have more."
    )
    columns = (Column("Hexagon"), Column("Incidents", numeric=True), Column("Itself"))
    return Table(title, columns, rows, note)
