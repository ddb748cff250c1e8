"""The concentration of a problem in a report: the shares of the areas with most, the Gini coefficient, and a curve."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Inlines, Picture, Table
from wardmote.printing.charts import Curve, CurveChart
from wardmote.strategy.assessment.queries.findings.hotspots import AREA_WORDS
from wardmote.strategy.assessment.reports.sources import source_words

Content = Mapping[str, Any]


def concentration_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the table of shares and the curve; nothing where too few areas or incidents are held."""
    found = problem.get("concentration")
    if not found or not found["tops"]:
        return []
    areas = AREA_WORDS[found["level"]]
    caption = f"How {problem['title'].lower()} concentrates on few areas, {analysis['period']['words']}"
    table = Table(caption, _columns(areas), _rows(found["tops"]), _note(found, areas))
    # An analysis of before the curve has none.
    return [table, _picture(problem, analysis)] if found.get("curve") else [table]


def _columns(areas: str) -> tuple[Column, ...]:
    return (
        Column(f"{areas.capitalize()} with most"),
        Column("How many", numeric=True),
        Column("Incidents", numeric=True),
        Column("Share of all", numeric=True),
    )


def _rows(tops: Iterable[Content]) -> tuple[tuple[Inlines, ...], ...]:
    return tuple(
        (
            (f"Top {top['percent']}%",),
            (with_thousands(top["places"]),),
            (with_thousands(top["count"]),),
            (f"{with_thousands(Decimal(top['share']), 1)}%",),
        )
        for top in tops
    )


def _picture(problem: Content, analysis: Content) -> Picture:
    """Return the Lorenz curve beside the most even one that whole incidents allow; its table has each tenth."""
    found = problem["concentration"]
    areas, places, count = AREA_WORDS[found["level"]], found["places"], found["count"]
    title = f"How unevenly {problem['title'].lower()} lies"
    half = next(top for top in found["curve"] if 2 * top["count"] >= count)
    return Picture(
        title=title,
        subtitle=f"Share of the incidents in the {areas} with most, {analysis['period']['words']}",
        chart=CurveChart(
            f"Share of {areas}, those with most first",
            "Share of incidents",
            (
                Curve(problem["title"], ((0, 0), *(_point(top, found) for top in found["curve"]))),
                Curve("As even as whole incidents can be", _even(places, count)),
            ),
        ),
        description=(
            f"A curve of the share of incidents against the share of {areas}, those with most first. Half of the "
            f"incidents lie in {with_thousands(half['places'])} of {with_thousands(places)} {areas} or fewer. The "
            "further the curve bends away from the dashed line, the more is in few areas. The table has each tenth."
        ),
        source=source_words(analysis, "police-uk"),
        table=Table(title, _columns(areas), _rows(top for top in found["curve"] if top["percent"] % 10 == 0)),
    )


def _point(top: Content, found: Content) -> tuple[Decimal, Decimal]:
    return Decimal(100 * top["places"]) / found["places"], Decimal(100 * top["count"]) / found["count"]


def _even(places: int, count: int) -> tuple[tuple[Decimal, Decimal], ...]:
    """With fewer incidents than places the most even curve is full where each incident has a place of its own."""
    nought, whole = Decimal(0), Decimal(100)
    full = min(Decimal(100 * count) / places, whole)
    return (nought, nought), (full, whole), (whole, whole)


def _note(found: Content, areas: str) -> str:
    gini = with_thousands(Decimal(found["generalised"]), 2)
    return (
        f"Of {with_thousands(found['places'])} {areas} and the incidents that can be placed in one. Gini coefficient, "
        f"allowing for fewer incidents than areas: {gini} (0: as even as can be; near 1: all in one area)."
    )
