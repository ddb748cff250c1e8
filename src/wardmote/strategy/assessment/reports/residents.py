"""What people who live and work here said, as the assessment prints it in its own part."""

from collections.abc import Mapping

from wardmote.printing.blocks import Block, Bullets, Inlines, Paragraph, Strong
from wardmote.strategy.assessment.queries.consulted import Consulted, asked_words, heard_of
from wardmote.strategy.assessment.queries.decisions import DecisionView
from wardmote.strategy.assessment.rules import Outcome
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


def heard_blocks(
    found: Consulted | None, decisions: Mapping[str, DecisionView], titles: Mapping[str, str]
) -> list[Block]:
    """Return what residents said of each priority; also that they were not asked about it."""
    priorities = [slug for slug, view in decisions.items() if view.outcome is Outcome.PRIORITY]
    if found is None or not priorities or not any(one.questions for one in found.results):
        return []
    heard = heard_of(found)
    named = [(title, heard.get(slug)) for title, slug in sorted((titles.get(one, one), one) for one in priorities)]
    items: tuple[Inlines, ...] = tuple(
        (Strong(f"{title}: "), f"{'; '.join(one.said) if one else 'not asked about'}.") for title, one in named
    )
    return [Paragraph((f"What residents said of the priorities. {asked_words(found)}",)), Bullets(items)]
