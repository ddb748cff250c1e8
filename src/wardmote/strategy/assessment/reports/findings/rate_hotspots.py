"""The hotspots of rates in a report: a map with letters, a table of the areas that either map names, and the method."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.printing.blocks import Block, Column, Picture, Table
from wardmote.printing.maps import Area, AreaMap
from wardmote.strategy.assessment.queries.findings.hotspots import area_names
from wardmote.strategy.assessment.queries.findings.rate_hotspots import (
    divided_by_words,
    rate_hotspot_sentence,
    years_words,
)
from wardmote.strategy.assessment.reports.sources import source_words

from .hotspots import outlines

Content = Mapping[str, Any]
CLASSES: Final = ("C coldspot", "neither", "H hotspot")
PLACES: Final = {"coldspot": 0, "neither": 1, "hotspot": 2}
LETTERS: Final = {"coldspot": "C", "neither": "", "hotspot": "H"}


def rate_hotspot_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the map of rates, with the table of areas by residents and by incidents; nothing where neither names one.

    Where no rate stands out there is the table alone, of areas that stand out by incidents.
    """
    found = problem.get("rate_hotspots") or {}
    if not found.get("named"):
        return []
    table = _table(problem, found, analysis)
    return [_picture(problem, found, analysis, table)] if found["hot"] or found["cold"] else [table]


def _picture(problem: Content, found: Content, analysis: Content, table: Table) -> Picture:
    what = divided_by_words(found)
    return Picture(
        title=f"Hotspots of {problem['title'].lower()} by {what}",
        subtitle=f"Areas with higher or lower rates around them than by chance, {analysis['period']['words']}",
        chart=AreaMap(
            tuple(_area(area, found, analysis["small_areas"]["islands"]) for area in outlines(analysis)),
            CLASSES,
            f"Hotspots and coldspots by {what}",
            missing="not tested: touches no other",
        ),
        description=f"A map with a letter on each area found. {rate_hotspot_sentence(problem, analysis)} "
        "The table has the rates.",
        source=f"{source_words(analysis, 'police-uk')} Boundaries: {source_words(analysis, 'boundaries')}",
        table=table,
    )


def _area(area: Content, found: Content, islands: Collection[str]) -> Area:
    standing = _standing(area["code"], found["hot"], found["cold"])
    place = None if area["code"] in islands else PLACES[standing]
    return Area(area["code"], area["name"] or area["code"], area["geometry"], place, letter=LETTERS[standing])


def _table(problem: Content, found: Content, analysis: Content) -> Table:
    names, by_count = area_names(analysis), problem["hotspots"]["years"][-1]
    what = divided_by_words(found)
    columns = (
        Column("Area"),
        Column("Incidents", numeric=True),
        Column(f"{what.capitalize()}, {years_words(found)}", numeric=True),
        Column(f"Per 1,000 {what}", numeric=True),
        Column(f"By {what}"),
        Column("By incidents"),
    )
    rows = tuple(
        (
            (names[code],),
            (with_thousands(one["count"]),),
            (with_thousands(one["residents"]),),
            (with_thousands(half_up(Decimal(1000 * one["count"]) / one["residents"], 1), 1),),
            (_standing(code, found["hot"], found["cold"]),),
            (_standing(code, by_count["hot"], by_count["cold"]),),
        )
        for code, one in sorted(found["named"].items(), key=lambda pair: names[pair[0]])
    )
    caption = f"Hotspots of {problem['title'].lower()} by {what} and by incidents, {analysis['period']['words']}"
    return Table(caption, columns, rows, _note(what, analysis))


def _standing(code: str, hot: Collection[str], cold: Collection[str]) -> str:
    return "hotspot" if code in hot else "coldspot" if code in cold else "neither"


def _note(what: str, analysis: Content) -> str:
    return (
        f"By name. By {what}: the neighbourhood has higher rates than neighbours drawn at random, each rate first "
        "divided by how much one of so few of them swings by chance (empirical Bayes standard rates, Assunção and "
        f"Reis 1999; Gi*, seed {analysis['small_areas']['seed']}). Of the areas found by rates at most 5% are "
        f"expected to be there by chance.{' Visitors are not residents.' if what == 'residents' else ''}"
    )
