"""Running an assessment: start it, analyse its evidence, score, decide."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.jobs.actions import ask_for
from wardmote.jobs.rules import JobRefused
from wardmote.partnership.documents.actions import keep
from wardmote.partnership.members.queries import partnership_of
from wardmote.printing.canonical import canonical_json
from wardmote.strategy.assessment.models import AssessedProblem, Assessment, CitedRelease, Decision, PartnerQuestion
from wardmote.strategy.assessment.queries import assessment_for
from wardmote.strategy.assessment.queries.analysis import Analysis, analyse
from wardmote.strategy.assessment.queries.profile import profiles_of
from wardmote.strategy.assessment.queries.scope import AnalysisRefused, scope_of
from wardmote.strategy.assessment.rules import AssessmentState, Outcome
from wardmote.strategy.evidence.models import Release
from wardmote.strategy.evidence.queries.own_problems import every_problem

from .refused import AssessmentRefused
from .scores import GivenScore, Sheet, enter_scores, give_scores
from .session import GivenAgreement, GivenAttendance, agree, move_assessment, record_attendance

__all__ = [
    "AssessmentRefused",
    "GivenAgreement",
    "GivenAttendance",
    "GivenDecision",
    "GivenScore",
    "NewAssessment",
    "Sheet",
    "agree",
    "ask_for_analysis",
    "choose_problems",
    "decide",
    "do_analysis",
    "enter_scores",
    "give_scores",
    "keep_analysis",
    "move_assessment",
    "record_attendance",
    "rename_problem",
    "start_assessment",
    "write_note",
]


@dataclass(frozen=True)
class NewAssessment:
    """What is needed to start an assessment; `problems` are slugs, `top` how many problems can become priorities."""

    title: str
    as_at: date
    matrix: str
    second_matrix: str
    top: int
    problems: tuple[str, ...]
    data_cut_off_on: date | None = None


@dataclass(frozen=True)
class GivenDecision:
    """What was decided about a problem, by which body or post, on which day, and why."""

    outcome: Outcome
    reason: str
    decided_by: str
    decided_on: date


@transaction.atomic
def start_assessment(reader: Reader, new: NewAssessment) -> Assessment:
    """Start an assessment of the reader's partnership and ask the worker to analyse its evidence."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    assessment = Assessment.objects.create(
        partnership=partnership_of(reader),
        title=new.title,
        as_at=new.as_at,
        data_cut_off_on=new.data_cut_off_on,
        matrix=new.matrix,
        second_matrix=new.second_matrix,
        top=new.top,
        created_at=timezone.now(),
        created_by_key=reader.key,
    )
    known = every_problem(assessment.partnership)
    AssessedProblem.objects.bulk_create(
        AssessedProblem(assessment=assessment, slug=slug, title=known[slug].title) for slug in new.problems
    )
    record(reader, "create", kind="assessment", key=assessment.id, changed=["title", "as_at", "matrix", "problems"])
    ask_for_analysis(reader, assessment)
    return assessment


