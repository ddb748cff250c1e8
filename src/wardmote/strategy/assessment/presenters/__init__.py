"""The shape of the assessment pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.foundations.rounding import signed
from wardmote.jobs.queries import job_for
from wardmote.partnership.members.queries import chair_is_vacant, partnership_of
from wardmote.printing import html
from wardmote.printing.blocks import Block, Report
from wardmote.strategy.assessment.models import AssessedProblem, Assessment
from wardmote.strategy.assessment.queries import analysis_of, scorers_of
from wardmote.strategy.assessment.queries.changes import ChangedAssessment, MovedAreas, MovedNumber
from wardmote.strategy.assessment.queries.decisions import decisions_of
from wardmote.strategy.assessment.queries.figures import printed_value
from wardmote.strategy.assessment.queries.newer import chosen_boundaries_since, newer_evidence
from wardmote.strategy.assessment.queries.profile import profile_of, stale_sentences
from wardmote.strategy.assessment.queries.route import next_body, route_of
from wardmote.strategy.assessment.reports.problems import close_blocks, evidence_blocks
from wardmote.strategy.assessment.rules import OUTCOME_WORDS, AssessmentState, may_move, may_open_ranking
from wardmote.strategy.evidence.queries import last_month_held
from wardmote.strategy.evidence.queries.own_problems import problems_used, suggested

from .board import route_rows
from .inputs import problem_inputs

STATE_WORDS = {
    AssessmentState.PREPARING: "Preparing",
    AssessmentState.SCORING: "Scoring apart",
    AssessmentState.DISCUSSING: "Discussion is open",
    AssessmentState.DECIDING: "Deciding",
}


# What `standing_words` reads.
STANDING = ("published", "approvals", "planned_approvals")


def list_rows(assessments: Iterable[Assessment]) -> list[dict[str, Any]]:
    """Return the rows of the list."""
    return [
        {
            "title": assessment.title,
            "url": reverse("assessment:overview", args=[assessment.id]),
            "as_at": assessment.as_at,
            "state": standing_words(assessment),
        }
        for assessment in assessments
    ]


def standing_words(assessment: Assessment) -> str:
    """Return where an assessment stands: published, approved by every planned body, or how far the scoring is."""
    version = max((version.number for version in assessment.published.all()), default=0)
    if version:
        return f"Published, version {version}"
    if any(step.is_done for step in route_of(assessment)) and next_body(assessment) is None:
        return "Approved"
    return STATE_WORDS[AssessmentState(assessment.state)]


def suggested_start(reader: Reader) -> dict[str, Any]:
    """Return what a new assessment is likely to be: as at the end of the newest month held, all measurable problems."""
    last = last_month_held(reader)
    suggestion: dict[str, Any] = {"matrix": "kingston-2011", "second_matrix": ""}
    if last is not None:
        suggestion |= {"as_at": last.last_day, "title": f"Strategic assessment {last.year}"}
        # A broad problem beside the narrow ones it is made of would be scored twice.
        suggestion["problems"] = [
            problem.slug for problem in suggested(problems_used(partnership_of(reader), last.last_day))
        ]
    return suggestion


def chosen_matrix(assessment: Assessment, wanted: str) -> str:
    """Return the matrix asked for, where it is one of the assessment's; else its first."""
    return wanted if wanted in assessment.matrices else assessment.matrix


def overview(reader: Reader, assessment: Assessment) -> dict[str, Any]:
    """Return where the assessment stands and its problems with their figures."""
    prefetch_related_objects([assessment], *STANDING)
    analysis = analysis_of(assessment)
    job = job_for(reader, assessment.job_key) if assessment.job_key else None
    decisions = decisions_of(assessment)
    return {
        "assessment": assessment,
        "state": standing_words(assessment),
        "analysis": analysis,
        "job": job,
        "is_running": bool(job and not job.has_ended),
        "problems": _problem_rows(assessment, analysis, decisions),
        "scorers": scorers_of(assessment, assessment.matrix),
        "may_prepare": reader.may(Permission.PREPARE_ASSESSMENT),
        "may_score": reader.may(Permission.SCORE_PROBLEMS),
        "moves": moves_for(reader, assessment) if analysis else [],
        "sees_record": reader.may(Permission.PREPARE_ASSESSMENT) or assessment.state == AssessmentState.DECIDING,
        "is_in_session": assessment.state in (AssessmentState.DISCUSSING, AssessmentState.DECIDING),
        "may_publish": reader.may(Permission.PUBLISH) and assessment.state == AssessmentState.DECIDING,
        "route": route_rows(assessment),
        "versions": sorted(assessment.published.all(), key=lambda version: version.number),
        "stale": stale_sentences(assessment, analysis),
        "newer": newer_evidence(assessment) if not assessment.published.all() else (),
        "boundaries_since": chosen_boundaries_since(assessment) if not assessment.published.all() else "",
    }


