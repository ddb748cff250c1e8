"""Keeping first scores: one's own, or those of an agency that somebody enters for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wardmote.access.permissions import Permission
from wardmote.access.readers import Reader
from wardmote.audit.actions import record
from wardmote.definitions import Criterion
from wardmote.definitions import matrix as matrix_named
from wardmote.strategy.assessment.models import AssessedProblem, Assessment, Score
from wardmote.strategy.assessment.queries import analysis_of, own_people_scored, was_entered
from wardmote.strategy.assessment.queries.filled import Filled, filled_for
from wardmote.strategy.assessment.rules import (
    ENTERED_FOR_YOU,
    Answer,
    AssessmentState,
    Confidence,
    EnteredFrom,
    why_not_enter,
    why_not_score,
)

from .refused import AssessmentRefused

# What makes two answers the same: sending one again after a lost connection is no change.
COMPARED = ("answer", "value", "confidence", "evidence", "override_reason")


@dataclass(frozen=True)
class GivenScore:
    """One answer as its scorer gave it; a level has a value, “don't know” and “not for my agency” have none.

    `reason` says why a value differs from what the figures say, where a measure answers the criterion.
    """

    criterion: str
    value: int | None
    confidence: str = ""
    evidence: str = ""
    answer: Answer = Answer.LEVEL
    reason: str = ""


@dataclass(frozen=True)
class Sheet:
    """Whose scores these are, and who entered them from where when it was not the scorer."""

    scorer: UUID
    agency: UUID
    entered_by: UUID | None = None
    entered_from: EnteredFrom | None = None


@transaction.atomic
def give_scores(reader: Reader, problem: AssessedProblem, matrix: str, scores: Sequence[GivenScore]) -> None:
    """Keep a scorer's own answers about one problem; nobody else's change.

    While everyone scores apart an answer may be changed. Once the discussion is open a latecomer may still give
    answers, which are marked as late, and no answer changes any more.
    """
    reader.require(Permission.SCORE_PROBLEMS)
    state = _state_now(problem)
    refusal = why_not_score(state, runs_the_session=reader.may(Permission.PREPARE_ASSESSMENT))
    if refusal:
        raise AssessmentRefused(refusal)
    if reader.agency is None:
        raise AssessmentRefused("Scores are given for an agency, and you act for none.")
    sheet = Sheet(reader.key, reader.agency)
    if was_entered(problem, matrix, reader.agency):
        raise AssessmentRefused(ENTERED_FOR_YOU)
    changed = _keep(problem, matrix, scores, sheet=sheet, state=state)
    record(reader, "score", kind="problem", key=problem.id, changed=changed)


@transaction.atomic
def enter_scores(
    reader: Reader, problem: AssessedProblem, matrix: str, scores: Sequence[GivenScore], *, sheet: Sheet
) -> None:
    """Enter an agency's answers for it, from paper, by phone or as said in the room; marked as entered, and by whom."""
    reader.require(Permission.PREPARE_ASSESSMENT)
    state = _state_now(problem)
    refusal = why_not_enter(state, own_people_scored=own_people_scored(problem, matrix, sheet.agency))
    if refusal:
        raise AssessmentRefused(refusal)
    if sheet.entered_from is None:
        raise AssessmentRefused("Say where you have these scores from.")
    changed = _keep(problem, matrix, scores, sheet=sheet, state=state)
    record(reader, "enter", kind="problem", key=problem.id, changed=changed)


def _state_now(problem: AssessedProblem) -> AssessmentState:
    """Where the assessment stands, held still until this transaction ends."""
    return AssessmentState(Assessment.objects.select_for_update().get(id=problem.assessment_id).state)


def _keep(
    problem: AssessedProblem, matrix: str, scores: Sequence[GivenScore], *, sheet: Sheet, state: AssessmentState
) -> list[str]:
    criteria = {criterion.code: criterion for criterion in matrix_named(matrix).criteria}
    filled = filled_for(analysis_of(problem.assessment), matrix).get(problem.slug, {})
    before = {
        row.criterion: row for row in Score.objects.filter(problem=problem, matrix=matrix, scorer_key=sheet.scorer)
    }
    rows = [_row(problem, matrix, given, criteria, filled) for given in scores]
    is_late = state is AssessmentState.DISCUSSING
    changed = [row for row in rows if not _is_same(before.get(row.criterion), row)]
    if is_late and sheet.entered_by is None and any(row.criterion in before for row in changed):
        raise AssessmentRefused(
            "The discussion has begun, so first scores stay as they are. Others you can still give."
        )
    for row in changed:
        row.scorer_key, row.agency_id = sheet.scorer, sheet.agency
        row.entered_by_key, row.entered_from = sheet.entered_by, sheet.entered_from or ""
        row.given_late = is_late
        row.scored_at = timezone.now()
    Score.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["problem", "matrix", "criterion", "scorer_key"],
        update_fields=[*COMPARED, "filled_value", "scored_at", "given_late", "entered_by_key", "entered_from"],
    )
    return [f"{matrix}:{row.criterion}" for row in changed]


def _is_same(before: Score | None, row: Score) -> bool:
    return before is not None and all(getattr(before, name) == getattr(row, name) for name in COMPARED)


def _row(
    problem: AssessedProblem,
    matrix: str,
    given: GivenScore,
    criteria: Mapping[str, Criterion],
    filled: Mapping[str, Filled],
) -> Score:
    criterion = criteria.get(given.criterion)
    if criterion is None or not _is_on_scale(criterion, given):
        raise AssessmentRefused("That score is not on the scale. Reload the page and score again.")
    from_figures = filled[criterion.code].level if criterion.code in filled else None
    is_override = from_figures is not None and given.value != from_figures
    if is_override and not given.reason.strip():
        raise AssessmentRefused(f"{criterion.label}: say why you set aside what the figures say.")
    return Score(
        problem=problem,
        matrix=matrix,
        criterion=criterion.code,
        answer=given.answer,
        value=given.value,
        filled_value=from_figures,
        override_reason=given.reason.strip() if is_override else "",
        confidence=Confidence(given.confidence) if given.confidence else "",
        evidence=given.evidence.strip(),
    )


def _is_on_scale(criterion: Criterion, given: GivenScore) -> bool:
    if given.answer is not Answer.LEVEL:
        return given.value is None
    return given.value is not None and criterion.minimum <= given.value <= criterion.maximum