@transaction.atomic
def ask_for_analysis(reader: Reader, assessment: Assessment) -> None:
    """Ask the worker to analyse the evidence held today."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    job = ask_for("analyse", reader=reader, arguments={"assessment": str(assessment.id)})
    assessment.job_key = job.id
    assessment.save(update_fields=["job_key"])
    record(reader, "ask", kind="analysis", key=assessment.id)


def do_analysis(reader: Reader, arguments: dict[str, str], progress: Callable[[str, int, int], None]) -> str:
    """Analyse the evidence of an assessment (the worker's part)."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    assessment = assessment_for(reader, UUID(arguments["assessment"]))
    try:
        analysis = analyse(scope_of(assessment), progress=progress)
    except AnalysisRefused as refusal:
        raise JobRefused(str(refusal)) from refusal
    keep_analysis(reader, assessment, analysis)
    return f"Analysed {len(analysis.content['problems'])} problems."


def keep_analysis(reader: Reader, assessment: Assessment, analysis: Analysis) -> None:
    """Keep an analysis with the releases that it cites; the assessment shows it from then on."""
    sha256 = keep(canonical_json(analysis.content))
    releases = {release.digest: release for release in Release.objects.filter(digest__in=analysis.cited)}
    with transaction.atomic():
        assessment.cited.all().delete()
        CitedRelease.objects.bulk_create(
            CitedRelease(assessment=assessment, release=releases[digest], months=list(months))
            for digest, months in analysis.cited.items()
        )
        assessment.analysis_sha256 = sha256
        assessment.save(update_fields=["analysis_sha256"])
        record(reader, "analyse", kind="assessment", key=assessment.id, changed=["analysis_sha256", "cited"])


@transaction.atomic
def choose_problems(reader: Reader, assessment: Assessment, slugs: Collection[str]) -> None:
    """Add and remove problems while the assessment is prepared, and analyse again; what stays keeps name and note."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    _require_preparing(assessment)
    if not slugs:
        raise AssessmentRefused("An assessment needs at least one problem.")
    held = {problem.slug: problem for problem in assessment.problems.all()}
    gone = [problem for slug, problem in held.items() if slug not in slugs]
    _refuse_to_lose(assessment, gone)
    new = [slug for slug in slugs if slug not in held]
    if not gone and not new:
        return
    AssessedProblem.objects.filter(id__in=[problem.id for problem in gone]).delete()
    known = every_problem(assessment.partnership)
    AssessedProblem.objects.bulk_create(
        AssessedProblem(assessment=assessment, slug=slug, title=known[slug].title) for slug in new
    )
    changed = [f"-{problem.slug}" for problem in gone] + [f"+{slug}" for slug in new]
    record(reader, "choose", kind="assessment", key=assessment.id, changed=changed)
    ask_for_analysis(reader, assessment)


def _refuse_to_lose(assessment: Assessment, gone: list[AssessedProblem]) -> None:
    noted = [problem.title for problem in gone if problem.note]
    if noted:
        raise AssessmentRefused(
            f"There is a note on {', '.join(noted)}. Empty it first, so that it is not lost unseen."
        )
    profiles = profiles_of(assessment) if gone else {}
    asked = set(PartnerQuestion.objects.filter(problem__in=gone).values_list("problem__slug", flat=True))
    begun = [
        one.title
        for one in gone
        if profiles[one.slug].written.is_anything or profiles[one.slug].links or one.slug in asked
    ]
    if begun:
        raise AssessmentRefused(
            f"A profile of {', '.join(begun)} has been begun. Empty it and take back its questions first, so that "
            "nothing is lost unseen."
        )


@transaction.atomic
def rename_problem(reader: Reader, problem: AssessedProblem, title: str) -> None:
    """Call a problem what the partnership calls it, while the assessment is prepared, and analyse again."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    _require_preparing(problem.assessment)
    wanted = title.strip()
    if not wanted:
        raise AssessmentRefused("Enter what the partnership calls it.")
    if problem.assessment.problems.exclude(id=problem.id).filter(title__iexact=wanted).exists():
        raise AssessmentRefused(f"Another problem of this assessment is called {wanted} already.")
    problem.title = wanted
    problem.save(update_fields=["title"])
    record(reader, "rename", kind="problem", key=problem.id, changed=["title"])
    ask_for_analysis(reader, problem.assessment)


def _require_preparing(assessment: Assessment) -> None:
    now = Assessment.objects.select_for_update().get(id=assessment.id)
    if now.state != AssessmentState.PREPARING:
        raise AssessmentRefused("The list of problems is settled once scoring has opened.")


@transaction.atomic
def write_note(reader: Reader, problem: AssessedProblem, note: str) -> None:
    """Keep the analyst's note on a problem; it is printed in the assessment."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    problem.note = note.strip()
    problem.save(update_fields=["note"])
    record(reader, "note", kind="problem", key=problem.id, changed=["note"])


@transaction.atomic
def decide(reader: Reader, problem: AssessedProblem, given: GivenDecision) -> Decision:
    """Record what the partnership made of a problem, and why; recording again replaces it, and the audit keeps both."""
    reader.require(Permission.RECORD_DECISIONS)
    if problem.assessment.state != AssessmentState.DECIDING:
        raise AssessmentRefused("Decisions are recorded once scoring is closed. Close scoring first.")
    if not given.reason.strip():
        raise AssessmentRefused("Say why: a decision without a reason cannot be defended later.")
    decision, _ = Decision.objects.update_or_create(
        problem=problem,
        defaults={
            "outcome": given.outcome,
            "reason": given.reason.strip(),
            "decided_by": given.decided_by.strip(),
            "decided_on": given.decided_on,
            "recorded_by_key": reader.key,
            "recorded_at": timezone.now(),
        },
    )
    record(reader, "decide", kind="problem", key=problem.id, changed=["outcome", "reason", "decided_by", "decided_on"])
    return decision
