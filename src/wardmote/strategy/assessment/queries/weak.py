"""How far the evidence of an assessment can be relied on: sources that are weak, and those that cannot be had."""

from collections.abc import Mapping
from typing import Any

from wardmote.partnership.members.models import Partnership
from wardmote.strategy.assessment.models import Assessment
from wardmote.strategy.evidence.models import Supply
from wardmote.strategy.evidence.rules.supplies import Reliability, Sureness

from . import analysis_of


def weak_evidence(assessment: Assessment) -> dict[str, str]:
    """Return by problem the warning that stands beside its scores where a source it rests on is weak."""
    analysis = analysis_of(assessment)
    weak = {one.dataset: one for one in assessment.partnership.supplies.exclude(dataset="") if _is_weak(one)}
    if analysis is None or not weak:
        return {}
    found = {problem["slug"]: _weak_of(problem, analysis, weak) for problem in analysis["problems"]}
    return {slug: words for slug, words in found.items() if words}


def unavailable_sources(partnership: Partnership) -> list[dict[str, str]]:
    """Return the sources of which nothing can be had, with the reason and the day they are expected again."""
    return [
        {
            "title": one.title,
            "supplier": one.supplier.name if one.supplier else "",
            "because": one.unavailable_because,
            "expected_on": one.expected_again_on.isoformat() if one.expected_again_on else "",
        }
        for one in partnership.supplies.exclude(unavailable_because="").select_related("supplier")
    ]


def _is_weak(supply: Supply) -> bool:
    return supply.reliability == Reliability.NOT_RELIABLE or supply.sureness == Sureness.LOW


def _weak_of(problem: Mapping[str, Any], analysis: Mapping[str, Any], weak: Mapping[str, Supply]) -> str:
    datasets = [analysis["dataset"]] if problem["measured"] else []
    datasets += [problem["two_sources"]["dataset"]] if problem.get("two_sources", {}).get("is_published") else []
    told = [f"{weak[name].title} ({weak[name].grade_reason.rstrip('.')})" for name in datasets if name in weak]
    return f"Rests on evidence of low confidence: {'; '.join(told)}." if told else ""
