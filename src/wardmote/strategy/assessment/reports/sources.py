"""The part of the report that says where its numbers come from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardmote.printing.blocks import Block, Bullets, Column, Heading, Paragraph, Table

Content = Mapping[str, Any]
# An analysis made before releases told it says nothing.
FINAL_WORDS = {"provisional": "Provisional", "validated": "Final", "": "Not stated"}
SOURCE = "{publisher}, release {release}."


def source_blocks(analysis: Content) -> list[Block]:
    """Return the data sources with their releases, what limits them, and the licences."""
    attributions = dict.fromkeys(f"{source['attribution']}" for source in analysis["sources"])
    blocks: list[Block] = [
        Heading("Where the numbers come from", 2, "sources"),
        Paragraph(
            (
                "Each release is the publisher's files as they were read on one day; its digest never changes. The "
                "data file of this assessment gives each digest in full.",
            )
        ),
        _releases(analysis),
        *_caveats(analysis),
        *_boundaries(analysis),
    ]
    blocks.append(_counted(analysis))
    if analysis["notes"]:
        blocks.append(Bullets(tuple((note,) for note in analysis["notes"])))
    disclosure = analysis.get("disclosure")
    if disclosure:
        blocks.append(Heading("Small counts", 3, "small-counts"))
        blocks += [Paragraph((words,)) for words in disclosure["words"]]
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


def _releases(analysis: Content) -> Table:
    rows = tuple(
        (
            (source["title"],),
            (source["publisher"],),
            (_months(source["months"]),),
            (FINAL_WORDS[source.get("status", "")],),
            (source["release"][:12],),
        )
        for source in analysis["sources"]
    )
    columns = (Column("Data"), Column("Publisher"), Column("Months"), Column("Final?"), Column("Release"))
    return Table("Data used", columns, rows)


def _boundaries(analysis: Content) -> list[Block]:
    """Name the boundaries in full: numbers name their releases where they are explained; these stand behind none."""
    drawn = [source for source in analysis["sources"] if source["kind"] == "boundaries"]
    lines = tuple((f"Boundaries drawn: {source['dataset']}, release {source['release']}",) for source in drawn)
    return [Bullets(lines)] if lines else []


def _caveats(analysis: Content) -> list[Block]:
    """Say of provisional figures that they may change, and print what the analyst wrote about each source."""
    lines = [(f"{source['title']}: {source['caveat']}",) for source in analysis["sources"] if source.get("caveat")]
    if any(source.get("status") == "provisional" for source in analysis["sources"]):
        lines.insert(0, ("Provisional: the publisher may still change these figures.",))
    lines += [(_unavailable(one),) for one in analysis.get("unavailable", ())]
    if analysis.get("data_cut_off"):
        day = date.fromisoformat(analysis["data_cut_off"])
        lines.insert(0, (f"Data cut-off {day:%-d %B %Y}: what was accepted later is left to the next assessment.",))
    return [Bullets(tuple(lines))] if lines else []


def _unavailable(one: Content) -> str:
    """Say what could not be had, why, and when it is expected again."""
    by = f" ({one['supplier']})" if one["supplier"] else ""
    again = f" Expected again on {date.fromisoformat(one['expected_on']):%-d %B %Y}." if one["expected_on"] else ""
    return f"Not available: {one['title']}{by}. {one['because'].rstrip('.')}.{again}"


def _counted(analysis: Content) -> Table:
    rows = tuple(
        ((problem["title"],), ("; ".join(problem["categories"]) or problem["not_measured"],))
        for problem in analysis["problems"]
    )
    return Table("What each problem counts", (Column("Problem"), Column("Categories as published")), rows)


def _months(months: list[str]) -> str:
    return f"{months[0]} to {months[-1]}" if months else ""


def source_words(analysis: Content, kind: str) -> str:
    """Return the line under a picture: publisher and releases."""
    sources = [source for source in analysis["sources"] if source["kind"] == kind]
    publishers = ", ".join(dict.fromkeys(source["publisher"] for source in sources))
    releases = ", ".join(source["release"][:12] for source in sources)
    return SOURCE.format(publisher=publishers, release=releases)
