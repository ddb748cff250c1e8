"""Harm beside volume in a report: every problem with its estimated harm, or what is missing for an estimate."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wardmote.foundations.rounding import with_thousands
from wardmote.printing.blocks import Block, Column, Heading, Inlines, Paragraph, Table
from wardmote.strategy.assessment.reports.numbers import ref

Content = Mapping[str, Any]
HIDDEN_HERE = "Harm is not shown here: it is worked out from counts of which some are hidden."


def harm_blocks(analysis: Content) -> list[Block]:
    """Return the table of harm beside volume; what is missing where there is none; nothing for an older analysis."""
    about = analysis.get("harm")
    if about is None:
        return []
    heading = Heading("Harm beside volume", 2, "harm")
    if about["missing"]:
        return [heading, Paragraph((f"Harm is not estimated: {'; and '.join(about['missing'])}.",))]
    if analysis.get("disclosure", {}).get("state") == "small counts hidden":
        return [heading, Paragraph((HIDDEN_HERE,))]
    weighed = [p for p in analysis["problems"] if "share" in (p.get("harm") or {})]
    others = [
        (f"{p['title']}: {p['harm']['none']}",) for p in analysis["problems"] if (p.get("harm") or {}).get("none")
    ]
    if not weighed:
        return [heading, Paragraph(("Harm is not estimated: none of the problems can be weighed.",))]
    rows = tuple(_row(p) for p in sorted(weighed, key=lambda p: (p["harm"]["rank"], p["title"])))
    columns = (
        Column("Problem"),
        Column("Harm days, estimated", numeric=True),
        Column("Between", numeric=True),
        Column("Share of harm", numeric=True),
        Column("Share of incidents", numeric=True),
        Column("Rank by harm", numeric=True),
        Column("Rank by number", numeric=True),
    )
    caption = f"Harm beside volume, {analysis['period']['words']}"
    return [heading, Paragraph((_how(about),)), Table(caption, columns, rows, _note(about)), *map(Paragraph, others)]


def _how(about: Content) -> str:
    return (
        "Harm days are the days in prison from which a court would start, added up over all incidents. Published "
        "categories are broader than offences, so each is weighed by its mix of offences as the Home Office's tables "
        f"have it for {about['mix']}, {about['mix_period']}. Between: where it would lie with the mix of other "
        f"{about['spread']}."
    )


def _note(about: Content) -> str:
    unweighed = ", ".join(about["unweighed"])
    without = f" Without a weight, and in no share: {unweighed}." if unweighed else ""
    return (
        f"Weights: {about['weights']}. Shares are of the incidents that can be weighed. Problems overlap: a broad one "
        f"contains narrower ones. Drug and weapon offences mostly follow what the police look for.{without}"
    )


def _row(problem: Content) -> tuple[Inlines, ...]:
    found = problem["harm"]
    return (
        (problem["title"],),
        (ref(_days(found["days"]), problem, "harm.days"),),
        (f"{_days(found['low'])} to {_days(found['high'])}",),
        (ref(_percent(found["share"]), problem, "harm.share"),),
        (ref(_percent(found["incident_share"]), problem, "harm.incident_share"),),
        (str(found["rank"]),),
        (str(found["volume_rank"]),),
    )


def _days(value: str) -> str:
    return with_thousands(Decimal(value))


def _percent(value: str) -> str:
    return f"{with_thousands(Decimal(value), 1)}%"
