"""The part of the report about each problem: its change in words, its trend, its places, the analyst's note."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from wardmote.foundations.periods import MONTH_NAMES, Month
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import (
    Block,
    Column,
    FigureRef,
    Heading,
    Inline,
    Inlines,
    Inset,
    Paragraph,
    Picture,
    Table,
    Tile,
    Tiles,
)
from wardmote.printing.chart_kinds import Line, LineChart
from wardmote.printing.maps import Area, AreaMap

from .numbers import NOT_AVAILABLE, change, count, rate, ref, share

Content = Mapping[str, Any]
MAP_CLASSES = 5
SOURCE = "{publisher}, release {release}."


def overview_table(analysis: Content) -> list[Block]:
    """Return all problems side by side."""
    measured = [p for p in analysis["problems"] if p["measured"]]
    if not measured:
        return []
    rows = tuple(
        ((p["title"],), (count(p, "count"),), (share(p),), (rate(p),), (change(p),))
        for p in sorted(measured, key=lambda p: (-(p["rate"].get("count") or 0), p["slug"]))
    )
    columns = (
        Column("Problem"),
        Column("Incidents", numeric=True),
        Column("Share", numeric=True),
        Column("Rate per 1,000 residents", numeric=True),
        Column("Change on the year before", numeric=True),
    )
    names = [name for problem in measured for name in problem["categories"]]
    overlap = "Problems overlap: a broad one contains narrower ones, so shares do not add up to 100%."
    note = overlap if len(set(names)) < len(names) else ""
    caption = f"Problems in the {analysis['period']['words']}"
    return [Heading("How the problems compare", 2, "compare"), Table(caption, columns, rows, note)]


def problem_blocks(problem: Content, analysis: Content, note: str) -> list[Block]:
    """Return the section about one problem."""
    heading = Heading(problem["title"], 3, f"problem-{problem['slug']}")
    blocks: list[Block] = [heading, Paragraph((problem["description"],))]
    if not problem["measured"]:
        return [*blocks, Inset((problem["not_measured"],)), *_note(note)]
    return [*blocks, *evidence_blocks(problem, analysis), *_note(note)]


def evidence_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return what the evidence says about a measured problem: change in words, trend, places, map."""
    return [
        *_headline(problem, analysis),
        *_change(problem),
        trend(problem, analysis),
        *_places(problem, analysis),
        *_map(problem, analysis),
    ]


def _headline(problem: Content, analysis: Content) -> list[Block]:
    """Return the four numbers that a problem is known by; a share only where a total is known."""
    year = problem["rate"].get("population_year")
    people = f"mid-{year} population" if year else "no population is held"
    tiles = (
        Tile("Incidents", (count(problem, "count"),), analysis["period"]["words"]),
        Tile("Change", (change(problem),), f"on the {analysis['before']['words']}"),
        Tile("Rate per 1,000 residents", (rate(problem),), people),
        Tile("Share", (share(problem),), "of everything recorded"),
    )
    return [Tiles(tiles)]


def _note(note: str) -> list[Block]:
    return [Paragraph((part.strip(),)) for part in note.split("\n\n") if part.strip()]


def _change(problem: Content) -> list[Block]:
    words = str(problem["change"].get("words") or "")
    if not words:
        return []
    blocks: list[Block] = [Paragraph((ref(words, problem, "change"), "."))]
    warning = str(problem["change"].get("warning") or "")
    whole = str(problem["change"].get("whole_force") or "")
    return [*blocks, Inset((f"{warning} {whole}.",))] if warning else blocks


def trend(problem: Content, analysis: Content) -> Picture:
    """Return the line of months with its table."""
    months = tuple(analysis["months"])
    values = tuple(problem["months"].get(month) for month in months)
    title = f"{problem['title']}, month by month"
    first, last = Month.parse(months[0]).words(), Month.parse(months[-1]).words()
    known = [value for value in values if value is not None]
    described = f"A line of {len(known)} months from {first} to {last}"
    if known:
        described += f", between {with_thousands(min(known))} and {with_thousands(max(known))} incidents a month"
    return Picture(
        title=title,
        subtitle=f"Incidents a month, {first} to {last}",
        chart=LineChart("Incidents a month", months, (Line(problem["title"], values),)),
        description=f"{described}. The table has each month.",
        source=source_words(analysis, "police-uk"),
        table=_calendar(problem, title, months),
    )


def _calendar(problem: Content, title: str, months: tuple[str, ...]) -> Table:
    """Return a table of calendar months by year: the same month of two years stands side by side."""
    years = sorted({month[:4] for month in months})
    rows = tuple(
        ((name,), *((_month_cell(problem, f"{year}-{number:02}", months),) for year in years))
        for number, name in enumerate(MONTH_NAMES, start=1)
    )
    return Table(title, (Column("Month"), *(Column(year, numeric=True) for year in years)), rows)


def _month_cell(problem: Content, month: str, months: tuple[str, ...]) -> Inline:
    if month not in months:
        return ""
    value = problem["months"].get(month)
    return "missing" if value is None else FigureRef(with_thousands(value), f"{problem['slug']}.month.{month}")


