"""The shape of the page of rankings and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.assessment.queries import analysis_of
from wardmote.strategy.assessment.queries.decisions import decisions_of
from wardmote.strategy.assessment.queries.ranking import RankedProblem, Ranking, agreement_words
from wardmote.strategy.assessment.queries.year_on_year import last_assessment
from wardmote.strategy.assessment.reports.year_on_year import last_assessment_blocks
from wardmote.strategy.assessment.rules import OUTCOME_WORDS

from . import printed_blocks


def ranking_page(reader: Reader, assessment: Assessment, rankings: Sequence[Ranking]) -> dict[str, Any]:
    """Return the rankings side by side with the decisions."""
    decisions = decisions_of(assessment)
    return {
        "assessment": assessment,
        "rankings": rankings,
        "agreement": agreement_words(*rankings) if len(rankings) == 2 else "",
        "decisions": {slug: OUTCOME_WORDS[view.outcome] for slug, view in decisions.items()},
        "rows": [
            _decision_row(assessment, row, decisions, _second_rank(rankings, row.slug)) for row in rankings[0].rows
        ],
        "since_last": _since_last(assessment, rankings),
        "may_decide": reader.may(Permission.RECORD_DECISIONS),
    }


def _since_last(assessment: Assessment, rankings: Sequence[Ranking]) -> SafeString:
    """Return what changed since the last assessment; empty before the evidence is analysed, or where there was none."""
    analysis = analysis_of(assessment)
    blocks = last_assessment_blocks(last_assessment(assessment, rankings), analysis) if analysis else []
    return printed_blocks(blocks, assessment) if blocks else SafeString("")


def _second_rank(rankings: Sequence[Ranking], slug: str) -> str:
    return next((row.rank_words for ranking in rankings[1:] for row in ranking.rows if row.slug == slug), "")


def _decision_row(
    assessment: Assessment, row: RankedProblem, decisions: Mapping[str, Any], second_rank: str
) -> dict[str, Any]:
    decided = decisions.get(row.slug)
    return {
        "title": row.title,
        "rank": row.rank_words,
        "second_rank": second_rank,
        "decision": OUTCOME_WORDS[decided.outcome] if decided else "",
        "reason": decided.reason if decided else "",
        "by": decided.decided_words if decided else "",
        "url": reverse("assessment:decision", args=[assessment.id, row.slug]),
    }
