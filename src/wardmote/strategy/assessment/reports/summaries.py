"""A summary of each problem, to send a week before scores are given."""

from datetime import date

from wardmote.printing.blocks import Block, Paragraph, Report, figure_refs
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.decisions import notes_of
from wardmote.strategy.assessment.queries.profile import profiles_of

from . import source_of
from .problems import summary_blocks


def summaries_report(assessment: Assessment) -> Report | None:
    """Return the summaries of every problem in the order of the score sheets, None before there is an analysis."""
    analysis = analysis_of(assessment)
    if analysis is None:
        return None
    notes, profiles = notes_of(assessment), profiles_of(assessment, analysis)
    found = {problem["slug"]: problem for problem in analysis["problems"]}
    about = f"The {analysis['period']['words']} compared with the {analysis['before']['words']}."
    blocks: list[Block] = [Paragraph((f"{about} Read this before you score.",))]
    for problem in assessment.problems.all():
        if problem.slug in found:
            note, profile = notes.get(problem.slug, ""), profiles.get(problem.slug)
            blocks += summary_blocks(found[problem.slug], analysis, note, profile)
    keys = dict.fromkeys(one.key for one in figure_refs(tuple(blocks)))
    return Report(
        title="The problems in brief",
        caption=assessment.title,
        partnership=analysis["partnership"],
        status="working",
        as_at=date.fromisoformat(analysis["as_at"]),
        blocks=tuple(blocks),
        figures=tuple(source_of(analysis, key) for key in keys),
        is_sample=analysis["is_sample"],
    )
