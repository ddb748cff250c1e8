"""The concentration of a problem in a report: the shares of the areas with most, and the Gini coefficient."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Table
from wardmote.strategy.assessment.queries.findings.hotspots import AREA_WORDS

Content = Mapping[str, Any]


def concentration_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the table of shares; nothing where too few areas or incidents are held."""
    found = problem.get("concentration")
    if not found or not found["tops"]:
        return []
    areas = AREA_WORDS[found["level"]]
    columns = (
        Column(f"{areas.capitalize()} with most"),
        Column("How many", numeric=True),
        Column("Incidents", numeric=True),
        Column("Share of all", numeric=True),
    )
    rows = tuple(
        (
            (f"Top {top['percent']}%",),
            (with_thousands(top["places"]),),
            (with_thousands(top["count"]),),
            (f"{with_thousands(Decimal(top['share']), 1)}%",),
        )
        for top in found["tops"]
    )
    caption = f"How {problem['title'].lower()} concentrates on few areas, {analysis['period']['words']}"
    return [Table(caption, columns, rows, _note(found, areas))]


def _note(found: Content, areas: str) -> str:
    gini = with_thousands(Decimal(found["generalised"]), 2)
    return (
        f"Of {with_thousands(found['places'])} {areas} and the incidents that can be placed in one. Gini coefficient, "
        f"allowing for fewer incidents than areas: {gini} (0: as even as can be; near 1: all in one area)."
    )