def source_words(analysis: Content, kind: str) -> str:
    """Return the line under a picture: publisher and releases."""
    sources = [source for source in analysis["sources"] if source["kind"] == kind]
    publishers = ", ".join(dict.fromkeys(source["publisher"] for source in sources))
    releases = ", ".join(source["release"][:12] for source in sources)
    return SOURCE.format(publisher=publishers, release=releases)


def _places(problem: Content, analysis: Content) -> list[Block]:
    places = sorted(problem["places"], key=lambda row: (-(row["count"] or 0), row["name"]))
    if not places:
        return []
    # Small areas are many: the table keeps to those with the most, and says so.
    shown = places if analysis["place_level"] == "ward" else places[:20]
    word = "ward" if analysis["place_level"] == "ward" else "small area (LSOA)"
    columns = (
        Column(word[0].upper() + word[1:]),
        Column("Incidents", numeric=True),
        Column("Year before", numeric=True),
        Column("Rate per 1,000 residents", numeric=True),
    )
    rows = tuple(((row["name"],), *_place_cells(problem, row)) for row in shown)
    note = f"The {len(shown)} with most incidents of {len(places)}." if len(shown) < len(places) else ""
    return [Table(f"{problem['title']} by {word}, {analysis['period']['words']}", columns, rows, note)]


def _place_cells(problem: Content, row: Content) -> tuple[Inlines, ...]:
    key = f"{problem['slug']}.place.{row['code']}"
    texts = {
        "count": None if row["count"] is None else with_thousands(row["count"]),
        "before": None if row["before"] is None else with_thousands(row["before"]),
        "rate": None if row["rate"] is None else with_thousands(Decimal(row["rate"]), 1),
    }
    return tuple(
        (FigureRef(text, f"{key}.{what}") if text is not None else NOT_AVAILABLE,) for what, text in texts.items()
    )


def _map(problem: Content, analysis: Content) -> list[Block]:
    drawn = analysis["map"]
    if not drawn["areas"]:
        return [Paragraph((drawn["note"],))] if drawn["note"] else []
    uses_rate = any(value["rate"] is not None for value in problem["map"].values())
    what = "rate" if uses_rate else "count"
    values = {code: Decimal(str(v[what])) for code, v in problem["map"].items() if v[what] is not None}
    cuts = class_cuts(sorted(values.values()))
    unit = "Incidents per 1,000 residents" if uses_rate else "Incidents"
    areas = tuple(
        Area(area["code"], area["name"], area["geometry"], _class(values.get(area["code"]), cuts))
        for area in drawn["areas"]
    )
    level = "ward" if drawn["level"] == "ward" else "small area (LSOA)"
    title = f"Where: {problem['title'].lower()} by {level}"
    boundaries = f"Boundaries: {source_words(analysis, 'boundaries')} {_attribution(analysis)}"
    picture = Picture(
        title=title,
        subtitle=f"{unit}, {analysis['period']['words']}",
        chart=AreaMap(areas, class_words(cuts), unit),
        description=f"A map of {len(areas)} areas by {unit.lower()}, darker is higher. The table has the values.",
        source=f"{source_words(analysis, 'police-uk')} {boundaries}",
        table=_map_table(title, unit, areas, values),
    )
    return [picture, *([Inset((drawn["note"],))] if drawn["note"] else [])]


def _attribution(analysis: Content) -> str:
    found = [source["attribution"] for source in analysis["sources"] if source["kind"] == "boundaries"]
    return found[0] if found else ""


def _map_table(title: str, unit: str, areas: tuple[Area, ...], values: Mapping[str, Decimal]) -> Table:
    ordered = sorted(areas, key=lambda area: (-values.get(area.code, Decimal(-1)), area.name))[:10]
    rows = tuple(((area.name or area.code,), (_value(values.get(area.code)),)) for area in ordered)
    note = f"The {len(ordered)} highest of {len(areas)}." if len(ordered) < len(areas) else ""
    return Table(title, (Column("Area"), Column(unit, numeric=True)), rows, note)


def _value(value: Decimal | None) -> Inline:
    return NOT_AVAILABLE if value is None else with_thousands(value, 1)


def class_cuts(ordered: list[Decimal]) -> tuple[Decimal, ...]:
    """Return the lower ends of the second to the last class: fifths of the areas, equal ends joined."""
    if not ordered:
        return ()
    ends = [ordered[len(ordered) * place // MAP_CLASSES] for place in range(1, MAP_CLASSES)]
    rounded = dict.fromkeys(round(end, 1) for end in ends)
    return tuple(end for end in rounded if end > ordered[0])


def class_words(cuts: tuple[Decimal, ...]) -> tuple[str, ...]:
    """Return the words of the legend, one for each class."""
    if not cuts:
        return ("All areas",)
    middle = [f"{low} to under {high}" for low, high in pairwise(cuts)]
    return (f"under {cuts[0]}", *middle, f"{cuts[-1]} or more")


def _class(value: Decimal | None, cuts: tuple[Decimal, ...]) -> int | None:
    return None if value is None else sum(value >= cut for cut in cuts)
