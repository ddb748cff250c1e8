"""Cost beside harm in a report: every problem with the part of its incidents that has a published cost."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.printing.blocks import Block, Column, Heading, Inlines, Paragraph, Table
from wardmote.strategy.assessment.reports.numbers import method_paragraph

Content = Mapping[str, Any]
NO_COST: Final = "no cost published here"
HIDDEN_HERE: Final = "Cost is not shown here: it is worked out from counts of which some are hidden."


def cost_blocks(analysis: Content) -> list[Block]:
    """Return the table of costs; what is missing where there is none; nothing for an older analysis."""
    about = analysis.get("cost")
    if not about:
        return []
    heading = Heading("What it costs, as far as that is published", 2, "cost")
    if about["missing"]:
        return [heading, Paragraph((f"Cost is not estimated: {about['missing']}.",))]
    if analysis.get("disclosure", {}).get("state") == "small counts hidden":
        return [heading, Paragraph((HIDDEN_HERE,))]
    measured = [problem for problem in analysis["problems"] if "cost" in problem]
    columns = (
        Column("Problem"),
        Column(f"Cost, prices of {about['price_year']}", numeric=True),
        Column("Between", numeric=True),
        Column("Incidents with a published cost", numeric=True),
    )
    rows = tuple(_row(problem) for problem in sorted(measured, key=_largest_first))
    caption = f"Cost of crime, {analysis['period']['words']}"
    table = Table(caption, columns, rows, _note(about))
    return [heading, Paragraph((_how(about),)), table, method_paragraph("Cost of crime", "cost")]


def _largest_first(problem: Content) -> tuple[Decimal, str]:
    return -Decimal(problem["cost"].get("pounds", "0")), problem["title"]


def _row(problem: Content) -> tuple[Inlines, ...]:
    found = problem["cost"]
    if not found:
        return (problem["title"],), (NO_COST,), ("n/a",), ("0%",)
    return (
        (problem["title"],),
        (_pounds(found["pounds"]),),
        (f"{_pounds(found['low'])} to {_pounds(found['high'])}",),
        (f"{with_thousands(Decimal(found['covered']))}%",),
    )


def _how(about: Content) -> str:
    return (
        "Cost is to victims, to public bodies and to society: incidents times the cost of a crime of their kind, each "
        f"category by its mix of offences in the Home Office's tables for {about['mix']}, {about['mix_period']}. It is "
        "that of the incidents alone that have a published cost; all others add nothing to it, so it is too low by "
        f"what they cost. Prices are those of {about['price_year']} and are not raised to today's."
    )


def _note(about: Content) -> str:
    return (
        f"Costs: {about['source']}. Checked by: {about['checker']}. {NO_COST.capitalize()}: "
        f"{'; '.join(about['not_known'])}. Between: by the mix of other {about['spread']}. Problems overlap: a broad "
        "one contains narrower ones."
    )


def _pounds(value: str) -> str:
    """Print to the nearest £1,000: unit costs that are themselves rounded carry no single pounds."""
    thousands = half_up(Decimal(value) / 1000)
    return f"£{with_thousands(thousands * 1000)}" if thousands else "under £500"
