"""The part of the report about each problem: its change in words, its trend, its places, the analyst's note."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.periods import MONTH_NAMES, Month
from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import (
    Block,
    Column,
    FigureRef,
    Heading,
    Inline,
    Inset,
    Paragraph,
    Picture,
    Table,
    Tile,
    Tiles,
)
from wardmote.printing.chart_kinds import Line, LineChart
from wardmote.strategy.assessment.queries.profile import Profile
from wardmote.strategy.assessment.queries.profile_evidence import evidence_items
from wardmote.strategy.assessment.rules.profile import Item

from .changes import breaks_of, change_notes, crossed_words, known_changes
from .findings.comparison import comparison_blocks
from .findings.concentration import concentration_blocks
from .findings.density import density_blocks
from .findings.forecast import forecast_blocks, outlook_blocks
from .findings.hexes import hex_blocks
from .findings.hotspots import hotspot_blocks
from .findings.rate_hotspots import rate_hotspot_blocks
from .findings.records import record_blocks
from .findings.season import season_blocks
from .findings.several import among_all, among_words
from .findings.usual import band_of, marks_of, usual_words
from .numbers import HIDDEN, change, count, rate, ref, share
from .places import map_blocks, place_blocks
from .profile import finding_blocks, is_begun, link_blocks, linked_sentence, profile_blocks, sentence_blocks
from .sources import source_words
from .two_sources import OPEN, is_partners, published_change, published_count, published_tiles, two_sources_blocks

Content = Mapping[str, Any]
MARKED = "Upright lines mark changes in recording."
# What stands as a sentence of its own where nobody has written the profile; the rest is in tiles, chart and table.
FINDINGS = (
    Item.USUAL,
    Item.SEASON,
    Item.FORECAST,
    Item.HARM,
    Item.HOTSPOTS,
    Item.CONCENTRATION,
    Item.COMPARISON,
    Item.HOURS,
    Item.REPEATS,
    Item.NEAR_REPEATS,
)
FOUND_WORDS = "This counts what the police found. More found can mean that they searched more, not that more happened."


def overview_table(analysis: Content) -> list[Block]:
    """Return all problems side by side."""
    measured = [p for p in analysis["problems"] if p["measured"]]
    if not measured:
        return []
    rows = tuple(
        ((p["title"],), (_count(p),), (share(p),), (rate(p),), (_change_cell(p),), (among_all(p),))
        for p in sorted(measured, key=lambda p: (-(p["rate"].get("count") or 0), p["slug"]))
    )
    columns = (
        Column("Problem"),
        Column("Incidents", numeric=True),
        Column("Share", numeric=True),
        Column("Rate per 1,000 residents", numeric=True),
        Column("Change on the year before", numeric=True),
        Column("Clear among all?"),
    )
    names = [name for problem in measured for name in problem["categories"]]
    overlap = "Problems overlap: a broad one contains narrower ones, so shares do not add up to 100%."
    said = (overlap if len(set(names)) < len(names) else "", _partners_note(measured), among_words(measured))
    note = " ".join(part for part in said if part)
    caption = f"Problems in the {analysis['period']['words']}"
    table = Table(caption, columns, rows, note)
    return [
        Heading("How the problems compare", 2, "compare"),
        table,
        *outlook_blocks(analysis),
        *season_blocks(analysis),
    ]


def _count(problem: Content) -> Inline:
    return published_count(problem) if is_partners(problem) else count(problem, "count")


def _change_cell(problem: Content) -> Inline:
    return published_change(problem) if is_partners(problem) else change(problem)


def _partners_note(measured: list[Content]) -> str:
    """Say where count and change are a partner's own while share and rate are those of the open data."""
    given = [f"{p['title']} ({p['two_sources']['supplier']})" for p in measured if is_partners(p)]
    return (
        f"Incidents and change as the partner counts them, share and rate from {OPEN}: {', '.join(given)}."
        if given
        else ""
    )


def problem_blocks(
    problem: Content, analysis: Content, note: str, profile: Profile | None = None, *, closely: bool = True
) -> list[Block]:
    """Return the section about one problem, with its profile where one has been begun.

    `closely` has the maps of hexagons and of density too, which are for those who work on the problem.
    """
    heading = Heading(problem["title"], 3, f"problem-{problem['slug']}")
    blocks: list[Block] = [heading, Paragraph((problem["description"],))]
    begun = profile if is_begun(profile) else None
    if begun:
        blocks += finding_blocks(begun, problem, analysis)
    if problem["measured"]:
        blocks += [*evidence_blocks(problem, analysis, begun), *(close_blocks(problem, analysis) if closely else ())]
    else:
        blocks.append(Inset((problem["not_measured"],)))
    rest = profile_blocks(begun) if begun else link_blocks(profile) if profile else []
    return [*blocks, *rest, *_note(note)]


def summary_blocks(problem: Content, analysis: Content, note: str, profile: Profile | None = None) -> list[Block]:
    """Return what fits a page about one problem, to send before scores are given: no places and no map."""
    heading = Heading(problem["title"], 2, f"problem-{problem['slug']}")
    blocks: list[Block] = [heading, Paragraph((problem["description"],))]
    if profile and is_begun(profile):
        blocks += finding_blocks(profile, problem, analysis)
    if not problem["measured"]:
        return [*blocks, Inset((problem["not_measured"],)), *_note(note)]
    return [
        *blocks,
        *_headline(problem, analysis),
        *_change(problem),
        *found_blocks(problem, analysis),
        trend(problem, analysis),
        *_band_note(problem),
        *change_notes(problem),
        *two_sources_blocks(problem),
        *_note(note),
    ]


