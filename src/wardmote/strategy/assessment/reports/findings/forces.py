"""The police force among all force areas in a report: every offence group with rate, rank, mean and nation."""

from collections.abc import Mapping
from typing import Any, Final

from wardmote.analytics.measures.comparison import Place
from wardmote.definitions import force_tables
from wardmote.foundations.rounding import ordinal
from wardmote.printing.blocks import Block, Bullets, Column, Heading, Inlines, Paragraph, Table
from wardmote.strategy.assessment.queries.findings.forces import gap, printed
from wardmote.strategy.assessment.reports.numbers import method_paragraph

from .comparison import STANDS

Content = Mapping[str, Any]
TITLE: Final = "The police force among all force areas"


def force_blocks(analysis: Content) -> list[Block]:
    """Return the table of the force by offence group; what is missing where there is none; nothing for an older one."""
    about = analysis.get("forces")
    if not about:
        return []
    heading = Heading(TITLE, 2, "forces")
    if about["missing"]:
        return [heading, Paragraph((f"The police force is not compared with others: {about['missing']}.",))]
    columns = (
        Column("Offence group"),
        Column("Rate per 1,000 residents", numeric=True),
        Column("Rank, highest first", numeric=True),
        Column("Mean of the forces", numeric=True),
        Column("England and Wales (difference)", numeric=True),
        Column("Where it stands"),
    )
    caption = f"{about['force']} among police force areas, {about['period']['words']}"
    table = Table(
        caption,
        columns,
        tuple(map(_row, about["groups"])),
        _note(about, is_provisional=_is_provisional(analysis, about)),
    )
    said = [*force_tables().not_comparable, *(f"{about['force']}, as the publisher notes: {n}" for n in about["notes"])]
    method = method_paragraph("Police force areas", "forces")
    return [heading, Paragraph((_how(analysis, about),)), table, Bullets(tuple((one,) for one in said)), method]


def _how(analysis: Content, about: Content) -> str:
    late = about["period"]["last"] != analysis["period"]["last"]
    older = f" The assessment examines the {analysis['period']['words']}: the comparison is older." if late else ""
    return (
        f"How the whole police force area of {about['force']} stands among police force areas, by the rates that are "
        f"published for the {about['period']['words']}.{older} It says nothing of this partnership alone."
    )


def _is_provisional(analysis: Content, about: Content) -> bool:
    return any(one["release"] == about["release"] and one["status"] == "provisional" for one in analysis["sources"])


def _note(about: Content, *, is_provisional: bool) -> str:
    without = "; ".join(f"{area}: {reason}" for area, reason in about["without"].items())
    left_out = f" Without a rate, and in no rank: {without}." if without else ""
    revised = "The figures are provisional: forces still revise them. " if is_provisional else ""
    return (
        f"{revised}Groups contain one another: do not add them up. Mean: of the rates of all forces compared, this one "
        "included. Difference: from England and Wales, per 1,000 residents. Where it stands: beside what chance and "
        f"the ordinary differences between forces would give; ▲▲ and ▼▼ lie beyond where 998 of 1,000 would.{left_out}"
    )


def _row(found: Content) -> tuple[Inlines, ...]:
    shared = f", with {found['tied'] - 1} more" if found["tied"] > 1 else ""
    return (
        (found["title"],),
        (printed(found, "rate"),),
        (f"{ordinal(found['rank'])} of {found['number']}{shared}",),
        (printed(found, "mean"),),
        (f"{printed(found, 'national')} ({gap(found)})" if found["national"] else "not published",),
        (STANDS[Place(found["place"])] if found["place"] else "not known",),
    )
