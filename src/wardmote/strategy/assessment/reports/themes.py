"""Themed profiles in a report: the figures of each theme with their change, what is missing, and who could give it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wardmote.definitions import Need, ScopeTest, Theme, serious_violence
from wardmote.printing.blocks import (
    Block,
    Bullets,
    Column,
    FigureRef,
    Heading,
    Inlines,
    Inset,
    Paragraph,
    Strong,
    Table,
)
from wardmote.strategy.assessment.queries.inputs import Inputs
from wardmote.strategy.assessment.queries.profile import Profile
from wardmote.strategy.assessment.queries.themes import ThemeView, themes_of
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS, Confidence
from wardmote.strategy.assessment.rules.profile import SIDE_WORDS
from wardmote.strategy.assessment.rules.serious_violence import COUNTY_LINES, in_scope

from .findings.several import among_all
from .numbers import NOT_AVAILABLE, change, count
from .two_sources import published_change, published_count

Content = Mapping[str, Any]
SERIOUS_VIOLENCE: Final = "serious-violence"
WIDER_NOTE: Final = (
    "These are wider than the theme: it is a part of them that nobody can tell apart in published figures, so their "
    "change need not be its change."
)
NOBODY_WROTE: Final = "Nobody has written any yet: the profile of the problem has a place for them."
NOT_ASSESSED: Final = (
    "Not written: the problem is not in this assessment. Choose it among the problems, and write its profile."
)


def themes_blocks(analysis: Content, profiles: Mapping[str, Profile], inputs: Inputs) -> list[Block]:
    """Return the section of themed profiles: every theme by its title, with figures or without."""
    blocks: list[Block] = [Heading("Themed profiles", 2, "themes")]
    for view in themes_of(analysis, profiles):
        blocks.append(Heading(view.theme.title, 3, f"theme-{view.theme.slug}"))
        blocks += theme_blocks(view, analysis, inputs, level=4)
    return blocks


def theme_blocks(view: ThemeView, analysis: Content, inputs: Inputs, *, level: int = 2) -> list[Block]:
    """Return the profile of one theme; headings begin at `level`."""
    theme = view.theme
    return [
        Paragraph((f"{theme.why_it_matters} By law: {theme.statute}.",)),
        *_figures(view, analysis),
        *(_needs_assessment(view, inputs, level) if theme.is_needs_assessment else []),
        *_missing(view.theme.title, view.missing),
        *(scope_blocks(level, theme) if theme.slug == SERIOUS_VIOLENCE else []),
    ]


def _figures(view: ThemeView, analysis: Content) -> list[Block]:
    blocks: list[Block] = []
    if not view.has_figures:
        blocks.append(Inset((Strong("No figure is about this theme itself. "), "What is missing is listed below.")))
    if view.problems:
        blocks.append(_table(f"{view.theme.title}, {analysis['period']['words']}", view.problems, ""))
    if view.road:
        blocks.append(
            Paragraph((FigureRef(str(view.road["words"]), "road.ksi.change"), ". The section on road safety has more."))
        )
    for problem in view.hidden:
        words = (
            f"{problem['title']}: {problem['given_hidden']} gave figures, which are too small or too sensitive to show."
        )
        blocks.append(Paragraph((words,)))
    if view.wider:
        caption = f"Wider than {view.theme.title.lower()}, {analysis['period']['words']}"
        blocks.append(_table(caption, view.wider, WIDER_NOTE))
    return blocks


def _table(caption: str, problems: Sequence[Content], note: str) -> Table:
    columns = (
        Column("Problem"),
        Column("Incidents", numeric=True),
        Column("Change on the year before", numeric=True),
        Column("Verdict"),
        Column("Clear among all?"),
    )
    return Table(caption, columns, tuple(_row(problem) for problem in problems), note)


def _row(problem: Content) -> tuple[Inlines, ...]:
    if problem.get("given"):
        return _given_row({**problem, "two_sources": problem["given"]})
    verdict = str(problem["change"].get("verdict") or "n/a")
    return ((str(problem["title"]),), (count(problem, "count"),), (change(problem),), (verdict,), (among_all(problem),))


def _given_row(problem: Content) -> tuple[Inlines, ...]:
    """Return the figure that a partner gave of what nobody publishes; its change is not among those compared."""
    given = problem["two_sources"]
    title = f"{problem['title']} ({given['supplier']}: {given['measure']})"
    verdict = given["verdict"] if given["words"] else NOT_AVAILABLE
    return ((title,), (published_count(problem),), (published_change(problem),), (verdict,), (NOT_AVAILABLE,))


def _missing(title: str, needs: Sequence[Need]) -> list[Block]:
    if not needs:
        return []
    columns = (Column("What is missing"), Column("What it would tell"), Column("Who could give it"))
    rows = tuple(((need.what,), (need.tells,), (need.giver,)) for need in needs)
    return [Table(f"{title}: what is missing, and who could give it", columns, rows)]


def _needs_assessment(view: ThemeView, inputs: Inputs, level: int) -> list[Block]:
    """Return drivers, cohorts and gaps of a statutory needs assessment, each saying where nobody wrote any."""
    sections = (
        ("Drivers", "drivers", _drivers(view.profiles)),
        ("Who is most affected or at risk, and where", "cohorts", _cohorts(view.profiles)),
        ("Gaps", "gaps", _gaps(view, inputs)),
    )
    absent = NOBODY_WROTE if view.profiles else NOT_ASSESSED
    blocks: list[Block] = []
    for title, anchor, rows in sections:
        blocks.append(Heading(title, level, f"{view.theme.slug}-{anchor}"))
        blocks.append(Bullets(tuple(rows)) if rows else Paragraph((absent,)))
    return blocks


def _drivers(profiles: Sequence[Profile]) -> list[Inlines]:
    return [
        (f"{one.reason} ", Strong(f"{CONFIDENCE_WORDS[Confidence(one.confidence)]}. "), one.evidence or "Not tested.")
        for profile in profiles
        for one in profile.reasons
    ]


def _cohorts(profiles: Sequence[Profile]) -> list[Inlines]:
    return [
        (Strong(f"{SIDE_WORDS[side]}. "), f"{one.text} ({one.evidence})")
        for profile in profiles
        for side, one in profile.sides.items()
    ]


def _gaps(view: ThemeView, inputs: Inputs) -> list[Inlines]:
    """Return what nobody knows, with who finds out, and the needs that no service or too little meets."""
    unknown: list[Inlines] = [
        (
            Strong("Not known. "),
            one.what,
            f" {one.owner}, by {one.due_on:%-d %B %Y}." if one.owner and one.due_on else "",
        )
        for profile in view.profiles
        for one in profile.unknowns
    ]
    unmet: list[Inlines] = [
        (Strong(f"{one.row.need}. "), one.row.gap)
        for one in inputs.provision
        if one.is_gap and one.row.problem in view.theme.problems
    ]
    return unknown + unmet


def scope_blocks(level: int, theme: Theme) -> list[Block]:
    """Return the local definition in words, and each kind of offence tested for age and setting."""
    known = serious_violence()
    columns = (
        Column("Offence (Home Office codes)"),
        Column(f"Under {known.under}"),
        Column(f"{known.under} or over, domestic abuse"),
        Column(f"{known.under} or over, elsewhere"),
        Column("Age not known"),
    )
    rows = tuple(_scope_row(kind.title, kind.codes, kind.test, known.under) for kind in known.kinds)
    note = f"{known.read_as} Source: {known.source}. Checked by: {known.checker}."
    return [
        Heading("What counts, offence by offence", level, f"{theme.slug}-scope"),
        Paragraph((Strong("In scope. "), known.words)),
        Paragraph((Strong("Extended scope. "), known.extended_words)),
        Table("Each listed offence, tested for age and setting", columns, rows, note),
    ]


def _scope_row(title: str, codes: Sequence[str], test: ScopeTest, under: int) -> tuple[Inlines, ...]:
    """Return the decisions about a kind of offence, which are those about each of its codes."""
    asked = ((under - 1, "elsewhere"), (under, "domestic-abuse"), (under, "elsewhere"), (None, "elsewhere"))
    decided: list[str] = [str(in_scope(codes[0], age, setting).scope) for age, setting in asked]
    if test is ScopeTest.DURING:
        decided = ["as the offence during which it was done"] * len(asked)
    if test is ScopeTest.COUNTY_LINES:
        decided = [f"{in_scope(codes[0], age, COUNTY_LINES).scope} in county lines alone" for age, _ in asked]
    return ((f"{title} ({', '.join(codes)})",), *((words,) for words in decided))
