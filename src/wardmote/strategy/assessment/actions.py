"""Running an assessment: start it, analyse its evidence, score, decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import matrix as matrix_named
from wardmote.definitions import problem as problem_named
from wardmote.jobs.actions import ask_for
from wardmote.jobs.rules import JobRefused
from wardmote.partnership.documents.actions import keep
from wardmote.partnership.members.queries import partnership_of
from wardmote.printing.canonical import canonical_json
from wardmote.strategy.evidence.models import Release

from .models import AssessedProblem, Assessment, CitedRelease, Decision, Score
from .queries import assessment_for
from .queries.analysis import Analysis, analyse
from .queries.scope import AnalysisRefused, scope_of
from .rules import AssessmentState, Confidence, Outcome, may_move


class AssessmentRefused(Exception):
    """What was asked does not fit where the assessment stands; the text says what to do."""


@dataclass(frozen=True)
class NewAssessment:
    """What is needed to start an assessment; `problems` are slugs, `top` how many problems can become priorities."""

    title: str
    as_at: date
    matrix: str
    second_matrix: str
    top: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class GivenScore:
    """One score as its scorer gave it; a value of None is "not scored", which is not nought."""

    criterion: str
    value: int | None
    confidence: str = ""
    evidence: str = ""


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
        matrix=new.matrix,
        second_matrix=new.second_matrix,
        top=new.top,
        created_at=timezone.now(),
        created_by_key=reader.key,
    )
    AssessedProblem.objects.bulk_create(
        AssessedProblem(assessment=assessment, slug=slug, title=problem_named(slug).title) for slug in new.problems
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
def move_assessment(reader: Reader, assessment: Assessment, then: AssessmentState) -> None:
    """Open scoring, close it, or open it again."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    locked = Assessment.objects.select_for_update().get(id=assessment.id)
    if not may_move(AssessmentState(locked.state), then):
        raise AssessmentRefused("The assessment has moved on since you opened this page. Look at where it stands now.")
    if then is AssessmentState.SCORING and not locked.analysis_sha256:
        raise AssessmentRefused("The evidence has not been analysed yet. Scoring opens when it has.")
    locked.state = then
    locked.save(update_fields=["state"])
    assessment.state = then
    record(reader, "move", kind="assessment", key=assessment.id, changed=["state"])


@transaction.atomic
def write_note(reader: Reader, problem: AssessedProblem, note: str) -> None:
    """Keep the analyst's note on a problem; it is printed in the assessment."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    problem.note = note.strip()
    problem.save(update_fields=["note"])
    record(reader, "note", kind="problem", key=problem.id, changed=["note"])


@transaction.atomic
def give_scores(reader: Reader, problem: AssessedProblem, matrix: str, scores: Sequence[GivenScore]) -> None:
    """Keep a scorer's scores of one problem; scoring again replaces their own and nobody else's."""
    reader.require(Permission.SCORE_PROBLEMS)
    if problem.assessment.state != AssessmentState.SCORING:
        raise AssessmentRefused("Scoring is closed. Ask the person who prepares the assessment to open it again.")
    criteria = {criterion.code: criterion for criterion in matrix_named(matrix).criteria}
    for given in scores:
        criterion = criteria.get(given.criterion)
        if criterion is None or (given.value is not None and not criterion.minimum <= given.value <= criterion.maximum):
            raise AssessmentRefused("That score is not on the scale. Reload the page and score again.")
        _keep_score(reader, problem, matrix, given)
    record(reader, "score", kind="problem", key=problem.id, changed=[f"{matrix}:{given.criterion}" for given in scores])


def _keep_score(reader: Reader, problem: AssessedProblem, matrix: str, given: GivenScore) -> None:
    if reader.agency is None:
        raise AssessmentRefused("Scores are given for an agency, and you act for none.")
    Score.objects.update_or_create(
        problem=problem,
        matrix=matrix,
        criterion=given.criterion,
        scorer_key=reader.key,
        defaults={
            "agency_id": reader.agency,
            "value": given.value,
            "confidence": Confidence(given.confidence) if given.confidence else "",
            "evidence": given.evidence.strip(),
            "scored_at": timezone.now(),
        },
    )


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
