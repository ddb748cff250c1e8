"""The part of the report that says where its numbers come from."""

from collections.abc import Mapping
from typing import Any

from wardmote.printing.blocks import Block, Bullets, Column, Heading, Paragraph, Table

Content = Mapping[str, Any]


def source_blocks(analysis: Content) -> list[Block]:
    """Return the data sources with their releases, what limits them, and the licences."""
    rows = tuple(
        ((source["title"],), (source["publisher"],), (_months(source["months"]),), (source["release"][:12],))
        for source in analysis["sources"]
    )
    columns = (Column("Data"), Column("Publisher"), Column("Months"), Column("Release"))
    attributions = dict.fromkeys(f"{source['attribution']}" for source in analysis["sources"])
    blocks: list[Block] = [
        Heading("Where the numbers come from", 2, "sources"),
        Paragraph(
            (
                "Each release is the publisher's files as they were read on one day; its digest never changes. The "
                "data file of this assessment gives each digest in full.",
            )
        ),
        Table("Data used", columns, rows),
    ]
    # Numbers name their releases in full where they are explained; boundaries stand behind no number.
    boundaries = [source for source in analysis["sources"] if source["kind"] == "boundaries"]
    if boundaries:
        blocks.append(
            Bullets(
                tuple((f"Boundaries drawn: {source['dataset']}, release {source['release']}",) for source in boundaries)
            )
        )
    blocks.append(_counted(analysis))
    if analysis["notes"]:
        blocks.append(Bullets(tuple((note,) for note in analysis["notes"])))
    blocks += [
        Paragraph(
            (
                "Crime recorded by the police is not all crime: a rise can mean that more people report it. Drug and "
                "weapon offences mostly follow what the police look for. Published locations are stand-ins for the "
                "true ones.",
            )
        ),
        Bullets(tuple((text,) for text in attributions)),
    ]
    return blocks


def _counted(analysis: Content) -> Table:
    rows = tuple(
        ((problem["title"],), ("; ".join(problem["categories"]) or problem["not_measured"],))
        for problem in analysis["problems"]
    )
    return Table("What each problem counts", (Column("Problem"), Column("Categories as published")), rows)


def _months(months: list[str]) -> str:
    return f"{months[0]} to {months[-1]}" if months else ""
