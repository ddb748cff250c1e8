"""The required parts of an assessment that people write, and its declared gaps, as the report prints them."""

from collections.abc import Mapping, Sequence

from wardmote.printing.blocks import Block, Column, Heading, Inset, Paragraph, Table
from wardmote.strategy.assessment.queries.outline import OutlinePart
from wardmote.strategy.assessment.rules import PartState


def part_blocks(parts: Sequence[OutlinePart], filled: Mapping[str, Sequence[Block]]) -> list[Block]:
    """Return a section for each part with a text, then every declared gap with who fills it and by when.

    `filled` has by a part's code what fills it by itself; it stands below the text.
    """
    open_parts = [part for part in parts if part.state is not PartState.GAP]
    sections = (_part(part, filled.get(part.required.code, ())) for part in open_parts)
    return [*(block for section in sections for block in section), *_gaps(parts)]


def _part(part: OutlinePart, filled: Sequence[Block]) -> list[Block]:
    if not (part.said or filled):
        return []
    heading = Heading(part.required.title, 2, f"part-{part.required.code}")
    return [heading, *(Paragraph((text.strip(),)) for text in part.said.split("\n\n") if text.strip()), *filled]


def _gaps(parts: Sequence[OutlinePart]) -> list[Block]:
    gaps = [part for part in parts if part.state is PartState.GAP]
    if not gaps:
        return []
    rows = tuple(
        ((part.required.title,), (part.gap,), (part.gap_owner,), (f"{part.gap_due_on:%-d %B %Y}",)) for part in gaps
    )
    columns = (Column("Part"), Column("Why it is missing"), Column("Who fills it"), Column("By"))
    return [
        Heading("What this assessment does not cover yet", 2, "gaps"),
        Inset(("These parts should be here. The partnership has said who fills each, and by when.",)),
        Table("Declared gaps", columns, rows),
    ]
