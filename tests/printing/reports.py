"""A fictional report that holds every kind of block, for the tests of the printers."""

import json
from datetime import date
from decimal import Decimal

from wardmote.printing.blocks import (
    Bullets,
    Column,
    Facts,
    FigureRef,
    FigureSource,
    Heading,
    Inlines,
    Inset,
    Link,
    Paragraph,
    Picture,
    Report,
    Strong,
    Table,
    Tile,
    Tiles,
    Warning,
)
from wardmote.printing.charts import (
    Area,
    AreaMap,
    Band,
    Bar,
    BarChart,
    Line,
    LineChart,
    Mark,
    Panel,
    Reference,
    SmallMultiples,
)

MONTHS = tuple(f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13))
HOSTILE = "<script>alert(\"x\")</script> & 'quoted' #set page() $x$ \\ @ref"


def source(key: str, value: str, *, title: str = "Recorded crime, 12 months") -> FigureSource:
    """Where a made-up number comes from."""
    return FigureSource(
        key=key,
        title=title,
        value=value,
        unit="offences",
        measure="counts/1",
        parameters={"problem": "all", "month": "2025-01 to 2025-12"},
        releases=(("police-uk-street-dalefold", "ab" * 32), ("lookup-lsoa2021-ward2024-district2024", "cd" * 32)),
        population="residents, mid-2024",
        period="year to December 2025",
        area="Dalefold",
        code_version="0.1.0",
        notes=("Locations are approximate.",),
    )


def values(start: int) -> tuple[int, ...]:
    """Three years of made-up months."""
    return tuple(start + (place * 37) % 90 + 4 * (place % 12) for place in range(len(MONTHS)))


def line_chart() -> LineChart:
    """A line with its usual range, two marked points and a second line."""
    months = values(900)
    band = Band("usual range", tuple(value - 130 for value in values(920)), tuple(value + 90 for value in values(905)))
    return LineChart(
        "Offences a month", MONTHS, (Line("Recorded crime", months),), band, (Mark(8, True), Mark(20, False))
    )


def bar_chart() -> BarChart:
    """Bars with intervals and a mean."""
    names = ("Hallow Bridge", "Netherby", "Cold Ash and Fenwick Moor", "Dalefold", "Marrick", "Upper Stoke")
    bars = tuple(
        Bar(name, 90 - 6 * place, str(90 - 6 * place), 86 - 6 * place, 95 - 6 * place, emphasised=name == "Dalefold")
        for place, name in enumerate(names)
    )
    return BarChart("Offences per 1,000 residents", bars, Reference("group mean", Decimal("74.5")))


def multiples() -> SmallMultiples:
    """Six panels, one marked."""
    titles = ("Violence and sexual offences", "Anti-social behaviour", "Shoplifting", "Other theft", "Vehicle crime",
              "Criminal damage and arson")  # fmt: skip
    panels = tuple(
        Panel(
            title,
            values(60 + 9 * place),
            str(values(60 + 9 * place)[-1]),
            "above range" if place == 0 else "in range",
            tuple(value - 40 for value in values(70 + 9 * place)),
            tuple(value + 30 for value in values(70 + 9 * place)),
            marked=place == 0,
        )
        for place, title in enumerate(titles)
    )
    return SmallMultiples(MONTHS, panels)


def area_map() -> AreaMap:
    """Thirty squares, one without a figure and one outlined."""
    areas = []
    for place in range(30):
        west, south = -1.2 + 0.02 * (place % 6), 52.6 + 0.012 * (place // 6)
        ring = [[west, south], [west + 0.02, south], [west + 0.02, south + 0.012], [west, south + 0.012], [west, south]]
        shape = json.dumps({"type": "Polygon", "coordinates": [ring]})
        known = None if place == 13 else (place * 7) % 5
        areas.append(Area(f"E0100{place:04d}", f"Dalefold {place:03d}A", shape, known, outlined=place == 21))
    classes = ("under 36", "36 to 48.9", "49 to 62.9", "63 to 88.9", "89 or more")
    return AreaMap(tuple(areas), classes, "Offences per 1,000 residents", outline="Neighbourhoods above the limit")


def table(caption: str = "Problems in order of their score", *, rows: int = 6) -> Table:
    """A table whose last column can be clicked."""
    names = (
        "Violence with injury",
        "Anti-social behaviour in the town centre",
        "Shop theft",
        "Burglary",
        "Drugs",
        "Arson",
    )
    body: list[tuple[Inlines, ...]] = [
        (
            (names[place % 6],),
            ("Hallow Bridge ward and the streets around the station",),
            (FigureRef(f"{place * 113:,}", "total"),),
            ("−3%",),
        )
        for place in range(1, rows + 1)
    ]
    columns = (Column("Problem"), Column("Where"), Column("Offences", numeric=True), Column("Change", numeric=True))
    return Table(caption, columns, tuple(body), note="Scores are the sum of weighted criteria.")


def picture(title: str, chart: LineChart | BarChart | SmallMultiples | AreaMap) -> Picture:
    """A chart with its words."""
    return Picture(
        title,
        "Monthly offences, with the range usual for the month.",
        chart,
        f"{title}. The highest value is in September 2023; the latest lies inside the usual range.",
        "police.uk, Open Government Licence v3.0",
        table(f"{title}: the numbers", rows=3),
    )


def full_report(*, status: str = "issued", is_sample: bool = True, words: str = "The year in short") -> Report:
    """Every kind of block at least once; `words` turn up as heading, text, cell and title."""
    total, rate = FigureRef("11,945", "total"), FigureRef("69.4", "rate")
    return Report(
        title=f"Strategic assessment 2026: {words}",
        caption="What harms Dalefold most, and what to do about it",
        partnership="Dalefold Community Safety Partnership",
        status="draft" if status == "draft" else "issued",
        as_at=date(2026, 1, 31),
        is_sample=is_sample,
        figures=(source("total", "11,945"), source("rate", "69.4", title="Offences per 1,000 residents")),
        blocks=(
            Heading("Key findings", 2, "key-findings"),
            Tiles(
                (
                    Tile("Recorded crime, 12 months", (total,), "11,448 in the 12 months before"),
                    Tile("Per 1,000 residents", (rate,), "group mean 74.5"),
                    Tile("Problems compared", ("24",), "2 not yet scored"),
                    Tile("Data up to", ("Dec 2025",)),
                )
            ),
            Paragraph(("The police recorded ", total, " offences, ", Strong("4.3% more"), " than before. ", words)),
            Bullets((("Violence with injury ranks first.",), ("Shop theft rose: ", rate, " per 1,000 residents.",))),
            Inset(("Read the methods before comparing areas: ", Link("how rates are made", "/methods/"), ".")),
            Warning(("Recorded crime is not all crime.",)),
            Heading(words, 2, "words"),
            Facts((("Period", ("year to December 2025",)), ("Area", (words,)), ("Offences", (total,)))),
            picture("Recorded crime is within its usual range", line_chart()),
            Heading("How we compare", 3, "compare"),
            picture("Dalefold lies below the mean of its group", bar_chart()),
            picture("Categories at a glance", multiples()),
            Heading("Where", 2, "where"),
            picture("Rates are highest around the station", area_map()),
            table(),
        ),
    )  # fmt: skip
