"""The shape of the assessment pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.forms import BaseForm
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.definitions import Matrix, narrowest, problems
from wardmote.definitions import matrix as matrix_named
from wardmote.jobs.queries import job_for
from wardmote.printing import html
from wardmote.printing.blocks import Block, Report
from wardmote.strategy.evidence.queries import last_month_held

from .models import AssessedProblem, Assessment
from .queries import analysis_of, scorers_of
from .queries.decisions import decisions_of
from .queries.figures import printed_value
from .queries.ranking import RankedProblem, Ranking, agreement_words
from .reports.problems import evidence_blocks
from .rules import OUTCOME_WORDS, AssessmentState

STATE_WORDS = {
    AssessmentState.PREPARING: "Preparing",
    AssessmentState.SCORING: "Scoring is open",
    AssessmentState.DECIDING: "Deciding",
}


def list_rows(assessments: Iterable[Assessment]) -> list[dict[str, Any]]:
    """Return the rows of the list."""
    return [
        {
            "title": assessment.title,
            "url": reverse("assessment:overview", args=[assessment.id]),
            "as_at": assessment.as_at,
            "state": STATE_WORDS[AssessmentState(assessment.state)],
        }
        for assessment in assessments
    ]


def suggested_start(reader: Reader) -> dict[str, Any]:
    """Return what a new assessment is likely to be: as at the end of the newest month held, all measurable problems."""
    last = last_month_held(reader)
    suggestion: dict[str, Any] = {"matrix": "kingston-2011", "second_matrix": ""}
    if last is not None:
        suggestion |= {"as_at": last.last_day, "title": f"Strategic assessment {last.year}"}
        # A broad problem beside the narrow ones it is made of would be scored twice.
        suggestion["problems"] = [problem.slug for problem in narrowest(problems(last.last_day))]
    return suggestion


def matrices_of(assessment: Assessment) -> list[str]:
    """Return the slugs of the assessment's matrices, the first one first."""
    return [slug for slug in (assessment.matrix, assessment.second_matrix) if slug]


def chosen_matrix(assessment: Assessment, wanted: str) -> str:
    """Return the matrix asked for, where it is one of the assessment's; else its first."""
    return wanted if wanted in matrices_of(assessment) else assessment.matrix


def overview(reader: Reader, assessment: Assessment) -> dict[str, Any]:
    """Return where the assessment stands and its problems with their figures."""
    analysis = analysis_of(assessment)
    job = job_for(reader, assessment.job_key) if assessment.job_key else None
    decisions = decisions_of(assessment)
    return {
        "assessment": assessment,
        "state": STATE_WORDS[AssessmentState(assessment.state)],
        "analysis": analysis,
        "job": job,
        "is_running": bool(job and not job.has_ended),
        "problems": _problem_rows(assessment, analysis, decisions),
        "scorers": scorers_of(assessment, assessment.matrix),
        "may_prepare": reader.may(Permission.PREPARE_ASSESSMENT),
        "may_score": reader.may(Permission.SCORE_PROBLEMS),
        "may_publish": reader.may(Permission.PUBLISH) and assessment.state == AssessmentState.DECIDING,
        "versions": list(assessment.published.order_by("number")),
        "open_state": AssessmentState.SCORING,
        "closed_state": AssessmentState.DECIDING,
    }


def _problem_rows(
    assessment: Assessment, analysis: Mapping[str, Any] | None, decisions: Mapping[str, Any]
) -> list[dict[str, Any]]:
    known = {problem["slug"]: problem for problem in (analysis or {}).get("problems", [])}
    rows = [_problem_row(assessment, problem, known.get(problem.slug)) for problem in assessment.problems.all()]
    for row in rows:
        decided = decisions.get(row["slug"])
        row["decision"] = OUTCOME_WORDS[decided.outcome] if decided else ""
    return sorted(rows, key=lambda row: (-(row["count"] or -1), row["title"]))


def _problem_row(assessment: Assessment, problem: AssessedProblem, found: Mapping[str, Any] | None) -> dict[str, Any]:
    change = (found or {}).get("change") or {}
    count = ((found or {}).get("rate") or {}).get("count")
    return {
        "slug": problem.slug,
        "title": problem.title,
        "url": reverse("assessment:problem", args=[assessment.id, problem.slug]),
        "count": count,
        "figure_url": reverse("assessment:figure", args=[assessment.id, f"{problem.slug}.count"]),
        "verdict": change.get("verdict", ""),
        "measured": bool(found and found["measured"]),
    }