MOVES = {
    (AssessmentState.PREPARING, AssessmentState.SCORING): "Open scoring",
    (AssessmentState.SCORING, AssessmentState.DISCUSSING): "Open the discussion",
    (AssessmentState.SCORING, AssessmentState.DECIDING): "Close scoring and rank",
    (AssessmentState.DISCUSSING, AssessmentState.DECIDING): "Open the ranking",
    (AssessmentState.DECIDING, AssessmentState.DISCUSSING): "Open the discussion again",
}


def moves_for(reader: Reader, assessment: Assessment) -> list[dict[str, Any]]:
    """Return the buttons that move an assessment on, for those who may press them; the first is the usual way."""
    now = AssessmentState(assessment.state)
    ways = [then for then in AssessmentState if may_move(now, then)]
    return [
        {
            "state": then,
            "text": MOVES[now, then],
            # Nothing leads back to scoring apart: a page asks once more.
            "asks_first": (now, then) == (AssessmentState.SCORING, AssessmentState.DISCUSSING),
            "kind": "secondary" if place or now is AssessmentState.DECIDING else "",
        }
        for place, then in enumerate(ways)
        if _may_press(reader, assessment, then)
    ]


def _may_press(reader: Reader, assessment: Assessment, then: AssessmentState) -> bool:
    prepares = reader.may(Permission.PREPARE_ASSESSMENT)
    if then is not AssessmentState.DECIDING:
        return prepares
    return may_open_ranking(
        holds_permission=reader.may(Permission.OPEN_RANKING),
        prepares=prepares,
        chair_is_vacant=prepares and chair_is_vacant(assessment.partnership, today=timezone.localdate()),
    )


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
        body = printed_blocks([*evidence_blocks(found, analysis), *close_blocks(found, analysis)], assessment)
    return {
        "problem": problem,
        "assessment": assessment,
        "found": found,
        "analysis": analysis,
        "body": body,
        "finding": profile_of(problem).finding,
        "decision": decisions_of(assessment).get(problem.slug),
        "inputs": problem_inputs(problem),
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


def decision_initial(problem: AssessedProblem) -> dict[str, Any]:
    """Return what was recorded before, for changing it."""
    decided = decisions_of(problem.assessment).get(problem.slug)
    return vars(decided).copy() if decided else {}


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


def source_facts(found: Mapping[str, Any], analysis: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was said of the releases behind a number when they were accepted: whether final, and what to know."""
    cited = {release for _, release in found["releases"]}
    sources = [one for one in analysis["sources"] if one["release"] in cited]
    may_change = [one["title"] for one in sources if one.get("status") == "provisional"]
    notes = dict.fromkeys(one["caveat"] for one in sources if one.get("caveat"))
    provisional = [("Provisional", "; ".join(dict.fromkeys(may_change)))] if may_change else []
    return [*provisional, *(("To know", note) for note in notes)]


def csv_download(lines: Iterator[str], *, name: str) -> StreamingHttpResponse:
    """Return lines of CSV as a file to save."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@dataclass(frozen=True)
class ChangeSection:
    """One assessment on the page of what a release would change."""

    title: str
    url: str
    sentence: str
    is_issued: bool
    rows: tuple[tuple[str, str, str, str], ...]
    levels: tuple[tuple[str, str, str, str], ...] = ()
    areas: tuple[str, ...] = ()
    left: str = ""


def change_sections(found: Iterable[ChangedAssessment]) -> list[ChangeSection]:
    """Return each assessment with a sentence and the numbers that would move, old beside new."""
    return [
        ChangeSection(
            one.assessment.title,
            reverse("assessment:overview", args=[one.assessment.id]),
            _change_sentence(one),
            one.is_issued,
            tuple(
                (number.title, _count_words(number.now), _count_words(number.then), _difference(number))
                for number in one.moved
            ),
            tuple(
                (level.title, f"{level.criterion} ({level.matrix})", _level_words(level.now), _level_words(level.then))
                for level in one.levels
            ),
            tuple(_areas_words(areas) for areas in one.areas),
            "; ".join(one.left),
        )
        for one in found
    ]


def _change_sentence(one: ChangedAssessment) -> str:
    if one.note:
        return one.note
    if one.period != one.new_period:
        return f"Analysed again, it would cover the {one.new_period} instead of the {one.period}."
    if not (one.moved or one.levels or one.areas):
        return "No number would move."
    return f"Analysed again, the {one.period} would change."


def _level_words(level: int | None) -> str:
    return "cannot be filled in" if level is None else str(level)


def _areas_words(areas: MovedAreas) -> str:
    level = {"ward": "wards", "lsoa": "small areas"}[areas.level]
    return f"{areas.title}: {areas.moved:,} of {areas.of:,} {level} would have another number of incidents."


def _count_words(count: int | None) -> str:
    return "missing" if count is None else f"{count:,}"


def _difference(number: MovedNumber) -> str:
    if number.now is None or number.then is None:
        return ""
    return signed(number.then - number.now)
