"""The comparison with other districts in a report: every district by name, with where its rate would be expected."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wardmote.analytics.measures.comparison import Place
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Inline, Inlines, Strong, Table

Content = Mapping[str, Any]
STANDS: Final = {
    Place.FAR_ABOVE: "▲▲ far above",
    Place.ABOVE: "▲ above",
    Place.WITHIN: "within",
    Place.BELOW: "▼ below",
    Place.FAR_BELOW: "▼▼ far below",
}


def comparison_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the districts compared with their rates; nothing where there are too few."""
    found = problem.get("comparison") or {}
    if not found:
        return []
    columns = (
        Column("District"),
        Column("Rate per 1,000 residents", numeric=True),
        Column("Expected between", numeric=True),
        Column("Where it stands"),
    )
    note = (
        f"Mean of the rates: {_rate(found['mean'])}. Expected: where 95 of 100 districts would lie, by chance and the "
        "ordinary differences between them; ▲▲ and ▼▼ lie beyond where 998 of 1,000 would. Residents are not visitors: "
        "the rate of a district with a large town centre says little about the risk of those who live there. "
        f"{chosen_words(analysis)}"
    )
    rows = tuple(_row(area) for area in found["areas"])
    return [Table(f"{problem['title']} beside other districts, {analysis['period']['words']}", columns, rows, note)]


def chosen_words(analysis: Content) -> str:
    """Say how the districts were chosen: by stated variables and which releases, by people, or all that are covered."""
    by = analysis.get("compared_by") or {}
    if not by:
        return "The districts are all that the crime data of the force cover."
    variables = by["family"].get("variables", ())
    if not variables:
        return f"The districts are the partnership’s own list: {by['why'].rstrip('.')}."
    read = "; ".join(f"{one['name']} ({', '.join(one['releases'])})" for one in variables)
    return f"The districts are those nearest by stated variables: {read}."


def _row(area: Content) -> tuple[Inlines, ...]:
    name: Inline = Strong(area["name"]) if area["is_own"] else area["name"]
    expected = f"{_rate(area['low_95'])} to {_rate(area['high_95'])}"
    return ((name,), (_rate(area["rate"]),), (expected,), (STANDS[Place(area["place"])],))


def _rate(value: str) -> str:
    return with_thousands(Decimal(value), 1)
