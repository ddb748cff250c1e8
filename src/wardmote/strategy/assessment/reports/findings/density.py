"""The density of incidents in a report: a map in multiples of the average, a table by name, and how it was smoothed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from wardmote.analytics.measures.density import Lattice
from wardmote.foundations.national_grid import to_degrees
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Paragraph, Picture, Table
from wardmote.printing.maps import Area, AreaMap
from wardmote.strategy.assessment.reports.sources import source_words

from .hexes import ground_areas

Content = Mapping[str, Any]


def density_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the map of density with its method; nothing where no ground stands out, or few incidents."""
    found = problem.get("density")
    if not found or not found["runs"]:
        return []
    return [_picture(problem, found, analysis), Paragraph((method_words(found, analysis),))]


def method_words(found: Content, analysis: Content) -> str:
    """Say how the map was smoothed, what its average is, and what goes wrong at the border."""
    about = analysis["density"]
    return (
        f"Each of {with_thousands(found['counted'])} incidents is spread over the ground within "
        f"{with_thousands(about['bandwidth_metres'])} metres of its published point (quartic kernel), most near the "
        f"point. The average is {_number(found['mean'])} incidents a year for each of "
        f"{_number(about['square_km'])} square kilometres. Incidents beyond the border are not known here, so the "
        "map is too low within a bandwidth of it. It shows where incidents lie, not whether chance would lay them so: "
        "that the hotspots say."
    )


def _picture(problem: Content, found: Content, analysis: Content) -> Picture:
    bandwidth = with_thousands(analysis["density"]["bandwidth_metres"])
    title = f"Density of {problem['title'].lower()}"
    unit = f"Incidents a year per square kilometre (bandwidth {bandwidth} metres)"
    # Short enough for the narrow map: the line above it has it in full.
    legend = f"A year per sq km, bandwidth {bandwidth} m"
    table = _table(title, found)
    return Picture(
        title=title,
        subtitle=f"{unit}, {analysis['period']['words']}",
        chart=AreaMap((*ground_areas(analysis), *_bands(found, analysis)), class_words(found, analysis), legend),
        description="A map of smoothed density, darker is denser; each class is marked with how many times the "
        f"average it begins at. {len(table.rows)} areas have ground above twice the average: the table names them.",
        source=f"{source_words(analysis, 'police-uk')} Boundaries: {source_words(analysis, 'boundaries')}",
        table=table,
    )


def class_words(found: Content, analysis: Content) -> tuple[str, ...]:
    """Return the words of the legend: the multiple of the average that marks a class, and its density."""
    multiples = analysis["density"]["multiples"]
    ends = [_number(str(Decimal(found["mean"]) * multiple)) for multiple in multiples]
    middle = [
        f"{multiple}× {low} to under {high}" for multiple, (low, high) in zip(multiples, pairwise(ends), strict=False)
    ]
    return (f"under {ends[0]}", *middle, f"{multiples[-1]}× {ends[-1]} or more")


def _bands(found: Content, analysis: Content) -> Iterator[Area]:
    lattice = Lattice(analysis["density"]["bandwidth_metres"])
    for place, multiple in enumerate(analysis["density"]["multiples"], start=1):
        runs = [run[:3] for run in found["runs"] if run[3] == place]
        if runs:
            yield Area(
                f"band{place}", f"{multiple} times the average", outline(lattice, runs), place, letter=f"{multiple}×"
            )


def outline(lattice: Lattice, runs: Sequence[Sequence[int]]) -> str:
    """Return the GeoJSON of runs of squares, joined, in longitude and latitude."""
    joined = lattice.outline(runs)
    parts = getattr(joined, "geoms", [joined])
    polygons = [[_ring(ring.coords) for ring in (part.exterior, *part.interiors)] for part in parts]
    return json.dumps({"type": "MultiPolygon", "coordinates": polygons})


def _ring(places: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[round(degrees, 5) for degrees in to_degrees(place[0], place[1])] for place in places]


def _table(title: str, found: Content) -> Table:
    rows = tuple(((name,), (_number(value),)) for name, value in found["highest"].items())
    columns = (Column("Area"), Column("Highest, incidents a year per square kilometre", numeric=True))
    return Table(title, columns, rows, "Areas with ground above twice the average, by name.")


def _number(value: str) -> str:
    return with_thousands(Decimal(value), 1)
