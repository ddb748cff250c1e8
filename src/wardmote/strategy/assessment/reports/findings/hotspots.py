"""The hotspots in a report: a map with letters, a table of the areas by name, and how they were found."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from wardmote.foundations.periods import Month
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Inlines, Paragraph, Picture, Table
from wardmote.printing.maps import Area, AreaMap
from wardmote.strategy.assessment.queries.findings.hotspots import AREA_WORDS, Lasting, area_names
from wardmote.strategy.assessment.reports.sources import source_words

Content = Mapping[str, Any]
COLD, NEITHER, HOT = range(3)
CLASSES: Final = ("C coldspot", "neither", "hotspot: P persistent, E emerging, I intermittent")
LETTERS: Final = {Lasting.PERSISTENT: "P", Lasting.EMERGING: "E", Lasting.INTERMITTENT: "I", "": "H"}
ONE_YEAR: Final = ("C coldspot", "neither", "H hotspot")


def hotspot_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return map, table and method where an area was found; the method alone where none was; nothing untested."""
    found = problem.get("hotspots")
    if not found:
        return []
    method = Paragraph((method_words(analysis),))
    return [_picture(problem, found, analysis), method] if found["named"] else [method]


def method_words(analysis: Content) -> str:
    """Say what a hotspot is and how it was told from chance."""
    small = analysis["small_areas"]
    first, more = (with_thousands(number) for number in small["permutations"])
    return (
        "A hotspot is an area whose neighbourhood has more incidents than neighbours drawn at random from the whole "
        f"map (Gi*; {first} draws for each area, {more} where they left doubt; seed {small['seed']}). Of the areas "
        "found on a map at most 5% are expected to be there by chance. Areas within "
        f"{small['tolerance_metres']} metres of each other are neighbours."
    )


def _picture(problem: Content, found: Content, analysis: Content) -> Picture:
    year = _year_words(found["years"][-1])
    title = f"Hotspots of {problem['title'].lower()}"
    return Picture(
        title=title,
        subtitle=f"Areas with more or less around them than by chance, {year}",
        chart=AreaMap(
            tuple(_area(area, found, analysis["small_areas"]["islands"]) for area in outlines(analysis)),
            CLASSES if len(found["years"]) > 1 else ONE_YEAR,
            "Hotspots and coldspots",
            missing="not tested: touches no other",
        ),
        description=(
            f"A map of {found['areas']} {AREA_WORDS[found['level']]}. Hotspots are darkest, coldspots lightest, and "
            "both have a letter. The table names them."
        ),
        source=f"{source_words(analysis, 'police-uk')} Boundaries: {source_words(analysis, 'boundaries')}",
        table=_table(title, found, analysis),
    )


def outlines(analysis: Content) -> list[Content]:
    """Return the areas that hotspots were looked for among, with their outlines."""
    return list(analysis["small_areas"]["areas"] or analysis["map"]["areas"])


def _area(area: Content, found: Content, islands: Collection[str]) -> Area:
    last, code = found["years"][-1], area["code"]
    place: int | None = None if code in islands else NEITHER
    letter = ""
    if code in last["hot"]:
        letter, place = LETTERS[found["named"][code]["lasting"]], HOT
    elif code in last["cold"]:
        letter, place = "C", COLD
    return Area(code, area["name"] or code, area["geometry"], place, letter=letter)


def _table(title: str, found: Content, analysis: Content) -> Table:
    names = area_names(analysis)
    columns = (
        Column("Area"),
        Column("Incidents", numeric=True),
        Column("Found"),
        Column("Itself"),
        *(Column(f"Year to {Month.parse(one['last']).words()}") for one in found["years"]),
    )
    rows = tuple(
        (
            (names[code],),
            (with_thousands(one["count"]),),
            (_found(code, one, found),),
            (one["among"],),
            *_held(code, found),
        )
        for code, one in sorted(found["named"].items(), key=lambda pair: names[pair[0]])
    )
    note = "By name. “Low among high” is an area with less than the average whose neighbours have more."
    return Table(title, columns, rows, note)


def _found(code: str, one: Content, found: Content) -> str:
    if code in found["years"][-1]["cold"] and not one["lasting"]:
        return "coldspot"
    return f"hotspot, {one['lasting']}" if one["lasting"] else "hotspot"


def _held(code: str, found: Content) -> tuple[Inlines, ...]:
    return tuple(
        ("hotspot" if code in one["hot"] else "coldspot" if code in one["cold"] else "neither",)
        for one in found["years"]
    )


def _year_words(year: Content) -> str:
    return f"year to {Month.parse(year['last']).words()}"