def evidence_blocks(problem: Content, analysis: Content, profile: Profile | None = None) -> list[Block]:
    """Return what the evidence says about a measured problem: change or sentences, trend, places, map."""
    said = [*sentence_blocks(profile, problem, analysis), *_moved(problem)] if profile else _said(problem, analysis)
    return [
        *_headline(problem, analysis),
        *said,
        trend(problem, analysis),
        *_band_note(problem),
        *change_notes(problem),
        *two_sources_blocks(problem),
        *forecast_blocks(problem, analysis),
        *place_blocks(problem, analysis),
        *comparison_blocks(problem, analysis),
        *map_blocks(problem, analysis),
        *hotspot_blocks(problem, analysis),
        *rate_hotspot_blocks(problem, analysis),
        *concentration_blocks(problem, analysis),
        *record_blocks(problem, analysis),
    ]


def close_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return the maps finer than any area: hexagons and density."""
    return [*hex_blocks(problem, analysis), *density_blocks(problem, analysis)]


def found_blocks(problem: Content, analysis: Content) -> list[Block]:
    """Return what the measures found beyond the change, a paragraph each, as the analysis words it."""
    items = evidence_items(problem, analysis)
    return [
        Paragraph(linked_sentence(item.proposed, problem, analysis))
        for item in items
        if item.item in FINDINGS and item.proposed
    ]


def _said(problem: Content, analysis: Content) -> list[Block]:
    return [*_change(problem), *found_blocks(problem, analysis)]


def _band_note(problem: Content) -> list[Block]:
    words = usual_words(problem)
    return [Paragraph((words,))] if words else []


def _headline(problem: Content, analysis: Content) -> list[Block]:
    """Return the four numbers that a problem is known by; a share only where a total is known."""
    year = problem["rate"].get("population_year")
    people = f"mid-{year} population" if year else "no population is held"
    found = problem.get("police_generated")
    first: tuple[Tile, ...] = (
        Tile("Found by the police" if found else "Incidents", (count(problem, "count"),), analysis["period"]["words"]),
        Tile("Change", (change(problem),), f"on the {analysis['before']['words']}"),
    )
    if is_partners(problem):
        first, people = published_tiles(problem, analysis), f"{people}; {OPEN}"
    tiles = (
        *first,
        Tile("Rate per 1,000 residents", (rate(problem),), people),
        *_at_risk(problem),
        Tile("Share", (share(problem),), f"of everything recorded{f'; {OPEN}' if is_partners(problem) else ''}"),
    )
    told: list[Block] = [Inset((FOUND_WORDS,))] if found else []
    return [Tiles(tiles), *told]


def _at_risk(problem: Content) -> tuple[Tile, ...]:
    """The rate by what is at risk, where it is held; residents alone stand beside it else."""
    found = problem.get("at_risk") or {}
    if not found:
        return ()
    value = FigureRef(with_thousands(Decimal(found["rate"]), 1), f"{problem['slug']}.at_risk.rate")
    return (Tile(f"Rate per 1,000 {found['words']}", (value,), f"{found['words']} of {found['year']}"),)


def _note(note: str) -> list[Block]:
    return [Paragraph((part.strip(),)) for part in note.split("\n\n") if part.strip()]


def _change(problem: Content) -> list[Block]:
    words = str(problem["change"].get("words") or "")
    if not words:
        return []
    return [Paragraph((ref(words, problem, "change"), ".")), *_moved(problem)]


def _moved(problem: Content) -> list[Block]:
    """Warn where a comparison crosses a change in recording, or where fewer incidents could be placed than before."""
    crossed: list[Block] = [Inset((words,)) for words in crossed_words(problem)]
    warning = str(problem["change"].get("warning") or "")
    whole = str(problem["change"].get("whole_force") or "")
    return [*crossed, Inset((f"{warning} {whole}.",))] if warning else crossed


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
    described += ". The table has each month."
    return Picture(
        title=title,
        subtitle=f"Incidents a month, {first} to {last}",
        chart=LineChart(
            "Incidents a month",
            months,
            (Line(problem["title"], values),),
            band=band_of(problem, months),
            marks=marks_of(problem, months),
            breaks=breaks_of(problem, months),
        ),
        description=" ".join(part for part in (described, _marked(problem), usual_words(problem)) if part),
        source=source_words(analysis, "police-uk"),
        table=calendar_table(title, months, lambda month: _month_cell(problem, month, months)),
    )


def _marked(problem: Content) -> str:
    return MARKED if known_changes(problem) else ""


def calendar_table(title: str, months: Iterable[str], cell: Callable[[str], Inline]) -> Table:
    """Return a table of calendar months by year: the same month of two years stands side by side.

    `months` are as 2024-01; `cell` is what stands for each, and is asked of months outside them too.
    """
    years = sorted({month[:4] for month in months})
    rows = tuple(
        ((name,), *((cell(f"{year}-{number:02}"),) for year in years))
        for number, name in enumerate(MONTH_NAMES, start=1)
    )
    return Table(title, (Column("Month"), *(Column(year, numeric=True) for year in years)), rows)


def _month_cell(problem: Content, month: str, months: tuple[str, ...]) -> Inline:
    if month not in months:
        return ""
    value = problem["months"].get(month)
    if value is None:
        return HIDDEN if f"{problem['slug']}.month.{month}" in problem.get("hidden", ()) else "missing"
    return FigureRef(with_thousands(value), f"{problem['slug']}.month.{month}")
