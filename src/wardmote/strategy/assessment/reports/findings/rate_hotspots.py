"""The hotspots of rates in a report: one table of the areas that either map names, and how rates were compared."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.printing.blocks import Block, Column, Table
from wardmote.strategy.assessment.queries.findings.hotspots import area_names

Content = Mapping[str, Any]


def rate_hotspot_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the table of areas by residents and by incidents; nothing where neither map names one."""
    found = problem.get("rate_hotspots") or {}
    if not found.get("named"):
        return []
    names, by_count = area_names(analysis), problem["hotspots"]["years"][-1]
    years = f"mid-{' and mid-'.join(map(str, found['years']))}"
    columns = (
        Column("Area"),
        Column("Incidents", numeric=True),
        Column(f"Residents, {years}", numeric=True),
        Column("Per 1,000 residents", numeric=True),
        Column("By residents"),
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
    caption = f"Hotspots of {problem['title'].lower()} by residents and by incidents, {analysis['period']['words']}"
    return [Table(caption, columns, rows, _note(analysis))]


def _standing(code: str, hot: Collection[str], cold: Collection[str]) -> str:
    return "hotspot" if code in hot else "coldspot" if code in cold else "neither"


def _note(analysis: Content) -> str:
    return (
        "By name. By residents: the neighbourhood has higher rates than neighbours drawn at random, each rate first "
        "divided by how much one of so few residents swings by chance (empirical Bayes standard rates, Assunção and "
        f"Reis 1999; Gi*, seed {analysis['small_areas']['seed']}). Of the areas found by residents at most 5% are "
        "expected to be there by chance. Visitors are not residents."
    )
