"""The record of a scoring session: who took part, its stages, first scores, what was agreed, and what nobody knows.

It says which agencies took part, and never which agency scored what.
"""

from datetime import date, datetime

from django.utils import timezone

from wardmote.definitions import matrix as matrix_named
from wardmote.printing.blocks import Block, Bullets, Column, Heading, Paragraph, Report, Strong, Table
from wardmote.printing.dates import words
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries.room import RoomProblem, room_of
from wardmote.strategy.assessment.queries.session import stages_of, who_took_part
from wardmote.strategy.assessment.rules import CONFIDENCE_WORDS, AssessmentState, Confidence

from .spread import spread_table

STAGE_WORDS = {
    AssessmentState.PREPARING: "Preparing",
    AssessmentState.SCORING: "Scoring apart",
    AssessmentState.DISCUSSING: "Discussion",
    AssessmentState.DECIDING: "Ranking open",
}


def record_report(assessment: Assessment, *, today: date) -> Report:
    """Return the record of the session as it stands."""
    blocks: list[Block] = [*_who(assessment), *_stages(assessment)]
    for slug in filter(None, (assessment.matrix, assessment.second_matrix)):
        title = matrix_named(slug).title
        found = sorted(room_of(assessment, slug, today=today), key=lambda one: one.title)
        blocks.append(Heading(f"Scores: {title}", 2, f"scores-{slug}"))
        blocks += [block for one in found for block in _problem(slug, one)]
        blocks += _unknown(slug, title, found)
    return Report(
        title="Record of the scoring session",
        caption=assessment.title,
        partnership=assessment.partnership.name,
        status="working",
        as_at=assessment.as_at,
        blocks=tuple(blocks),
        figures=(),
        is_sample=assessment.partnership.is_sample,
    )


def _who(assessment: Assessment) -> list[Block]:
    found = who_took_part(assessment)
    heading = Heading("Who took part", 2, "who")
    if not found:
        return [heading, Paragraph(("Nobody has been recorded yet.",))]
    columns = (Column("Agency"), Column("How"), Column("Posts"), Column("Its scores"))
    rows = tuple(((one.agency,), (one.presence,), (", ".join(one.posts) or "not said",), (one.how,)) for one in found)
    return [heading, Table("Agencies in the session", columns, rows, "No score is shown by agency.")]


def _stages(assessment: Assessment) -> list[Block]:
    rows = tuple(((STAGE_WORDS[one.state],), (_moment(one.at),), (one.post,)) for one in stages_of(assessment))
    if not rows:
        return []
    columns = (Column("Stage"), Column("Began"), Column("Opened by"))
    return [Heading("Stages", 2, "stages"), Table("When each stage began", columns, rows)]


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{words(local.date())}, {local:%H:%M}"


def _problem(matrix: str, one: RoomProblem) -> list[Block]:
    agreed = "Not agreed: the middle of the first scores counts."
    if one.is_agreed:
        agreed = f"Agreed with {CONFIDENCE_WORDS[Confidence(one.confidence)].lower()} confidence: {one.reason}"
    blocks: list[Block] = [
        Heading(one.title, 3, f"{matrix}-{one.slug}"),
        Paragraph((agreed,)),
        spread_table(one),
    ]
    overrides = [(Strong(f"{strip.label}: "), reason) for strip in one.strips for reason in strip.overrides]
    if overrides:
        blocks += [Paragraph(("Why what the figures say was set aside:",)), Bullets(tuple(overrides))]
    return blocks


def _unknown(slug: str, title: str, found: list[RoomProblem]) -> list[Block]:
    unknown = tuple((Strong(f"{one.title}: "), ", ".join(one.unknown)) for one in found if one.unknown)
    heading = Heading(f"What nobody knows: {title}", 2, f"unknown-{slug}")
    return [heading, Bullets(unknown) if unknown else Paragraph(("Every criterion has a score.",))]
