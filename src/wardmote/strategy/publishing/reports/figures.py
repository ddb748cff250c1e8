"""What a resident sees about a number before its source: how it moved, its months, and where a rate misleads."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wardmote.analytics.measures.interval import interval
from wardmote.foundations.rounding import signed_percentage, with_thousands
from wardmote.printing.blocks import Block, Paragraph, Warning
from wardmote.strategy.assessment.reports.places import visited_areas, visitors_words
from wardmote.strategy.assessment.reports.problems import trend

from .wards import meaning_of, spread_of

Content = Mapping[str, Any]


def figure_blocks(analysis: Content, key: str) -> list[Block]:
    """Return what stands above the source of a figure: of a ward its count, of a problem its change and its months."""
    slug, _, rest = key.partition(".")
    problem = next((one for one in analysis["problems"] if one["slug"] == slug), None)
    if problem is None:
        # Road safety is no problem: its page of facts says how it moved.
        return []
    what, *more = rest.split(".")
    if what == "place":
        row = next(one for one in problem["places"] if one["code"] == more[0])
        return _of_place(problem, row, analysis, what=more[1])
    if what not in ("count", "before", "change", "rate", "month"):
        return []
    moved = [] if what == "month" else _moved(problem)
    return [*moved, trend(problem, analysis)]


def _moved(problem: Content) -> list[Block]:
    change = problem["change"]
    words = str(change.get("words") or "")
    if not words:
        return []
    return [Paragraph((f"{words}.{_between(change.get('low'), change.get('high'))}",))]


def _between(low: Any, high: Any) -> str:
    """Return the ends of a change in per cent as a sentence, nothing where either is unknown."""
    if low is None or high is None:
        return ""
    return (
        f" The 95% interval of the change is {signed_percentage(Decimal(low))} to {signed_percentage(Decimal(high))}."
    )


def _of_place(problem: Content, row: Content, analysis: Content, *, what: str) -> list[Block]:
    """The count leads; a rate of an area with many visitors carries its warning."""
    blocks: list[Block] = []
    if row["count"] is not None and row["before"] is not None:
        blocks.append(Paragraph((_against(problem, row, analysis),)))
    if what == "rate" and row["code"] in visited_areas(analysis):
        blocks.append(Warning((visitors_words([row["name"]]),)))
    return blocks


def _against(problem: Content, row: Content, analysis: Content) -> str:
    now, before = with_thousands(row["count"]), with_thousands(row["before"])
    period = analysis["period"]["words"]
    said = f"{now} in the {period}, against {before} the year before: {meaning_of(problem, row)}."
    spread = spread_of(problem)
    found = None if spread is None else interval(row["before"], row["count"], spread)
    if found is None:
        return said
    ends = [None if end is None else Decimal(str((end - 1) * 100)) for end in (found.low, found.high)]
    return said + _between(*ends)
