"""The required parts of an assessment that people write, and its declared gaps, as the report prints them."""

from collections.abc import Mapping, Sequence

from wardmote.printing.blocks import Block, Column, Heading, Inset, Paragraph, Table
from wardmote.strategy.assessment.queries.outline import OutlinePart
from wardmote.strategy.assessment.rules import PartState


def part_blocks(parts: Sequence[OutlinePart], filled: Mapping[str, Sequence[Block]]) -> list[Block]:
    """Return a section for each part with a text or rows, then every declared gap with who fills it and by when.

    `filled` are the blocks of what is put down in rows, by the word that a part names in `filled_from`.
    """
    sections = (_section(part, filled.get(part.required.filled_from, ())) for part in parts)
    return [*(block for section in sections for block in section), *_gaps(parts)]


def _section(part: OutlinePart, rows: Sequence[Block]) -> list[Block]:
    said = part.said if part.state is not PartState.GAP else ""
    if not said and not rows:
        return []
    return [*_part(part, said), *rows]


def _part(part: OutlinePart, said: str) -> list[Block]:
    heading = Heading(part.required.title, 2, f"part-{part.required.code}")
    return [heading, *(Paragraph((text.strip(),)) for text in said.split("\n\n") if text.strip())]


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