def problem_page(reader: Reader, problem: AssessedProblem) -> dict[str, Any]:
    """Return what the page of a problem shows."""
    assessment = problem.assessment
    analysis = analysis_of(assessment)
    found = next((p for p in (analysis or {}).get("problems", []) if p["slug"] == problem.slug), None)
    body = SafeString("")
    if analysis and found and found["measured"]:
        body = printed_blocks(evidence_blocks(found, analysis), assessment)
    return {
        "problem": problem,
        "assessment": assessment,
        "found": found,
        "analysis": analysis,
        "body": body,
        "decision": decisions_of(assessment).get(problem.slug),
        "may_prepare": reader.may(Permission.PREPARE_ASSESSMENT),
        "may_decide": reader.may(Permission.RECORD_DECISIONS) and assessment.state == AssessmentState.DECIDING,
    }


def printed_blocks(blocks: Sequence[Block], assessment: Assessment) -> SafeString:
    """Return blocks as HTML whose numbers lead to their sources; the printer escapes all text."""
    body = html.render_blocks(blocks, figure_url=lambda key: reverse("assessment:figure", args=[assessment.id, key]))
    return mark_safe(body)  # noqa: S308


def printed(report: Report, figure_url: Callable[[str], str]) -> SafeString:
    """Return a report as HTML; the printer escapes all text."""
    return mark_safe(html.render(report, figure_url=figure_url))  # noqa: S308


def score_sheet(assessment: Assessment, slug: str, done: Mapping[str, int]) -> dict[str, Any]:
    """Return the problems to score under a matrix, with how many criteria the reader has scored."""
    matrix = matrix_named(slug)
    wanted = len(matrix.criteria)
    rows = [
        {
            "title": problem.title,
            "url": reverse("assessment:score", args=[assessment.id, problem.slug]) + f"?matrix={slug}",
            "done": done.get(problem.slug, 0),
            "wanted": wanted,
            "is_complete": done.get(problem.slug, 0) == wanted,
        }
        for problem in assessment.problems.all()
    ]
    return {"matrix": matrix, "rows": rows}


def score_page(problem: AssessedProblem, matrix: Matrix, form: BaseForm) -> dict[str, Any]:
    """Return the page on which a problem is scored: each criterion with its three fields."""
    groups = [
        {
            "label": criterion.label,
            "fields": [form[f"{criterion.code}-{part}"] for part in ("value", "confidence", "evidence")],
        }
        for criterion in matrix.criteria
    ]
    analysis = analysis_of(problem.assessment)
    found = next((p for p in (analysis or {}).get("problems", []) if p["slug"] == problem.slug), None)
    return {
        "problem": problem,
        "assessment": problem.assessment,
        "matrix": matrix,
        "form": form,
        "groups": groups,
        "found": found,
        "title": f"Score {problem.title.lower()}",
        "is_open": problem.assessment.state == AssessmentState.SCORING,
    }


def decision_initial(problem: AssessedProblem) -> dict[str, Any]:
    """Return what was recorded before, for changing it."""
    decided = decisions_of(problem.assessment).get(problem.slug)
    return vars(decided).copy() if decided else {}


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
        "may_decide": reader.may(Permission.RECORD_DECISIONS),
    }


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


def figure_facts(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return where a number comes from, a line each."""
    rows = [
        ("Value", printed_value(found)),
        ("Measure", found["measure"]),
        ("Period", found["period"]),
        *found.get("facts", []),
        ("Area", found["area"]),
        ("Categories counted", ", ".join(found["categories"])),
        ("Population", found["population"] or "Not used"),
        ("Areas placed by", found["lookup"]),
        ("Problem definition", f"{found['problem']}, version {found['definition_version']}"),
        ("Version of the code", found["code_version"]),
        *[("Release", f"{dataset} {release}") for dataset, release in found["releases"]],
        *[("Note", note) for note in found["notes"]],
    ]
    return [(name, value) for name, value in rows if value]


def csv_download(lines: Iterator[str], *, name: str) -> StreamingHttpResponse:
    """Return lines of CSV as a file to save."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
