"""The hotspots of rates in a report: one table of the areas that either map names, and how rates were compared."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.rounding import half_up, with_thousands
from wardmote.printing.blocks import Block, Column, Table
from wardmote.strategy.assessment.queries.findings.hotspots import area_names
from wardmote.strategy.assessment.queries.findings.rate_hotspots import divided_by_words, years_words

Content = Mapping[str, Any]


def rate_hotspot_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the table of areas by residents and by incidents; nothing where neither map names one."""
    found = problem.get("rate_hotspots") or {}
    if not found.get("named"):
        return []
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
    return [Table(caption, columns, rows, _note(what, analysis))]


def _standing(code: str, hot: Collection[str], cold: Collection[str]) -> str:
    return "hotspot" if code in hot else "coldspot" if code in cold else "neither"


def _note(what: str, analysis: Content) -> str:
    return (
        f"By name. By {what}: the neighbourhood has higher rates than neighbours drawn at random, each rate first "
        "divided by how much one of so few of them swings by chance (empirical Bayes standard rates, Assunção and "
        f"Reis 1999; Gi*, seed {analysis['small_areas']['seed']}). Of the areas found by rates at most 5% are "
        f"expected to be there by chance.{' Visitors are not residents.' if what == 'residents' else ''}"
    )
