"""What people who live and work here said, as the assessment prints it in its own part."""

from wardmote.printing.blocks import Block
from wardmote.strategy.assessment.queries.consulted import Consulted
from wardmote.strategy.consultation.reports import consultation_blocks, series_blocks


def consulted_blocks(found: Consulted | None) -> list[Block]:
    """Return the consultations of an assessment with their results, then the surveys over time."""
    if found is None:
        return []
    told = [one for one in found.results if one.questions]
    blocks = [
        block
        for number, one in enumerate(told, start=1)
        for block in consultation_blocks(one, number=number, is_stale=one.consultation.id in found.stale)
    ]
    return [*blocks, *series_blocks(found.series)]
